"""Mapping files as text: a mapping as it stands, or how a table was read, for a person to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import yaml

from tracegraph.ingest.headings import heading_key, properties, read_heading
from tracegraph.ingest.mapping_file import Mapping
from tracegraph.ingest.property_words import property_words
from tracegraph.model.records import ColumnRead, TableLayout

_HEAD = """\
# การจับคู่หัวคอลัมน์ของ {where} / how the columns of this table are read
# แก้คำหลัง ':' ให้ตรงกับความหมายของคอลัมน์ แล้วนำเข้าด้วย --mapping ไฟล์นี้
# correct the word after ':', then import with --mapping and this file
# ความหมายที่ใช้ได้ / what a column may hold:
{known}"""


def mapping_text(mapping: Mapping) -> str:
    """A mapping file that says what this mapping says."""
    document = {f.name: getattr(mapping.document, f.name) for f in fields(mapping.document)}
    content: dict[str, Any] = {
        "document": {name: value for name, value in document.items() if value},
        "columns": dict(mapping.columns),
        "money": dict(mapping.money),
        "constants": dict(mapping.constants),
        "fill_down": sorted(mapping.fill_down),
        "optional": sorted(mapping.optional),
        "ignore": sorted(mapping.ignore),
    }
    kept = {name: value for name, value in content.items() if value}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1000)


def doubled_headings(headings: Sequence[str]) -> frozenset[str]:
    """Keys of headings that stand over more than one column, so that a mapping file cannot name one of them."""
    counts = Counter(heading_key(heading) for heading in headings if heading_key(heading))
    return frozenset(key for key, count in counts.items() if count > 1)


def describe_layout(layout: TableLayout, file: str, fill_down: Sequence[str] = ()) -> str:
    """A commented mapping file that reads the table as it was read; `ingest.mapping_file.read_mapping` takes it."""
    doubled = doubled_headings(layout.headings)
    where = f"{file} [{layout.sheet}]" if layout.sheet else file
    lines = [_HEAD.format(where=_one_line(where), known=_known(layout.kind)), f"document: {{kind: {layout.kind}}}"]
    lines += [f"#  {name}: {_quoted(value)}" for name, value in layout.document if name != "kind" and value]
    lines.append("columns:")
    by_year = []
    for column in layout.columns:
        prop = _prop_of(column)
        if _says_its_year(column, layout.kind):
            by_year.append(column.heading)
        elif heading_key(column.heading) in doubled:
            lines.append(f"  # {_quoted(column.heading)}: {prop}  # หัวคอลัมน์ซ้ำ / stands over several columns")
        else:
            lines.append(f"  {_quoted(column.heading)}: {_quoted(prop)}  # {' / '.join(property_words(column.prop))}")
    if by_year:
        shown = ", ".join(_one_line(heading) for heading in by_year)
        lines.append(f"# อ่านปีจากหัวคอลัมน์เอง / read by the year in the heading: {shown}")
    lines += _section("constants", [f"{name}: {_quoted(value)}" for name, value in layout.constants])
    lines += _section("fill_down", [f"- {name}" for name in sorted(fill_down)])
    lines += _section("ignore", [f"- {_quoted(heading)}" for heading in layout.unused if heading])
    return "\n".join(lines) + "\n"


def _section(name: str, lines: Sequence[str]) -> list[str]:
    return [f"{name}:", *(f"  {line}" for line in lines)] if lines else []


def _known(kind: str) -> str:
    words = [
        f"{prop} ({property_words(prop)[0]})" for prop in sorted(properties(kind) - {"money", "budgeted", "months"})
    ]
    return "\n".join(f"#   {', '.join(words[at : at + 4])}" for at in range(0, len(words), 4))


def _prop_of(column: ColumnRead) -> str:
    if column.prop == "strategy_of" and column.list_id:
        return f"strategy:{column.list_id}"
    return f"money:{column.year}" if column.prop == "money" and column.year else column.prop


def _says_its_year(column: ColumnRead, kind: str) -> bool:
    meaning = read_heading(column.heading, kind)
    return (
        meaning is not None and (meaning.prop, meaning.year) == (column.prop, column.year) and column.year is not None
    )


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _quoted(text: str) -> str:
    dumped = yaml.safe_dump(" ".join(text.split()), allow_unicode=True, default_style='"', width=100_000)
    return str(dumped).strip()
