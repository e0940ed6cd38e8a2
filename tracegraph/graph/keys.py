"""Keys made from content: the same facts give the same uid on every machine."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any


def content_hash(*parts: Any) -> str:
    """16 hex digits of the SHA-256 of the parts, written as JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def link_uid(kind: str, from_uid: str, to_uid: str) -> str:
    """The uid of the one link of a kind between two nodes."""
    return f"link:{content_hash(str(kind), from_uid, to_uid)}"


def run_uid() -> str:
    """A new run: time, then chance, so that runs sort by time."""
    return f"run:{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"


def now_iso() -> str:
    """This moment as ISO-8601 in UTC; always with microseconds, so that the strings sort by time."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
