"""A real Neo4j Community for tests and benchmarks, on loopback, without Docker.

    python scripts/neo4j_server.py run                 start it, print how to reach it, stop on Ctrl-C
    python scripts/neo4j_server.py start               start it and leave it running
    python scripts/neo4j_server.py stop                stop what ``start`` left running

The jars come from Maven into a cache folder (``TRACEGRAPH_CACHE``, else ``.cache`` of the checkout).
Needs ``mvn`` and Java 17 or newer; on Debian and Ubuntu: ``apt-get install maven openjdk-17-jre-headless``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

VERSION = "5.26.30"

#: Java heap of the server; a writing transaction may fill 70 % of it.
HEAP = "1g"

_POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tracegraph</groupId><artifactId>neo4j-for-tests</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{version}</version></dependency>
  </dependencies>
</project>
"""

_CONF = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
dbms.usage_report.enabled=false
server.memory.heap.max_size={heap}
server.memory.pagecache.size=256m
"""

_OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


class CannotStart(Exception):
    """Neo4j cannot be started here; the message says what is missing and how to get it."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it is, how to sign in, and its process."""

    uri: str
    user: str
    password: str
    pid: int
    home: str

    def environment(self) -> dict[str, str]:
        """The variables that make tracegraph use it."""
        return {
            "NEO4J_URI": self.uri,
            "NEO4J_USERNAME": self.user,
            "NEO4J_PASSWORD": self.password,
            "NEO4J_DATABASE": "neo4j",
        }


def cache_folder() -> Path:
    """Where jars and the state of ``start`` are kept."""
    chosen = os.environ.get("TRACEGRAPH_CACHE")
    base = Path(chosen) if chosen else Path(__file__).resolve().parent.parent / ".cache"
    return base / "neo4j"


def require_java() -> str:
    """The java command, 17 or newer; CannotStart where there is none."""
    homes = [os.environ.get("JAVA_HOME")]
    found = [str(Path(home) / "bin" / "java") for home in homes if home] + [shutil.which("java") or ""]
    for java in found:
        if java and shutil.which(java):
            shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
            version = re.search(r'version "(\d+)', shown)
            if version and int(version.group(1)) >= 17:
                return java
    raise CannotStart("no Java 17 or newer; on Debian and Ubuntu: apt-get install openjdk-17-jre-headless")


def resolve_jars(version: str = VERSION) -> Path:
    """The folder of the server's jars; fetched by Maven on first use (about 120 MB)."""
    folder = cache_folder() / version
    lib = folder / "lib"
    if (folder / "complete").exists():
        return lib
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotStart("no mvn; on Debian and Ubuntu: apt-get install maven")
    folder.mkdir(parents=True, exist_ok=True)
    # processes that start together each fetch into their own folder; the first one done wins
    work = Path(tempfile.mkdtemp(prefix="fetch-", dir=folder))
    (work / "pom.xml").write_text(_POM.format(version=version), encoding="utf-8")
    command = [maven, "-q", "-B", "-f", str(work / "pom.xml"), "dependency:copy-dependencies"]
    done = subprocess.run(
        [*command, "-DincludeScope=runtime", f"-DoutputDirectory={work / 'lib'}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        shutil.rmtree(work, ignore_errors=True)
        raise CannotStart(f"mvn could not fetch Neo4j {version}: {done.stdout[-800:]}{done.stderr[-400:]}")
    if not (folder / "complete").exists():
        shutil.rmtree(lib, ignore_errors=True)
        (work / "lib").replace(lib)
        (folder / "complete").touch()
    shutil.rmtree(work, ignore_errors=True)
    return lib


def start_server(home: Path, *, version: str = VERSION, heap: str = HEAP, patience_s: float = 120.0) -> Server:
    """Start a server with its data in ``home`` (empty or made by an earlier start) and wait until it answers."""
    java, lib = require_java(), resolve_jars(version)
    port = _free_port()
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(_CONF.format(port=port, heap=heap), encoding="utf-8")
    opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENS]
    main = "org.neo4j.server.CommunityEntryPoint" if version.startswith("5.") else "org.neo4j.server.Neo4jCommunity"
    with (home / "console.log").open("ab") as console:
        process = subprocess.Popen(
            [
                java, "-Xms512m", f"-Xmx{heap}", *opens, "-cp", str(lib / "*"), main,
                f"--home-dir={home}", f"--config-dir={home / 'conf'}",
            ],
            stdout=console,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        password = _first_password(process, f"bolt://127.0.0.1:{port}", home, patience_s)
    except BaseException:
        _end(process)
        raise
    _processes[process.pid] = process
    return Server(f"bolt://127.0.0.1:{port}", "neo4j", password, process.pid, str(home))


_processes: dict[int, subprocess.Popen[bytes]] = {}


def _first_password(process: subprocess.Popen[bytes], uri: str, home: Path, patience_s: float) -> str:
    kept = home / "password"
    password = kept.read_text(encoding="utf-8") if kept.exists() else secrets.token_urlsafe(16)
    deadline = time.monotonic() + patience_s
    problem = ""
    while time.monotonic() < deadline:
        if process.poll() is not None:
            tail = (home / "console.log").read_text(encoding="utf-8", errors="replace")[-1500:]
            raise CannotStart(f"Neo4j ended with status {process.returncode}: {tail}")
        try:
            if not kept.exists():
                with GraphDatabase.driver(uri, auth=("neo4j", "neo4j")) as driver:
                    change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $p"
                    driver.execute_query(change, p=password, database_="system")
                kept.write_text(password, encoding="utf-8")
            with GraphDatabase.driver(uri, auth=("neo4j", password)) as driver:
                driver.execute_query("RETURN 1", database_="neo4j")
        except (DriverError, Neo4jError) as error:
            problem = str(error)
            time.sleep(0.5)
        else:
            return password
    raise CannotStart(f"Neo4j did not answer within {patience_s:g} s: {problem}")


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def stop_server(server: Server) -> None:
    """Stop it and wait until it is gone."""
    process = _processes.pop(server.pid, None)
    if process is not None:
        _end(process)
        return
    try:
        os.kill(server.pid, signal.SIGTERM)
    except (ProcessLookupError, OSError):
        return


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running_server(home: Path, *, version: str = VERSION, heap: str = HEAP) -> Iterator[Server]:
    """A server for the length of a block."""
    server = start_server(home, version=version, heap=heap)
    try:
        yield server
    finally:
        stop_server(server)


def _show(server: Server) -> None:
    for name, value in server.environment().items():
        print(f"export {name}={value}")


def main(argv: list[str] | None = None) -> int:
    """The command line; 1 where the server cannot be started."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("run", "start", "stop", "fetch"))
    parser.add_argument("--home", type=Path, default=None, help="data folder (default: a new one in the cache)")
    parser.add_argument("--version", default=VERSION, help="5.26.x (Java 17) or 2026.x (Java 21)")
    arguments = parser.parse_args(argv)
    state = cache_folder() / "running.json"
    try:
        if arguments.action == "stop":
            stop_server(Server(**json.loads(state.read_text(encoding="utf-8"))))
            state.unlink()
            return 0
        if arguments.action == "fetch":
            print(resolve_jars(arguments.version))
            return 0
        home = arguments.home or cache_folder() / "home"
        server = start_server(home.absolute(), version=arguments.version)
    except FileNotFoundError:
        print("nothing was started here", file=sys.stderr)
        return 1
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    _show(server)
    if arguments.action == "start":
        state.write_text(json.dumps(asdict(server)), encoding="utf-8")
        return 0
    try:
        signal.sigwait([signal.SIGINT, signal.SIGTERM]) if hasattr(signal, "sigwait") else input()
    except (KeyboardInterrupt, EOFError):
        pass
    finally:
        stop_server(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
