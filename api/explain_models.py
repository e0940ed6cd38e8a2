"""What the API says about one pair of records."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.models import Evidence, NamedProject, NeedOutcome


class PairEnd(BaseModel):
    """One record of the pair."""

    uid: str = Field(examples=["proj:6ce844a86e0ddad8"])
    id: str = Field(examples=["KB-L-HN-07"])
    role: str = Field(examples=["project"])
    text: str = Field(examples=["โครงการก่อสร้างรั้วศูนย์พัฒนาเด็กเล็ก หมู่ที่ 4"])
    owner: str | None = Field(examples=["อบต.ห้วยน้ำขาว"])
    plan_kind: str = Field(examples=["PK03"])
    stage: str = Field(examples=["plan"])
    area: str | None = Field(examples=["810405"])
    years: list[int] = Field(examples=[[2568]])
    amount: float | None = Field(examples=[290000.0])


class BlockingRule(BaseModel):
    """A rule that brings both together as candidates."""

    name: str = Field(examples=["village"])
    th: str = Field(examples=["ตำบลและหมู่เดียวกัน"])
    en: str = Field(examples=["same tambon and village"])


class ApartCause(BaseModel):
    """Something that keeps the pair from being proposed; ``partner`` is the uid of the record it lost to."""

    code: str = Field(examples=["veto"])
    th: str = Field(examples=["ข้อห้าม: คนละซอยหรือรหัสทาง (2 / 5)"])
    en: str = Field(examples=["veto: different soi numbers or road codes (2 / 5)"])
    partner: str | None = None


class StandingLink(BaseModel):
    """A link that holds between the two; ``suspect`` where a text changed since."""

    model_config = {"populate_by_name": True}

    kind: str = Field(examples=["CARRIED_TO"])
    status: str = Field(examples=["suggested"])
    probability: float = Field(examples=[0.9972])
    method: str = Field(examples=["same-work-4"])
    work_class: str | None = Field(default=None, alias="class", examples=["carried"])
    reason: str | None = None
    decided_by: str | None = None
    decided_at: str | None = None
    suspect: bool = False


class WaterfallStep(Evidence):
    """One contribution with the sum so far and the probability that it would mean."""

    sum: float = Field(examples=[-1.85])
    probability: float = Field(examples=[0.1359])


class PairExplanation(BaseModel):
    """The story of a pair. ``probability`` is the logistic function of ``score``, the sum of the contributions."""

    model_config = {"populate_by_name": True}

    job: str = Field(examples=["same-work"])
    model: str = Field(examples=["same_work-4"])
    left: PairEnd
    right: PairEnd
    probability: float = Field(examples=[0.9972])
    score: float = Field(examples=[5.8793])
    plain_probability: float = Field(examples=[0.9972])
    floor: float = Field(examples=[0.5])
    work_class: str | None = Field(default=None, alias="class", examples=["carried"])
    veto: str | None = None
    aside: list[str]
    proposed: bool
    verdict_th: str = Field(examples=["ระบบเสนอไว้ รอคนตัดสิน (same-work-4 0.9561) · งานเดียวกัน"])
    verdict_en: str = Field(examples=["suggested, waits for a decision"])
    rules: list[BlockingRule]
    causes: list[ApartCause]
    standing: list[StandingLink]
    contributions: list[WaterfallStep]


class AskedNeed(BaseModel):
    """The need that was asked about."""

    uid: str
    id: str = Field(examples=["KB-N-01-3"])
    text: str
    area: str | None


class AnsweringLink(BaseModel):
    """A link that stands between the need and a project."""

    project: NamedProject
    status: str = Field(examples=["suggested"])
    probability: float
    method: str


class NeedExplanation(BaseModel):
    """What answers a need, by documents, people and comparison; or why nothing does."""

    need: AskedNeed
    answered: bool
    verdict_th: str
    verdict_en: str
    outcome: NeedOutcome
    standing: list[AnsweringLink]
