"""Pages from templates: language, the floor of what counts as a link, and links that keep both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from api import formats
from api.counts import Counts, count_all
from api.i18n import label, read_lang
from api.limits import DEFAULT_FLOOR, FACTS_FLOOR
from tracegraph.errors import TracegraphError
from tracegraph.report.terms import Lang

LANG_COOKIE = "lang"


@dataclass(frozen=True, slots=True)
class Page:
    """What every page knows of its request. ``facts``: suggestions are left out; ``empty``: nothing was imported."""

    lang: Lang
    facts: bool
    path: str
    section: str = ""
    sample: bool = False
    empty: bool = False

    @property
    def floor(self) -> float:
        """The floor of the questions asked for this page."""
        return FACTS_FLOOR if self.facts else DEFAULT_FLOOR


def read_page(request: Request, section: str = "") -> Page:
    """Language from ``?lang=`` or the cookie; facts only with ``?floor=facts``."""
    query = request.query_params
    counts = _count(request)
    return Page(
        lang=read_lang(query.get("lang"), request.cookies.get(LANG_COOKIE)),
        facts=query.get("floor") == "facts",
        path=request.url.path,
        section=section,
        sample=counts is not None and counts.samples > 0,
        empty=counts is not None and not counts.documents,
    )


def _count(request: Request) -> Counts | None:
    """What the graph holds; None where that cannot be read: a page about an error must not fail on it."""
    state = request.app.state
    if not hasattr(state, "store"):
        return None
    try:
        counts: Counts = state.cache.get(state.store, "counts", lambda: count_all(state.store))
    except TracegraphError:
        return None
    return counts


def build_link(page: Page, path: str, /, **params: Any) -> str:
    """An address within these pages that keeps the floor; empty parameters are left out."""
    kept: dict[str, Any] = {"floor": "facts" if page.facts else None, **params}
    query = urlencode({key: value for key, value in kept.items() if value not in (None, "")})
    return f"{quote(path, safe='/:')}?{query}" if query else quote(path, safe="/:")


def _here(request: Request, page: Page, /, **changes: Any) -> str:
    """This address with some parameters changed; ``lang`` is never carried along (the cookie keeps it)."""
    params = {key: value for key, value in request.query_params.items() if key != "lang"}
    params.pop("floor", None)
    return build_link(page, page.path, **{**params, **changes})


def render(
    request: Request, template: str, *, status: int = 200, page: Page | None = None, **context: Any
) -> HTMLResponse:
    """A page as HTML; a language asked for with ``?lang=`` is kept in a cookie."""
    page = page or read_page(request)
    body = (
        _environment()
        .get_template(template)
        .render(
            page=page,
            status=status,
            t=partial(_translate, page.lang),
            link=partial(build_link, page),
            here=partial(_here, request, page),
            **context,
        )
    )
    response = HTMLResponse(body, status)
    if request.query_params.get("lang") == page.lang:
        response.set_cookie(LANG_COOKIE, page.lang, max_age=365 * 24 * 3600, samesite="strict", httponly=True)
    return response


def _translate(lang: Lang, key: str, /, **values: object) -> str:
    return label(key, lang, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    filters: Mapping[str, Any] = formats.FILTERS
    environment.filters.update(filters)
    return environment
