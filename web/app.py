"""The web application: the API, the pages, and what surrounds every call. Wiring only."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.staticfiles import StaticFiles

from actions.service import Service
from models.principal import MAIN
from web import api, openapi, pages, problems
from web.envelope import Envelope
from web.front import new_front
from web.limits import Limits
from web.pages.problem import show


def make_app(service: Service, limits: Limits | None = None, *, tenant: str = MAIN) -> FastAPI:
    """The application of one installation; `tenant` is whose people sign in here."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.front = new_front(service, limits or Limits(), tenant=tenant)
    problems.install(app, show)
    for router in (*api.ROUTERS, *pages.ROUTERS):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    app.add_route(openapi.PATH, _description, include_in_schema=False)
    app.add_middleware(Envelope, front=app.state.front)
    return app


async def _description(request: Request) -> JSONResponse:
    return JSONResponse(openapi.describe(request.app))
