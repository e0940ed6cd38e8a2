"""Labels of the pages: one table, ``labels.csv`` with ``key, th, en``."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from tracegraph.report.terms import Lang

LANGS: tuple[Lang, ...] = ("th", "en")


@cache
def load_labels() -> dict[str, dict[Lang, str]]:
    """Every label by key, in both languages."""
    text = files("api.i18n").joinpath("labels.csv").read_text(encoding="utf-8")
    return {row["key"]: {"th": row["th"], "en": row["en"]} for row in csv.DictReader(text.splitlines())}


def label(key: str, lang: Lang, **values: object) -> str:
    """A label with its values filled in. An unknown key is a mistake of ours and raises KeyError."""
    text = load_labels()[key][lang]
    return text.format(**values) if values else text


def read_lang(asked: str | None, cookie: str | None) -> Lang:
    """The language asked for, else the one kept in the cookie, else Thai."""
    for value in (asked, cookie):
        for lang in LANGS:
            if value == lang:
                return lang
    return "th"
