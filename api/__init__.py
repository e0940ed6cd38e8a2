"""The REST API and the web pages of tracegraph: ``create_app(settings) -> FastAPI``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    """``create_app`` on first use, so that importing ``api`` costs nothing."""
    if name != "create_app":
        raise AttributeError(name)
    from api.app import create_app  # noqa: PLC0415

    return create_app
