"""``docs/forms.md`` from ``data/forms.yaml`` and ``data/headings.yaml``.

python -m tracegraph.ingest.form_docs > docs/forms.md
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache

from tracegraph.ingest.forms import Form, load_forms
from tracegraph.ingest.headings import list_headings

_HEAD = """\
# แบบฟอร์มที่อ่านได้ / Forms that are read

Made from `tracegraph/ingest/data/forms.yaml` by `python -m tracegraph.ingest.form_docs`; do not edit by hand.

A table is taken for a form by the words above its headings and by its headings, never by the file's name, and hardly by
the printed code: one code stands on different forms. `tracegraph import FILE --preview` shows the form, how sure that
is and why.
Besides these, ผ.01 (บัญชีสรุปโครงการพัฒนา) is recognized by its pairs of จำนวนโครงการ and งบประมาณ; its figures are checked
against the detailed lists of the same file.
"""
_TABLE = """\
| form | แบบ | words above | headings it must have | usual headings | taken as |
|---|---|---|---|---|---|"""
_OWN_WORDS = {"money": "2566 2567 …", "months": "ต.ค. พ.ย. …", "NS": "ยุทธศาสตร์ชาติ", "MP": "แผนแม่บท", "M13": "หมุดหมาย"}


@cache
def _thai_heading(kind: str, prop: str) -> str:
    """The first Thai heading of a property, as a person would type it."""
    known = list_headings(kind).get(prop, ())
    thai = next((heading for heading in known if re.search("[ก-๙]", heading)), None)
    return _OWN_WORDS.get(prop) or thai or prop


def _headings(form: Form, props: Iterable[str]) -> str:
    return ", ".join(_thai_heading(form.kind, prop) for prop in sorted(props))


def _row(form: Form) -> str:
    title = " · ".join(f"`{pattern.pattern}`" for pattern in form.title).replace("|", "\\|")
    must = _headings(form, form.needs)
    if form.any:
        must += f" + one of: {_headings(form, form.any)}"
    taken = ", ".join(part for part in (form.kind, form.plan_kind, form.stage, form.item_kind) if part)
    cells = (f"`{form.code}` {form.label_en}", form.label, title, must, _headings(form, form.has), taken)
    return f"| {' | '.join(cells)} |"


def iter_lines() -> Iterator[str]:
    """The lines of the page."""
    yield _HEAD
    yield _TABLE
    yield from map(_row, load_forms())


def render_markdown() -> str:
    """The whole page, ending in a line break."""
    return "\n".join(iter_lines()) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(render_markdown())
