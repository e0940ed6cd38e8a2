"""The same links wherever the work is done and in whatever order the records come."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks.invented_projects import generate, to_item
from tests.conftest import skip_or_fail
from tests.engines import SHORT_LIVED_JAVA
from tests.link.same_work.cases import SAME, project
from tests.link.same_work.invented import invent
from tracegraph.errors import RunFailed, UsageError
from tracegraph.link.same_work import spark as spark_runner
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.places import PlaceResult, PlaceTask, link_place
from tracegraph.link.same_work.proposing import Linked, link_projects
from tracegraph.link.same_work.runners import InProcess, Processes, Result, Runner, Task, Tell, Work, open_runner
from tracegraph.model.items import Item

#: Two of these cannot be compared in one place: the second names no tambon, so it lies in none.
NOWHERE = {"province": None, "district": None, "tambon": None, "area": None, "owner": None, "plan": "plan:x"}


def records() -> list[Item]:
    """Invented records of two kinds, in several districts and in none."""
    made = [to_item(record) for record in generate(250, seed=11, density=60.0).records]
    strays = [
        project("ก่อสร้างถนน คสล. สายควนท่าดี กบ.ถ.1-0042", uid="proj:here", amount=812_411.0, row=1),
        project("ก่อสร้างถนน คสล. สายควนท่าดี กบ.ถ.1-0042", uid="proj:there", amount=812_411.0, row=2, **NOWHERE),
    ]
    return [*invent(60, seed=3).items, *made, *strays]


@pytest.fixture(scope="module")
def spark() -> Iterator[Runner]:
    """One Spark for the tests of this module: its Java takes longer to start than they take."""
    try:
        with pytest.MonkeyPatch.context() as patch, open_runner("spark", 2) as runner:
            patch.setenv("JDK_JAVA_OPTIONS", SHORT_LIVED_JAVA)
            yield runner
    except UsageError as error:
        skip_or_fail(f"no Spark: {error.en}")


@pytest.fixture(scope="module")
def here() -> Linked:
    return link_projects(records())


def test_links_lie_in_several_places_and_across_them(here: Linked) -> None:
    assert here.places > 5
    assert len(here.links) > 50
    assert any({link.from_uid, link.to_uid} == {"proj:here", "proj:there"} for link in here.links)


def test_worker_processes_give_the_same_links_and_tell_how_far_they_are(here: Linked) -> None:
    shuffled = records()
    random.Random(5).shuffle(shuffled)  # noqa: S311 - an order, no secret
    shares: list[float] = []
    with open_runner("processes", 2) as runner:
        found = link_projects(shuffled, runner=runner, progress=shares.append)
    assert found == here
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > here.places


def test_spark_gives_the_same_links_and_tells_how_far_it_is(here: Linked, spark: Runner) -> None:
    shuffled = records()
    random.Random(6).shuffle(shuffled)  # noqa: S311 - an order, no secret
    shares: list[float] = []
    found = link_projects(shuffled, runner=spark, progress=shares.append)
    assert found == here
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 3


@dataclass(slots=True)
class Counting:
    """A runner that remembers how many tasks it was given at each call."""

    runner: Runner
    tasks: list[int] = field(default_factory=list)

    @property
    def workers(self) -> int:
        return self.runner.workers

    def run(self, work: Work[Task, Result], tasks: Sequence[Task], tell: Tell) -> Iterator[tuple[int, Result]]:
        self.tasks.append(len(tasks))
        return self.runner.run(work, tasks, tell)


@pytest.mark.shared
def test_a_real_city_on_every_runner(klongluang: dict[str, Item], spark: Runner) -> None:
    """One large district, of which every second record is still more than a worker takes alone: they share it."""
    items = list(klongluang.values())[::2]
    alone = link_projects(items)
    assert len(alone.links) > 100
    random.Random(7).shuffle(items)  # noqa: S311 - an order, no secret
    with open_runner("processes", 2) as processes:
        for runner in (Counting(processes), Counting(spark)):
            assert link_projects(items, runner=runner) == alone
            assert runner.tasks[0] == 2


def test_a_place_that_workers_share_is_compared_once() -> None:
    items = tuple(sorted(invent(60, seed=3).items, key=lambda item: item.uid))
    whole = PlaceTask("place", items, ("8101",) * len(items), model=load_model(), lowest=0.0)
    parts = [link_place(part) for part in whole.split(3)]
    together = link_place(whole)
    assert sum(part.compared for part in parts) == together.compared
    assert sorted(row for part in parts for row in part.known.rows) == list(together.known.rows)


def test_nothing_and_one_record_give_nothing() -> None:
    assert link_projects([]).links == []
    assert link_projects([SAME[0].left]).links == []
    with open_runner("processes", 1) as runner:
        assert link_projects([], runner=runner).links == []


def _die(task: PlaceTask, tell: Tell | None = None) -> PlaceResult:
    os._exit(3)


def test_a_worker_that_dies_is_told_and_nothing_hangs() -> None:
    task = PlaceTask("place", (SAME[0].left,), ("8101",), model=load_model(), lowest=0.0)
    with open_runner("processes", 1) as runner:
        assert isinstance(runner, Processes)
        with pytest.raises(RunFailed, match="worker process died"):
            list(runner.run(_die, [task], lambda share: None))


def test_workers_get_records_and_a_model_and_never_the_store() -> None:
    """What a worker imports to do its work opens no database."""
    said = (
        "import sys, tracegraph.link.same_work.places, tracegraph.link.same_work.explained;"
        "heavy = ('neo4j', 'arcadedb', 'jpype', 'tracegraph.graph', 'pyspark', 'pandas');"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("name", "workers"), [("dask", 2), ("processes", 0)])
def test_an_unknown_runner_and_no_workers_are_refused(name: str, workers: int) -> None:
    with pytest.raises(UsageError), open_runner(name, workers):
        raise AssertionError("not reached")


def test_without_java_spark_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if find_spec("pyspark") is None:
        skip_or_fail("pyspark is not installed")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "no-java"))
    with pytest.raises(UsageError, match="needs Java 17") as refused, open_runner("spark", 2):
        raise AssertionError("not reached")
    assert "JAVA_HOME" in refused.value.hint_en


def test_without_pyspark_spark_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_runner, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="needs pyspark") as refused, open_runner("spark", 2):
        raise AssertionError("not reached")
    assert "tracegraph[spark]" in refused.value.hint_en


def test_one_uid_twice_is_one_record_and_told_whatever_the_order() -> None:
    older = project("ขุดลอกคลองห้วยลึก หมู่ที่ 4", uid="a", amount=300_000, edition_no=1)
    newer = project("ขุดลอกคลองห้วยลึก หมู่ที่ 5", uid="a", amount=300_000, edition_no=2)
    other = project("ขุดลอกคลองห้วยลึก หมู่ที่ 5", uid="b", amount=300_000, stage="action", plan="plan:a", row=2)
    one, two = link_projects([older, newer, other]), link_projects([other, newer, older])
    assert one == two
    assert one.doubled == 1
    assert [link.from_hash for link in one.links] == [newer.text_hash]


def test_a_runner_in_this_process_is_the_default(here: Linked) -> None:
    with open_runner() as runner:
        assert isinstance(runner, InProcess)
        assert link_projects(records(), runner=runner) == here
