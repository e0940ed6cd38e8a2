"""Which strategy lists a project may serve at all: lists of its own place, body and years."""

from __future__ import annotations

from tracegraph.model.items import Item, StrategyScope

#: Lists of these levels bind every project of their area.
_BY_AREA = ("province", "district")


def may_serve(project: Item, scope: StrategyScope | None) -> bool:
    """Whether a list may be proposed for a project; what is not known rules nothing out.

    National and cluster lists are open to all. An อปท.'s own list is for its own projects only.
    """
    if scope is None:
        return True
    return _in_years(project, scope) and _in_area(project, scope)


def _in_years(project: Item, scope: StrategyScope) -> bool:
    years = project.years or ((project.year,) if project.year else ())
    if not years:
        return True
    first, last = scope.valid_from or min(years), scope.valid_to or max(years)
    return any(first <= year <= last for year in years)


def _in_area(project: Item, scope: StrategyScope) -> bool:
    if scope.level == "local" and scope.owner and project.owner:
        return scope.owner == project.owner
    area = scope.area or ""
    if scope.level not in (*_BY_AREA, "local") or not area.isdigit():
        return True
    own = project.tambon or project.district or project.province or ""
    return own.startswith(area) or area.startswith(own)
