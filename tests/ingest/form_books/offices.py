"""Whose plans these are, and of which years."""

from __future__ import annotations

OFFICE = "เทศบาลตำบลศาลาด่าน อำเภอเกาะลันตา จังหวัดกระบี่"
YEARS = (2566, 2567, 2568, 2569, 2570)
