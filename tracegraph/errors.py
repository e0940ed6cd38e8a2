"""Every error that tracegraph raises on purpose, as one tree.

    TracegraphError
    ├── UsageError            the caller asked for something that cannot be asked        (exit 2)
    ├── InputError            a file, a row or a value that cannot be taken               (exit 1)
    │   ├── FileRefused       the whole file: not a workbook, too large, unknown encoding
    │   └── MappingError      headings that cannot be mapped to properties
    ├── NotFoundError         an id, a question, a strategy that is not there             (exit 1)
    ├── EngineError           the database cannot be reached, opened or signed in to      (exit 1)
    │   └── EngineBusyError   another process holds the data folder and does not answer
    └── RunFailed             a run stopped half way; the graph is as it was before       (exit 1)

Each carries the message in Thai and in English, and a hint that says what to do next.
"""

from __future__ import annotations


class TracegraphError(Exception):
    """Base of all errors: a Thai and an English message, each naming the thing, found and expected."""

    code = "error"
    exit_status = 1

    def __init__(self, th: str, en: str, *, hint_th: str = "", hint_en: str = "") -> None:
        super().__init__(f"{th} / {en}")
        self.th = th
        self.en = en
        self.hint_th = hint_th
        self.hint_en = hint_en


class UsageError(TracegraphError):
    """The caller asked for something that cannot be asked (unknown option value, bad parameter)."""

    code = "usage"
    exit_status = 2


class InputError(TracegraphError):
    """A file, a row or a value that cannot be taken."""

    code = "input"


class FileRefused(InputError):
    """A whole file cannot be taken: no workbook, too large, unknown encoding, nothing in it."""

    code = "file-refused"


class MappingError(InputError):
    """The headings of a table cannot be mapped to properties (missing, doubled, unknown)."""

    code = "mapping"


class NotFoundError(TracegraphError):
    """An id, a question, a plan kind or a strategy that is not there."""

    code = "not-found"


class EngineError(TracegraphError):
    """The database cannot be reached, opened or signed in to."""

    code = "engine"


class EngineBusyError(EngineError):
    """Another process holds the data folder and does not answer."""

    code = "engine-busy"


class RunFailed(TracegraphError):
    """A run stopped half way; what it wrote was rolled back."""

    code = "run-failed"
