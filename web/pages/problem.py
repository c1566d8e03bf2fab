"""Errors as pages, for browsers; whoever is not signed in is asked to."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from web.pages.render import page
from web.problems import Problem


def show(request: Request, told: Problem) -> Response | None:
    """A page about a problem; None where a machine called."""
    path = request.url.path
    if path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return None
    if told.code == "unauthenticated" and request.method == "GET":
        return RedirectResponse(f"/sign-in?next={quote(path)}", 303)
    return page(request, "problem.html", who=None, status=told.status, told=told)
