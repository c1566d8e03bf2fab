from __future__ import annotations

import io

import pdfplumber
import pytest

from emit.paper.setting import grid, page_size, paragraph, typeset


@pytest.mark.parametrize(("market", "size"), [("us", (612, 792)), ("hk", (595, 842))])
def test_pages_have_the_size_of_their_market(market: str, size: tuple[int, int]) -> None:
    content = typeset([paragraph("text")], title="t", foot="foot", market=market)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        (page,) = pdf.pages
        assert (round(page.width), round(page.height)) == size == tuple(round(side) for side in page_size(market))
        assert "foot" in page.extract_text()
        assert "Page 1" in page.extract_text()


def test_a_long_table_repeats_its_head() -> None:
    rows = [[paragraph("head")], *([paragraph(f"row {number}")] for number in range(90))]
    with pdfplumber.open(
        io.BytesIO(typeset([grid(rows, (200,), headed=True)], title="t", foot="f", market="us"))
    ) as pdf:
        assert len(pdf.pages) > 1
        assert all("head" in page.extract_text() for page in pdf.pages)
