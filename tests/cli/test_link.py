"""``tracegraph link`` as a person calls it: what is told, where it runs, and what is not done twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.analyse.test_query_commands import Run, run_with
from tests.conftest import skip_or_fail
from tracegraph.graph import open_store
from tracegraph.ingest.importer import read_files
from tracegraph.sample import sample_files
from tracegraph.settings import Settings


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A command line over the plans and lists of the sample; its commands join the engine that this process holds."""
    home = tmp_path_factory.mktemp("office")
    with open_store(Settings(home=home)) as store:
        store.write_batches(read_files(sample_files()), command="import")
        yield run_with({"TRACEGRAPH_HOME": str(home)})


def links(run: Run) -> str:
    return str(run("links", "--format", "csv").stdout)


def test_links_are_the_same_wherever_they_are_made_and_nothing_is_done_twice(office: Run) -> None:
    first = office("link", "--job", "same-work", "--format", "json")
    assert "เทียบใหม่ 4 จาก 4 พื้นที่" in first.stderr
    assert "compared 4 of 4 places anew" in first.stderr
    proposed = json.loads(first.stdout)[0]["proposed"]
    assert proposed > 50
    made = links(office)

    again = office("link", "--job", "same-work", "--format", "json")
    assert "ไม่มีอะไรเปลี่ยนจากครั้งก่อน / nothing has changed since the last run" in again.stderr
    assert json.loads(again.stdout)[0]["proposed"] == proposed

    full = office("link", "--job", "same-work", "--full", "--runner", "processes", "--workers", "2")
    assert "compared 4 of 4 places anew" in full.stderr
    assert links(office) == made


def test_without_java_spark_is_refused_with_what_to_do(
    office: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if find_spec("pyspark") is None:
        skip_or_fail("pyspark is not installed")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    done = office("link", "--job", "same-work", "--full", "--runner", "spark", status=2)
    assert "needs Java 17 or newer" in done.stderr
    assert "--runner processes" in done.stderr


@pytest.mark.parametrize("words", [("--runner", "dask"), ("--workers", "0")])
def test_options_that_cannot_be_are_refused(office: Run, words: tuple[str, ...]) -> None:
    assert "Usage" in office("link", *words, status=2).stderr
