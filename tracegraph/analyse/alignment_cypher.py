"""The Cypher behind the alignment score: which items and needs a scope holds, and one aggregate for each part.

Every fragment takes ``$uid`` and ``$floor``; a scope's fragment binds ``p`` (items) or ``n`` (needs), each once.
"""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """What is scored."""

    PROJECT = "project"
    PLAN = "plan"
    BODY = "body"
    AREA = "area"
    STRATEGY = "strategy"


def _counts(link: str) -> str:
    return f"({link}.status <> 'rejected' AND ({link}.status <> 'suggested' OR {link}.probability >= $floor))"


_PATH = f"all(r IN relationships(path) WHERE {_counts('r')}) AND all(x IN nodes(path) WHERE x.current)"
_SERVES = (
    "MATCH (:Strategy {uid: $uid})-[:GUIDES*0..4]->(:Strategy)<-[g:ALIGNS_WITH]-(p:Project)\n"
    f"WHERE p.current AND {_counts('g')}\nWITH DISTINCT p\n"
)
_LEVELS = {2: "province", 4: "district", 6: "tambon", 8: "area"}

#: Scopes whose items are many rows of many documents: only what stands in a plan counts there, once.
_WIDE = (Scope.BODY, Scope.AREA, Scope.STRATEGY)


def _in_area(name: str, uid: str) -> str:
    return f"{name}.{_LEVELS[len(uid)]} = $uid" if uid else "true"


def items_of(scope: Scope, uid: str, *, every_stage: bool = False) -> str:
    """Binds ``p`` to the current items of the scope; wide scopes take items of stage plan unless ``every_stage``."""
    match = {
        Scope.PROJECT: "MATCH (p:Project {uid: $uid}) WHERE true",
        Scope.PLAN: "MATCH (p:Project {plan: $uid}) WHERE p.current",
        Scope.BODY: "MATCH (p:Project) WHERE p.current AND p.owner = $uid",
        Scope.AREA: f"MATCH (p:Project) WHERE p.current AND {_in_area('p', uid) if scope is Scope.AREA else 'true'}",
        Scope.STRATEGY: f"{_SERVES}MATCH (p) WHERE true",
    }[scope]
    stage = "" if every_stage or scope not in _WIDE else " AND p.stage = 'plan'"
    return f"{match}{stage}\n"


def needs_of(scope: Scope, uid: str) -> str:
    """Binds ``n`` to the current needs of the scope: raised in a plan or an area, or standing behind items."""
    if scope is Scope.PLAN:
        return "MATCH (n:Need {plan: $uid}) WHERE n.current\n"
    if scope is Scope.AREA:
        return f"MATCH (n:Need) WHERE n.current AND {_in_area('n', uid)}\n"
    start = "MATCH (p:Project {uid: $uid})\n" if scope is Scope.PROJECT else _SERVES
    path = "MATCH path = (p)<-[:CARRIED_TO*0..6]-(:Project)<-[:ANSWERED_BY]-(n:Need)"
    return f"{start}{path}\nWHERE {_PATH}\nWITH DISTINCT n\n"


def reach(scope: Scope, uid: str) -> str:
    """One row: ``raised``, ``arrived`` (PK09–PK12), ``served`` (arrived or funded)."""
    return f"""{needs_of(scope, uid)}
OPTIONAL MATCH path = (n)-[:ANSWERED_BY]->(:Project)-[:CARRIED_TO*0..6]->(e:Project)
WHERE {_PATH}
WITH n, max(CASE WHEN e.plan_kind IN $arrival THEN 2 WHEN e.funded THEN 1 ELSE 0 END) AS good
RETURN count(n) AS raised, sum(CASE WHEN good = 2 THEN 1 ELSE 0 END) AS arrived,
       sum(CASE WHEN good > 0 THEN 1 ELSE 0 END) AS served
"""


def grounding(scope: Scope, uid: str) -> str:
    """A row for each item kind: ``kind``, ``items``, ``grounded``, ``money``, ``money_grounded``."""
    return f"""{items_of(scope, uid)}
OPTIONAL MATCH path = (p)<-[:CARRIED_TO*0..6]-(:Project)<-[:ANSWERED_BY]-(:Need)
WHERE p.item_kind = 'project' AND {_PATH}
WITH p, count(path) AS ways
RETURN p.item_kind AS kind, count(p) AS items, sum(CASE WHEN ways > 0 THEN 1 ELSE 0 END) AS grounded,
       round(sum(coalesce(p.amount, 0.0)), 2) AS money,
       round(sum(CASE WHEN ways > 0 THEN coalesce(p.amount, 0.0) ELSE 0.0 END), 2) AS money_grounded
ORDER BY kind
"""


#: The lists of ``$lists`` that an item ``p`` must serve: by plan kind, place, owner and overlapping years.
_DUE = """[l IN $lists WHERE l.kind = p.plan_kind AND (l.owner = '' OR l.owner = p.owner)
         AND (l.area = '' OR p.area STARTS WITH l.area)
         AND (p.year_first IS NULL OR (p.year_first <= l.last AND p.year_last >= l.first))]"""
_ALIGNED_KINDS = "p.item_kind IN ['project', 'recurring']"


def strategy(scope: Scope, uid: str) -> str:
    """One row: ``items`` that must serve a loaded list, ``aligned`` = sum of their means over those lists."""
    return f"""{items_of(scope, uid)} AND {_ALIGNED_KINDS}
OPTIONAL MATCH (p)-[r:ALIGNS_WITH]->(s:Strategy)
WHERE {_counts("r")}
WITH p, collect(CASE WHEN s IS NULL THEN null ELSE {{
       list: s.list_id, value: CASE WHEN r.status = 'suggested' THEN r.probability ELSE 1.0 END}} END) AS aligned
WITH p, aligned, {_DUE} AS due
WITH aligned, due, [c IN $codes WHERE any(l IN due WHERE l.code = c)] AS codes
WHERE size(codes) > 0
RETURN count(*) AS items, round(sum(reduce(total = 0.0, c IN codes | total + reduce(best = 0.0, a IN aligned |
         CASE WHEN a.value > best AND any(l IN due WHERE l.code = c AND l.list = a.list) THEN a.value ELSE best END
       )) / size(codes)), 6) AS aligned
"""


def due_lists(scope: Scope, uid: str) -> str:
    """A row for each list that some item of the scope must serve: ``list``."""
    return f"""{items_of(scope, uid)} AND {_ALIGNED_KINDS}
WITH DISTINCT p.plan_kind AS plan_kind, p.owner AS owner, p.area AS area,
     p.year_first AS year_first, p.year_last AS year_last
WITH {{plan_kind: plan_kind, owner: owner, area: area, year_first: year_first, year_last: year_last}} AS p
WITH {_DUE} AS due
UNWIND due AS l
RETURN DISTINCT l.list AS list
ORDER BY list
"""


def coverage(scope: Scope, uid: str) -> str:
    """One row: ``covered`` entries of the lists ``$ids`` (an entry above a covered one is covered too)."""
    return f"""{items_of(scope, uid)} AND {_ALIGNED_KINDS}
MATCH (p)-[r:ALIGNS_WITH]->(s:Strategy)
WHERE {_counts("r")}
WITH DISTINCT s
MATCH (above:Strategy)-[:GUIDES*0..4]->(s)
WHERE above.list_id IN $ids
RETURN count(DISTINCT above) AS covered
"""


ENTRIES = "MATCH (s:Strategy) WHERE s.list_id IN $ids RETURN count(s) AS entries"

#: Entries below a strategy, and those of them that have a project.
BELOW = f"""
MATCH (:Strategy {{uid: $uid}})-[:GUIDES*1..4]->(s:Strategy)
WITH DISTINCT s
OPTIONAL MATCH (s)-[:GUIDES*0..4]->(:Strategy)<-[r:ALIGNS_WITH]-(p:Project)
WHERE p.current AND {_counts("r")}
WITH s, count(p) AS projects
RETURN count(s) AS entries, sum(CASE WHEN projects > 0 THEN 1 ELSE 0 END) AS covered
"""


def planned(scope: Scope, uid: str) -> str:
    """One row: ``money`` of the scope's items, without those carried from another item of the scope."""
    inside = {
        Scope.PROJECT: "false",
        Scope.PLAN: "q.plan = $uid",
        Scope.BODY: "q.owner = $uid",
        Scope.AREA: _in_area("q", uid) if scope is Scope.AREA else "true",
        Scope.STRATEGY: f"EXISTS {{ MATCH (q)-[t:ALIGNS_WITH]->(:Strategy {{uid: $uid}}) WHERE {_counts('t')} }}",
    }[scope]
    return f"""{items_of(scope, uid, every_stage=True)} AND NOT EXISTS {{
  MATCH (p)<-[r:CARRIED_TO]-(q:Project) WHERE q.current AND {inside} AND {_counts("r")}
}}
RETURN round(sum(coalesce(p.amount, 0.0)), 2) AS money
"""


def items_among(scope: Scope, uid: str) -> str:
    """A row for each item of the scope, whatever its stage, that is one of ``$among``: ``uid``."""
    if scope in (Scope.STRATEGY, Scope.PROJECT):
        return f"{items_of(scope, uid, every_stage=True)} AND p.uid IN $among\nRETURN p.uid AS uid ORDER BY uid"
    inside = {Scope.PLAN: "p.plan = $uid", Scope.BODY: "p.owner = $uid"}.get(scope) or _in_area("p", uid)
    return f"UNWIND $among AS one\nMATCH (p:Project {{uid: one}})\nWHERE {inside}\nRETURN p.uid AS uid ORDER BY uid"
