"""Errors as RFC 9457 problem details: a stable code, a sentence that says what to do, and nothing of a document."""

from __future__ import annotations

import logging
import math
import re
import traceback
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from models.problem import DocumentError, DossierError, UsageError

MEDIA_TYPE: Final = "application/problem+json"
_LOG = logging.getLogger("dossier.web")
# Seconds until a caller may try again: a full disk takes a person, the rest passes by itself.
_RETRY_AFTER: Final = {429: "1", 503: "5", 507: "60"}


class Defect(BaseModel):
    """What is wrong with one value of the call: where it stands, and why. Never the value itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: str
    message: str


class Problem(BaseModel):
    """An error (RFC 9457). `code` is stable; `request_id` finds the call in the service's log."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: tuple[Defect, ...] = ()


Show = Callable[[Request, Problem], Response | None]

# The codes that calls can end with: their status and what they say to a caller who reads only this.
CODES: Final[dict[str, tuple[int, str]]] = {
    "usage-error": (400, "The call asks for something that cannot be. The detail says what."),
    "malformed": (400, "The body is not what its content type says. Send it again."),
    "unauthenticated": (401, "Send an API key as 'Authorization: Bearer KEY', or sign in."),
    "forbidden": (403, "The role may not do this. Ask an administrator for another one."),
    "wrong-origin": (403, "The form was not sent from a page of this service. Load the page again."),
    "not-found": (404, "There is no such thing, or not for this caller."),
    "method-not-allowed": (405, "This address has no such method. The header Allow names those it has."),
    "too-slow": (408, "Nothing has come for a while, or too little. Send it again, in smaller parts."),
    "changed": (412, "The request has changed since you looked at it. Look at it again, then repeat the change."),
    "too-large": (413, "The body is larger than can be taken. Send it in smaller parts."),
    "unsupported-media-type": (415, "The body has another content type than this address takes."),
    "invalid": (422, "Values of the call are not as the description says. `errors` names them."),
    "key-used-otherwise": (422, "This Idempotency-Key was used with other files. Use a new key."),
    "precondition-required": (428, "Say which version you looked at: 'If-Match' with the ETag of the request."),
    "too-many-calls": (429, "More calls at a time than one caller may make. Try again after Retry-After seconds."),
    "internal": (500, "Something went wrong on our side. Nothing is lost; tell us the request id."),
    "busy": (503, "More is wanted at a time than can be done. Try again after Retry-After seconds."),
    "crowded": (503, "Many people sign in now. Try again after Retry-After seconds."),
    "database-away": (503, "The database does not answer. Try again after Retry-After seconds."),
    "transient-error": (503, "Something that is needed does not answer. Try again after Retry-After seconds."),
    "not-ready": (503, "The service cannot take work now. Try again after Retry-After seconds."),
    "no-space": (507, "The disk is nearly full. Nothing was kept; try again after Retry-After seconds."),
}


class Refusal(Exception):
    """A call that is refused with one of `CODES`; `detail` overrides its sentence."""

    def __init__(
        self, code: str, detail: str | None = None, *, at: str | None = None, retry_s: float | None = None
    ) -> None:
        """Name the code; `at` is the value that is wrong, `retry_s` when the call may come again, if that is known."""
        self.code = code
        self.detail = detail or CODES[code][1]
        self.at = at
        self.retry_s = retry_s
        super().__init__(code)


def answer(
    request: Request, code: str, *, status: int | None = None, detail: str | None = None,
    errors: tuple[Defect, ...] = (), headers: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """A problem as a response."""
    known, sentence = CODES.get(code, (500, CODES["internal"][1]))
    status = status or known
    told = Problem(
        type=f"urn:dossier:problem:{code}", title=HTTPStatus(status).phrase, status=status, detail=detail or sentence,
        code=code, request_id=request.state.request_id, errors=errors,
    )  # fmt: skip
    retry = {"Retry-After": _RETRY_AFTER[status]} if status in _RETRY_AFTER else {}
    asks = {"WWW-Authenticate": 'Bearer realm="dossier"'} if status == 401 else {}
    added = {**retry, **asks, **(headers or {})}
    shown: Response | None = request.app.state.show_problem(request, told)
    if shown is not None:
        shown.headers.update(added)
        return shown
    return JSONResponse(jsonable_encoder(told), status, headers=added, media_type=MEDIA_TYPE)


def of(error: Exception, request: Request) -> Response:
    """The answer to an error, whatever it is."""
    if isinstance(error, Refusal):
        errors = (Defect(at=error.at, message=error.detail),) if error.at else ()
        return answer(request, error.code, detail=error.detail, errors=errors, headers=_again(error.retry_s))
    if isinstance(error, DocumentError):
        return answer(request, error.code.value, status=error.http_status, detail=error.sentence)
    if isinstance(error, DossierError) and (isinstance(error, UsageError) or error.http_status != 500):
        headers = _again(error.retry_s)
        return answer(request, code_of(error), status=error.http_status, detail=str(error), headers=headers)
    # The message of an error that nobody foresaw may quote a document: only its name and place are kept.
    name = type(error).__name__
    _LOG.error("%s in %s", name, _where(error), extra={"request_id": request.state.request_id, "error": name})
    return answer(request, "internal")


def _again(retry_s: float | None) -> dict[str, str]:
    """When the call may come again, where that is known better than by its status."""
    return {} if retry_s is None else {"Retry-After": str(max(1, math.ceil(retry_s)))}


def code_of(error: DossierError) -> str:
    """The stable code of an error of ours: its name, NotFound as "not-found"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()


def install(app: FastAPI, shown: Show) -> None:
    """Have every error answered as a problem; `shown` makes a page of it for a browser, None for others."""
    app.state.show_problem = shown
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DossierError, _known)
    app.add_exception_handler(Refusal, _known)


def responses(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The part of an operation's description that tells with which codes it may end."""
    told: dict[int | str, dict[str, Any]] = {}
    for code in dict.fromkeys((*codes, "unauthenticated", "forbidden", "too-many-calls", "internal", "database-away")):
        status, sentence = CODES[code]
        entry = told.setdefault(status, {"description": "", "content": {MEDIA_TYPE: {"examples": {}}}})
        entry["description"] = f"{entry['description']} `{code}`: {sentence}".strip()
        entry["content"][MEDIA_TYPE]["schema"] = {"$ref": "#/components/schemas/Problem"}
        entry["content"][MEDIA_TYPE]["examples"][code] = {"value": _example(code)}
    return told


def _example(code: str) -> dict[str, Any]:
    status, sentence = CODES[code]
    return {
        "type": f"urn:dossier:problem:{code}", "title": HTTPStatus(status).phrase, "status": status,
        "detail": sentence, "code": code, "request_id": "0b6f1a52c0de4e1c9d4a7f3b2a9e8d71", "errors": [],
    }  # fmt: skip


def _known(request: Request, error: Exception) -> Response:
    return of(error, request)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    told = error.errors()
    if any(one["type"] == "json_invalid" for one in told):
        return answer(request, "malformed", detail="The body is not JSON. Send it again.")
    # The library's own message may quote the value.
    errors = tuple(Defect(at=_place(one["loc"]), message=_why(one)) for one in told[:50])
    return answer(request, "invalid", errors=errors)


def _place(steps: Iterable[int | str]) -> str:
    """Where a value stands. Of what a caller made up only what looks like a name is told."""
    return "/".join(str(step) if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", str(step)) else "?" for step in steps)


def _why(told: dict[str, Any]) -> str:
    return {
        "missing": "It is missing.",
        "extra_forbidden": "There is no such value.",
    }.get(told["type"], f"It is not as the description says ({told['type']}).")


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    by_status = {400: "malformed", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}
    code = by_status.get(error.status_code, "internal")
    return answer(request, code, headers=dict(error.headers or {}))


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
