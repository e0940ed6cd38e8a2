"""``tracegraph query``: ask one question, or list them."""

from __future__ import annotations

import click

from tracegraph.cli.common import emit, format_option, say, settings_of
from tracegraph.errors import UsageError


@click.command("query")
@click.argument("name", required=False)
@click.option("-p", "--param", "params", multiple=True, metavar="K=V", help="พารามิเตอร์ เช่น area=8104 / a parameter")
@click.option("--list", "listing", is_flag=True, help="รายการคำถามทั้งหมด / list the questions")
@click.option("--limit", type=click.IntRange(min=1), default=None, help="จำนวนแถวสูงสุด / most rows (default: all)")
@click.option("--offset", type=click.IntRange(min=0), default=0, show_default=True, help="ข้ามกี่แถวแรก / rows to skip")
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    params: tuple[str, ...],
    listing: bool,
    limit: int | None,
    offset: int,
    fmt: str,
) -> None:
    """ถามคำถามหนึ่งข้อกับข้อมูลที่มี / ask one question of the loaded data.

    floor=facts counts no suggestion; area takes a code of 2, 4, 6 or 8 digits.
    """
    from tracegraph.analyse.params import read_params
    from tracegraph.analyse.questions import ask, require_question

    if listing:
        _list(fmt)
        return
    if name is None:
        raise UsageError(
            "ระบุชื่อคำถาม", "name a question", hint_th="tracegraph query --list", hint_en="tracegraph query --list"
        )
    given = read_pairs(params)
    read_params(require_question(name), given)  # refuse a wrong question before the engine starts
    from tracegraph.graph.store import open_store

    with open_store(settings_of(ctx)) as store:
        answer = ask(store, name, given, limit=limit, offset=offset)
    emit(answer.columns, answer.rows, fmt)
    more_th, more_en = (" (ยังมีอีก)", " (there are more)") if answer.more else ("", "")
    say(f"{answer.question.title_th}: {len(answer.rows):,} แถว{more_th}", f"{len(answer.rows):,} rows{more_en}")


def read_pairs(params: tuple[str, ...]) -> dict[str, str]:
    """``k=v`` words as a dict; UsageError for a word without ``=`` and for a name given twice."""
    pairs: dict[str, str] = {}
    for word in params:
        key, found, value = word.partition("=")
        if not found or not key.strip() or key.strip() in pairs:
            raise UsageError(
                f"-p {word!r} ต้องอยู่ในรูป ชื่อ=ค่า และชื่อละหนึ่งครั้ง",
                f"-p {word!r} must be name=value, each name once",
                hint_th="เช่น -p area=8104 -p floor=facts",
                hint_en="for example -p area=8104 -p floor=facts",
            )
        pairs[key.strip()] = value
    return pairs


def _list(fmt: str) -> None:
    from tracegraph.analyse.questions import load_questions

    rows = [
        {
            "name": question.name,
            "title_th": question.title_th,
            "title_en": question.title_en,
            "params": " ".join(f"{p.name}={p.default}" if p.default is not None else p.name for p in question.params),
            "example": question.example,
        }
        for question in load_questions().values()
    ]
    emit(("name", "title_th", "title_en", "params", "example"), rows, fmt)
