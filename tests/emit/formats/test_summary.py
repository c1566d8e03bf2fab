from __future__ import annotations

import io
from typing import Any

import pdfplumber

from emit.formats.summary import SUMMARY
from models.request import AuthorizationRequest, Flag
from models.service_line import Quantity, ServiceLine
from tests.checklists.drafts import request, told
from tests.emit.formats.test_letter import gap


def read(made: AuthorizationRequest) -> tuple[int, str]:
    with pdfplumber.open(io.BytesIO(SUMMARY.run(made, {}))) as pdf:
        return len(pdf.pages), "\n".join(page.extract_text() for page in pdf.pages)


def test_it_tells_the_request_and_what_is_missing_on_one_page() -> None:
    pages, found = read(
        request(missing_items=(gap(),), flags=(Flag(code="conflict", severity="error", message="Two."),))
    )
    assert pages == 1
    for words in ("Ada Example", "Bo Sample, MD", "73721", "M54.16", "We did not find a note", "Two.", "May 1, 1980"):
        assert words in found


def test_a_request_with_very_much_to_say_stays_on_one_page_and_says_what_it_leaves_out() -> None:
    lines: Any = tuple(
        ServiceLine(
            text=told(f"A service with a rather long name, number {number} " * 4), quantity=Quantity(value=told("9"))
        )
        for number in range(40)
    )
    gaps = tuple(gap(f"thing-{number}", ask="We did not find this rather long thing. " * 6) for number in range(40))
    flags = tuple(Flag(code="conflict", severity="error", message="A long message of a flag. " * 8) for _ in range(30))
    pages, found = read(request(service_lines=lines, missing_items=gaps, flags=flags))
    assert pages == 1
    assert "and 32 more" in found
    assert "and 28 more" in found


def test_nothing_missing_and_nothing_on_the_pages_are_said() -> None:
    _, found = read(request(service_lines=(), diagnoses=()))
    assert "Nothing required is missing." in found
    assert "No service was found on the pages." in found


def test_the_same_request_gives_the_same_bytes() -> None:
    assert SUMMARY.run(request(), {}) == SUMMARY.run(request(), {})
