"""Uploads that the API must refuse, or take under a name that is safe, each with the problem code that comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox import Limits

_TYPE = "application/octet-stream"
_TEXT = b"Prior authorization request\n"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An upload: what is odd about it, how it is sent, and the status and code that must come ("" for a receipt)."""

    what: str
    body: dict[str, Any]
    status: int
    code: str = ""


def attempts(file_bytes: int) -> Iterator[Attempt]:
    """One upload after the other; `file_bytes` is what a file may have."""
    yield Attempt("a file of a byte too much", _file("a.txt", bytes(file_bytes + 1)), 413, "too-large")
    yield Attempt("201 files", {"files": [("files", (f"{n}.txt", _TEXT, _TYPE)) for n in range(201)]}, 422, "invalid")
    yield Attempt("no file", {"files": [("note", (None, b"none"))]}, 422, "invalid")
    yield Attempt("a file without a name", {"files": [("files", (None, _TEXT))]}, 422, "invalid")
    yield Attempt("an unknown field", {"files": [("paper", ("a.txt", _TEXT, _TYPE))]}, 422, "invalid")
    yield Attempt("an unknown payer", {**_file("a.txt", _TEXT), "data": {"payer": "nobody"}}, 422, "invalid")
    yield Attempt("another content type", {"content": _TEXT, "headers": {"Content-Type": "text/plain"}}, 415,
                  "unsupported-media-type")  # fmt: skip
    yield Attempt("a name that climbs out", _file("../../etc/passwd.txt", _TEXT), 202)
    yield Attempt("a name of 4,000 characters", _file("n" * 3996 + ".txt", _TEXT), 202)
    yield Attempt("a name with a line break and a bell", _file("a\r\nb\x07.txt", _TEXT), 202)
    yield Attempt("a name from right to left", _file("\u202ea.fdp.txt", _TEXT), 202)


def refusals(url: str, key: str) -> Iterator[str]:
    """A line for each attempt: what came, and whether it should have."""
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=120) as client:
        for attempt in attempts(Limits().file_bytes):
            answer = client.post("/api/v1/submissions", **attempt.body)
            yield line(attempt, answer.status_code, str(answer.json().get("code", "")))


def line(attempt: Attempt, status: int, code: str) -> str:
    """What came of an attempt, as it is printed."""
    right = (status, code) == (attempt.status, attempt.code)
    wanted = "" if right else f"  FAULT: expected {attempt.status} {attempt.code}"
    return f"door  {status} {code or 'accepted':24} {attempt.what}{wanted}"


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {"files": [("files", (name, content, _TYPE))]}
