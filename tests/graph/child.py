"""A process of its own that opens a data folder: ``python -m tests.graph.child ACTION HOME``.

``import``: a large import into the folder; prints ``writing`` while its transaction is open. ``hold``: opens the store
and holds it until a line comes in. ``small``: an import of two needs. The last line says how it went.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from pathlib import Path

from tests.graph.records import File, put
from tracegraph.errors import TracegraphError
from tracegraph.graph import Store, open_store
from tracegraph.settings import Settings

LARGE = 6_000


def large_files() -> list[File]:
    """Files that take a while to write."""
    files = [File(f"large{number}.csv") for number in range(4)]
    for number, file in enumerate(files):
        for row in range(LARGE // len(files)):
            file.need(f"{number}-{row}")
    return files


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _tell_when_writing(store: Store) -> None:
    while not store.read("MATCH (r:Run) WHERE r.status = 'running' RETURN r.uid AS uid"):
        time.sleep(0.02)
    time.sleep(0.5)  # the run's own node comes first: now its transaction is at work
    _say("writing")


def limit_file_size(limit: int) -> None:
    """No file of this process may grow beyond ``limit`` bytes: writing more fails, as on a full disk (POSIX only)."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails then, and the process lives
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def main() -> int:
    action, home = sys.argv[1], Path(sys.argv[2])
    if len(sys.argv) > 3:
        limit_file_size(int(sys.argv[3]))
    try:
        with open_store(Settings(home=home)) as store:
            if action == "hold":
                _say("open")
                sys.stdin.readline()
            elif action == "small":
                put(store, File("small.csv").need("small"))
            else:
                files = large_files()
                threading.Thread(target=_tell_when_writing, args=(store,), daemon=True).start()
                put(store, *files)
    except TracegraphError as error:
        _say(f"{type(error).__name__}: {error.th} / {error.en} / {error.hint_en}")
        return error.exit_status
    _say("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
