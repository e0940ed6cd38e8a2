"""The page about forms is made from the forms themselves."""

from __future__ import annotations

from pathlib import Path

from tracegraph.ingest.form_docs import render_markdown
from tracegraph.ingest.forms import load_forms

REPO = Path(__file__).resolve().parents[2]


def test_the_page_about_forms_is_up_to_date() -> None:
    page = (REPO / "docs" / "forms.md").read_text(encoding="utf-8")
    assert page == render_markdown(), "run: python -m tracegraph.ingest.form_docs > docs/forms.md"


def test_every_form_is_on_the_page() -> None:
    page = render_markdown()
    assert all(f"`{form.code}`" in page and form.label in page for form in load_forms())
