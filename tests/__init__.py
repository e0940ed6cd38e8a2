"""Tests as one package.

Hundreds of tests start a Python of their own. Where the machine keeps no bytecode beside the sources
(PYTHONDONTWRITEBYTECODE), each of them would compile every module again, longer than what it is started for: then
bytecode is kept in ``.cache`` of the checkout. This stands here because it must come before any import of a test.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.fspath(Path(__file__).resolve().parent.parent / ".cache" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
