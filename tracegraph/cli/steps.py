"""The steps that several commands share: propose links over what is loaded, and write them as one run."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tracegraph.cli.linking import LinkOptions, describe_same_work, digest_job, propose_job
from tracegraph.model.records import LinkedJob

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from tracegraph.graph.store import RunSummary, Store
    from tracegraph.model.records import LinkRecord

#: The three jobs of matching, in the order in which they run; the words are used on the command line.
JOBS = ("same-work", "answers", "alignment")

#: Title of each job on the progress bar.
JOB_TITLES = {
    "same-work": "รายการเดียวกันในหลายแผน / same work",
    "answers": "โครงการที่รองรับความต้องการ / answers",
    "alignment": "ความสอดคล้องกับยุทธศาสตร์ / alignment",
}


@dataclass(frozen=True, slots=True)
class LinkingRun:
    """What one linking run saw and wrote: counts of needs, projects and proposed links by job.

    ``unchanged`` are jobs for which nothing had changed; ``summary`` is None where that is so for all. ``told`` is what
    a person should know, in Thai and in English.
    """

    needs: int
    projects: int
    proposed: dict[str, int]
    summary: RunSummary | None
    unchanged: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()


def progress_bar(*, transient: bool = True) -> AbstractContextManager[Progress]:
    """A progress bar on stderr; silent where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=transient, disable=not console.is_terminal)


def _show_share(progress: Progress, task: TaskID, share: float) -> None:
    progress.update(task, completed=share)


def run_linking(
    store: Store, home: Path, *, jobs: tuple[str, ...] = JOBS, options: LinkOptions | None = None
) -> LinkingRun:
    """Propose links for each job and write them as suggestions; decided and declared links stay as they are.

    A job for which nothing has changed since it ran last is not done again: its suggestions stand as they are.
    """
    wanted = options or LinkOptions()
    items = store.load_items()
    before = {} if wanted.full else store.read_linked()
    links: list[LinkRecord] = []
    proposed: dict[str, int] = {}
    done: dict[str, LinkedJob] = {}
    told: list[tuple[str, str]] = []
    with progress_bar() as progress:
        for job in jobs:
            task = progress.add_task(JOB_TITLES[job], total=1.0)
            digest = digest_job(job, items, wanted.floor, home)
            if job in before and before[job].digest == digest:
                proposed[job] = before[job].proposed
            else:
                found = propose_job(job, items, wanted, home, partial(_show_share, progress, task))
                proposed[job] = len(found.links)
                done[job] = LinkedJob(digest, len(found.links))
                links.extend(found.links)
                told += [*(describe_same_work(found.linked) if found.linked else ()), *found.told]
            progress.update(task, completed=1.0)
    summary = store.write_links(links, method_scope=tuple(done), command="link", linked=done) if done else None
    unchanged = tuple(job for job in jobs if job not in done)
    return LinkingRun(len(items.needs), len(items.projects), proposed, summary, unchanged, tuple(told))
