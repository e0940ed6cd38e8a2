"""The invented needs, projects and hard negatives of the domain notes as items, read from beside the checkout."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from tracegraph.model.items import Item
from tracegraph.thai.normalize import text_hash

_TAMBON = re.compile(r"ต\.([ก-๙]+)")
_VILLAGE = re.compile(r"(?:หมู่ที่|ม\.)\s?(\d+)")


@dataclass(frozen=True, slots=True)
class Invented:
    """Needs and right projects by id; hard negatives by id with the need that they must not answer."""

    needs: dict[str, Item]
    projects: dict[str, Item]
    right: dict[str, str]  # need → project
    negatives: dict[str, tuple[Item, str]]


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV by heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_invented(folder: Path) -> Invented:
    """Codes of districts and tambons are made up; a place in the text goes before the need's."""
    rows = read_rows(folder / "needs.csv")
    districts = {name: f"99{n:02d}" for n, name in enumerate(sorted({row["amphoe"] for row in rows}), start=1)}
    tambons = {row["tambon"]: f"{districts[row['amphoe']]}{n:02d}" for n, row in enumerate(rows, start=1)}
    needs = {
        row["id"]: _item(
            row["id"],
            "need",
            row["villager_words"],
            tambons[row["tambon"]],
            (int(row["moo"]),),
            row["village_fictional"],
        )
        for row in rows
    }
    project_rows = read_rows(folder / "projects.csv")
    right = {row["need"]: row["id"] for row in project_rows}
    need_of = {project: need for need, project in right.items()}
    projects = {
        row["id"]: _project(row["id"], row["title"], needs[row["need"]], tambons, row["target"]) for row in project_rows
    }
    negatives = {}
    for row in read_rows(folder / "hard_negatives.csv"):
        need = row["against"] if row["against"] in needs else need_of[row["against"]]
        negatives[row["id"]] = (_project(row["id"], row["looks_like"], needs[need], tambons, None), need)
    return Invented(needs, projects, right, negatives)


def _project(name: str, text: str, need: Item, tambons: dict[str, str], target: str | None) -> Item:
    stated = _TAMBON.search(text)
    tambon = need.tambon if stated is None else tambons.get(stated[1], "999999")
    villages = tuple(int(number) for number in _VILLAGE.findall(text))
    return _item(name, "project", text, tambon or "", villages, None, target)


def _item(
    name: str,
    role: str,
    text: str,
    tambon: str,
    villages: tuple[int, ...],
    village: str | None,
    target: str | None = None,
) -> Item:
    return Item(
        uid=f"{role}:{name}",
        role="need" if role == "need" else "project",
        text=text,
        text_hash=text_hash(text),
        source_id=name,
        target=target,
        village_nos=villages,
        village_name=village,
        tambon=tambon,
        district=tambon[:4],
        province=tambon[:2],
    )
