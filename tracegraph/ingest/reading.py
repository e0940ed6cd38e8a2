"""What a document says of a record, word for word: the rows of ``tracegraph read``."""

from __future__ import annotations

from tracegraph.ingest.amounts import in_baht
from tracegraph.ingest.editions import Edition
from tracegraph.ingest.rows import RowCells
from tracegraph.model.records import ItemReading
from tracegraph.thai.numbers import MoneyState, read_money

#: Properties whose words are kept as written, in the order they are shown.
WORDS = ("objective", "target", "kpi", "expected", "department")


def read_words(cells: RowCells, uid: str, name: str, own: Edition | None = None) -> ItemReading:
    """The words of a record's cells and of the lines above it; nothing is normalized.

    ``own``: the edition that the sheet's title states, which holds for rows that no stamp or line touches.
    """
    written = cells.section.written
    edition = cells.amended_by or own
    return ItemReading(
        uid=uid,
        sheet=cells.table.sheet,
        row=cells.row.number,
        name=cells.written("name") or cells.written("text") or name,
        words=tuple((prop, cells.written(prop)) for prop in WORDS),
        money=_read_years(cells),
        strategy_no=cells.written("strategy_no") or written.strategy_no,
        strategy=cells.written("strategy") or written.strategy,
        tactic_no=written.tactic_no,
        tactic=written.tactic,
        programme=cells.written("programme") or written.programme,
        edition=(edition.short or edition.key) if edition else "original",
        notes=tuple(note.text for note in cells.notes),
        form=cells.mapping.form.label if cells.mapping.form else "",
        confidence=cells.mapping.form.confidence if cells.mapping.form else 0.0,
    )


def _read_years(cells: RowCells) -> tuple[tuple[int, float | None], ...]:
    """Baht of each year column of the form; None where the cell is empty, a dash, or no plain number."""
    found: dict[int, float | None] = {}
    for column, cell in cells.all("money"):
        if column.year is None:
            continue
        money = read_money(cell)
        earlier = found.setdefault(column.year, None)
        if money.state is MoneyState.AMOUNT and (value := in_baht(money, column.unit)) is not None:
            found[column.year] = round((earlier or 0.0) + value, 2)
    return tuple(sorted(found.items()))
