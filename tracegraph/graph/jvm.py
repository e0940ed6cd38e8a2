"""One quiet Java machine in this process, for the embedded engine.

Started here and not by ``arcadedb_embedded``, because its defaults log to the working folder and to
stderr; its server class joins a machine that runs already.
"""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import NoReturn

#: Bound of the Java heap; a province (65,000 nodes) needs a quarter of it.
HEAP = "1g"

#: The engine ends a statement after this time, also one that nobody waits for any more; Java ends after it.
COMMAND_TIMEOUT_MS = 60_000

_LOGGING = """\
handlers=java.util.logging.FileHandler
.level=WARNING
com.arcadedb.level=INFO
java.util.logging.FileHandler.pattern={folder}/engine.%g.log
java.util.logging.FileHandler.limit=5000000
java.util.logging.FileHandler.count=3
java.util.logging.FileHandler.append=true
java.util.logging.FileHandler.encoding=UTF-8
java.util.logging.FileHandler.formatter=com.arcadedb.log.LogFormatter
"""

_lock = threading.Lock()


def start_jvm(log_folder: Path) -> None:
    """Start the machine unless it runs; its log goes to ``log_folder`` of the first caller."""
    import jpype  # noqa: PLC0415 (a second of start-up that a Neo4j user need not wait)

    with _lock:
        if jpype.isJVMStarted():
            return
        from arcadedb_embedded.jvm import get_bundled_jre_lib_path, get_jar_path  # noqa: PLC0415

        log_folder.mkdir(parents=True, exist_ok=True)
        jars = sorted(str(jar) for jar in Path(get_jar_path()).glob("*.jar"))
        jpype.startJVM(
            get_bundled_jre_lib_path(),
            *_arguments(log_folder),
            classpath=os.pathsep.join(jars),
            interrupt=False,  # Ctrl-C stays Python's
        )
        _end_cleanly_on_signals()


def _arguments(log_folder: Path) -> list[str]:
    logging = log_folder / "logging.properties"
    # properties files are ISO-8859-1 and treat a backslash as an escape
    folder = log_folder.as_posix().encode("ascii", "backslashreplace").decode("ascii")
    logging.write_text(_LOGGING.format(folder=folder), encoding="ascii")
    return [
        f"-Xmx{HEAP}",
        "-Xrs",  # Java leaves SIGTERM, SIGINT and SIGHUP alone: its own exit would unload Python while it runs
        "-XX:+UseParallelGC",  # a desktop has few cores: the concurrent collector takes one from the questions
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF8",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
        "-XX:+UseCompactObjectHeaders",
        f"-XX:ErrorFile={log_folder / 'java_error_%p.log'}",
        f"-Djava.util.logging.config.file={logging}",
        f"-Darcadedb.server.logsDirectory={log_folder}",
        f"-Darcadedb.command.timeout={COMMAND_TIMEOUT_MS}",  # global only: a server's own setting is not read
        "-Darcadedb.txWalFlush=2",  # a confirmed commit survives a power cut
        "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
        "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
    ]


def _end_cleanly_on_signals() -> None:
    """A signal that would end the process at once unwinds it: the run is marked, the engine closed, no data in doubt.

    Handlers that somebody set (a web server's) stay. Only the main thread may set any.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _unwind)


def _unwind(number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)  # a second signal does not wait; the engine recovers from its log
    raise SystemExit(128 + number)
