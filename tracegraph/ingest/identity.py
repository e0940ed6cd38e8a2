"""Stable ids: the same statement read again, or from a file with its rows moved, has the same uid."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from tracegraph.thai.normalize import normalize

_COPY = re.compile(r"(?:[\s_-]*\(\d{1,3}\)|[\s_-]+(?:copy|สำเนา|final|แก้แล้ว)(?:\s*\(?\d*\)?)?)+$", re.IGNORECASE)


def build_uid(prefix: str, *parts: object) -> str:
    """``PREFIX:`` and 16 hex digits (blake2b) of the parts in order."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}:{hashlib.blake2b(text.encode('utf-8'), digest_size=8).hexdigest()}"


def document_uid(sha256: str) -> str:
    """The uid of a document with this content."""
    return f"doc:{sha256[:16]}"


def series_of(file: str, kind: str, owner: str | None) -> str:
    """The name that the versions of one file share: kind, owner where the file states it, name without copy marks."""
    stem = _COPY.sub("", normalize(PurePath(file).stem)) or PurePath(file).stem
    return ":".join(part for part in (kind, owner or "", " ".join(stem.split())) if part)
