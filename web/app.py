"""The web application: the API, the pages, and what surrounds every call. Wiring only."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.staticfiles import StaticFiles

from actions.service import Service
from models.principal import MAIN
from web import api, openapi, pages, problems
from web.addresses import Network
from web.envelope import Envelope
from web.house import new_house
from web.limits import Limits
from web.pages.problem import show


def make_app(
    service: Service,
    *,
    limits: Limits | None = None,
    secure: bool = False,
    open_metrics: bool = False,
    proxies: Sequence[Network] = (),
    tenant: str = MAIN,
) -> FastAPI:
    """The application of one installation.

    `secure` says that browsers reach it by HTTPS (cookies and headers then say so), `open_metrics` that /metrics needs
    no right, `proxies` who is believed about where a call comes from, `tenant` whose people sign in here.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.house = new_house(
        service, limits or Limits(), secure=secure, open_metrics=open_metrics, proxies=proxies, tenant=tenant
    )
    problems.install(app, show)
    for router in (*api.ROUTERS, *pages.ROUTERS):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    app.add_route(openapi.PATH, _description, include_in_schema=False)
    app.add_middleware(Envelope, house=app.state.house)
    return app


async def _description(request: Request) -> JSONResponse:
    return JSONResponse(openapi.describe(request.app))
