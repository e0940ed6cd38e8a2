"""What a row takes from elsewhere in its table, so that it can stand alone in a quarantine file."""

from __future__ import annotations

from tracegraph.ingest.rows import RowCells

_MONEY = frozenset(("money", "budget", "budgeted"))


def read_context(cells: RowCells, form: str | None = None) -> tuple[tuple[str, str], ...]:
    """(property, words) of the values filled down or merged from rows above, and of the lines above the row.

    ``form`` is the code of the form (ผ.02) that the whole table stands on. Properties are those of a table's columns:
    the same words in a column of their own say the same of the row.
    """
    found: dict[str, str] = {}
    for column, text in cells.cells:
        if text.strip() and not cells.row.cell(column.index).strip() and column.prop not in _MONEY:
            found.setdefault(column.prop, text)
    stated = {column.prop for column, text in cells.cells if text.strip()}
    for prop, words in _section_words(cells, form).items():
        if words and prop not in stated:
            found.setdefault(prop, words)
    return tuple(found.items())


def _section_words(cells: RowCells, form: str | None) -> dict[str, str]:
    section, edition = cells.section, cells.edition
    number, name = section.strategy or ("", "")
    words = {
        "edition": edition.text if edition else "",
        "amendment": edition.word if edition else "",
        "programme": section.programme or "",
        "strategy_no": number,
        "strategy": name,
        "form": section.form or form or "",
    }
    for declared in section.declared:
        entry = declared.entry.number if declared.entry else declared.number or declared.name
        known = words.get(declared.list_id)
        words[declared.list_id] = f"{known}, {entry}" if known else entry
    return words
