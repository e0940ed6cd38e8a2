"""``tracegraph label``: have people label the pairs that teach the model most, without showing them what it thinks."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, format_option, say, settings_of
from tracegraph.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracegraph.link.same_work.labelling import Pair, Question
    from tracegraph.model.items import Item
    from tracegraph.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
#: What a person needs to see of both records, and nothing of what the model says.
_SIDES = ("text", "place", "plan", "money")
COLUMNS = ("left_id", "right_id", "label", "kind", *(f"{side}_{name}" for name in _SIDES for side in ("left", "right")))
_SCORES = ("probability", "class")
_ANSWERS = {"1": "SAME", "0": "DIFF", "p": "PART", "d": "DIFF-PERIOD", "?": "UNSURE"}


@click.command(name="label")
@click.option("--count", type=click.IntRange(1, 5_000), default=20, show_default=True, help="จำนวนคู่ / how many pairs")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="เขียนเป็น CSV ไว้เติม label / CSV to fill in")
@click.option("--ask", is_flag=True, help="ถามทีละคู่ที่หน้าจอ เก็บคำตอบใน --out / ask here, keep answers in --out")
@click.option("--labelled", "known", multiple=True, type=_FILE, help="ไฟล์ที่ตัดสินแล้ว ไม่ถามซ้ำ / labels: not asked again")
@click.option("--records", type=_FILE, help="รายการจากไฟล์แทนฐานข้อมูล / records of a file (id,text,…), no store")
@click.option("--record", type=_FILE, help="บันทึก label ในไฟล์เป็นคำตัดสิน / record a file's labels as decisions")
@click.option("--by", default=getpass.getuser, help="ผู้ตัดสิน (กับ --record) / who decides (with --record)")
@click.option("--blind/--show-scores", default=True, show_default=True, help="ซ่อนคะแนน / hide what the model thinks")
@click.option("--seed", type=int, default=1, show_default=True, help="เลขสุ่ม / seed of the draw and the order")
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    count: int,
    out: Path | None,
    ask: bool,
    known: tuple[Path, ...],
    records: Path | None,
    record: Path | None,
    by: str,
    blind: bool,
    seed: int,
    fmt: str,
) -> None:
    """เลือกคู่ที่ควรให้คนตัดสิน โดยไม่บอกคะแนน / the pairs that are most worth labelling, blind.

    Write SAME, DIFF, DIFF-PERIOD, PART or UNSURE (or 1, 0, ?) under label; train and evaluate read the file. Pairs that
    are decided, declared or labelled already are not offered. A quarter (kind: random) is drawn at random among all
    pairs that the model does not rule out; the others are the ones that the model is least sure of.
    """
    if records and record:
        raise UsageError("--record ต้องใช้กับฐานข้อมูล ไม่ใช้กับ --records", "--record needs the store, not --records")
    settings = settings_of(ctx)
    if record:
        _record(settings, record, by)
        return
    if ask and not out:
        raise UsageError("--ask ต้องมี --out ไว้เก็บคำตอบ", "--ask needs --out to keep the answers in")
    if out and out.exists():
        raise InputError(
            f"มีไฟล์ {out} อยู่แล้ว ไม่เขียนทับคำตัดสินของคน", f"{out} exists; people's labels are not overwritten",
            hint_th="ใช้ชื่อใหม่ และระบุไฟล์เดิมด้วย --labelled", hint_en="take a new name, and name the old one: --labelled",
        )  # fmt: skip
    items, decided = _load(settings, records)
    questions = _choose(settings, items, decided | _read_known(known, items), count, seed)
    rows = build_rows(questions, items, None if blind else settings)
    columns = COLUMNS if blind else (*COLUMNS, *_SCORES)
    if len(rows) < count:
        say(f"มีคู่ที่ควรถามเพียง {len(rows):,} คู่", f"only {len(rows):,} pairs are worth asking about")
    if ask and out:
        _ask_all(rows, out, columns)
    elif out:
        _write(out, columns, rows)
        say(f"เขียน {len(rows):,} คู่ไปที่ {out} เติมช่อง label แล้วใช้กับ train", f"{len(rows):,} pairs to label in {out}")
    else:
        emit(columns, rows, fmt)


def _load(settings: Settings, records: Path | None) -> tuple[list[Item], set[Pair]]:
    """All projects, and the pairs that a document or a person has decided."""
    from tracegraph.model.graph import Status

    if records:
        from tracegraph.cli.label_file import read_records

        return list(read_records(records).values()), set()
    from tracegraph.graph.store import open_store

    with open_store(settings) as store:
        stored = store.load_items()
    decided = {frozenset((a, b)) for _, a, b, status, *_ in stored.links if status != Status.SUGGESTED}
    return list(stored.projects), decided


def _read_known(files: Iterable[Path], items: Sequence[Item]) -> set[Pair]:
    """The pairs that label files hold, with a label or waiting for one; ids that are not there concern no pair."""
    from tracegraph.cli.label_file import read_sheet
    from tracegraph.cli.score import build_index, find_by_id

    index = build_index(items) if files else {}
    found: set[Pair] = set()
    for file in files:
        for row in read_sheet(file, ("left_id", "right_id", "label")):
            ends = [find_by_id(index, row.get(side)) for side in ("left_id", "right_id")]
            found.add(frozenset(end.uid for end in ends if not isinstance(end, str)))
    return found


def _choose(settings: Settings, items: Sequence[Item], known: set[Pair], count: int, seed: int) -> list[Question]:
    from tracegraph.cli.evaluate_same_work import prepare_projects
    from tracegraph.link.same_work.labelling import choose_questions
    from tracegraph.link.same_work.model import find_model

    prepared = list(prepare_projects(items).values())
    return choose_questions(prepared, find_model(settings.home), known, count, seed=seed)


def build_rows(questions: Sequence[Question], items: Sequence[Item], scored: Settings | None) -> list[dict[str, Any]]:
    """One row for each question; with the model's score only where ``scored`` says whose model it is."""
    from tracegraph.cli.score import build_index

    index = build_index(items)

    def name(item: Item) -> str:
        return item.shown_id if len(index[item.shown_id]) == 1 else item.uid

    rows = []
    for question in questions:
        row: dict[str, Any] = {"label": "", "kind": "random" if question.drawn else ""}
        for side, prepared in (("left", question.left), ("right", question.right)):
            row[f"{side}_id"] = name(prepared.item)
            row.update({f"{side}_{key}": value for key, value in _describe(prepared.item).items()})
        rows.append(row)
    if scored:
        from tracegraph.link.same_work.model import find_model
        from tracegraph.link.same_work.score import score_prepared

        model = find_model(scored.home)
        for row, question in zip(rows, questions, strict=True):
            found = score_prepared(question.left, question.right, model)
            row.update({"probability": found.probability, "class": found.work_class})
    return rows


def _describe(item: Item) -> dict[str, str]:
    """What a person compares: the words, where, in whose plan, and how much in which year."""
    villages = f"หมู่ {', '.join(map(str, item.village_nos))}" if item.village_nos else ""
    place = (villages, item.village_name or "", item.place_text or "", item.area or "")
    years = "-".join(str(year) for year in sorted({min(item.years), max(item.years)})) if item.years else ""
    money = f"{item.amount:,.2f}".removesuffix(".00") if item.amount is not None else ""
    return {
        "text": item.text,
        "place": " ".join(part for part in place if part),
        "plan": " ".join(part for part in (item.owner_name or "", item.plan_kind, item.stage) if part),
        "money": " / ".join(part for part in (years, money) if part),
    }


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    from tracegraph.cli.evaluate_output import write_scores

    write_scores(path, columns, rows)


def _ask_all(rows: list[dict[str, Any]], out: Path, columns: Sequence[str]) -> None:
    """Ask about each pair and keep every answer at once: whoever stops loses nothing."""
    answered: list[dict[str, Any]] = []
    for number, row in enumerate(rows, start=1):
        click.echo(f"\n─── {number}/{len(rows)} ───", err=True)
        for side in ("left", "right"):
            click.echo(f"  {row[f'{side}_text']}", err=True)
            details = " · ".join(row[f"{side}_{name}"] for name in _SIDES[1:] if row[f"{side}_{name}"])
            click.echo(f"      {details}", err=True)
        answer = _ask_one()
        if answer == "q":
            break
        if answer in _ANSWERS:
            answered.append({**row, "label": _ANSWERS[answer]})
            _write(out, columns, answered)
    say(f"ตัดสิน {len(answered):,} จาก {len(rows):,} คู่ เก็บที่ {out}", f"{len(answered):,} of {len(rows):,} labelled")


def _ask_one() -> str:
    """The key that a person gives; the end of the input is q."""
    question = "1 เหมือน/same  0 ต่าง/different  d คนละช่วง/period  p บางส่วน/part  ? ไม่แน่ใจ  s ข้าม/skip  q เลิก/quit"
    try:
        return str(click.prompt(question, type=click.Choice([*_ANSWERS, "s", "q"]), show_choices=False, err=True))
    except click.Abort:
        return "q"


def _record(settings: Settings, file: Path, by: str) -> None:
    """Write SAME and DIFF of a file as decisions; what stands already is not said again, PART and periods are not."""
    from tracegraph.cli.evaluate_same_work import prepare_projects, resolve_pairs
    from tracegraph.cli.label_file import read_labels
    from tracegraph.graph.store import open_store
    from tracegraph.link.same_work.classes import classify
    from tracegraph.link.same_work.direction import find_direction
    from tracegraph.link.same_work.model import find_model
    from tracegraph.link.same_work.score import observe
    from tracegraph.model.graph import LinkKind, Status

    labels = [pair for pair in read_labels(file).pairs if pair.label in ("SAME", "DIFF")]
    model = find_model(settings.home)
    counts = {"confirm": 0, "reject": 0, "known": 0}
    with open_store(settings) as store:
        stored = store.load_items()
        standing = {
            frozenset((a, b)): (kind, a, b, status)
            for kind, a, b, status, *_ in stored.links
            if kind in (LinkKind.CARRIED_TO, LinkKind.SAME_WORK)
        }
        prepared = prepare_projects(stored.projects)
        for label, left, right in resolve_pairs(labels, stored.projects, file.name)[0]:
            link = standing.get(frozenset((left.uid, right.uid)))
            verdict, status = ("confirm", Status.CONFIRMED) if label.same else ("reject", Status.REJECTED)
            if link and link[3] in (status, Status.DECLARED):
                counts["known"] += 1
                continue
            if link:
                kind, early, late = link[0], link[1], link[2]
            else:
                a, b = prepared[left.uid], prepared[right.uid]
                work_class = classify(a, b, observe(a, b), model) or ""
                found, first, second = find_direction(a, b, work_class)
                kind, early, late = found.value, first.uid, second.uid
            store.decide(kind, early, late, verdict, reason=f"label: {file.name}", by=by)
            counts[verdict] += 1
    say(
        f"บันทึกคำตัดสิน: ยืนยัน {counts['confirm']:,} ไม่ใช่ {counts['reject']:,} มีอยู่แล้ว {counts['known']:,}",
        f"recorded: {counts['confirm']:,} confirmed, {counts['reject']:,} rejected, {counts['known']:,} known already",
    )
