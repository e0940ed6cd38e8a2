"""One table being read: its plan, its place, and the record of what became of each row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tracegraph.ingest.bodies import find_asked, names_no_body, parse_body, resolve_body
from tracegraph.ingest.checks import Tally
from tracegraph.ingest.collected import Collected, Seen
from tracegraph.ingest.context import ImportContext, Ownership
from tracegraph.ingest.edition_chain import Source
from tracegraph.ingest.editions import Edition, Title, find_edition, find_kind_in, read_title
from tracegraph.ingest.forms import Form
from tracegraph.ingest.identity import build_uid
from tracegraph.ingest.lines import Section
from tracegraph.ingest.mapping import TableMapping
from tracegraph.ingest.own_lists import OwnLists
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.ingest.reading import read_words
from tracegraph.ingest.row_context import read_context
from tracegraph.ingest.rows import RowCells, show_cells
from tracegraph.ingest.scope import PlanScope, build_title, five_years
from tracegraph.ingest.tables import Row, Table
from tracegraph.ingest.walk import RowWalk
from tracegraph.model.graph import Stage
from tracegraph.model.process import find_plan_kind, plan_kinds
from tracegraph.model.records import (
    MENDED,
    BodyRecord,
    DocumentRecord,
    Origin,
    PlanRecord,
    RowFate,
    RowReport,
    TotalCheck,
)
from tracegraph.thai.debris import find_debris
from tracegraph.thai.normalize import normalize
from tracegraph.thai.numbers import read_years
from tracegraph.thai.places import Gazetteer, PlaceContext

#: The plan kind that a body's items belong to where nothing else says so.
_KIND_OF_OWNER = {"อบจ.": "PK08", "อำเภอ": "PK04", "จังหวัด": "PK09", "กม.": "PK01", "ศอช.ต.": "PK02"}
#: Plans of these kinds run for five years (2561–2565, 2566–2570, 2571–2575); the others are made each year.
_FIVE_YEARS = frozenset(("PK03", "PK04", "PK08", "PK09"))
_LINES_SHOWN = 40
_SURE_FORM = 0.6  # from this confidence on an item is said to stand on the form


@dataclass(slots=True)
class TableJob:
    """A table with everything needed to read it; readers add to ``out``."""

    document: DocumentRecord
    table: Table
    mapping: TableMapping
    section: Section
    context: ImportContext
    ownership: Ownership
    title: Title  # of the lines above the headings, else of the file's name
    name_years: tuple[int, int] | None
    gazetteer: Gazetteer
    out: Collected
    own: OwnLists
    count: Callable[[str], None] | None = None  # called with the file's name for each row that met its fate
    zero_villages: int = 0
    years_from_name: bool = False
    kind_assumed: str = ""
    tally: Tally = field(default_factory=Tally)
    checks: tuple[TotalCheck, ...] = ()
    _bodies: dict[str, BodyRecord] = field(default_factory=dict)
    _provinces: dict[str, str | None] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """The form that the table was taken for."""
        if self.mapping.form is None:
            raise ValueError("a table is read only after its form was looked for")
        return self.mapping.form.form

    @property
    def sure_form(self) -> str | None:
        """The code of the form (ผ.02), where it was recognized for sure."""
        sure = self.mapping.form is not None and self.mapping.form.confidence >= _SURE_FORM
        return self.form.stamp if sure else None

    @property
    def seen(self) -> Seen:
        """What the file has stated so far."""
        return self.out.seen

    def origin(self, cells: RowCells) -> Origin:
        """Where a row stands."""
        page = cells.text("page") or self.table.pages.get(cells.row.number)
        return Origin(
            document=self.document.uid,
            file=self.table.file,
            sheet=self.table.sheet,
            row=cells.row.number,
            page=None if page is None else str(page),
        )

    def note(self, code: str, found: str = "", expected: str = "", column: str | None = None, **words: object) -> None:
        """A problem of the table as a whole."""
        place = Place(self.table.file, self.table.sheet, None, column)
        self.out.problems.append(make_problem(code, place, found, expected, **words))

    def walk(self) -> RowWalk:
        """The table's rows, to be iterated once."""
        return RowWalk(self.table, self.mapping, self.section)

    def finish(self, walk: RowWalk) -> None:
        """Tell the rows that were lines of the table, not records: they have no fate and are not lost."""
        self.checks = self.tally.check(walk.rows, self.mapping)
        for check in self.checks:
            if not check.agrees:
                place = Place(self.table.file, self.table.sheet, check.row, check.of)
                self.out.problems.append(
                    make_problem("total-differs", place, f"{check.stated:,.2f}", f"{check.found:,.2f}")
                )
        if walk.lines:
            more = f" … ({len(walk.lines):,})" if len(walk.lines) > _LINES_SHOWN else ""
            self.note("table-lines", ", ".join(map(str, walk.lines[:_LINES_SHOWN])) + more)

    def read(self, cells: RowCells, uid: str, name: str) -> None:
        """Keep what the document says of a record, word for word."""
        found = cells.row_edition
        if found is not None and found.source is Source.INFERRED and found.current is not None:
            stated = cells.section.edition
            cells.warn("edition-inferred", None, stated.text if stated else "", found.current.short)
        if debris := find_debris(name):
            prop = "text" if self.mapping.find("text") else "name"
            cells.warn("ocr-debris", prop, " ".join(debris.found), f"{debris.confidence:.2f}")
        self.out.readings.append(read_words(cells, uid, name, self._own_edition()))

    def report(self, cells: RowCells, fate: RowFate, uid: str | None = None) -> None:
        """The fate of a row; a quarantined row keeps all its cells, and so does a link, whose ids may be unknown."""
        if self.count:
            self.count(self.table.file)
        shown = cells.shown() if fate is RowFate.QUARANTINED or self.mapping.kind == "links" else ()
        self.out.rows.append(
            RowReport(
                file=self.table.file,
                sheet=self.table.sheet,
                row=cells.row.number,
                fate=fate,
                uid=uid,
                cells=shown,
                problems=tuple(cells.problems),
                context=read_context(cells, self.sure_form) if fate is RowFate.QUARANTINED else (),
            )
        )
        for row in cells.more:
            self._report_more(cells, row, fate, uid)

    def _report_more(self, cells: RowCells, row: Row, fate: RowFate, uid: str | None) -> None:
        """A row that goes on with a record shares its fate; its words were added to the record."""
        place = Place(self.table.file, self.table.sheet, row.number)
        problem = make_problem("continued-row", place, row_before=cells.row.number)
        kept = fate is RowFate.QUARANTINED
        headings = self.mapping.rows.headings
        self.out.rows.append(
            RowReport(
                file=self.table.file,
                sheet=self.table.sheet,
                row=row.number,
                fate=RowFate.QUARANTINED if kept else RowFate.MERGED,
                uid=uid,
                cells=show_cells(row, headings) if kept else (),
                problems=(problem,),
            )
        )

    def _own_edition(self) -> Edition | None:
        """The edition that the sheet's title states for all its rows; a review (ทบทวน) is the book itself."""
        own = self.title.edition if self.title.printed else None
        return own if own is not None and own.word != "ทบทวน" else None

    def find_province(self, name: str) -> str | None:
        """The code of a province, looked up once."""
        if name not in self._provinces:
            self._provinces[name] = self.gazetteer.resolve(province=name).area if name else None
        return self._provinces[name]

    def owner_of(self, cells: RowCells) -> BodyRecord | None:
        """The body that owns the row's plan: stated for all, else in the row, else known for the file."""
        said = cells.text("owner")
        if said is None or self.ownership.source == "stated" or find_asked(said) or names_no_body(said):
            return self.ownership.owner
        key = f"{normalize(said)}@{cells.text('area') or ''}"
        if key not in self._bodies:
            area = (cells.text("area") or "").strip() or None
            context = PlaceContext(owner=area) if area else self.ownership.place_context()
            self._bodies[key] = resolve_body(said, self.gazetteer, context, stated_area=area)
        body = self._bodies[key]
        # A cell that names no body we know ("กองช่าง") is a division of the file's owner.
        return self.ownership.owner if body.kind == "agency" and self.ownership.owner and not parse_body(said) else body

    def scope_of(self, cells: RowCells, area: str | None, title: str | None = None) -> PlanScope:
        """The plan that a row stands in; ``area`` is the row's own place where nobody owns the plan."""
        owner = self.owner_of(cells)
        stage = self._stage_of(cells)
        kind = self._kind_of(cells, owner)
        years = self._years_of(cells, kind, stage)
        own_area = owner.area if owner and owner.area else self.ownership.area
        return PlanScope(
            kind=kind,
            stage=stage,
            title=title or cells.text("plan_title") or self.mapping.document.title or self.form.plan_title,
            years=years,
            edition=self._edition_of(cells),
            owner=owner,
            area=own_area or (area[:6] if area else None),
        )

    def _stage_of(self, cells: RowCells) -> Stage:
        said = cells.text("stage")
        stated = self.context.stage or (self.mapping.document.stage if not said else None)
        if stated:
            return Stage(stated)
        if said:
            found = {stage.value: stage for stage in Stage}.get(normalize(said))
            found = found or read_title(said).stage
            if found is None:
                cells.warn("stage-unknown", "stage", said, ", ".join(Stage))
            return found or Stage.PLAN
        if self.mapping.kind == "contracts":
            return Stage.CONTRACT
        return self.title.stage or Stage(self.form.stage or Stage.PLAN)

    def _kind_of(self, cells: RowCells, owner: BodyRecord | None) -> str:
        said = cells.text("plan_kind")
        if self.context.plan_kind:
            return self.context.plan_kind
        if said:
            short = {normalize(kind.short_th): kind.id for kind in plan_kinds() if kind.short_th}
            known = find_plan_kind(said.strip().upper())
            code = known.id if known else short.get(normalize(said)) or find_kind_in(said)
            if code is None:
                cells.warn("plan-kind-unknown", "plan_kind", said, ", ".join(kind.id for kind in plan_kinds()))
            return code or "PK03"
        told = (
            self.form.plan_kind if self.form.of else None
        )  # such a form is told by its title: ประสานแผนพัฒนาท้องถิ่น is none
        default = self.mapping.document.plan_kind or told or self.title.kind or self.form.plan_kind
        if self.mapping.kind == "needs":
            return default or "PK01"
        if default in (None, "PK03"):
            default = _KIND_OF_OWNER.get(owner.kind if owner else "", "PK03")
            self.kind_assumed = default if owner and owner.kind == "อำเภอ" else self.kind_assumed
        return default

    def _years_of(self, cells: RowCells, kind: str, stage: Stage) -> tuple[int, int] | None:
        for words in (self.context.years, self.mapping.document.years, cells.text("plan_years")):
            if words and (years := read_years(words)):
                return min(years), max(years)
        columns = [column.year for column in self.mapping.columns if column.prop == "money" and column.year]
        if columns and (stage is Stage.PLAN or min(columns) == max(columns)):
            return min(columns), max(columns)
        row_years = read_years(cells.text("year"))
        if row_years and not (self.title.years and self.title.years[0] < self.title.years[1]):
            if stage is Stage.PLAN and kind in _FIVE_YEARS:
                return five_years(min(row_years))
            return min(row_years), max(row_years)
        if self.title.years:
            return self.title.years
        self.years_from_name = self.years_from_name or self.name_years is not None
        return self.name_years

    def _edition_of(self, cells: RowCells) -> Edition:
        said = cells.text("edition")
        if said:
            return find_edition(said) or Edition(said, normalize(said))
        if cells.edition:
            return cells.edition
        if self.mapping.document.edition:
            stated = self.mapping.document.edition
            return find_edition(stated) or Edition(stated, normalize(stated))
        return self.title.edition or Edition()

    def plan(self, scope: PlanScope) -> PlanRecord:
        """The plan's record, added with its owner and area when first met."""
        owned_by = scope.owner.uid if scope.owner else (scope.area or self.document.series.partition(MENDED)[0])
        first, last = scope.years or (None, None)
        uid = build_uid("plan", scope.kind, scope.stage, owned_by, first, last, scope.edition.key)
        known = self.out.plans.get(uid)
        if known is not None:
            return known
        record = PlanRecord(
            uid=uid,
            kind=scope.kind,
            stage=scope.stage,
            title=build_title(scope),
            year_from=first,
            year_to=last,
            edition=scope.edition.text,
            edition_no=scope.edition.order,
            owner=scope.owner.uid if scope.owner else None,
            area=scope.area,
            sample=self.document.sample,
        )
        self.out.plans[uid] = record
        if scope.owner:
            self.out.add_body(scope.owner)
        self.out.add_area(scope.area)
        return record

    def with_plan_dates(self, uid: str, due: str | None, submitted: str | None) -> None:
        """State when a plan was due and handed in."""
        known = self.out.plans[uid]
        self.out.plans[uid] = replace(known, due_on=due or known.due_on, submitted_on=submitted or known.submitted_on)


def read_table_title(table: Table, mapping: TableMapping, file_stem: str) -> Title:
    """Kind, stage, years and edition from the lines above the headings, filled up from the file's name."""
    lines = [cell for row in table.rows if row.number < mapping.rows.first for cell in row.cells if cell.strip()]
    above = [read_title(line) for line in lines[:6]]
    name = read_title(file_stem)
    named = replace(name.edition, text=name.edition.key) if name.edition else None
    return Title(
        kind=find_kind_in(" ".join(lines[:6])) or name.kind,
        stage=next((t.stage for t in above if t.stage), None) or name.stage,
        years=next((t.years for t in above if t.years), None),
        edition=next((t.edition for t in above if t.edition), None) or named,
        printed=any(t.edition for t in above),
    )
