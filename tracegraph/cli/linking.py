"""One linking run: which jobs have something new to look at, where they run, and what is told of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracegraph.link.lexicon import Lexicon
    from tracegraph.link.same_work.proposing import Linked
    from tracegraph.model.items import StoredItems
    from tracegraph.model.records import LinkRecord

Tick = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How a linking run works; none of it changes which links come out, but for the ``floor``.

    ``full``: what earlier runs compared is not used.
    """

    floor: float = 0.5
    runner: str = "local"
    workers: int | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a job proposes; ``linked`` tells more of the job "same-work", ``told`` is what a person should know."""

    links: list[LinkRecord]
    linked: Linked | None = None
    told: tuple[tuple[str, str], ...] = ()


def propose_job(job: str, items: StoredItems, options: LinkOptions, home: Path, tick: Tick) -> Proposed:
    """Links of one job over everything that is loaded."""
    if job == "same-work":
        return _propose_same_work(items, options, home, tick)
    from tracegraph.link import vectors

    encoder = vectors.open_vectors(home / "vectors")
    if job == "answers":
        from tracegraph.link import answers
        from tracegraph.link.lexicon import find_lexicon

        lexicon = find_lexicon(home)
        links = answers.propose(
            items.needs, items.projects, floor=options.floor, vectors=encoder, lexicon=lexicon, progress=tick
        )
        return Proposed(links, told=tuple(describe_answers(items, links, lexicon)))
    from tracegraph.link import alignment

    return Proposed(
        alignment.propose(
            items.projects,
            items.strategies,
            _aligned(items, "declared"),
            confirmed=_aligned(items, "confirmed"),
            scopes=items.scopes,
            floor=options.floor,
            vectors=encoder,
            progress=tick,
        )
    )


def _aligned(items: StoredItems, wanted: str) -> list[tuple[str, str]]:
    """Projects with the entries that documents declare or people confirmed: both are learned from."""
    return [(f, t) for kind, f, t, status, *_ in items.links if kind == "ALIGNS_WITH" and status == wanted]


def _propose_same_work(items: StoredItems, options: LinkOptions, home: Path, tick: Tick) -> Proposed:
    from tracegraph.link.same_work.memory import Memory
    from tracegraph.link.same_work.model import find_model
    from tracegraph.link.same_work.proposing import link_projects
    from tracegraph.link.same_work.runners import open_runner

    model = find_model(home)
    memory = Memory.open(home / "linking", model, options.floor)
    if options.full:
        memory.forget_others(())
    with open_runner(options.runner, options.workers) as runner:
        linked = link_projects(
            items.projects, floor=options.floor, progress=tick, model=model, runner=runner, memory=memory
        )
    return Proposed(linked.links, linked)


def digest_job(job: str, items: StoredItems, floor: float, home: Path) -> str:
    """A digest of everything that the links of a job come from: records, rules, models of the office, and the floor."""
    from tracegraph.link.lexicon_table import OWN
    from tracegraph.link.same_work.memory import rules_digest
    from tracegraph.link.same_work.places import digest_items
    from tracegraph.link.vectors import vectors_available

    found = hashlib.blake2b(f"{job} {floor} {rules_digest()}".encode(), digest_size=16)
    found.update(digest_items(items.projects).tobytes())
    if job != "same-work":
        found.update(str(vectors_available()).encode())
    if job == "answers":
        found.update(digest_items(items.needs).tobytes())
        own = home / OWN
        found.update(own.read_bytes() if own.is_file() else b"")
    if job == "alignment":
        stated = [
            sorted(items.strategies),
            sorted(items.scopes.items(), key=str),
            *(sorted(_aligned(items, of)) for of in ("declared", "confirmed")),
        ]
        found.update(repr(stated).encode("utf-8", "surrogatepass"))
    for path in sorted((home / "models").glob("*.json")):
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def describe_answers(items: StoredItems, links: list[LinkRecord], lexicon: Lexicon) -> list[tuple[str, str]]:
    """How many needs have an answer (declared, confirmed or suggested) and why the others have none."""
    from tracegraph.link.answer_outcome import TITLES, count_unanswered

    stand = {(f, t): status for kind, f, t, status, *_ in items.links if kind == "ANSWERED_BY"}
    answered = {f for (f, _), status in stand.items() if status in ("declared", "confirmed")}
    answered |= {link.from_uid for link in links if stand.get((link.from_uid, link.to_uid)) != "rejected"}
    open_needs = [need for need in items.needs if need.uid not in answered]
    if not open_needs:
        return []
    count = len(items.needs)
    told = [
        (
            f"ความต้องการ {count:,} ข้อ มีโครงการรองรับ {count - len(open_needs):,} ไม่มี {len(open_needs):,}",
            f"of {count:,} needs {count - len(open_needs):,} are answered, {len(open_needs):,} are not",
        )
    ]
    counts = count_unanswered(open_needs, items.projects, lexicon=lexicon)
    for code, number in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        th, en = TITLES[code]
        told.append((f"  · {th} {number:,} จาก {len(open_needs):,}", f"{en}: {number:,} of {len(open_needs):,}"))
    told.append(("  ดูทีละข้อ: tracegraph explain รหัสความต้องการ", "one by one: tracegraph explain NEED"))
    return told


def describe_same_work(linked: Linked) -> list[tuple[str, str]]:
    """What a person should know of a run, in Thai and in English."""
    from tracegraph.link.same_work.blocking import MAX_BLOCK

    told = [
        (
            f"เทียบใหม่ {linked.places_compared:,} จาก {linked.places:,} พื้นที่ {linked.pairs_compared:,} คู่",
            f"compared {linked.places_compared:,} of {linked.places:,} places anew, {linked.pairs_compared:,} pairs",
        )
    ]
    if linked.skipped_keys:
        told.append(
            (
                f"ไม่ได้ใช้คำหรือรหัส {linked.skipped_keys:,} รายการที่ตรงกันเกิน {MAX_BLOCK:,} โครงการ (กว้างเกินไป)"
                " คู่ของโครงการเหล่านั้นหาจากข้อมูลอื่น",
                f"{linked.skipped_keys:,} words or codes shared by more than {MAX_BLOCK:,} projects were too common to"
                " use; their projects were paired by what else they say",
            )
        )
    if linked.doubled:
        told.append(
            (
                f"มี {linked.doubled:,} รายการที่รหัสซ้ำกับรายการอื่น ใช้รายการของฉบับล่าสุด",
                f"{linked.doubled:,} records have the uid of another one; that of the latest edition was used",
            )
        )
    return told
