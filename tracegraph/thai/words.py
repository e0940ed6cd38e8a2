"""Words of a text by newmm (pythainlp), with the planning terms of the variant table in its dictionary."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from tracegraph.thai.lexicon import load_rows
from tracegraph.thai.variants import canonical

CACHED_TEXTS = 100_000  # about 60 MB of words; a province's yearly names fit


@lru_cache(maxsize=CACHED_TEXTS)
def words(text: str) -> tuple[str, ...]:
    """The telling words of ``text`` in its canonical form: no stop words, spaces or punctuation; repeats stay."""
    stop = _stop_words()
    found = (word.strip() for word in _segment(canonical(text)))
    return tuple(word for word in found if word not in stop and any(letter.isalnum() for letter in word))


@lru_cache(maxsize=CACHED_TEXTS)
def split_words(text: str) -> tuple[str, ...]:
    """``text`` as typed, cut at word boundaries; joined again it is ``text``."""
    pieces = tuple(_segment(text))
    return pieces if "".join(pieces) == text else tuple(text)


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(row["word"] for row in load_rows("stopwords"))


@cache
def _dictionary() -> Any:
    from pythainlp.corpus.common import thai_words  # noqa: PLC0415  (reading its word list takes a quarter of a second)
    from pythainlp.util import Trie  # noqa: PLC0415

    terms = {word for row in load_rows("works") for word in row["words"].split("|")}
    terms |= {row["canonical"] for row in load_rows("variants") if row["kind"] in ("spelling", "abbreviation")}
    return Trie(set(thai_words()) | {term for term in terms if " " not in term})


def _segment(text: str) -> list[str]:
    from pythainlp.tokenize.newmm import segment  # noqa: PLC0415

    return list(segment(text, _dictionary())) if text else []
