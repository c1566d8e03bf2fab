"""Whether the service lives, whether it can take work, and its numbers; outside the prefix of the API."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from web.api.shapes import Health
from web.front import FrontOf, Permit
from web.problems import responses

ROUTER = APIRouter(tags=["operations"])
_METRICS = Permit("metrics.read")


@ROUTER.get("/healthz", operation_id="get_health", response_model=Health)
async def get_health() -> Health:
    """The process answers."""
    return Health(status="ok", detail="The service answers.")


@ROUTER.get(
    "/readyz", operation_id="get_readiness", response_model=Health,
    responses={503: {"description": "No work can be taken now.", "model": Health}},
)  # fmt: skip
def get_readiness(front: FrontOf) -> Response:
    """Work can be taken: the database is there and current, the store has room."""
    ready, detail = front.service.ready()
    told = Health(status="ready" if ready else "not-ready", detail=detail)
    headers = {} if ready else {"Retry-After": "5"}
    return JSONResponse(told.model_dump(mode="json"), 200 if ready else 503, headers=headers)


@ROUTER.get(
    "/metrics", operation_id="get_metrics", response_class=Response,
    responses={
        200: {"description": "Prometheus text.", "content": {"text/plain": {"schema": {"type": "string"}}}},
        **responses(),
    },
)  # fmt: skip
def get_metrics(request: Request, front: FrontOf) -> Response:
    """Numbers for Prometheus, of all tenants together; a right is needed unless the installation opens them."""
    if not front.limits.open_metrics:
        _METRICS(request)
    content = front.meters.text(front.service.measures)
    return Response(content, media_type="text/plain; version=0.0.4; charset=utf-8")
