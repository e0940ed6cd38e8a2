"""The steps that several commands share: propose links over what is loaded, and write them as one run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from tracegraph.graph.store import RunSummary, Store
    from tracegraph.model.items import StoredItems
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
    """What one linking run saw and wrote: counts of needs, projects and proposed links by job."""

    needs: int
    projects: int
    proposed: dict[str, int]
    summary: RunSummary


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


def _propose(
    job: str, items: StoredItems, floor: float, vectors_cache: Path, tick: Callable[[float], None]
) -> list[LinkRecord]:
    if job == "same-work":
        from tracegraph.link import same_work

        return same_work.propose(items.projects, floor=floor, progress=tick)
    from tracegraph.link import vectors

    encoder = vectors.open_vectors(vectors_cache)
    if job == "answers":
        from tracegraph.link import answers

        return answers.propose(items.needs, items.projects, floor=floor, vectors=encoder, progress=tick)
    from tracegraph.link import alignment

    declared = [(f, t) for kind, f, t, status, *_ in items.links if kind == "ALIGNS_WITH" and status == "declared"]
    return alignment.propose(
        items.projects,
        items.strategies,
        declared,
        scopes=items.scopes,
        floor=floor,
        vectors=encoder,
        progress=tick,
    )


def _show_share(progress: Progress, task: TaskID, share: float) -> None:
    progress.update(task, completed=share)


def run_linking(store: Store, home: Path, *, jobs: tuple[str, ...] = JOBS, floor: float = 0.5) -> LinkingRun:
    """Propose links for each job and write them as suggestions; decided and declared links stay as they are."""
    items = store.load_items()
    links: list[LinkRecord] = []
    proposed: dict[str, int] = {}
    with progress_bar() as progress:
        for job in jobs:
            task = progress.add_task(JOB_TITLES[job], total=1.0)
            found = _propose(job, items, floor, home / "vectors", partial(_show_share, progress, task))
            progress.update(task, completed=1.0)
            proposed[job] = len(found)
            links.extend(found)
    summary = store.write_links(links, method_scope=jobs, command="link")
    return LinkingRun(len(items.needs), len(items.projects), proposed, summary)
