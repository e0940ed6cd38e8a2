"""The hostile files, by number: file ``n`` of a seed is always the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.hostile.bases import Parts, book_parts, csv_bytes, ods_parts, pack, pack_ods, word_parts
from tests.hostile.book_tricks import mutate_book
from tests.hostile.byte_tricks import mutate
from tests.hostile.csv_tricks import mutate_csv
from tests.hostile.pdf_tricks import mutate_pdf
from tests.hostile.word_tricks import ODS_TRICKS, WORD_TRICKS
from tests.hostile.xml_tricks import mutate_part
from tests.hostile.zip_tricks import mutate_zip


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file under its name, and how it was made."""

    name: str
    trick: str
    data: bytes

    @property
    def kind(self) -> str:
        """Its suffix without the dot."""
        return self.name.rpartition(".")[2]


def _book(draw: random.Random) -> tuple[str, bytes]:
    name, parts = mutate_book(draw)
    return f"workbook: {name}", pack(parts.items())


def _book_part(draw: random.Random) -> tuple[str, bytes]:
    name, parts = mutate_part(book_parts(), draw)
    return f"XML: {name}", pack(parts.items())


def _book_zip(draw: random.Random) -> tuple[str, bytes]:
    name, data = mutate_zip(book_parts(), draw)
    return f"ZIP: {name}", data


def _book_bytes(draw: random.Random) -> tuple[str, bytes]:
    name, data = mutate(pack(book_parts().items(), draw.choice((0, 8))), draw)
    return f"bytes: {name}", data


def _word(draw: random.Random) -> tuple[str, bytes]:
    name = draw.choice(sorted(WORD_TRICKS))
    return f"DOCX: {name}", pack(WORD_TRICKS[name](draw).items())


def _word_part(draw: random.Random) -> tuple[str, bytes]:
    kind = draw.randrange(3)
    if kind == 0:
        name, parts = mutate_part(word_parts(), draw)
        return f"XML: {name}", pack(parts.items())
    name, data = mutate_zip(word_parts(), draw) if kind == 1 else mutate(pack(word_parts().items(), 0), draw)
    return f"DOCX: {name}", data


def _ods(draw: random.Random) -> tuple[str, bytes]:
    kind = draw.randrange(3)
    if kind == 0:
        name = draw.choice(sorted(ODS_TRICKS))
        return f"ODS: {name}", pack_ods(ODS_TRICKS[name](draw))
    if kind == 1:
        name, parts = mutate_part(ods_parts(), draw)
        return f"XML: {name}", pack_ods(parts)
    name, data = mutate(pack_ods(ods_parts()), draw)
    return f"bytes: {name}", data


def _archive(draw: random.Random) -> tuple[str, bytes]:
    """A .zip of tables, some of them hostile themselves."""
    inner: Parts = {
        "ก.csv": csv_bytes(),
        "b/book.xlsx": pack(book_parts().items()),
        "c.docx": pack(word_parts().items()),
    }
    if draw.random() < 0.5:
        inner["d.csv"] = mutate_csv(draw)[1]
    name, data = mutate_zip(inner, draw) if draw.random() < 0.7 else mutate(pack(inner.items()), draw)
    return f"archive: {name}", data


def _csv(draw: random.Random) -> tuple[str, bytes]:
    name, data = mutate_csv(draw)
    return f"CSV: {name}", data


def _pdf(draw: random.Random) -> tuple[str, bytes]:
    name, data = mutate_pdf(draw)
    return f"PDF: {name}", data


def _wrong_name(draw: random.Random) -> tuple[str, bytes]:
    """Content of one kind under the name of another."""
    make = draw.choice((_book, _word, _ods, _csv, _pdf))
    name, data = make(draw)
    return f"wrong suffix; {name}", data


#: Suffix, how it is made, and its share of all files.
_MAKERS: tuple[tuple[str, Callable[[random.Random], tuple[str, bytes]], int], ...] = (
    ("xlsx", _book, 18),
    ("xlsx", _book_part, 18),
    ("xlsx", _book_zip, 8),
    ("xlsm", _book_bytes, 6),
    ("csv", _csv, 14),
    ("docx", _word, 6),
    ("docx", _word_part, 8),
    ("pdf", _pdf, 12),
    ("ods", _ods, 5),
    ("zip", _archive, 4),
    ("xls", _wrong_name, 1),
    ("txt", _wrong_name, 1),
    ("docx", _wrong_name, 1),
)


def make_file(seed: int, number: int) -> HostileFile:
    """File ``number`` of the corpus of a seed."""
    draw = random.Random(seed * 1_000_003 + number)  # noqa: S311 (the same files each time are wanted)
    ((suffix, make, _),) = draw.choices(_MAKERS, weights=[share for _, _, share in _MAKERS])
    trick, data = make(draw)
    return HostileFile(f"h{number:05d}.{suffix}", trick, data)


def iter_files(seed: int, count: int, first: int = 0) -> Iterator[HostileFile]:
    """``count`` files of a seed, from number ``first`` on."""
    for number in range(first, first + count):
        yield make_file(seed, number)
