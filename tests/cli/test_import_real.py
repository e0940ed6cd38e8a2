"""Real lists through ``tracegraph import``: all in, twice is once, a newer file takes the place of what it stated."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.office import Office
from tracegraph.graph import Store, open_store
from tracegraph.settings import Settings

pytestmark = pytest.mark.shared

FILES = (
    "1_village_proposals_oct2567.csv",
    "2_approved_accumulated_fund_2568.csv",
    "3_local_plan_supplement3_2567.csv",
    "4_action_plan_2568.csv",
)
COUNTS = (55, 16, 23, 58)
STATED = (55, 16, 23, 63)  # the action plan names five strategies of the tambon beside its 58 projects
ITEMS = (
    "MATCH (n) WHERE n:Need OR n:Project RETURN n.uid AS uid, n.current AS current, n.text_hash AS text,"
    " n.amounts AS amounts, n.area AS area, n.file AS file"
)


class Desk:
    """A data folder with the engine open in this process; commands join it."""

    def __init__(self, home: Path, store: Store) -> None:
        self.office, self.store = Office(home), store

    def take(self, *files: Path) -> list[dict[str, int | str]]:
        """Import; the line of each file with its counts as numbers."""
        done = self.office.run("import", "--format", "csv", *files)
        self.said = done.stderr
        rows = csv.DictReader(io.StringIO(done.stdout))
        return [{name: int(cell) if cell.isdigit() else cell for name, cell in row.items()} for row in rows]

    def items(self) -> dict[str, dict[str, object]]:
        return {row["uid"]: row for row in self.store.read(ITEMS, {})}


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("real")
    with open_store(Settings(home=home)) as store:
        yield Desk(home, store)


@pytest.fixture
def maesai(shared: Path) -> list[Path]:
    return [shared / "data" / "maesai" / name for name in FILES]


def test_a_tambon_goes_in_whole_and_twice_changes_nothing(desk: Desk, maesai: list[Path]) -> None:
    lines = desk.take(*maesai)
    assert [line["loaded"] for line in lines] == list(COUNTS)
    assert [line["new"] for line in lines] == list(STATED)
    assert {line["merged"] for line in lines} == {line["quarantined"] for line in lines} == {0}
    assert "อ่าน 152 แถว: รับเข้า 152 รวมกับแถวเดิม 0 กักไว้ 0" in desk.said and "next: tracegraph link" in desk.said
    slip = re.search(r"warning: 2_approved_accumulated_fund_2568.csv แถว/row 11 .*\n  (.*)\n  (.*)\n", desk.said)
    assert slip and "‘478,324.82’ บาทเท่ากันถึงสตางค์" in slip[1] and "perhaps copied by mistake" in slip[2]
    before = desk.items()
    assert len(before) == sum(COUNTS)
    again = desk.take(*maesai)
    assert [line["unchanged"] for line in again] == list(STATED)
    assert {line[name] for line in again for name in ("new", "changed", "superseded")} == {0}
    assert desk.items() == before
    assert "ไม่มีอะไรเปลี่ยน" in desk.said


def test_every_encoding_gives_the_same_records(desk: Desk, maesai: list[Path], tmp_path: Path) -> None:
    first: dict[str, dict[str, object]] = {}
    for encoding in ("utf-8", "utf-8-sig", "cp874", "utf-16"):
        folder = tmp_path / encoding
        folder.mkdir()
        copies = [folder / path.name for path in maesai]
        for path, copy in zip(maesai, copies, strict=True):
            copy.write_bytes(path.read_text(encoding="utf-8-sig").encode(encoding))
        lines = desk.take(*copies)
        first = first or desk.items()
        assert desk.items() == first
        counted = "new" if encoding == "utf-8" else "unchanged"
        assert [line[counted] for line in lines] == list(STATED)
        assert {line["superseded"] for line in lines} == {0}


def test_a_newer_file_supersedes_only_what_it_stated(desk: Desk, maesai: list[Path], tmp_path: Path) -> None:
    desk.take(*maesai)
    before = desk.items()
    plan = maesai[2]
    rows = list(csv.reader(io.StringIO(plan.read_text(encoding="utf-8-sig"))))
    money = next(at for at, heading in enumerate(rows[0]) if heading.startswith("y25") and rows[2][at].strip("- "))
    rows[2][money] = "123,456.00"  # one changed
    gone = rows.pop(5)  # one no longer stated
    newer = tmp_path / plan.name
    with newer.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    (line,) = desk.take(newer)
    assert [line[name] for name in ("new", "changed", "unchanged", "superseded")] == [0, 1, COUNTS[2] - 2, 1]
    after = desk.items()
    (lost,) = [uid for uid, item in after.items() if not item["current"]]
    assert before[lost]["file"] == plan.name and gone[0] in str(
        desk.store.read("MATCH (p:Project {uid: $uid}) RETURN p.source_id AS id", {"uid": lost})
    )
    others = {uid: item for uid, item in before.items() if item["file"] != plan.name}
    assert {uid: after[uid] for uid in others} == others
    assert set(after) == set(before)


def test_a_city_goes_in_whole(desk: Desk, shared: Path) -> None:
    folder = shared / "data" / "klongluang"
    lines = desk.take(folder / "plan_projects.csv", folder / "contracts.csv")
    assert [(line["rows"], line["loaded"], line["quarantined"]) for line in lines] == [(1333, 1333, 0), (911, 911, 0)]
    assert [line["new"] for line in lines] == [1333 + 6, 911]  # the plan has six strategies
