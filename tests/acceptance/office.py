"""A planner at a command line with a data folder of her own."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path


class Office:
    """Runs ``tracegraph`` as a person would: a new process for each command, one data folder."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *words: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
        """One command; its exit status must be ``status``."""
        env = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J")}
        env["COLUMNS"] = "200"
        command = [sys.executable, "-m", "tracegraph", "--home", str(self.home), *(str(word) for word in words)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=env)
        assert done.returncode == status, done.stdout + done.stderr
        return done

    def rows(self, *words: str | Path) -> list[dict[str, str]]:
        """The rows that a listing command writes as CSV."""
        return list(csv.DictReader(io.StringIO(self.run(*words, "--format", "csv").stdout)))
