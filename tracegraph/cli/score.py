"""``tracegraph score``: score any pairs of loaded records, also those that blocking never proposed."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, format_option, say, settings_of
from tracegraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracegraph.link.scores import PairScore
    from tracegraph.model.items import Item, StoredItems

KEYS = ("left_id", "right_id")
ADDED = ("probability", "class", "reason")


def read_pairs(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Headings and rows of a pair file; it must have ``left_id`` and ``right_id``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"อ่านไฟล์ {path.name} ไม่ได้: {error}", f"cannot read {path.name}: {error}") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    headings = list(reader.fieldnames or [])
    missing = [key for key in KEYS if key not in headings]
    if missing:
        raise InputError(
            f"ไฟล์ {path.name} ไม่มีหัวคอลัมน์ {', '.join(missing)} (พบ {', '.join(headings) or '-'})",
            f"{path.name} has no column {', '.join(missing)} (found {', '.join(headings) or '-'})",
            hint_th="แถวแรกต้องมี left_id,right_id",
            hint_en="the first row must be left_id,right_id",
        )
    return headings, [{heading: row[heading] for heading in headings} for row in reader]


def build_index(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Items by every id that a person may use: uid, source id, ``file#sheet#row``."""
    index: dict[str, list[Item]] = {}
    for item in items:
        for key in {item.uid, item.shown_id, f"{item.file}#{item.sheet}#{item.row}"}:
            index.setdefault(key, []).append(item)
    return index


def score_pairs(job: str, pairs: Sequence[tuple[Item, Item]], among: StoredItems, home: Path) -> list[PairScore]:
    """Scores of pairs of items as linking gives them ``among`` all records; a need may stand on either side.

    ``home`` is the data folder: the office's own model, and the vectors that are kept there.
    """
    if job == "same-work":
        from tracegraph.link import same_work
        from tracegraph.link.same_work.model import find_model

        left, right = [one for one, _ in pairs], [other for _, other in pairs]
        return same_work.score_pairs(left, right, model=find_model(home), among=among.projects)
    from tracegraph.link.answers import score_pairs as score_answers
    from tracegraph.link.lexicon import find_lexicon
    from tracegraph.link.vectors import open_vectors

    ordered = [need_first(*pair) for pair in pairs]
    return score_answers(
        [need for need, _ in ordered],
        [project for _, project in ordered],
        corpus=(among.needs, among.projects),
        vectors=open_vectors(home / "vectors"),
        lexicon=find_lexicon(home),
    )


def need_first(left: Item, right: Item) -> tuple[Item, Item]:
    """A need and a project in this order, whichever was named first."""
    return (right, left) if left.role == "project" and right.role == "need" else (left, right)


def find_role_problem(job: str, left: Item, right: Item) -> str | None:
    """Why two records cannot be compared by a job, in Thai and English; None where they can."""
    roles = sorted((left.role, right.role))
    if job == "same-work" and roles != ["project", "project"]:
        return "ต้องเป็นโครงการทั้งสองรายการ / both must be projects"
    if job == "answers" and roles != ["need", "project"]:
        return "ต้องเป็นความต้องการหนึ่งรายการและโครงการหนึ่งรายการ / one must be a need, the other a project"
    return None


def find_by_id(index: dict[str, list[Item]], key: str) -> Item | str:
    """The item with an id; of several the one that a newer document still states; else what is wrong."""
    found = index.get(key.strip(), [])
    found = [item for item in found if item.current] or found
    if len(found) == 1:
        return found[0]
    return f"ไม่พบรหัส {key} / unknown id" if not found else f"รหัส {key} มีหลายรายการ / id is not unique"


@click.command(name="score")
@click.argument("job", type=click.Choice(("same-work", "answers")))
@click.argument("pairs", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@format_option
@click.pass_context
def command(ctx: click.Context, job: str, pairs: Path, fmt: str) -> None:
    """ให้คะแนนคู่รายการในไฟล์ CSV (left_id,right_id) / score the pairs of a CSV file.

    Adds probability, class and reason to each row; a pair with an unknown id keeps them empty and says why.
    """
    from tracegraph.graph.store import open_store

    headings, rows = read_pairs(pairs)
    settings = settings_of(ctx)
    with open_store(settings) as store:
        items = store.load_items()
    index = build_index((*items.needs, *items.projects))
    known: list[tuple[dict[str, Any], Item, Item]] = []
    results: list[dict[str, Any]] = []
    for row in rows:
        result: dict[str, Any] = dict(row)
        left, right = find_by_id(index, row["left_id"]), find_by_id(index, row["right_id"])
        if isinstance(left, str) or isinstance(right, str):
            result["reason"] = "; ".join(side for side in (left, right) if isinstance(side, str))
        elif problem := find_role_problem(job, left, right):
            result["reason"] = problem
        else:
            known.append((result, left, right))
        results.append(result)
    scores = score_pairs(job, [(left, right) for _, left, right in known], items, settings.home)
    for (result, _, _), score in zip(known, scores, strict=True):
        result.update({"probability": score.probability, "class": score.work_class, "reason": score.reason_th})
    emit((*[h for h in headings if h not in ADDED], *ADDED), results, fmt)
    if len(known) < len(rows):
        say(
            f"ให้คะแนนไม่ได้ {len(rows) - len(known)} คู่ จาก {len(rows)}",
            f"{len(rows) - len(known)} of {len(rows)} not scored",
        )
    if rows and not known:
        ctx.exit(1)
