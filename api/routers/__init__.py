"""The REST API, one module for each subject."""

from __future__ import annotations

from api.routers import alignment, explain, graph, imports, match, queries, trace

#: Included under ``/v1``; ``health`` stands at the root, apart.
ROUTERS = (trace.router, alignment.router, queries.router, match.router, explain.router, graph.router, imports.router)
