"""``tracegraph train``: learn from labels and from the office's own decisions, and say whether it is any better."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, format_option, say, settings_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tracegraph.graph.store import Store
    from tracegraph.link.same_work.learning import Lesson, Training
    from tracegraph.link.same_work.model import Model
    from tracegraph.link.same_work.prepared import Prepared
    from tracegraph.link.same_work.score import Findings
    from tracegraph.model.items import Item, StoredItems

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_COLUMNS = ("figure", "old", "new", "denominator", "title")
#: Pairs on which nobody decided that stand beside the decided ones.
_BACKGROUND = 400


@click.command(name="train")
@click.option("--labels", type=_FILE, help="คู่ที่ตัดสินแล้ว / labelled pairs: left_id,right_id,label[,kind][,cluster]")
@click.option("--records", type=_FILE, help="รายการจากไฟล์แทนฐานข้อมูล / records of a file (id,text,…), no store")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="เขียนแบบจำลองใหม่ไว้ที่นี่ / write the new model here"
)
@click.option("--replace", is_flag=True, help="ใช้แบบจำลองใหม่หากดีกว่า / use the new model if it is better")
@format_option
@click.pass_context
def command(
    ctx: click.Context, labels: Path | None, records: Path | None, out: Path | None, replace: bool, fmt: str
) -> None:
    """ปรับแบบจำลอง "งานเดียวกัน" จากคำตัดสินของสำนักงาน / fit the model to labels and to the office's decisions.

    Learns from a label file and from every CARRIED_TO and SAME_WORK link that people confirmed or rejected, and shows
    the model in use and the new one on the same folds, split by cluster. Writes nothing without --out or --replace.
    """
    from tracegraph.errors import UsageError
    from tracegraph.link.same_work.learning import build_table, name_next, train
    from tracegraph.link.same_work.model import find_model, read_table

    if records and not labels:
        raise UsageError("--records ต้องใช้กับ --labels", "--records needs --labels")
    settings = settings_of(ctx)
    old, shipped = find_model(settings.home), read_table()
    if records:
        from tracegraph.cli.label_file import read_records

        items: Sequence[Item] = list(read_records(records).values())
        decided: dict[frozenset[str], bool] = {}
    else:
        from tracegraph.graph.store import open_store

        with open_store(settings) as store:
            stored = store.load_items()
            items, decided = stored.projects, read_decided(store, stored)
    lessons, prepared = _gather(labels, items, decided)
    training = train(lessons, shipped, old, background=choose_background(list(prepared.values()), lessons))
    table = build_table(
        training,
        name=name_next(shipped["name"], old.name),
        date=datetime.now(UTC).date().isoformat(),
        counts={f"{source}s": sum(one.source == source for one in lessons) for source in ("label", "decision")},
    )
    _show(training, old, table["name"], fmt)
    if out:
        write_model(out, table)
    if replace and not _replace(settings.home, training, table, old):
        ctx.exit(1)
    if not (out or replace):
        say(
            "ยังไม่ได้เขียนอะไร: เพิ่ม --replace เพื่อใช้แบบจำลองใหม่ หรือ --out FILE",
            "nothing written: add --replace to use the new model, or --out FILE",
        )


def read_decided(store: Store, stored: StoredItems) -> dict[frozenset[str], bool]:
    """What people decided about pairs of current projects whose texts are as they were then: same work or not."""
    from tracegraph.link.same_work.learning import DECIDED_KINDS, read_verdict
    from tracegraph.model.graph import Status

    hashes = {item.uid: item.text_hash for item in stored.projects}
    unchanged = {
        (kind, left, right)
        for kind, left, right, _, from_hash, to_hash in stored.links
        if (from_hash or "") in ("", hashes.get(left)) and (to_hash or "") in ("", hashes.get(right))
    }
    found: dict[frozenset[str], bool] = {}
    suspect = 0
    for kind in DECIDED_KINDS:
        for status in (Status.CONFIRMED, Status.REJECTED):
            for link in store.list_links(kind.value, status.value):
                verdict = read_verdict(status, link["class"])
                if (kind.value, link["from_uid"], link["to_uid"]) not in unchanged:
                    suspect += 1
                elif verdict is not None:
                    # confirmed under one kind and rejected under the other: it is one work, linked otherwise
                    pair = frozenset((link["from_uid"], link["to_uid"]))
                    found[pair] = found.get(pair, False) or verdict
    if suspect:
        say(
            f"ไม่ใช้คำตัดสิน {suspect:,} รายการที่ข้อความเปลี่ยนไปแล้ว",
            f"{suspect:,} decisions left out: a text has changed since",
        )
    return found


def _gather(
    labels: Path | None, items: Sequence[Item], decided: Mapping[frozenset[str], bool]
) -> tuple[list[Lesson], dict[str, Prepared]]:
    """The lessons of the label file and of the decisions, and every project prepared."""
    from tracegraph.cli.evaluate_same_work import prepare_projects, resolve_pairs
    from tracegraph.cli.label_file import read_labels
    from tracegraph.link.same_work.learning import build_lesson

    prepared = prepare_projects(items)
    lessons: dict[frozenset[str], Lesson] = {
        pair: build_lesson(*(prepared[uid] for uid in sorted(pair)), same=same, source="decision")
        for pair, same in decided.items()
        if len(pair) == 2 and pair <= prepared.keys()
    }
    if labels:
        against = []
        for label, left, right in resolve_pairs(read_labels(labels).pairs, items, labels.name)[0]:
            pair = frozenset((left.uid, right.uid))
            if pair in decided and decided[pair] != label.same:
                against.append(label.row)
                lessons.pop(pair, None)
                continue
            lessons[pair] = build_lesson(
                prepared[left.uid], prepared[right.uid], same=label.same, cluster=label.cluster
            )
        _say_against(against, labels.name)
    return [lessons[pair] for pair in sorted(lessons, key=sorted)], prepared


def _say_against(rows: Sequence[int], name: str) -> None:
    from tracegraph.cli.label_file import list_numbers

    if rows:
        say(
            f"{name}: {len(rows):,} คู่ขัดกับคำตัดสินในฐานข้อมูล ไม่ใช้ แถว {list_numbers(rows)}",
            f"{len(rows):,} pairs contradict the store's decisions and are left out, rows {list_numbers(rows)}",
        )


def choose_background(
    items: Sequence[Prepared], lessons: Iterable[Lesson], count: int = _BACKGROUND, seed: int = 1
) -> list[Findings]:
    """What is found on some candidate pairs on which nobody decided: the same ones for the same records."""
    from tracegraph.link.same_work.blocking import find_candidates
    from tracegraph.link.same_work.labelling import choose_places
    from tracegraph.link.same_work.score import observe

    known: Collection[frozenset[str]] = {frozenset(lesson.keys[:2]) for lesson in lessons}
    rng = random.Random(seed)  # noqa: S311 (a draw that can be repeated, no secret)
    items = choose_places(items, rng)
    candidates = find_candidates(items)
    drawn = rng.sample(range(len(candidates)), min(len(candidates), 2 * count))
    pairs = [(items[candidates.left[at]], items[candidates.right[at]]) for at in drawn]
    fresh = [pair for pair in pairs if frozenset((pair[0].uid, pair[1].uid)) not in known]
    return [observe(*pair) for pair in fresh[:count]]


_TITLES = {
    "precision": "ความแม่นยำ / precision",
    "recall": "ความครบถ้วน / recall",
    "f1": "F1",
    "average_precision": "ความแม่นยำเฉลี่ย / average precision",
    "recall_at_precision_95": "ความครบถ้วนที่ความแม่นยำ .95 / recall at precision .95",
    "false_merges": "ต่างกันแต่ถูกรวม / different but merged",
    "calibration_error": "ความคลาดเคลื่อนของความน่าจะเป็น / calibration error",
    "log_loss": "ค่าความสูญเสีย ยิ่งน้อยยิ่งดี / log loss, less is better",
}


def _show(training: Training, old: Model, name: str, fmt: str) -> None:
    """Both models side by side on stdout, and on stderr what they were measured on."""
    before, after = training.old.as_dict(), training.new.as_dict()
    below = dict.fromkeys(("recall", "average_precision", "recall_at_precision_95"), training.same)
    below["false_merges"] = training.pairs - training.same
    rows: list[dict[str, Any]] = [
        {
            "figure": figure,
            "old": before[figure] if fmt != "table" else _shown(before[figure]),
            "new": after[figure] if fmt != "table" else _shown(after[figure]),
            "denominator": below.get(figure, training.pairs),
            "title": title,
        }
        for figure, title in _TITLES.items()
    ]
    say(
        f"คู่ที่ตัดสินแล้ว {training.pairs:,} คู่ (เหมือน {training.same:,}) แบ่ง {training.folds} ส่วนตามกลุ่มงาน"
        f" เดิม: {old.name} ใหม่: {name}",
        f"{training.pairs:,} decided pairs ({training.same:,} same), {training.folds} folds by cluster;"
        f" old: {old.name}, new: {name}",
    )
    emit(_COLUMNS, rows, fmt)
    if "+office-" in old.name:
        say(
            "แบบจำลองเดิมของสำนักงานอาจเคยเรียนจากคู่เหล่านี้ ค่าของมันจึงอาจดีเกินจริง",
            "the office's old model may have learned from these pairs: its figures may be too good",
        )


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _replace(home: Path, training: Training, table: dict[str, Any], old: Model) -> bool:
    """Put the new model in use where it is better; says so, or why not."""
    from tracegraph.link.same_work.model import OFFICE_FILE

    before, after = training.old, training.new
    figures = (
        f"F1 {_shown(before.at_half.f1)} → {_shown(after.at_half.f1)}, "
        f"log loss {before.log_loss:.4f} → {after.log_loss:.4f}"
    )
    if not training.is_better:
        say(
            f"ไม่แทนที่ {old.name}: แบบจำลองใหม่ไม่ดีกว่า ({figures})",
            f"{old.name} stays: the new model is not better ({figures})",
        )
        return False
    target = home / OFFICE_FILE
    if target.is_file():
        target.replace(target.with_suffix(".previous.json"))
    write_model(target, table)
    say(
        f"ใช้ {table['name']} แทน {old.name} ({figures}) ขั้นต่อไป: tracegraph link",
        f"{table['name']} replaces {old.name} ({figures}); next: tracegraph link",
    )
    return True


def write_model(path: Path, table: Mapping[str, Any]) -> None:
    """Write a model file so that a reader sees the old one or the new one, never half of it."""
    from tracegraph.errors import InputError

    head = {key: value for key, value in table.items() if key != "features"}
    lines = [f'  "{name}": {json.dumps(entry, ensure_ascii=False)}' for name, entry in table["features"].items()]
    text = json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "features": {\n' + ",\n".join(lines) + "\n }\n}\n"
    half = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError as error:
        raise InputError(f"เขียนแบบจำลอง {path} ไม่ได้: {error}", f"cannot write the model {path}: {error}") from error
    say(f"เขียนแบบจำลองไปที่ {path}", f"model written to {path}")
