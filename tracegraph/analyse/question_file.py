"""The header of a ``queries/*.cypher`` file: title, parameters, columns, labels, notes and examples.

// title_th: …                        // title_en: …
// note: ไทย | English                 (any number: the rules behind a column)
// param: area string = "" | ไทย | English     (no default: the parameter must be given)
// columns: need_id, need, …
// label: need_id | รหัส | id          (one for each column)
// example: tracegraph query NAME -p area=8104
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracegraph.errors import InputError

_PARAM = re.compile(r"(?P<name>\w+) (?P<type>\w+)(?: = (?P<default>\S.*))?")
_KEYS = frozenset({"title_th", "title_en", "note", "param", "columns", "label", "example"})


class ParamType(StrEnum):
    """What a parameter takes; ``date`` is ISO (years of พ.ศ. are understood) or ``today``."""

    STRING = "string"
    INT = "int"
    FLOAT = "float"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: ``default`` as written in the header, None where the caller must give it."""

    name: str
    type: ParamType
    default: str | None
    th: str
    en: str

    @property
    def required(self) -> bool:
        """True where there is no default."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its header and its Cypher. ``labels`` are (Thai, English) by column, in column order."""

    name: str
    title_th: str
    title_en: str
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    labels: Mapping[str, tuple[str, str]]
    notes: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]
    cypher: str

    @property
    def example(self) -> str:
        """The first example, as typed on the command line."""
        return self.examples[0]


def _parts(text: str, count: int, name: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(" | "))
    if len(parts) != count:
        raise _bad_header(name, text)
    return parts


def _bad_header(name: str, line: str) -> InputError:
    return InputError(
        f"หัวคำถาม {name} อ่านไม่ได้: {line}",
        f"the header of question {name} cannot be read: {line}",
        hint_th="ดูรูปแบบใน docs/architecture.md หัวข้อ Questions",
        hint_en="see docs/architecture.md, Questions",
    )


def _parse_param(text: str, name: str) -> Param:
    head, th, en = _parts(text, 3, name)
    found = _PARAM.fullmatch(head)
    if found is None or found["type"] not in set(ParamType):
        raise _bad_header(name, text)
    default = found["default"]
    if default is not None and default[0] == default[-1] == '"':
        default = default[1:-1]
    return Param(found["name"], ParamType(found["type"]), default, th, en)


def parse_question(name: str, text: str) -> Question:
    """A question from the text of its file; InputError where the header is not as it must be."""
    values: dict[str, list[str]] = {key: [] for key in _KEYS}
    lines = text.splitlines()
    count = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    for line in lines[:count]:
        key, found, value = line.removeprefix("//").partition(":")
        if not found or key.strip() not in _KEYS:
            raise _bad_header(name, line)
        values[key.strip()].append(value.strip())
    cypher = "\n".join(lines[count:]).strip()
    columns = tuple(column.strip() for line in values["columns"] for column in line.split(","))
    labels = {column: (th, en) for column, th, en in (_parts(line, 3, name) for line in values["label"])}
    if [len(values[k]) for k in ("title_th", "title_en", "columns")] != [1, 1, 1] or not values["example"]:
        raise _bad_header(name, "title_th, title_en, columns, example")
    if tuple(labels) != columns or len(values["label"]) != len(columns) or not cypher:
        raise _bad_header(name, "label")
    return Question(
        name=name,
        title_th=values["title_th"][0],
        title_en=values["title_en"][0],
        params=tuple(_parse_param(line, name) for line in values["param"]),
        columns=columns,
        labels=labels,
        notes=tuple((th, en) for th, en in (_parts(line, 2, name) for line in values["note"])),
        examples=tuple(values["example"]),
        cypher=cypher,
    )
