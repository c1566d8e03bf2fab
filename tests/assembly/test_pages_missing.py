"""Who says how many pages there should be, and which did not arrive; no alarm where all is well or nothing is sure."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assembly.pages_missing import missing_pages, ranges
from models.annotations import PartType
from models.document import Document
from models.parsed import FaxRecord
from models.request import AuthorizationRequest, Flag
from tests.assembly.faxes import faxed, line
from tests.checklists.drafts import paper, part, request
from tests.extractors.documents import At

COVER = "FAX COVER SHEET"


def flagged(
    *documents: Document, faxes: Sequence[FaxRecord] = (), made: AuthorizationRequest | None = None
) -> Flag | None:
    found = tuple(missing_pages(made or request(), documents, faxes))
    assert len(found) <= 1
    return found[0] if found else None


def said(*documents: Document, faxes: Sequence[FaxRecord] = ()) -> str:
    flag = flagged(*documents, faxes=faxes)
    return flag.message if flag is not None else ""


def cover(count: str, pages: int, *, confidence: float | None = 0.95) -> Document:
    return faxed([[COVER, count], *([["text"]] * (pages - 1))], confidence=confidence)


def test_the_cover_and_the_header_agree_on_what_is_missing() -> None:
    document = faxed(
        [[COVER, "Pages including cover: 12"], *([["text"]] * 8)], [line(n, 12) for n in (1, 2, 3, 5, 6, 8, 10, 11, 12)]
    )
    flag = flagged(document)
    assert flag is not None
    assert flag.message == "The cover and the fax header say 12 pages; 9 arrived. Missing by the header: 4, 7, 9."
    assert (flag.code, flag.severity) == ("pages-missing", "warning")
    assert {evidence.quote for evidence in flag.evidence} == {"Pages including cover: 12", "P.001/005"}


@pytest.mark.parametrize(
    ("count", "arrived", "missing"),
    [
        ("Pages including cover: 3", 3, False),
        ("Pages including cover: 3", 2, True),
        ("Pages (incl. cover): 3", 2, True),
        ("Number of pages (including cover sheet): 3", 2, True),
        ("# of pages: 3", 2, True),
        ("Total pages: 3", 3, False),
        ("Pages: 3", 4, False),
        ("Pages: 3", 2, True),
        ("No. of pages excluding cover: 3", 3, True),
        ("No. of pages excluding cover: 3", 4, False),
        ("Pages to follow: 3", 4, False),
        ("3 pages including cover", 2, True),
        ("3 pages of notes", 1, False),
        ("Pages 1 of 3", 1, False),
        ("Date 09/14/2026 Pages:", 1, False),
        ("Pages: 216-555-0192", 1, False),
    ],
)
def test_covers_count_in_many_ways(count: str, arrived: int, missing: bool) -> None:
    assert bool(said(cover(count, arrived))) is missing


def test_a_count_that_was_read_poorly_says_nothing() -> None:
    assert said(cover("Pages including cover: 12", 2, confidence=0.6)) == ""


def test_a_cover_in_a_file_of_its_own_counts_the_others() -> None:
    alone = cover("Pages including cover: 3", 1)
    assert said(alone, faxed([["a"], ["b"]], document_id="d2")) == ""
    assert said(alone, faxed([["a"]], document_id="d2")) == "The cover says 3 pages; 2 arrived."


def test_only_covers_count() -> None:
    document = faxed([["Progress note"], ["Number of pages: 9"]])
    assert said(document) == ""
    typed = request(documents=(paper(part(PartType.FAX_COVER, (2,))),))
    assert flagged(document, made=typed) is not None


def test_the_fax_server_s_count_is_compared_with_its_own_file() -> None:
    one, other = faxed([["a"], ["b"]]), faxed([["c"]], document_id="d2", filename="0002.tif")
    record = FaxRecord(file="0002.TIF", pages=3)
    assert said(one, other, faxes=(record,)) == "The fax server says 3 pages; 1 arrived."
    assert said(one, other, faxes=(FaxRecord(file="0001.tif", pages=2),)) == ""
    assert said(one, faxes=(FaxRecord(pages=3),)) == "The fax server says 3 pages; 2 arrived."
    assert said(one, faxes=(FaxRecord(pages=3), FaxRecord(pages=2))) == ""


def test_a_header_alone_counts_too() -> None:
    assert said(faxed([["a"], ["b"]], [line(1, 3), line(2, 3)])) == (
        "The fax header says 3 pages; 2 arrived. Missing by the header: 3."
    )
    assert said(faxed([["a"], ["b"]], [line(1), line(3)])) == "Missing by the header of d1: 2."


@pytest.mark.parametrize(
    "headers",
    [
        [line(1, 2), line(2, 2)],
        [line(1, 20, confidence=0.5), None],
        [line(1, 1), line(1, 1)],
        [line(1), None],
    ],
)
def test_no_alarm_where_all_is_there_or_nothing_is_sure(headers: Sequence[None]) -> None:
    assert said(faxed([["a"], ["b"]], headers)) == ""


def test_a_form_s_own_page_numbers_tell_what_it_lacks() -> None:
    pages = [[At("A form", 72, 60), At(f"Page {n} of 4", 280, 760)] for n in (1, 3, 4)]
    flag = flagged(faxed(pages))
    assert flag is not None
    assert flag.message == "By the page numbers printed in d1, page 2 of 4 did not arrive."
    assert flag.evidence[0].quote == "Page 1 of 4"


def test_identical_files_are_counted_once() -> None:
    twin = paper().model_copy(update={"duplicate_of": "d0"})
    assert flagged(cover("Pages: 3", 1), made=request(documents=(twin,))) is None


@pytest.mark.parametrize(
    ("numbers", "words"), [((4, 7, 9), "4, 7, 9"), ((1, 2, 3, 7, 8), "1 to 3, 7, 8"), ((5,), "5"), ((), "")]
)
def test_numbers_in_words(numbers: tuple[int, ...], words: str) -> None:
    assert ranges(numbers) == words
