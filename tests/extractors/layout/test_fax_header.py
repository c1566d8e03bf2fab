"""The sender's line over the top edge answers nothing; a form's own first line is kept."""

from __future__ import annotations

from dataclasses import replace

from extractors.layout.fax_header import without_fax_header
from extractors.layout.runs import runs
from tests.extractors.documents import At, document_from_lines


def kept(first: str, *, scanned: bool = True) -> list[str]:
    page = document_from_lines([At(first, 40, 8), At("Member Name: Jane Sample", 40, 80)]).page(1)
    page = replace(page, source="ocr" if scanned else "text_layer")
    return [run.text for run in without_fax_header(page, runs(page))]


def test_the_header_goes() -> None:
    assert kept("09/14/2026 16:20 SLEEP CENTER FAX 216-555-0192 P.001/002") == ["Member Name: Jane Sample"]


def test_a_title_stays() -> None:
    assert len(kept("PRIOR AUTHORIZATION REQUEST")) == 2


def test_a_vector_page_has_no_header() -> None:
    assert len(kept("FROM: 216-555-0192 TO: REVIEW PAGE 1/2", scanned=False)) == 2
