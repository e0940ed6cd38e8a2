"""Small graphs with every kind of node, link and status, as analysis hands them to the pictures."""

from __future__ import annotations

from typing import Any

import networkx as nx

HOSTILE = "<script>window.ran=1</script>\"'><img src=x onerror=window.ran=2></script>]]> href=javascript:window.ran=3"

_ROAD = "ก่อสร้างถนน คสล. สายบ้านน้ำตื้น"

#: (uid, label, properties)
NODES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("need:1", "Need", {"text": "ก่อสร้างถนนคอนกรีตเสริมเหล็กสายบ้านน้ำตื้น หมู่ที่ ๓", "village_no": 3, "source_id": "N-01"}),
    ("need:2", "Need", {"text": "ขุดลอกคลองห้วยลึก", "village_no": 5, "file": "needs.xlsx", "sheet": "ม.5", "row": 7}),
    ("proj:a", "Project", {"name": "ถนน คสล. บ้านน้ำตื้น", "plan_kind": "PK02", "plan_rank": 2, "text_hash": "now"}),
    (
        "proj:b",
        "Project",
        {"name": _ROAD, "plan_kind": "PK03", "plan_rank": 3, "amount": 2450000.0},
    ),
    ("proj:b2", "Project", {"name": f"{_ROAD} (เปลี่ยนแปลง)", "plan_kind": "PK03", "plan_rank": 3}),
    (
        "proj:g",
        "Project",
        {"name": _ROAD, "plan_kind": "PK03", "plan_rank": 3, "stage": "budget", "funded": True},
    ),
    ("proj:d", "Project", {"name": "ขุดลอกคลองห้วยลึก", "plan_kind": "PK05", "plan_rank": 4}),
    ("proj:f", "Project", {"name": "พัฒนาแหล่งน้ำจังหวัด", "plan_kind": "PK09", "plan_rank": 6, "year_first": 2570}),
    ("PV:2", "Strategy", {"name": "บริหารจัดการน้ำ", "list_name": "แผนพัฒนาจังหวัด", "number": "2", "level": "province"}),
    ("NS:5", "Strategy", {"name": "สิ่งแวดล้อม", "list_name": "ยุทธศาสตร์ชาติ", "number": "5", "level": "national"}),
    ("plan:1", "Plan", {"title": "แผนพัฒนาท้องถิ่น"}),
)

#: (kind, from, to, status, probability, more)
LINKS: tuple[tuple[str, str, str, str, float, dict[str, Any]], ...] = (
    ("ANSWERED_BY", "need:1", "proj:a", "declared", 1.0, {"to_hash": "then"}),
    ("ANSWERED_BY", "need:1", "proj:b", "suggested", 0.93, {}),
    ("CARRIED_TO", "proj:a", "proj:b", "confirmed", 1.0, {}),
    ("CARRIED_TO", "proj:b", "proj:b2", "declared", 1.0, {}),
    ("CARRIED_TO", "proj:b2", "proj:g", "suggested", 0.88, {}),
    ("ANSWERED_BY", "need:2", "proj:d", "confirmed", 1.0, {}),
    ("CARRIED_TO", "proj:d", "proj:f", "suggested", 0.61, {}),
    ("ANSWERED_BY", "need:2", "proj:b", "suggested", 0.72, {}),
    ("ANSWERED_BY", "need:2", "proj:a", "rejected", 0.3, {}),
    ("ALIGNS_WITH", "proj:f", "PV:2", "declared", 1.0, {}),
    ("ALIGNS_WITH", "proj:f", "NS:5", "suggested", 0.55, {}),
    ("SAME_WORK", "proj:d", "proj:f", "suggested", 0.5, {}),
)


def build_graph(*, suffix: str = "") -> nx.MultiDiGraph:
    """The graph above; ``suffix`` is added to every text, so that a test can make all of them hostile."""
    graph = nx.MultiDiGraph(focus="need:1")
    texts = ("text", "name", "list_name", "owner_name", "source_id", "file", "number", "title")
    for uid, label, properties in NODES:
        written = {k: v + suffix if k in texts else v for k, v in properties.items()}
        graph.add_node(uid, uid=uid, label=label, **written)
    for kind, source, target, status, probability, more in LINKS:
        uid = f"link:{kind}-{source}-{target}{suffix}"
        graph.add_edge(source, target, key=uid, uid=uid, kind=kind, status=status, probability=probability, **more)
    return graph


def build_wide_graph(needs: int) -> nx.MultiDiGraph:
    """Many needs behind a few projects of every level, in a fixed irregular pattern."""
    graph = nx.MultiDiGraph(focus="need:0")
    kinds = ("PK02", "PK03", "PK05", "PK09")
    for number in range(needs):
        graph.add_node(f"need:{number}", label="Need", text=f"ความต้องการที่ {number}", village_no=number % 12 + 1)
    for level, kind in enumerate(kinds):
        for number in range(needs // (level + 2)):
            graph.add_node(f"proj:{kind}-{number}", label="Project", name=f"โครงการที่ {number}", plan_kind=kind)
    for number in range(needs):
        _join(graph, f"need:{number}", f"proj:PK02-{(number * 7) % (needs // 2)}")
        _join(graph, f"proj:PK02-{number % (needs // 2)}", f"proj:PK03-{(number * 5) % (needs // 3)}")
        _join(graph, f"proj:PK03-{number % (needs // 3)}", f"proj:PK09-{(number * 3) % (needs // 5)}")
    return graph


def _join(graph: nx.MultiDiGraph, source: str, target: str) -> None:
    kind = "ANSWERED_BY" if source.startswith("need") else "CARRIED_TO"
    graph.add_edge(source, target, key=f"{source}>{target}", kind=kind, status="declared", probability=1.0)
