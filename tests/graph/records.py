"""Small documents for the tests of the store, and the whole graph as one comparable value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tracegraph.graph import Store
from tracegraph.graph.keys import content_hash
from tracegraph.model.graph import LINK_ENDS, Label, LinkKind, Stage, Status
from tracegraph.model.records import (
    AreaRecord,
    BodyRecord,
    Contribution,
    DocumentRecord,
    LinkRecord,
    NeedRecord,
    Origin,
    PendingLink,
    PlanRecord,
    ProjectRecord,
    RecordBatch,
    StrategyRecord,
)
from tracegraph.thai.normalize import text_hash

VILLAGE, TAMBON = "99010101", "990101"
ANSWERED, CARRIED, ALIGNS, SAME = LinkKind.ANSWERED_BY, LinkKind.CARRIED_TO, LinkKind.ALIGNS_WITH, LinkKind.SAME_WORK


@dataclass(slots=True)
class File:
    """One version of a file. Ids are uids without their prefix: ``need("1", …)`` has the uid ``need:1``."""

    name: str = "needs.csv"
    version: int = 1
    sheet: str = ""
    owner: str = "กม.บ้านหนึ่ง"
    kind: str = "needs"
    areas: list[AreaRecord] = field(default_factory=list)
    plans: dict[str, PlanRecord] = field(default_factory=dict)
    needs: list[NeedRecord] = field(default_factory=list)
    projects: list[ProjectRecord] = field(default_factory=list)
    strategies: list[StrategyRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    pending: list[PendingLink] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return f"doc:{content_hash(self.name, self.version)}"

    def origin(self) -> Origin:
        row = 2 + len(self.needs) + len(self.projects) + len(self.strategies) + len(self.pending)
        return Origin(document=self.uid, file=self.name, sheet=self.sheet, row=row)

    def plan(self, uid: str, kind: str, area: str, **more: Any) -> str:
        """The uid of a plan that this file states; stated once however often it is named."""
        self.plans.setdefault(
            uid,
            PlanRecord(
                uid=f"plan:{uid}",
                kind=kind,
                stage=more.pop("stage", Stage.PLAN),
                title=more.pop("title", f"แผน {uid}"),
                year_from=2566,
                year_to=2570,
                edition="",
                edition_no=0,
                owner=f"body:{self.owner}",
                area=area,
                **more,
            ),
        )
        return f"plan:{uid}"

    def plan_record(self, uid: str) -> PlanRecord:
        """A plan that this file states."""
        return self.plans[uid]

    def need(self, uid: str, text: str = "", **more: Any) -> File:
        text = text or f"ขอถนนสาย {uid}"
        self.needs.append(
            NeedRecord(
                uid=f"need:{uid}",
                source_id=more.pop("source_id", f"N-{uid}"),
                text=text,
                text_hash=text_hash(text),
                plan=more.pop("plan", None) or self.plan("V1", "PK01", VILLAGE),
                origin=self.origin(),
                area=more.pop("area", VILLAGE),
                year=more.pop("year", 2567),
                **more,
            )
        )
        return self

    def project(self, uid: str, name: str = "", **more: Any) -> File:
        name = name or f"ก่อสร้างถนนสาย {uid}"
        self.projects.append(
            ProjectRecord(
                uid=f"proj:{uid}",
                source_id=more.pop("source_id", f"P-{uid}"),
                name=name,
                text_hash=text_hash(name),
                plan=more.pop("plan", None) or self.plan("L1", "PK03", TAMBON),
                origin=self.origin(),
                area=more.pop("area", TAMBON),
                years=(2568, 2569),
                amounts=(100_000.0, 50_000.5),
                **more,
            )
        )
        return self

    def declare(self, kind: LinkKind, start: str, end: str, **more: Any) -> File:
        """A link stated with both uids."""
        status = more.pop("status", Status.DECLARED)
        self.links.append(_link(kind, start, end, status, 1.0, self.uid, **more))
        return self

    def refer(self, kind: LinkKind, start: str, end: str, **more: Any) -> File:
        """A link stated by the ids that files use."""
        self.pending.append(PendingLink(kind=kind, from_id=start, to_id=end, origin=self.origin(), **more))
        return self

    def batch(self) -> RecordBatch:
        return RecordBatch(
            document=DocumentRecord(
                uid=self.uid,
                file=self.name,
                sha256=content_hash(self.name, self.version) * 4,
                size=1,
                series=self.name,
                kind=self.kind,
            ),
            areas=tuple(self.areas),
            bodies=(BodyRecord(uid=f"body:{self.owner}", name=self.owner, kind="กม.", area=VILLAGE),),
            plans=tuple(self.plans.values()),
            needs=tuple(self.needs),
            projects=tuple(self.projects),
            strategies=tuple(self.strategies),
            links=tuple(self.links),
            pending=tuple(self.pending),
        )


def _link(
    kind: LinkKind, start: str, end: str, status: Status, probability: float, method: str, **more: Any
) -> LinkRecord:
    return LinkRecord(
        kind=kind, from_uid=start, to_uid=end, status=status, probability=probability, method=method, **more
    )


def suggest(
    kind: LinkKind, start: str, end: str, probability: float = 0.8, method: str = "answers-1", **more: Any
) -> LinkRecord:
    """A proposal of the engine between two uids, with evidence."""
    evidence = (Contribution(feature="words", weight=1.5, left="ถนน", right="ถนน", th="คำเดียวกัน", en="same words"),)
    return _link(kind, start, end, Status.SUGGESTED, probability, method, evidence=evidence, **more)


def put(store: Store, *files: File) -> Any:
    """Import files as one run."""
    return store.write_batches([file.batch() for file in files], command="import")


def two_files() -> tuple[File, File]:
    """Two needs of a village, and two items of its tambon's plan of which the second follows the first."""
    needs = File().need("1", "ขอถนนเข้าหมู่บ้าน").need("2", "ขอน้ำประปา")
    items = File("plan.csv", owner="อบต.ก", kind="items").project("1", "ก่อสร้างถนน").project("2", "ก่อสร้างถนน ระยะที่ 2")
    return needs, items


#: What may differ between two graphs that say the same: when it went in.
_TIMES = frozenset({"imported_at", "since"})


def dump(store: Store, *, but: Iterable[str] = ("Run",)) -> dict[str, list[Any]]:
    """Every node and every link with all properties, by label and kind; runs left out, for each adds one."""
    found: dict[str, list[Any]] = {}
    for label in Label:
        if label in but:
            continue
        rows = store.read(f"MATCH (n:{label}) RETURN properties(n) AS p")
        found[label.value] = sorted((_comparable(row["p"]) for row in rows), key=repr)
    for kind in LinkKind:
        rows = store.read(f"MATCH (a)-[r:{kind}]->(b) RETURN a.uid AS a, b.uid AS b, properties(r) AS p")
        found[kind.value] = sorted((row["a"], row["b"], _comparable(row["p"])) for row in rows)
    return found


def _comparable(properties: dict[str, Any]) -> list[tuple[str, Any]]:
    kept = {name: value for name, value in properties.items() if name not in _TIMES and value is not None}
    if "proposed" in kept:
        kept["proposed"] = {name: v for name, v in json.loads(kept["proposed"]).items() if name not in _TIMES}
    return sorted((name, repr(value)) for name, value in kept.items())


def status_of(store: Store, kind: LinkKind, start: str, end: str) -> str | None:
    """Status of the link between two uids; None where there is none. AssertionError where there are two."""
    left, right = LINK_ENDS[kind]
    cypher = f"MATCH (a:{left} {{uid: $a}})-[r:{kind}]->(b:{right} {{uid: $b}}) RETURN r.status AS status"
    rows = store.read(cypher, {"a": start, "b": end})
    assert len(rows) <= 1, rows
    return rows[0]["status"] if rows else None


def runs(store: Store) -> list[tuple[str, str]]:
    """Command and status of every run, oldest first."""
    return [(run["command"], run["status"]) for run in reversed(store.list_runs())]
