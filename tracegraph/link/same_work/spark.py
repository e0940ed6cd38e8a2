"""Linking on Spark: each task is a group of rows of one place, and ``applyInPandas`` calls the pure function on it.

Needs the extra ``spark`` (pyspark) and Java 17 or newer. Everything stays on this computer: ``local[n]``, bound to
the loopback address, without its web page. On a cluster the package must be installed on every node.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tracegraph.errors import RunFailed, UsageError
from tracegraph.link.same_work.runners import Result, Task, Tell, Work

if TYPE_CHECKING:
    import pandas as pd

LEAST_JAVA = 17
#: Java heap of Spark; what is compared lives in the Python processes beside it.
HEAP = "1g"

#: Groups of tasks for each worker: enough that progress is told and none waits long for another.
_PARTITIONS = 4

_SCHEMA = "task long, part long, payload binary"
#: Rows of a task are sent in pieces, since no cell of Arrow should be very large.
_PIECE = 16_000_000

_LOGGING = """\
rootLogger.level = error
logger.gateway.name = org.apache.spark.api.python.PythonGatewayServer
logger.gateway.level = error
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %m%n
"""


def find_java() -> Path | None:
    """The home of a Java of at least LEAST_JAVA: that of JAVA_HOME, else the one on the path."""
    named, on_path = os.environ.get("JAVA_HOME"), shutil.which("java")
    homes = [Path(named)] if named else []
    homes += [Path(on_path).resolve().parent.parent] if on_path else []
    for home in homes:
        java = home / "bin" / ("java.exe" if os.name == "nt" else "java")
        if java.exists() and _version_of(java) >= LEAST_JAVA:
            return home
    return None


def _version_of(java: Path) -> int:
    try:
        shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=30).stderr  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = re.search(r'version "(\d+)', shown)
    return int(version[1]) if version else 0


@contextmanager
def open_spark(workers: int) -> Iterator[Spark]:
    """A runner on Spark with so many workers; UsageError where pyspark or Java is not there.

    Spark starts with the first task, and its Java ends here: nothing stays behind.
    """
    missing = [name for name in ("pyspark", "pandas", "pyarrow") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"--runner spark ต้องใช้ {', '.join(missing)} ซึ่งยังไม่ได้ติดตั้ง",
            f"--runner spark needs {', '.join(missing)}, which is not installed",
            hint_th='ติดตั้ง: pip install "tracegraph[spark]" หรือใช้ --runner processes',
            hint_en='install it: pip install "tracegraph[spark]", or use --runner processes',
        )
    java = find_java()
    if java is None:
        raise UsageError(
            f"--runner spark ต้องใช้ Java {LEAST_JAVA} ขึ้นไป แต่ไม่พบ",
            f"--runner spark needs Java {LEAST_JAVA} or newer, and none was found",
            hint_th="ติดตั้ง Java แล้วตั้ง JAVA_HOME หรือใช้ --runner processes",
            hint_en="install Java and set JAVA_HOME, or use --runner processes",
        )
    with tempfile.TemporaryDirectory(prefix="tracegraph-spark-", ignore_cleanup_errors=True) as folder:
        runner = Spark(workers, java, Path(folder))
        try:
            yield runner
        finally:
            runner.close()


class Spark:
    """Tasks as groups of a Spark data frame, in a Java of its own on this computer."""

    def __init__(self, workers: int, java: Path, folder: Path) -> None:
        self.workers = workers
        self._java, self._folder = java, folder
        self._session: Any = None
        self._gateway: Any = None

    def run(self, work: Work[Task, Result], tasks: Sequence[Task], tell: Tell) -> Iterator[tuple[int, Result]]:
        """Results in the order in which Spark gives them back. RunFailed where a task fails."""
        if not tasks:
            return
        if self._session is None:
            with (self._folder / "spark.log").open("wb") as log, _environment(self._java, self._folder):
                self._session, self._gateway = _start(self.workers, self._folder, log)
        yield from _collect(self._session, self.workers, work, tasks, tell)

    def close(self) -> None:
        """End Spark and its Java, where they were started."""
        if self._session is not None:
            self._session.stop()
            _end_java(self._gateway)
            self._session = self._gateway = None


@contextmanager
def _environment(java: Path, folder: Path) -> Iterator[None]:
    """What the start of Spark reads from the environment, for as long as it starts."""
    settings = {
        "JAVA_HOME": str(java),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_CONF_DIR": str(folder),
    }
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _start(workers: int, folder: Path, log: IO[bytes]) -> tuple[Any, Any]:
    """A session and the gateway to its Java, which writes what it has to say to ``log``."""
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - an extra
    from pyspark.java_gateway import launch_gateway  # noqa: PLC0415 - an extra
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    quiet = folder / "log4j2.properties"
    quiet.write_text(_LOGGING, encoding="utf-8")
    options = {
        "spark.master": f"local[{workers}]",
        "spark.app.name": "tracegraph",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": HEAP,
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={quiet.as_uri()}",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        "spark.sql.adaptive.enabled": "false",  # it would put the few rows of all tasks into one partition
        "spark.task.maxFailures": "1",
    }
    conf = SparkConf(loadDefaults=False).setAll(list(options.items()))
    launch: Any = launch_gateway
    gateway = launch(conf, popen_kwargs={"stdout": log, "stderr": log})
    try:
        return SparkSession(SparkContext(conf=conf, gateway=gateway)), gateway
    except BaseException:
        _end_java(gateway)
        raise


def _end_java(gateway: Any) -> None:
    """End the Java process, so that another session may want other settings."""
    from pyspark import SparkContext  # noqa: PLC0415 - an extra

    SparkContext._gateway = SparkContext._jvm = None
    gateway.shutdown()
    gateway.proc.stdin.close()  # Java ends when this does
    gateway.proc.wait(timeout=60)


def _collect(
    session: Any, workers: int, work: Work[Task, Result], tasks: Sequence[Task], tell: Tell
) -> Iterator[tuple[int, Result]]:
    """Send tasks as rows, group them again, call ``work`` on each group."""
    import pandas as pd  # noqa: PLC0415 - an extra
    from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra

    session.conf.set("spark.sql.shuffle.partitions", str(min(len(tasks), _PARTITIONS * workers)))
    rows = [(at, part, piece) for at, task in enumerate(tasks) for part, piece in enumerate(_pieces(task))]
    frame = session.createDataFrame(pd.DataFrame(rows, columns=["task", "part", "payload"]), _SCHEMA)

    def on_group(group: pd.DataFrame) -> pd.DataFrame:
        task = _join(group["part"], group["payload"])
        at = int(group["task"].iloc[0])
        found = [(at, part, piece) for part, piece in enumerate(_pieces(work(task)))]
        return pd.DataFrame(found, columns=["task", "part", "payload"])

    done = frame.groupBy("task").applyInPandas(on_group, _SCHEMA)
    waiting: dict[int, list[tuple[int, bytes]]] = {}
    try:
        for row in done.toLocalIterator(prefetchPartitions=True):
            waiting.setdefault(row["task"], []).append((row["part"], bytes(row["payload"])))
            tell(len(waiting) / len(tasks))
    except PySparkException as error:
        raise RunFailed(
            "Spark ทำงานไม่สำเร็จ ไม่มีการบันทึกใด ๆ",
            f"Spark failed, nothing was written: {str(error).strip().splitlines()[-1]}",
            hint_th="ลองใช้ --runner processes",
            hint_en="try --runner processes",
        ) from error
    for at, parts in sorted(waiting.items()):
        yield at, _join([part for part, _ in parts], [payload for _, payload in parts])


def _pieces(value: object) -> list[bytes]:
    packed = pickle.dumps(value)
    return [packed[start : start + _PIECE] for start in range(0, len(packed), _PIECE)]


def _join(parts: Any, payloads: Any) -> Any:
    """The value of its pieces. They come from our own process and through a loopback socket with a secret."""
    pieces = sorted(zip(parts, payloads, strict=True))
    return pickle.loads(b"".join(bytes(piece) for _, piece in pieces))  # noqa: S301
