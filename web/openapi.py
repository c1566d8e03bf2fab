"""The description of the API: OpenAPI 3.1, with every code that an operation may end with."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from web.problems import Problem

PATH = "/api/openapi.json"
_OPEN = frozenset({"get_health", "get_readiness"})


def describe(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema is None:
        told = get_openapi(
            title="Dossier",
            version="1",
            openapi_version="3.1.0",
            summary="Clinical paperwork in, structured prior-authorization requests out.",
            description=(
                "Errors are RFC 9457 problem details with a stable `code`; what is unknown or foreign answers 404. "
                "Machines send an API key as `Authorization: Bearer`; people have a session."
            ),
            routes=app.routes,
        )
        schemas = told.setdefault("components", {}).setdefault("schemas", {})
        problem = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs", {}))
        schemas["Problem"] = problem
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        told["components"]["securitySchemes"] = {
            "key": {"type": "http", "scheme": "bearer", "description": "An API key: `dossier key create`."},
        }
        for path in told["paths"].values():
            for operation in path.values():
                operation["security"] = [] if operation["operationId"] in _OPEN else [{"key": []}]
        app.openapi_schema = told
    return app.openapi_schema
