"""What a province looks like, on one screen and in Thai: how far needs came, who waits and why, what may be twice.

Facts and suggestions stand in two columns, every number beside its denominator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tracegraph.cli.common import cell_width
from tracegraph.model.graph import FATE_TH, WORK_CLASSES, Fate, Status
from tracegraph.report.terms import CONFIDENCE, baht, confidence_of, plan_kind_word

if TYPE_CHECKING:
    from tracegraph.analyse.alignment import AlignmentScore, Part
    from tracegraph.graph.store import Store

Row = Mapping[str, Any]

_BAR = 24
_SHARE = 34  # columns of "100% (999,999,999/999,999,999)" and a little air
_SHOWN = 3
#: Whose needs are shown first: those that wait, that somebody turned down, that nobody has taken up, that stand still.
_UNMET = (Fate.WAITING_BEYOND_CAPACITY, Fate.REJECTED, Fate.UNANSWERED, Fate.NOT_CARRIED)
_NO_REASON = {
    Fate.UNANSWERED: "ยังไม่พบโครงการที่รองรับในไฟล์ที่นำเข้า",
    Fate.NOT_CARRIED: "เอกสารไม่ได้บอกเหตุผล และยังไม่พบในแผนที่สูงกว่า",
}
_CLASS_TH = {one.code: one.th for one in WORK_CLASSES}


def summarize(store: Store, *, area: str = "", floor: float = 0.5) -> list[str]:
    """Lines for an area (code, '' = the first province with needs); suggestions count from ``floor`` on."""
    from tracegraph.analyse.alignment import score
    from tracegraph.analyse.questions import ask

    funnel = ask(store, "reach_funnel", {"area": area, "floor": floor}).rows
    if not funnel:
        return ["ยังไม่มีความต้องการในข้อมูล"]
    place = area or str(funnel[0]["area"])
    needs = ask(store, "needs_reach", {"area": place, "floor": floor}).rows
    pairs = ask(store, "duplicates_across_bodies", {"area": place, "floor": floor}).rows
    return [
        *_funnel_lines([row for row in funnel if row["area"] == funnel[0]["area"]], floor),
        "",
        *_need_lines(needs),
        "",
        *_pair_lines(pairs),
        "",
        *_score_lines(score(store, "area", place, floor), floor),
    ]


def _funnel_lines(rows: Sequence[Row], floor: float) -> Iterator[str]:
    raised = int(rows[0]["needs_raised"])
    yield f"ความต้องการ {raised:,} เรื่อง ไปถึงแผนระดับใด  (█ ข้อเท็จจริง ░ เพิ่มเมื่อรวมข้อเสนอแนะของระบบตั้งแต่ {floor:g})"
    width = max(cell_width(str(row["level_th"])) for row in rows)
    for row in rows:
        facts, more = int(row["reached_facts"]), int(row["reached_with_suggestions"])
        dark = round(_BAR * facts / raised)
        light = max(0, round(_BAR * more / raised) - dark)
        bar = "█" * dark + "░" * light + " " * (_BAR - dark - light)
        yield f"  {_pad(str(row['level_th']), width)}  {bar}  {more:>3}/{raised}  (ข้อเท็จจริง {facts}/{raised})"


def _need_lines(rows: Sequence[Row]) -> Iterator[str]:
    unmet = [row for row in rows if row["fate"] in _UNMET]
    yield f"ความต้องการที่ยังไม่ได้รับการตอบสนอง {len(unmet):,} ใน {len(rows):,} เรื่อง (รวมข้อเสนอแนะ) เช่น"
    firsts = [next((row for row in unmet if row["fate"] == fate), None) for fate in _UNMET]
    for number, row in enumerate([row for row in firsts if row][:_SHOWN], 1):
        fate = Fate(row["fate"])
        reason = f"เอกสารให้เหตุผลว่า “{row['reason']}”" if row["reason"] else _NO_REASON.get(fate, "")
        yield f"  {number}. “{row['need']}” {row['village'] or ''} ({row['need_id']})"
        yield f"     {FATE_TH[fate]} · หยุดที่ {plan_kind_word(row['stopped_at'], 'th')} · {reason}"


def _pair_lines(rows: Sequence[Row]) -> Iterator[str]:
    total = sum(float(row["money_at_stake"] or 0) for row in rows)
    yield f"คู่โครงการที่อาจซ้ำซ้อนระหว่างหน่วยงาน {len(rows):,} คู่ งบที่อาจซ้ำรวม {baht(total)} (โปรดตรวจสอบ) เช่น"
    for number, row in enumerate(rows[:_SHOWN], 1):
        level = CONFIDENCE[confidence_of(float(row["probability"]))].th
        yield f"  {number}. {row['left']} · {row['left_owner']} · {baht(row['left_amount']) or 'ไม่ระบุงบ'}"
        yield f"     {row['right']} · {row['right_owner']} · {baht(row['right_amount']) or 'ไม่ระบุงบ'}"
        yield (
            f"     {_said_by(row)} {_CLASS_TH.get(row['class'], row['class'])} · ความเชื่อมั่น{level}"
            f" ({row['probability']:.2f}) · งบที่อาจซ้ำ {baht(row['money_at_stake']) or 'ไม่ทราบ'}"
        )


def _said_by(row: Row) -> str:
    return "ระบบเสนอว่า" if row["status"] == Status.SUGGESTED else "เจ้าหน้าที่ยืนยันว่า"


def _score_lines(found: AlignmentScore, floor: float) -> Iterator[str]:
    facts, more = found.facts, found.with_suggestions
    yield (
        f"ความสอดคล้องของ{found.name}: {_overall(facts.overall)} จากข้อเท็จจริงล้วน"
        f" · {_overall(more.overall)} เมื่อรวมข้อเสนอแนะตั้งแต่ {floor:g} (เต็ม 100)"
    )
    width = max(cell_width(part.th) for part in facts.parts)
    for fact, other in zip(facts.parts, more.parts, strict=True):
        yield f"  {_pad(fact.th, width)}  {_pad(_share(fact), _SHARE)}  {_share(other)}"


def _overall(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _share(part: Part) -> str:
    if part.value is None:
        return "ไม่เกี่ยวข้อง"
    return f"{part.value:.0%} ({part.numerator:,.10g}/{part.denominator:,.10g})"


def _pad(text: str, width: int) -> str:
    return text + " " * (width - cell_width(text))
