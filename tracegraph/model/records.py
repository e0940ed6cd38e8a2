"""The records that ingest makes and the graph stores: one frozen class for each kind of node.

``None`` means "the document does not say". Original text is kept as typed; ``text_hash`` is the
hash of its comparable form, so that a later change of the text makes links on it suspect.
Years are Buddhist-era fiscal years (2568); money is baht as ``float``, rounded to the satang.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tracegraph.model.graph import ItemKind, LinkKind, Stage, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a statement stands: document uid, file name, worksheet ('' for a CSV) and row from 1."""

    document: str
    file: str
    sheet: str
    row: int
    page: str | None = None

    @property
    def cell_id(self) -> str:
        """``file#sheet#row``: the id shown for a row whose source gave none (``file##row`` for a CSV)."""
        return f"{self.file}#{self.sheet}#{self.row}"


#: Between the series of a document and what names a file of rows mended from it. Such a file has a series of its own,
#: so that it supersedes nothing of the document; it is superseded by a version of the document that needs no mending.
MENDED = "~mended:"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """A file, identified by its content: ``uid`` is ``doc:`` and 16 hex digits of its SHA-256.

    ``series`` names the file through its versions; a newer document of a series supersedes what
    only the older one stated.
    """

    uid: str
    file: str
    sha256: str
    size: int
    series: str
    kind: str  # needs | items | strategies | contracts | links | plans
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRecord:
    """An area by official code: province 2 digits, district 4, tambon 6, village 8 (tambon + หมู่)."""

    uid: str
    name: str
    level: str  # cluster | province | district | tambon | village
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRecord:
    """A body that owns plans: village committee, อปท., district or provincial board, agency."""

    uid: str
    name: str
    kind: str  # กม. | ศอช.ต. | อบต. | เทศบาล | อบจ. | อำเภอ | จังหวัด | agency ...
    area: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord:
    """One book, list or budget of one body: kind (PK01…PK12), stage, years, edition.

    ``due_on`` and ``submitted_on`` are ISO dates; ``edition`` keeps the document's own words.
    """

    uid: str
    kind: str
    stage: Stage
    title: str
    year_from: int | None
    year_to: int | None
    edition: str
    edition_no: int
    owner: str | None
    area: str | None
    due_on: str | None = None
    submitted_on: str | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRecord:
    """One problem or wish of one village as its forum stated it."""

    uid: str
    source_id: str | None
    text: str
    text_hash: str
    plan: str
    origin: Origin
    village_no: int | None = None
    village_name: str | None = None
    area: str | None = None  # the most exact code known, province to village
    area_confidence: float = 0.0
    area_words: str = ""  # the words the code came from
    year: int | None = None
    side: str | None = None  # ด้าน
    capacity: str | None = None  # ทำเอง/ทำร่วม/ทำให้, or the body asked
    priority: int | None = None
    outcome: str | None = None  # 'rejected' where the document says no
    outcome_reason: str | None = None  # the document's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRecord:
    """One item of one plan: project, recurring activity, administration or equipment."""

    uid: str
    source_id: str | None
    name: str
    text_hash: str
    plan: str
    origin: Origin
    item_kind: ItemKind = ItemKind.PROJECT
    objective: str | None = None
    target: str | None = None
    kpi: str | None = None
    expected: str | None = None
    department: str | None = None
    programme: str | None = None
    form: str | None = None  # ผ.02, ผ.02/2, ผด.02 … as stated
    years: tuple[int, ...] = ()
    amounts: tuple[float, ...] = ()  # baht, one for each of ``years``
    village_nos: tuple[int, ...] = ()
    village_name: str | None = None
    area: str | None = None
    area_confidence: float = 0.0
    area_words: str = ""
    payer: str | None = None  # the body that pays or is asked, as stated
    fund_source: str | None = None
    beyond_capacity: bool = False
    beyond_reason: str | None = None
    amendment: str | None = None  # เดิม | เปลี่ยนแปลง | แก้ไข | เพิ่มเติม … as stated
    status_text: str | None = None
    outcome: str | None = None
    outcome_reason: str | None = None
    place_text: str | None = None  # สถานที่ดำเนินการ as stated
    notes: tuple[str, ...] = ()  # text boxes and comments at its rows, as written
    problems: tuple[str, ...] = ()

    @property
    def amount(self) -> float | None:
        """Baht over all years, or None where no year states money."""
        return round(sum(self.amounts), 2) if self.amounts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyRecord:
    """One entry of one version of one list, from the national strategy to an อปท.'s own.

    ``uid`` is ``LIST:number`` (``NS:5``, ``MP:19``, ``M13:11``, ``SDG:6``, ``BP:00310``,
    ``PV81-2566:2``); years are inclusive and None where open.
    """

    uid: str
    list_id: str
    list_name: str
    version: str
    number: str
    name: str
    level: str  # national | cluster | province | district | local
    parent: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    area: str | None = None
    owner: str | None = None
    aliases: tuple[str, ...] = ()
    sample: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one named feature adds to a link's log-odds, with both values and a sentence in each language.

    ``weight`` is signed and in log-odds; the contributions of a link add up to its score.
    """

    feature: str
    weight: float
    left: str
    right: str
    th: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One link of meaning between two records.

    ``probability`` is 1.0 for declared links; ``work_class`` is a code of ``WORK_CLASSES`` or None;
    ``method`` names the rule, model version, or the document that states it.
    """

    kind: LinkKind
    from_uid: str
    to_uid: str
    status: Status
    probability: float
    method: str
    work_class: str | None = None
    flow: str | None = None
    evidence: tuple[Contribution, ...] = ()
    reason: str | None = None
    from_hash: str | None = None
    to_hash: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class LinkedJob:
    """What a job of matching looked at when it ran last, as a digest, and how many links it proposed."""

    digest: str
    proposed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingLink:
    """A link as a file states it, by the ids that the file uses; resolved against the graph on writing.

    Either id may also be a uid or, of a strategy, ``LIST:number``. ``kind_assumed``: the file states no kind.
    """

    kind: LinkKind
    from_id: str
    to_id: str
    origin: Origin
    work_class: str | None = None
    reason: str | None = None
    status: Status = Status.DECLARED
    kind_assumed: bool = False


class RowFate(StrEnum):
    """What became of one row of a file; every row has exactly one."""

    LOADED = "loaded"
    MERGED = "merged"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something found in a file: what, where, what was expected, and what to do, in Thai and English.

    ``severity`` is ``warning`` (the row went in) or ``error`` (the row is quarantined).
    """

    code: str
    severity: str
    file: str
    sheet: str
    row: int | None
    column: str | None
    found: str
    expected: str
    th: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReport:
    """The fate of one row, with the record it became and the problems found in it.

    ``context`` is what the row takes from elsewhere in its table, as (property, words): lines above it (edition,
    programme, strategy_no, strategy, form) and values filled down from rows above. With ``cells`` it says all.
    """

    file: str
    sheet: str
    row: int
    fate: RowFate
    uid: str | None = None
    cells: tuple[tuple[str, str], ...] = ()  # heading and original text, for the quarantine file
    problems: tuple[Problem, ...] = ()
    context: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRead:
    """One column of a table and what was read from it: ``index`` from 0, ``heading`` as written, ``prop`` the property.

    ``year`` (Buddhist era) and ``unit`` (baht) are for money columns, ``list_id`` for strategy columns; ``reason`` says
    why the column was read so.
    """

    index: int
    heading: str
    prop: str
    reason: str
    year: int | None = None
    unit: float = 1.0
    list_id: str | None = None


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A total that a table states, beside the sum of its items.

    ``row`` and ``label`` are the line of totals and its words, ``of`` what was summed: money in baht, or a number of
    projects. ``agrees`` is true within half a baht.
    """

    row: int
    label: str
    of: str
    stated: float
    found: float
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """How one table of a file was read: its form, its heading rows (from 1), its columns, what all its rows share.

    ``form`` is a code of ``ingest/data/forms.yaml`` ('' where no form was recognized), with a confidence (0–1) and
    reasons in Thai and English. ``document`` holds what the table states as a whole (owner, area, years, edition,
    plan_kind, stage, title), in the words that a mapping file takes. ``rows`` counts the rows that were records.
    """

    sheet: str
    kind: str
    form: str
    form_label: str
    form_confidence: float
    form_reasons: tuple[tuple[str, str], ...]
    heading_first: int
    heading_last: int
    headings: tuple[str, ...]
    columns: tuple[ColumnRead, ...]
    unused: tuple[str, ...] = ()
    document: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    hidden: bool = False
    rows: int = 0
    checks: tuple[TotalCheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReading:
    """What the document says of one item or need, word for word: nothing normalized, nothing decided.

    ``money`` is (year, baht) with None where the cell gives no number; ``notes`` are text boxes and comments that lie
    at its rows; ``edition`` is the newest edition that touches it (``original`` where none does).
    """

    uid: str
    sheet: str
    row: int
    name: str
    words: tuple[tuple[str, str], ...] = ()  # objective, target, kpi, expected, department … as written
    money: tuple[tuple[int, float | None], ...] = ()
    strategy_no: str = ""
    strategy: str = ""
    tactic_no: str = ""
    tactic: str = ""
    programme: str = ""
    edition: str = "original"
    notes: tuple[str, ...] = ()
    form: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBatch:
    """Everything that one file states; what ``graph.write_batch`` takes."""

    document: DocumentRecord
    areas: tuple[AreaRecord, ...] = ()
    bodies: tuple[BodyRecord, ...] = ()
    plans: tuple[PlanRecord, ...] = ()
    needs: tuple[NeedRecord, ...] = ()
    projects: tuple[ProjectRecord, ...] = ()
    strategies: tuple[StrategyRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    pending: tuple[PendingLink, ...] = ()
    rows: tuple[RowReport, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    layouts: tuple[TableLayout, ...] = ()
    readings: tuple[ItemReading, ...] = ()
