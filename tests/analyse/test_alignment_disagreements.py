"""Inference against a declared entry is a result of its own: proposed, stored, counted and listed, on both engines."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from tests.analyse.analyse_story import ALIGNS, Story
from tests.analyse.test_query_commands import run_with
from tracegraph.analyse.alignment_disagreements import find_disagreements
from tracegraph.errors import NotFoundError, UsageError
from tracegraph.graph import Store
from tracegraph.link import alignment
from tracegraph.model.records import AreaRecord, StrategyRecord


def _story() -> Story:
    story = Story(file="แผน.xlsx", digest="d" * 64)
    for code, name, level in (("81", "ก", "province"), ("8104", "ข", "district"), ("810401", "ค", "tambon")):
        story.areas.append(AreaRecord(uid=code, name=name, level=level, parent=code[:-2] or None))
    story.plan("L1", "PK03", "810401", "อบต.ค")
    for number, name in (("1", "การป้องกันและบรรเทาสาธารณภัย"), ("2", "การจัดการขยะมูลฝอย"), ("3", "ส่งเสริมกีฬาและนันทนาการ")):
        story.strategies.append(
            StrategyRecord(
                uid=f"LAO:{number}", list_id="LAO", list_name="ยุทธศาสตร์", version="1", number=number, name=name,
                level="local", parent=None, valid_from=2566, valid_to=2570, area="810401",
            )
        )  # fmt: skip
    story.project("agrees", "จัดซื้อถังขยะและคัดแยกขยะมูลฝอย", "L1")
    story.project("differs", "จัดการแข่งขันกีฬาและนันทนาการชุมชน", "L1")
    story.project("silent", "รณรงค์คัดแยกขยะมูลฝอยที่ต้นทาง", "L1")
    story.declare(ALIGNS, "agrees", "LAO:2")
    story.declare(ALIGNS, "differs", "LAO:1")
    return story


@pytest.fixture(scope="module")
def planned(module_store: Store) -> Store:
    story = _story()
    module_store.write_batches([story.batch()], command="test")
    items = module_store.load_items()
    declared = [(one[1], one[2]) for one in items.links if one[3] == "declared"]
    links = alignment.propose(items.projects, items.strategies, declared, scopes=items.scopes)
    module_store.write_links(links, method_scope="alignment", command="test")
    return module_store


def test_only_what_contradicts_the_plan_is_a_disagreement(planned: Store) -> None:
    (one,) = find_disagreements(planned, "area", "810401")
    assert (one.project_id, one.list_id, one.declared, one.inferred) == ("differs", "LAO", ("LAO:1",), "LAO:3")
    assert one.method.endswith("-disagrees") and 0.75 <= one.probability < 1
    assert "กีฬา" in one.why_th and "sport" in one.why_en
    assert find_disagreements(planned, "project", "differs") == [one] == find_disagreements(planned, "area", "")
    assert find_disagreements(planned, "project", "agrees") == find_disagreements(planned, "project", "silent") == []
    assert find_disagreements(planned, "area", "", 0.9999) == []
    ordinary = [row for row in planned.list_links(kind="ALIGNS_WITH", status="suggested") if row["from_id"] == "silent"]
    assert ordinary and not any(row["method"].endswith("-disagrees") for row in ordinary)


def test_what_cannot_be_asked_says_so(planned: Store) -> None:
    with pytest.raises(UsageError):
        find_disagreements(planned, "nothing", "")
    with pytest.raises(NotFoundError):
        find_disagreements(planned, "plan", "plan:none")


def test_the_command_counts_them_and_lists_them(planned: Store, engine_env: dict[str, str]) -> None:
    run = run_with(engine_env)
    assert "--disagreements" in run("align", "--uid", "810401").stderr
    (listed,) = json.loads(run("align", "--uid", "810401", "--disagreements", "--format", "json").stdout)
    (one,) = find_disagreements(planned, "area", "810401")
    assert (listed["project_id"], listed["declared"], listed["inferred"]) == ("differs", ["LAO:1"], "LAO:3")
    (row,) = csv.DictReader(io.StringIO(run("align", "--disagreements", "--format", "csv").stdout))
    assert row["inferred_name"] == "ส่งเสริมกีฬาและนันทนาการ" and float(row["probability"]) == one.probability
    assert replace(one, why_th=row["why_th"]) == one
