"""The files in queries/: their headers, the letter's data inside them, and the page made from them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracegraph.analyse.params import read_params
from tracegraph.analyse.question_docs import render_markdown
from tracegraph.analyse.question_file import parse_question
from tracegraph.analyse.questions import ask, load_questions, narrow_area, require_question
from tracegraph.errors import InputError, NotFoundError, UsageError
from tracegraph.graph import Store
from tracegraph.graph.guard import require_read_only
from tracegraph.model.graph import FATE_TH, FUNDED_STAGES
from tracegraph.model.process import ARRIVAL_KINDS, BEYOND_CAPACITY_KINDS, flows, plan_kinds

REPO = Path(__file__).resolve().parents[2]
NAMES = (
    "needs_reach", "reach_funnel", "needs_unanswered", "needs_asked_again", "trace_need", "trace_project",
    "projects_without_need", "projects_without_strategy", "strategies_without_project", "strategy_coverage",
    "declared_vs_inferred", "alignment_by_plan", "alignment_by_area", "duplicates_across_bodies",
    "money_at_stake", "beyond_capacity_waiting", "carried_changes", "suspect_links", "late_plans",
    "area_profile",
)  # fmt: skip


def test_the_twenty_questions_are_there() -> None:
    assert set(load_questions()) >= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_uses_the_parameters_it_names_and_only_reads(name: str) -> None:
    question = load_questions()[name]
    used = set(re.findall(r"\$(\w+)", question.cypher))
    assert used == {param.name for param in question.params}
    require_read_only(question.cypher)
    assert "ORDER BY" in question.cypher.rsplit("RETURN", 1)[1]
    assert all(question.example.startswith(f"tracegraph query {name}") for _ in question.examples)
    assert all(th and en for th, en in question.labels.values())


@pytest.mark.parametrize("name", NAMES)
def test_an_example_can_be_asked(name: str) -> None:
    question = load_questions()[name]
    for example in question.examples:
        given = dict(word.split("=", 1) for word in re.findall(r"-p (\S+)", example))
        assert read_params(question, given)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_leads_back_to_file_sheet_and_row(name: str) -> None:
    """Every question that lists items has their source cell; figures have a denominator instead."""
    columns = load_questions()[name].columns
    cells = [column for column in columns if column.endswith(("file", "sheet", "row"))]
    figures = {
        "reach_funnel": "needs_raised",
        "strategy_coverage": "projects_in_scope",
        "alignment_by_plan": "projects",
        "alignment_by_area": "needs_raised",
        "money_at_stake": "money_planned",
        "area_profile": "out_of",
    }
    assert name == "needs_reach" or len(cells) >= 3 or figures[name] in columns


def test_kinds_and_ranks_in_the_questions_are_those_of_the_letter() -> None:
    questions = load_questions()
    listed = {code: "[" + ", ".join(f"'{kind}'" for kind in kinds) + "]" for code, kinds in
              (("arrival", ARRIVAL_KINDS), ("beyond", BEYOND_CAPACITY_KINDS))}  # fmt: skip
    assert listed["arrival"] in questions["needs_reach"].cypher
    assert listed["beyond"] in questions["needs_reach"].cypher
    assert listed["beyond"] in questions["beyond_capacity_waiting"].cypher
    assert listed["arrival"] in questions["alignment_by_area"].cypher
    levels = re.findall(
        r"rank: (\d+), level: '\w+', th: '[^']+', kinds: '([PK0-9 ]*)'", questions["reach_funnel"].cypher
    )
    ranks = {kind.id: kind.rank for kind in plan_kinds() if kind.group == "plan"}
    assert {kind: int(rank) for rank, kinds in levels for kind in kinds.split()} == ranks
    assert set(re.findall(r"THEN '(\w+)'\n", questions["needs_reach"].cypher)) | {"unanswered"} == set(FATE_TH)
    assert set(re.findall(r"\bB\d\d\b", questions["beyond_capacity_waiting"].cypher)) <= {flow.id for flow in flows()}
    assert {stage.value for stage in FUNDED_STAGES} == {"action", "budget", "contract"}  # the order of needs_reach


def test_the_page_about_the_questions_is_up_to_date() -> None:
    page = (REPO / "docs" / "questions.md").read_text(encoding="utf-8")
    assert page == render_markdown(load_questions().values()), (
        "run: python -m tracegraph.analyse.question_docs > docs/questions.md"
    )


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(NotFoundError) as caught:
        require_question("need_reach")
    assert "needs_reach" in caught.value.hint_en


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n",
        "// title_th: ก\n// title_en: a\n// columns: a\n// example: x\nRETURN 1 AS a",
        "// title_th: ก\n// title_en: a\n// columns: a\n// label: b | ข | b\n// example: x\nRETURN 1 AS a",
        "// title_th: ก\n// title_en: a\n// columns: a\n// label: a | ก | a\n// param: x money | ก | a\nRETURN 1",
        "// title_th: ก\n// title_en: a\n// columns: a\n// label: a | ก | a\n// example: x\n",
        "// title_th: ก\n// title_en: a\n// surprise: a\nRETURN 1 AS a",
    ],
)
def test_a_header_that_is_not_as_it_must_be_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_question("bad", text)


def test_a_header_is_read() -> None:
    question = parse_question(
        "q",
        "// title_th: ก\n// title_en: a: b\n// note: กฎ | rule\n// param: need string | รหัส | id\n"
        '// param: area string = "" | พื้นที่ | area\n// columns: a, b\n// label: a | เอ | a\n// label: b | บี | b\n'
        "// example: tracegraph query q -p need=1\nRETURN 1 AS a, 2 AS b // end\n",
    )
    assert (question.title_en, question.columns, question.labels["b"]) == ("a: b", ("a", "b"), ("บี", "b"))
    assert [(p.name, p.required, p.default) for p in question.params] == [("need", True, None), ("area", False, "")]
    assert question.cypher == "RETURN 1 AS a, 2 AS b // end"


class TestParams:
    question = load_questions()["needs_reach"]

    def read(self, **given: Any) -> dict[str, Any]:
        return read_params(self.question, given, today=date(2026, 11, 23))

    def test_defaults(self) -> None:
        assert self.read() == {"area": "", "floor": 0.5, "year": 0, "fate": "", "reached": "", "need": ""}

    @pytest.mark.parametrize(
        ("given", "floor"), [("facts", 1.01), ("FACTS", 1.01), ("0", 0.0), ("๐.๗", 0.7), (1.01, 1.01), (1, 1.0)]
    )
    def test_floor(self, given: Any, floor: float) -> None:
        assert self.read(floor=given)["floor"] == floor

    @pytest.mark.parametrize(("given", "area"), [("๘๑๐๔", "8104"), (" 81 ", "81"), (8104, "8104"), ("", "")])
    def test_area(self, given: Any, area: str) -> None:
        assert self.read(area=given)["area"] == area

    @pytest.mark.parametrize(
        "bad",
        [{"floor": "1.5"}, {"floor": "-1"}, {"floor": "nan"}, {"floor": "most"}, {"year": "25.5"}, {"year": "ปีนี้"},
         {"area": "810"}, {"area": "81x4"}, {"area": "8104' OR 1=1"}, {"fate": "x" * 501}],
    )  # fmt: skip
    def test_values_that_cannot_be_read(self, bad: dict[str, str]) -> None:
        with pytest.raises(UsageError) as caught:
            self.read(**bad)
        (name,) = bad
        assert name in caught.value.en
        assert name in caught.value.th

    def test_a_wrong_name_is_answered_with_the_nearest(self) -> None:
        with pytest.raises(UsageError) as caught:
            self.read(flor="0.5")
        assert "floor" in caught.value.hint_th

    @pytest.mark.parametrize(
        ("given", "day"), [("today", "2026-11-23"), ("2026-06-30", "2026-06-30"), ("2569-06-30", "2026-06-30")]
    )
    def test_dates(self, given: str, day: str) -> None:
        params = read_params(load_questions()["late_plans"], {"as_of": given}, today=date(2026, 11, 23))
        assert params["as_of"] == day

    @pytest.mark.parametrize("bad", ["30/6/2569", "2026-02-30", "0001-01-01", "soon", "2026-06"])
    def test_dates_that_cannot_be_read(self, bad: str) -> None:
        with pytest.raises(UsageError):
            read_params(load_questions()["late_plans"], {"as_of": bad}, today=date(2026, 11, 23))

    def test_what_must_be_given(self) -> None:
        for given in ({}, {"need": " "}):
            with pytest.raises(UsageError) as caught:
                read_params(load_questions()["trace_need"], given)
            assert "need" in caught.value.en


@pytest.mark.parametrize("area", ["8104", "81040101"])
def test_narrowing_by_an_index_changes_no_row(told: Store, area: str) -> None:
    for question in load_questions().values():
        if "area" not in {param.name for param in question.params}:
            continue
        params = read_params(question, {"area": area} | ({"floor": 0.2} if "$floor" in question.cypher else {}))
        narrow = narrow_area(question.cypher, area)
        assert told.read(narrow, params) == told.read(question.cypher, params), question.name


@pytest.mark.parametrize(
    ("area", "level"), [("81", "province"), ("8104", "district"), ("810401", "tambon"), ("81040101", "area")]
)
def test_an_area_is_narrowed_to_the_property_of_its_level(area: str, level: str) -> None:
    cypher = load_questions()["needs_reach"].cypher
    assert f"n.{level} = $area" in narrow_area(cypher, area)
    assert narrow_area(cypher, "") == cypher


def test_limits_that_make_no_sense_are_refused(told: Store) -> None:
    for limit, offset in ((0, 0), (5, -1)):
        with pytest.raises(UsageError):
            ask(told, "needs_reach", limit=limit, offset=offset)
