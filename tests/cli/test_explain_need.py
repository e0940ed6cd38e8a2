"""A need alone on the command line: what answers it, or why nothing does; and how many needs stand in which way."""

from __future__ import annotations

import json
import re

import pytest

from tests.analyse.test_query_commands import Run, run_with
from tracegraph.sample import sample_files


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A command line over the village forums and local plans of the sample."""
    run = run_with({"TRACEGRAPH_HOME": str(tmp_path_factory.mktemp("office"))})
    run("import", *(str(path) for path in sample_files() if path.name.startswith(("00", "1", "3"))))
    return run


def test_linking_says_how_many_needs_have_no_answer_and_why(office: Run) -> None:
    told = office("link", "--job", "answers").stderr
    counts = re.search(r"of ([\d,]+) needs ([\d,]+) are answered, ([\d,]+) are not", told)
    assert counts, told
    needs, answered, unanswered = (int(number.replace(",", "")) for number in counts.groups())
    assert needs == answered + unanswered
    reasons = [(int(n), int(of)) for n, of in re.findall(r": (\d+) of (\d+)$", told, re.MULTILINE)]
    assert sum(number for number, _ in reasons) == unanswered
    assert {of for _, of in reasons} == {unanswered}
    assert "ไม่มี" in told


def test_a_need_alone_is_explained(office: Run) -> None:
    rows = json.loads(office("query", "needs_unanswered", "--format", "json").stdout)
    story = json.loads(office("explain", rows[0]["need_id"], "--format", "json").stdout)
    assert not story["answered"]
    assert story["verdict_th"].startswith("ไม่มีโครงการรองรับ: ")
    assert story["outcome"]["projects"] >= story["outcome"]["in_place"]
    shown = office("explain", rows[0]["need_id"]).stdout
    assert story["verdict_th"] in shown and story["verdict_en"] in shown


def test_a_project_alone_cannot_be_explained(office: Run) -> None:
    links = json.loads(office("links", "--format", "json").stdout)
    project = next(link["to_uid"] for link in links if link["kind"] == "ANSWERED_BY")
    refused = office("explain", project, status=1)
    assert "name a second record" in refused.stderr
