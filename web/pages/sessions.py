"""Signing in and out."""

from __future__ import annotations

import re
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from web.addresses import address_of
from web.front import FrontOf, check_form, check_origin, session_of
from web.pages.render import page
from web.problems import Refusal

ROUTER = APIRouter(include_in_schema=False)

START = "/submissions"
# The cookie by which a browser is known again, so that nobody is kept out of it for what strangers try elsewhere.
_MARK, _MARK_S = "-browser", 90 * 86_400
# A place of ours: no other host, and nothing that could be a word of a document.
_PLACE = re.compile(r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?")


@ROUTER.get("/", name="home")
async def home() -> Response:
    """Begin with the list of submissions."""
    return RedirectResponse(START, 303)


@ROUTER.get("/sign-in", name="sign_in_form")
async def sign_in_form(request: Request, next: str = START) -> Response:  # noqa: A002
    """Ask for name and password."""
    return page(request, "sign-in.html", who=None, next=_place(next), name="", failed=False)


@ROUTER.post("/sign-in", name="sign_in")
async def sign_in(request: Request, front: FrontOf) -> Response:
    """Begin a session; the one that this browser had is ended."""
    check_origin(front, request)
    address = address_of(request, front.limits.trusted_proxies)
    async with request.form(max_files=0, max_fields=5) as form:
        name, password, place = (_text(form.get(field)) for field in ("name", "password", "next"))
    mark, person = request.cookies.get(front.cookie + _MARK, ""), name.strip().casefold()[:200]
    if mark:
        front.strangers.lookups.step(address)
    known = bool(mark) and await run_in_threadpool(front.service.familiar, name, mark, tenant=front.tenant)
    tried = f"{person} by {mark}" if known else person
    # Many may share an address; who comes by a browser of the own does not wait for the others.
    front.doors.step(tried if known else address)
    front.names.check(tried)
    session = await run_in_threadpool(
        front.service.sign_in, name, password, tenant=front.tenant, earlier=request.cookies.get(front.cookie),
        known=known,
    )  # fmt: skip
    if session is None:
        front.names.failed(tried)
        return page(request, "sign-in.html", who=None, status=401, next=_place(place), name=name[:100], failed=True)
    answer = RedirectResponse(_place(place), 303)
    answer.set_cookie(front.cookie, session.token, path="/", secure=front.limits.secure, httponly=True, samesite="lax")
    answer.set_cookie(
        front.cookie + _MARK, session.mark, path="/", max_age=_MARK_S, secure=front.limits.secure, httponly=True,
        samesite="strict",
    )  # fmt: skip
    return answer


@ROUTER.post("/sign-out", name="sign_out")
async def sign_out(request: Request, front: FrontOf) -> Response:
    """End the session."""
    check_origin(front, request)
    session = await run_in_threadpool(session_of, front, request)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(front.cookie, path="/", secure=front.limits.secure, httponly=True, samesite="lax")
    answer.headers["Clear-Site-Data"] = '"cache"'
    if session is not None:
        async with request.form(max_files=0, max_fields=5) as form:
            check_form(session, _text(form.get("form_token")))
        await run_in_threadpool(front.service.sign_out, session)
    return answer


def _place(place: str) -> str:
    return place if _PLACE.fullmatch(place) else START


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > 1000:
        raise Refusal("invalid")
    return value
