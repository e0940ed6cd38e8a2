"""Is the process alive; can it answer."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import StoreDep
from api.models import Problem, Ready

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="โปรแกรมทำงานอยู่ / the process is alive")
def healthz() -> dict[str, str]:
    """Answers as long as the process runs; asks the database nothing."""
    return {"status": "ok"}


@router.get("/readyz", summary="ตอบคำถามได้ / questions can be answered", responses={503: {"model": Problem}})
def readyz(store: StoreDep) -> Ready:
    """Asks the database; 503 with the reason where it does not answer."""
    store.read("RETURN 1 AS one", timeout_s=5.0)
    return Ready(status="ok", engine=store.database.engine, version=store.database.version)
