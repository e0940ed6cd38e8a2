"""What the API takes and gives, with Thai examples. Pydantic lives here only."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.limits import DEFAULT_CANDIDATES, MOST_CANDIDATES, MOST_MATCH_TEXT

PlanKindCode = str


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = Field(examples=["urn:tracegraph:problem:not-found"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["ไม่พบรายการ 'N-999'"])
    detail_en: str = Field(examples=["no item 'N-999'"])
    instance: str = Field(examples=["/v1/needs/N-999/trace"])
    hint: str = ""
    hint_en: str = ""


class Evidence(BaseModel):
    """What one feature adds to a link's log-odds."""

    feature: str = Field(examples=["village"])
    weight: float = Field(examples=[2.1])
    left: str = Field(examples=["หมู่ที่ 3"])
    right: str = Field(examples=["ม.๓"])
    th: str = Field(examples=["หมู่บ้านเดียวกัน (หมู่ที่ 3)"])
    en: str = Field(examples=["same village (3)"])


class Node(BaseModel):
    """A statement or a strategy. Properties as in the graph; those that are empty are left out."""

    model_config = ConfigDict(extra="allow")

    uid: str = Field(examples=["need:3f1c9a5be0d24c77"])
    label: str = Field(examples=["Need"])
    id: str = Field(description="รหัสที่ไฟล์ให้ไว้ หรือ ไฟล์#ชีต#แถว / id of the file, or file#sheet#row", examples=["N-01"])
    text: str = Field(examples=["ก่อสร้างถนนคอนกรีตเสริมเหล็กสายบ้านน้ำตื้น หมู่ที่ 3"])


class GraphLink(BaseModel):
    """A link of meaning."""

    uid: str = Field(examples=["link:8c1d0f6a2b3e4d55"])
    kind: str = Field(examples=["ANSWERED_BY"])
    source: str = Field(examples=["need:3f1c9a5be0d24c77"])
    target: str = Field(examples=["proj:77aa01c2d3e4f566"])
    status: str = Field(examples=["suggested"])
    probability: float | None = Field(examples=[0.93])
    suspect: bool = Field(
        description="ข้อความเปลี่ยนไปหลังเชื่อมโยง / a text changed since the link was made", examples=[False]
    )
    work_class: str | None = Field(default=None, examples=["carried"])
    reason: str | None = None
    method: str | None = Field(default=None, examples=["answers-1"])
    decided_by: str | None = None
    decided_at: str | None = None
    evidence: list[Evidence] = []


class GraphAnswer(BaseModel):
    """A subgraph around one item; ``dropped`` counts the nodes that the limit left out."""

    focus: str = Field(examples=["need:3f1c9a5be0d24c77"])
    floor: float = Field(examples=[0.5])
    nodes: list[Node]
    links: list[GraphLink]
    dropped: int = Field(examples=[0])


class Need(BaseModel):
    """What became of a need: the columns of the question ``needs_reach``."""

    need_id: str = Field(examples=["N-01"])
    need: str = Field(examples=["ก่อสร้างถนนคอนกรีตเสริมเหล็กสายบ้านน้ำตื้น หมู่ที่ 3"])
    village: str | None = Field(examples=["หมู่ 3 บ้านน้ำตื้น"])
    reached: str | None = Field(examples=["PK03"])
    fate: str = Field(examples=["funded"])
    stopped_at: str | None
    reason: str | None = Field(examples=["เกินศักยภาพของ อบต."])
    funded_by: str | None = Field(examples=["อบต.ตัวอย่าง"])
    funded_year: int | None = Field(examples=[2569])
    funded_amount: float | None = Field(examples=[480000.0])
    path: list[str] = Field(examples=[["N-01", "P-10", "A-03"]])
    weakest_probability: float | None = Field(examples=[0.93])
    asked_again_in: list[str]


class TraceAnswer(GraphAnswer):
    """The trace of a need or a project; ``fate`` of a need."""

    fate: Need | None = None


class Param(BaseModel):
    """A parameter of a question."""

    name: str = Field(examples=["area"])
    type: str = Field(examples=["string"])
    required: bool
    default: Any = Field(examples=[""])
    th: str = Field(examples=["รหัสพื้นที่ ว่าง = ทั้งหมด"])
    en: str = Field(examples=["area code; empty = all"])


class Column(BaseModel):
    """A column of an answer, with its label."""

    name: str = Field(examples=["need"])
    th: str = Field(examples=["ปัญหา/ความต้องการ"])
    en: str = Field(examples=["need"])


class QuestionInfo(BaseModel):
    """A question that can be asked at ``/v1/queries/{name}``."""

    name: str = Field(examples=["needs_reach"])
    title_th: str = Field(examples=["ความต้องการแต่ละเรื่องไปถึงแผนไหน หยุดที่ไหน เพราะอะไร"])
    title_en: str = Field(examples=["Which plan did each need reach, where did it stop, and why"])
    params: list[Param]
    columns: list[Column]
    example: str = Field(examples=["tracegraph query needs_reach -p area=8104"])


class QuestionAnswer(BaseModel):
    """Rows of an answer; ``count`` is the number of all rows, of which ``rows`` are a part."""

    name: str
    params: dict[str, Any]
    columns: list[str]
    count: int = Field(examples=[58])
    offset: int
    limit: int
    rows: list[dict[str, Any]]


class MatchRequest(BaseModel):
    """A need typed by a person, and where it is."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=MOST_MATCH_TEXT, examples=["ขอถนนคอนกรีตสายบ้านน้ำตื้น น้ำท่วมขังทุกปี"])
    place: str = Field(
        default="",
        max_length=200,
        description="สถานที่เป็นคำ / the place in words",
        examples=["หมู่ที่ 3 ต.คลองเขม้า อ.เหนือคลอง จ.กระบี่"],
    )
    area: str = Field(
        default="",
        pattern=r"^(\d{2}|\d{4}|\d{6}|\d{8})?$",
        description="รหัสพื้นที่ ถ้าทราบ ใช้แทนคำ / official code, instead of words",
        examples=["810501"],
    )
    village_no: int | None = Field(default=None, ge=1, le=99, examples=[3])
    village_name: str | None = Field(default=None, max_length=100, examples=["บ้านน้ำตื้น"])
    year: int | None = Field(
        default=None, ge=2500, le=2700, description="ปีงบประมาณ พ.ศ. / Buddhist era", examples=[2569]
    )
    limit: int = Field(default=DEFAULT_CANDIDATES, ge=1, le=MOST_CANDIDATES)
    floor: float = Field(default=0.05, ge=0, le=1)


class Candidate(BaseModel):
    """A project that may answer the need, with the reason."""

    uid: str
    id: str = Field(examples=["P-10"])
    name: str = Field(examples=["ก่อสร้างถนน คสล. สายบ้านน้ำตื้น หมู่ที่ 3"])
    plan_kind: str = Field(examples=["PK03"])
    owner: str | None = Field(examples=["อบต.ตัวอย่าง"])
    year: int | None = Field(examples=[2569])
    amount: float | None = Field(examples=[480000.0])
    probability: float = Field(examples=[0.94])
    confidence: Literal["high", "medium", "low"]
    reason_th: str = Field(examples=["เพราะอยู่หมู่บ้านเดียวกัน และเป็นงานถนนเหมือนกัน"])
    reason_en: str
    evidence: list[Evidence]


class PlaceFound(BaseModel):
    """What the words of the place were understood as; ``problem`` where they do not decide."""

    area: str | None = Field(examples=["81050103"])
    level: str | None = Field(examples=["village"])
    problem: str | None = None
    homonyms: list[str] = []


class NamedProject(BaseModel):
    """A project by its ids and name."""

    uid: str
    id: str = Field(examples=["P-10"])
    name: str


class NearestProject(NamedProject):
    """The likeliest project that nothing rules out."""

    probability: float


class NeedOutcome(BaseModel):
    """How a need stands: how many projects answer it, or why none does, with the numbers behind it."""

    code: Literal[
        "answered",
        "no_words",
        "no_project",
        "no_project_in_place",
        "below_floor",
        "other_place",
        "no_fitting_kind",
        "kind_unknown",
    ]
    th: str = Field(examples=["ไม่มีโครงการรองรับ: ในพื้นที่มี 12 จาก 42 โครงการ แต่ไม่มีงานชนิดนี้ (บ่อบาดาล)"])
    en: str
    projects: int = Field(description="โครงการที่นำมาเทียบ / projects compared", examples=[42])
    in_place: int = Field(description="ที่พื้นที่ไม่ขัดกัน / not ruled out by place", examples=[12])
    fitting: int = Field(description="ที่เป็นงานชนิดนี้ในพื้นที่ / of a fitting kind in the place", examples=[0])
    fitting_elsewhere: int = Field(description="ที่เป็นงานชนิดนี้แต่อยู่ที่อื่น / of a fitting kind elsewhere", examples=[3])
    reached: int = Field(description="ที่ถึงเกณฑ์ / that reach the floor", examples=[0])
    floor: float = Field(description="เกณฑ์ที่นับว่ารองรับ / probability from which it counts", examples=[0.5])
    nearest: NearestProject | None = None


class MatchAnswer(BaseModel):
    """Candidates, best first. An empty list is an answer: ``outcome`` says why no project answers the need."""

    place: PlaceFound
    method: str = Field(
        description="แบบจำลองที่ใช้; ลงท้าย without-vectors เมื่อไม่ได้ติดตั้งเวกเตอร์ประโยค "
        "/ the model; ends in without-vectors where the sentence encoder is not installed",
        examples=["answers-4"],
    )
    considered: int = Field(description="โครงการในพื้นที่ที่นำมาเทียบ / projects compared", examples=[42])
    outcome: NeedOutcome
    candidates: list[Candidate]


class Ready(BaseModel):
    """Whether questions can be answered."""

    status: Literal["ok"]
    engine: str = Field(examples=["arcadedb"])
    version: str = Field(examples=["26.10.2"])


class ScorePart(BaseModel):
    """One part of the score: ``value`` = numerator ÷ denominator, null where it does not apply."""

    name: str = Field(examples=["reach"])
    th: str = Field(examples=["ความต้องการที่ถึงแผนพัฒนาจังหวัด"])
    en: str = Field(examples=["needs that arrived in the provincial plan"])
    numerator: float = Field(examples=[4])
    denominator: float = Field(examples=[66])
    value: float | None = Field(examples=[0.0606])
    reason_th: str = Field(default="", examples=[""])
    reason_en: str = ""


class LeftOutItems(BaseModel):
    """Items that stay out of the denominator of grounding."""

    kind: str = Field(examples=["recurring"])
    items: int = Field(examples=[12])
    money: float = Field(examples=[350000.0])


class Scores(BaseModel):
    """The score at one floor: overall 0–100 and its parts."""

    overall: float | None = Field(examples=[41.5])
    parts: list[ScorePart]
    left_out: list[LeftOutItems]


class AlignmentAnswer(BaseModel):
    """The alignment score of one thing, by facts only and with suggestions."""

    scope: str = Field(examples=["area"])
    uid: str = Field(examples=["8104"])
    name: str = Field(examples=["คลองท่อม"])
    floor: float = Field(examples=[0.5])
    weights: dict[str, float]
    facts: Scores
    with_suggestions: Scores
