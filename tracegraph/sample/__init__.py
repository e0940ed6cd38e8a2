"""The shipped sample: one invented case on real district and tambon names of จ.กระบี่, labelled ตัวอย่าง.

Villages, needs, projects, money and strategies are invented; nothing here is a record of a real body. ``README.md``
beside this file says what the case shows; ``scripts/build_sample.py`` builds the files from the written story.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


def sample_files() -> list[Path]:
    """The sample's files in import order: register, strategies, needs, plans from below to above, links last."""
    return sorted(path for path in _FOLDER.iterdir() if path.suffix in (".csv", ".xlsx"))


def sample_mapping(file: Path) -> Path:
    """The mapping file of one file of the sample."""
    return _FOLDER / "mappings" / f"{file.stem}.yaml"
