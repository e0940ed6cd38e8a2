"""A province-sized graph on both engines: how long it takes to load, to link and to ask, in the process and over HTTP.

    python -m benchmarks.province                       both engines (Neo4j from scripts/neo4j_server.py)
    python -m benchmarks.province --engine arcadedb     one of them
    python -m benchmarks.province --share 0.1           a tenth of the size, for a quick look

The records are those of ``invented_province``. Over HTTP a server of its own is asked, each question
with a floor of its own, so that no answer comes from its cache. Beside the time that passes, "cpu" is the processor
time of the engine and of this process (of the server, over HTTP): the figure that other work on the computer
moves least.
"""

from __future__ import annotations

import argparse
import http.client
import importlib.util
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.invented_province import PROVINCE, Province, build_province, count_nodes
from tracegraph.graph import Store, open_store
from tracegraph.settings import Settings

#: A province in one import is one transaction, which Neo4j holds in memory: 1 GB is too little.
NEO4J_HEAP = "3g"

#: Fewest calls before the measured ones, and at least half of a group: Java compiles what it runs often, and a server
#: that has answered for a minute is the one that people meet.
WARM_UP = 10


@dataclass(slots=True)
class Timing:
    """Milliseconds of each call, and the processor time of all of them."""

    wall: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def __str__(self) -> str:
        shown = f"p50 {_percentile(self.wall, 50):.1f}, p95 {_percentile(self.wall, 95):.1f}"
        return f"{shown}, cpu {self.cpu / len(self.wall):.1f}"


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def processor_ms(*pids: int) -> float:
    """Processor time so far of other processes (Linux; 0 elsewhere)."""
    ticks = 0
    for pid in pids:
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            values = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            ticks += int(values[11]) + int(values[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK") if ticks else 0.0


@dataclass(frozen=True, slots=True)
class Engine:
    """Settings of an engine with an empty graph, and the process that it runs in (0: this one)."""

    name: str
    settings: Settings
    pid: int = 0


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """An engine with an empty graph."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        if name == "arcadedb":
            yield Engine(name, Settings(home=folder / "home"))
            return
        script = Path(__file__).resolve().parent.parent / "scripts" / "neo4j_server.py"
        spec = importlib.util.spec_from_file_location("neo4j_server", script)
        if spec is None or spec.loader is None:
            raise SystemExit(f"{script} is not there")
        module = importlib.util.module_from_spec(spec)
        sys.modules["neo4j_server"] = module
        spec.loader.exec_module(module)
        server = stack.enter_context(module.running_server(folder / "neo4j", heap=NEO4J_HEAP))
        settings = Settings(home=folder / "home", neo4j_uri=server.uri, neo4j_password=server.password)
        yield Engine(name, settings, server.pid)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and the result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def measure_writing(store: Store, province: Province) -> dict[str, float]:
    """Seconds for loading, loading again, proposing 10,000 links and the rest, the same again, reading items."""
    some, rest = province.proposals[:10_000], province.proposals
    figures = {}
    figures["load"], _ = timed(lambda: store.write_batches(province.batches, command="bench load"))
    figures["load the same again"], again = timed(lambda: store.write_batches(province.batches, command="bench again"))
    if again.new or again.changed or again.links.created:
        raise SystemExit(f"loading the same again changed something: {again.new} new, {again.changed} changed")
    figures["write 10,000 links"], _ = timed(lambda: store.write_links(some, method_scope="bench", command="bench"))
    figures[f"write {len(rest):,} links"], _ = timed(
        lambda: store.write_links(rest, method_scope="bench", command="bench")
    )
    figures["the same links again"], _ = timed(lambda: store.write_links(rest, method_scope="bench", command="bench"))
    figures["load_items"], _ = timed(store.load_items)
    figures["list_links"], _ = timed(store.list_links)
    figures["one decision"], _ = timed(
        lambda: store.decide(rest[0].kind, rest[0].from_uid, rest[0].to_uid, "confirm", by="bench")
    )
    return figures


Calls = dict[str, list[Callable[[], Any]]]


def measure_calls(calls: Calls, pids: tuple[int, ...]) -> dict[str, Timing]:
    """Each group of calls, after a warm-up with calls of the same group."""
    found = {}
    for name, group in calls.items():
        for number in range(max(WARM_UP, len(group) // 2)):
            group[number % len(group)]()
        timing = Timing()
        before = processor_ms(*pids)
        for call in group:
            timing.wall.append(timed(call)[0] * 1000)
        timing.cpu = processor_ms(*pids) - before
        found[name] = timing
    return found


def measure_questions(store: Store, engine_: Engine, province: Province, repeats: int) -> dict[str, Timing]:
    """Single traces (as rows, and as the graph that pages draw), one district's reach, the province's funnel."""
    from tracegraph.analyse.questions import ask  # noqa: PLC0415 (needs nothing of it to load)
    from tracegraph.analyse.trace import trace_need  # noqa: PLC0415

    needs = [need.uid for need in random.Random(1).sample(province.needs, 100)]

    def asking(name: str, **params: str) -> Callable[[], Any]:
        return lambda: ask(store, name, params)

    def tracing(uid: str) -> Callable[[], Any]:
        return lambda: trace_need(store, uid, 0.5)

    calls: Calls = {
        "trace_need (rows)": [asking("trace_need", need=uid) for uid in needs],
        "trace_need (graph)": [tracing(uid) for uid in needs],
        "needs_reach of one district": [asking("needs_reach", area=d) for d in _districts() * repeats],
        "reach_funnel of the province": [asking("reach_funnel", area=PROVINCE) for _ in range(8 * repeats)],
    }
    return measure_calls(calls, (os.getpid(), engine_.pid) if engine_.pid else (os.getpid(),))


def _districts() -> list[str]:
    return [f"{PROVINCE}{district:02d}" for district in range(1, 9)]


@contextmanager
def serving(settings: Settings) -> Iterator[tuple[http.client.HTTPConnection, int]]:
    """A connection to a server of these settings, and its process id.

    The application itself, not ``tracegraph serve``, which asks what the first page needs beside the measured calls.
    """
    environment = {**os.environ, "TRACEGRAPH_HOME": str(settings.home), "PYTHONUTF8": "1"}
    if settings.neo4j_uri:
        environment |= {"NEO4J_URI": settings.neo4j_uri, "NEO4J_PASSWORD": settings.neo4j_password}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "uvicorn", "--factory", "api:create_app", "--port", str(port)]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
    try:
        _wait_for(process, port)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        yield connection, process.pid
        connection.close()
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(process: subprocess.Popen[bytes], port: int, patience_s: float = 120.0) -> None:
    end = time.monotonic() + patience_s
    while time.monotonic() < end and process.poll() is None:
        if _answers(port):
            return
        time.sleep(0.3)
    raise SystemExit("the server did not start")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/v1/queries")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def measure_http(engine_: Engine, province: Province, repeats: int) -> dict[str, Timing]:
    """The same over HTTP. A floor that no other call has keeps the server's cache out of it."""
    floors = iter(f"{0.5 + number * 1e-9:.9f}" for number in range(1, 100_000))
    needs = [need.uid for need in random.Random(2).sample(province.needs, 100)]

    def getting(path: str) -> Callable[[], Any]:
        def get() -> bytes:
            connection.request("GET", f"{path}floor={next(floors)}")
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise SystemExit(f"{path}: {response.status} {body[:300].decode('utf-8', errors='replace')}")
            return body

        return get

    with serving(engine_.settings) as (connection, pid):
        trace = "/v1/queries/trace_need?limit=all&need="
        whole = "/v1/queries/{}?limit=all&area={}&"
        calls: Calls = {
            "trace_need (rows), HTTP": [getting(f"{trace}{quote(uid)}&") for uid in needs],
            "trace of a need with its fate, HTTP": [getting(f"/v1/needs/{quote(uid)}/trace?") for uid in needs],
            "needs_reach of one district, HTTP": [
                getting(whole.format("needs_reach", district)) for district in _districts() * repeats
            ],
            "reach_funnel of the province, HTTP": [getting(whole.format("reach_funnel", PROVINCE))] * 8 * repeats,
        }
        return measure_calls(calls, (pid, engine_.pid) if engine_.pid else (pid,))


def measure(name: str, province: Province, repeats: int) -> dict[str, str]:
    """Every figure of one engine, printed as it comes."""
    figures: dict[str, str] = {}

    def keep(what: str, shown: str) -> None:
        figures[what] = shown
        print(f"{name:10}{what:38}{shown}", flush=True)

    with engine(name) as engine_:
        with open_store(engine_.settings) as store:
            for what, seconds in measure_writing(store, province).items():
                keep(what, f"{seconds:.1f} s")
            for what, timing in measure_questions(store, engine_, province, repeats).items():
                keep(what, f"{timing} ms")
            health = store.health()
            keep("nodes, links", f"{sum(health.nodes.values()):,}, {sum(health.links.values()):,}")
        for what, timing in measure_http(engine_, province, repeats).items():
            keep(what, f"{timing} ms")
    return figures


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("arcadedb", "neo4j"), action="append")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=2569)
    parser.add_argument("--repeats", type=int, default=3, help="rounds of eight districts")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    seconds, province = timed(lambda: build_province(arguments.seed, arguments.share))
    shown = f"{count_nodes(province.batches):,} nodes in {len(province.batches)} documents, {seconds:.1f} s"
    print(f"made {shown}", file=sys.stderr, flush=True)
    engines = arguments.engine or ["arcadedb", "neo4j"]
    table = {name: measure(name, province, arguments.repeats) for name in engines}
    if arguments.json:
        print(json.dumps(table, ensure_ascii=False, indent=2))
        return
    print(f"\n| | {' | '.join(engines)} |\n|---|{'---|' * len(engines)}")
    for what in dict.fromkeys(what for figures in table.values() for what in figures):
        print(f"| {what} | {' | '.join(table[name].get(what, '') for name in engines)} |")


if __name__ == "__main__":
    main()
