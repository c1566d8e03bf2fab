"""Making pages of templates. Whatever comes from a document or a caller is escaped."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from actions.service import Session
from models.access import Operation, may
from models.principal import Principal

_TEMPLATES = Path(__file__).resolve().parent / "templates"


def page(request: Request, template: str, *, who: Principal | None, status: int = 200, **values: Any) -> Response:
    """A page as an answer. `who` is who sees it, None before signing in."""
    session: Session | None = getattr(request.state, "session", None)

    def can(operation: Operation) -> bool:
        return who is not None and may(who, operation)

    text = _environment().get_template(template).render(
        who=who,
        session=session,
        can=can,
        here=request.url.path,
        **values,
    )  # fmt: skip
    return HTMLResponse(text, status)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "iso": _iso, "size": _size, "words": _words}
    return environment


def _day(at: float) -> str:
    moment = dt.datetime.fromtimestamp(at, dt.UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"


def _iso(at: float) -> str:
    return dt.datetime.fromtimestamp(at, dt.UTC).isoformat(timespec="seconds")


def _size(count: int) -> str:
    for unit, most in (("bytes", 1024), ("KB", 1024**2), ("MB", 1024**3)):
        if count < most:
            value = count / (most // 1024)
            return f"{value:.0f} {unit}" if unit == "bytes" or value >= 10 else f"{value:.1f} {unit}"
    return f"{count / 1024**3:.1f} GB"


def _words(name: str) -> str:
    """A state as people say it: "needs review" for "needs_review"."""
    return name.replace("_", " ")
