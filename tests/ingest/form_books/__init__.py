"""Workbooks of each form as offices print and type them: preambles, merged headings, dividers, sums."""

from __future__ import annotations

from tests.ingest.form_books.equipment_and_action import p03, pd02
from tests.ingest.form_books.local_plan import issue, p01, p02, work
from tests.ingest.form_books.offices import OFFICE, YEARS
from tests.ingest.form_books.provinces import beyond_list, briefs, district_needs, j1, province_table
from tests.ingest.form_books.registers import procurement, register
from tests.ingest.form_books.sheets import Cell, Sheet, sheet, write_book, write_csv, write_word
from tests.ingest.form_books.villages import forum, problems, tambon_plan, village_plan

__all__ = [
    "OFFICE",
    "YEARS",
    "Cell",
    "Sheet",
    "beyond_list",
    "briefs",
    "district_needs",
    "forum",
    "issue",
    "j1",
    "p01",
    "p02",
    "p03",
    "pd02",
    "problems",
    "procurement",
    "province_table",
    "register",
    "sheet",
    "tambon_plan",
    "village_plan",
    "work",
    "write_book",
    "write_csv",
    "write_word",
]
