"""Fax headers leave the pages' words; the pages' own first lines stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.fax_header import part_headers
from models.document import InkRegion, Page, Word
from models.geometry import Affine, Box, Span
from tests.extractors.documents import At, Piece, document_from_lines

LINE = "09/14/2026 16:20 SLEEP CENTER FAX 216-555-0192 P.00{}/002"
TITLE = At("PRIOR AUTHORIZATION REQUEST", 200, 60)


def pages(*tops: Piece, confidence: float | None = 0.95) -> tuple[Page, ...]:
    """One page for each first line, with a title below it."""
    first, *others = ([top, TITLE] for top in tops)
    return document_from_lines(first, pages=others, confidence=confidence).pages


def text(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def test_the_line_goes_and_is_read() -> None:
    (page,) = part_headers(pages(At(LINE.format(1), 20, 8)))
    (header,) = page.fax_headers
    assert text(page) == "PRIOR AUTHORIZATION REQUEST"
    assert (header.sender, header.number, header.page, header.of) == ("SLEEP CENTER", "2165550192", 1, 2)
    assert header.sent_at is not None
    assert [word.text for word in header.words] == LINE.format(1).split()
    assert header.box.top == 8
    assert header.confidence == 0.95


@pytest.mark.parametrize(
    "top",
    [
        At("Form 61-211 (Revised 12/2016)  Fax 800-555-0100  Page 1 of 2", 20, 24),
        At("Fax completed form to 800-555-0100", 20, 8),
        At("Sample, Jane DOB 01/02/1960 Printed 9/14/26 2:03 PM Page 1 of 3", 20, 12),
        At(LINE.format(1), 20, 70),
        At("Visit 03/12/2026 10:15 AM  SMITH, JOHN  Page 1 of 4", 20, 24),
        At("SMITH JOHN  03/12/2026 10:15  Page 1 of 4", 20, 24),
        At("216-555-0192 Valley Neurology  Page 1 of 4", 20, 12),
    ],
    ids=["form", "instruction", "chart", "far below", "visit", "no machine's sign", "letterhead"],
)
def test_a_page_s_own_line_stays(top: At) -> None:
    before = pages(top)
    assert part_headers(before) == before


def test_a_page_that_was_never_on_paper_has_none() -> None:
    before = pages(At(LINE.format(1), 20, 8), confidence=None)
    assert part_headers(before) == before


def test_a_line_without_a_clock_must_stand_where_forms_print_nothing() -> None:
    line = "FROM: 312 555 0100 P.001/002"
    assert part_headers(pages(At(line, 20, 6)))[0].fax_headers[0].number == "3125550100"
    assert not part_headers(pages(At(line, 20, 26)))[0].fax_headers


def test_a_clock_alone_counts_at_the_very_edge_but_not_a_browser_s() -> None:
    assert part_headers(pages(At("09/14/2026 16:20 SLEEP CCNTR Artrits", 20, 6)))[0].fax_headers
    assert not part_headers(pages(At("09/14/2026 16:20 SLEEP CENTER", 20, 20)))[0].fax_headers
    assert not part_headers(pages(At("9/14/2026, 4:20 PM Sleep Center", 20, 6)))[0].fax_headers


def test_two_lines_of_a_forwarded_fax_are_both_read_outermost_first() -> None:
    first, second = At(LINE.format(1), 20, 6), At("Sep-13-26 09:12am From-HILL CLINIC 614 555 0107 P.3/9", 20, 20)
    (made,) = document_from_lines([first, second, TITLE], confidence=0.9).pages
    (page,) = part_headers([made])
    assert [header.number for header in page.fax_headers] == ["2165550192", "6145550107"]
    assert text(page) == "PRIOR AUTHORIZATION REQUEST"


def test_a_damaged_line_is_known_by_those_of_the_other_pages() -> None:
    found = part_headers(pages(At(LINE.format(1), 20, 8), At("09/1*/2O2? 16 SLEEP CENTER FAX 2l6-5", 20, 9)))
    assert [len(page.fax_headers) for page in found] == [1, 1]
    assert [text(page) for page in found] == ["PRIOR AUTHORIZATION REQUEST"] * 2


def test_a_title_is_not_known_by_the_lines_of_other_pages() -> None:
    found = part_headers(pages(At(LINE.format(1), 20, 8), At("DEPARTMENT OF HEALTH SERVICES", 20, 9)))
    assert text(found[1]).startswith("DEPARTMENT OF HEALTH SERVICES")


def test_a_letterhead_is_not_known_by_the_lines_of_other_pages() -> None:
    letterhead = "Valley Neurology Phone 216-555-7777"
    found = part_headers(pages(At(LINE.format(1), 20, 18), At(letterhead, 20, 24)))
    assert [len(page.fax_headers) for page in found] == [1, 0]
    assert text(found[1]).startswith(letterhead)


def test_a_logo_beside_the_line_takes_nothing_with_it() -> None:
    below = At("Member ID W123456789 Jane Roe", 150, 38), At("CPT 72148", 150, 52)
    (made,) = document_from_lines([At(LINE.format(1), 60, 14), *below], confidence=0.95).pages
    logo = Word("KAISER", Box(20, 10, 58, 62), Span(0, 0), 0.95)
    mark = InkRegion(Box(20, 0, 58, 40), "pen")
    (page,) = part_headers([replace(made, words=(logo, *made.words), ink=(mark,))])
    assert text(page) == "KAISER Member ID W123456789 Jane Roe CPT 72148"
    assert page.ink == (mark,)
    assert [word.text for word in page.fax_headers[0].words] == LINE.format(1).split()


def test_a_page_with_nothing_else_is_blank() -> None:
    (made,) = document_from_lines([At(LINE.format(2), 20, 8)], confidence=0.95).pages
    made = replace(made, ink=(InkRegion(Box(20, 9, 40, 15), "pen"),))
    (page,) = part_headers([made])
    assert page.blank
    assert page.ink == ()
    assert page.fax_headers[0].page == 2


def test_a_page_fed_upside_down_has_its_line_along_the_lower_edge() -> None:
    (made,) = pages(TITLE)
    margin = document_from_lines([At(LINE.format(1), 20, 8)], confidence=0.9).page(1).words
    back = Affine(-1, 0, made.width, 0, -1, made.height)
    turned = tuple(Word(word.text, back.box(word.box), Span(0, 0), 0.9) for word in margin if word.box)
    garbled = Word("z00/I00", turned[-1].box, Span(0, 0), 0.4)
    made = replace(made, to_received=back, rotation=180, margin=turned, words=(*made.words, garbled))
    (page,) = part_headers([made])
    assert page.fax_headers[0].number == "2165550192"
    assert page.received(page.fax_headers[0].box).top == pytest.approx(8)
    assert "z00/I00" not in text(page)
    assert page.margin == ()
