"""Settings, read once at the edge (CLI or API) and passed down; nothing below reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data are and which engine answers.

    ``neo4j_uri`` None means the embedded engine in ``home``. Weights and thresholds of the
    alignment score are in ``home/tracegraph.yaml`` where an office wants its own.
    """

    home: Path
    neo4j_uri: str | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: str = field(default="", repr=False)
    neo4j_database: str = "neo4j"


def read_settings(home: Path | None = None, environ: dict[str, str] | None = None) -> Settings:
    """Settings from ``--home``, then ``TRACEGRAPH_HOME``, then the platform's data folder; and ``NEO4J_*``."""
    env = dict(os.environ) if environ is None else environ
    folder = home or (Path(env["TRACEGRAPH_HOME"]) if env.get("TRACEGRAPH_HOME") else None)
    if folder is None:
        folder = Path(platformdirs.user_data_dir("tracegraph", appauthor=False))
    return Settings(
        home=folder.expanduser().absolute(),
        neo4j_uri=env.get("NEO4J_URI") or None,
        neo4j_user=env.get("NEO4J_USERNAME") or "neo4j",
        neo4j_password=env.get("NEO4J_PASSWORD") or "",
        neo4j_database=env.get("NEO4J_DATABASE") or "neo4j",
    )
