from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from actions import page_pool
from actions.page_pool import PagePool
from intake.engines import DEBIAN_TESSDATA
from intake.page import Eyes, read_page
from models.document import Page
from models.parsed import ParsedPage, Raster
from tests.extractors.documents import document_from_lines
from tests.fakes import page_that_kills


def pages(*texts: str) -> Iterator[ParsedPage]:
    return (ParsedPage(number, 0, 0, None, plain=text) for number, text in enumerate(texts, 1))


def read(pool: PagePool, *texts: str) -> list[Page]:
    return [seen.page for seen in pool.read(pages(*texts), pictures=False)]


@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_pages_come_back_in_their_order(jobs: int) -> None:
    with PagePool(DEBIAN_TESSDATA, jobs) as pool:
        found = read(pool, *(f"page {n}" for n in range(12)))
    assert [page.plain for page in found] == [f"page {n}" for n in range(12)]
    assert [page.number for page in found] == list(range(1, 13))


def test_pages_are_fetched_as_they_are_needed() -> None:
    fetched = []

    def counted() -> Iterator[ParsedPage]:
        for page in pages(*("x",) * 30):
            fetched.append(page.number)
            yield page

    with PagePool(DEBIAN_TESSDATA, 1) as pool:
        next(pool.read(counted(), pictures=False))
    assert len(fetched) <= 4


def test_a_page_that_kills_its_process_is_lost_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_pool, "_read", page_that_kills.read)
    with PagePool(DEBIAN_TESSDATA, 2) as pool:
        found = read(pool, "one", "two", "kill", "four", "five")
        again = read(pool, "six")
    assert [page.damaged for page in found] == [False, False, True, False, False]
    assert [(p.code, p.severity, p.page) for p in found[2].problems] == [("F007", "error", 3)]
    assert [page.plain for page in again] == ["six"]


def test_a_page_whose_process_dies_once_is_read_the_second_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(page_pool, "_read", page_that_kills.read)
    with PagePool(DEBIAN_TESSDATA, 1) as pool:
        found = read(pool, "one", f"kill-once {tmp_path / 'died'}", "three")
    assert [page.damaged for page in found] == [False, False, False]


@pytest.mark.parametrize("jobs", [0, 1])
def test_a_document_is_understood_the_same_here_and_there(jobs: int) -> None:
    document = document_from_lines(["PRIOR AUTHORIZATION REQUEST FORM", "Member ID: XYZ12345"])
    with PagePool(DEBIAN_TESSDATA, jobs) as pool:
        result = pool.understand(document)
    assert result.document == document
    assert "XYZ12345" in {getattr(mention, "value", None) for mention in result.mentions}


def test_pictures_are_made_only_where_they_are_wanted() -> None:
    blank = ParsedPage(1, 612, 792, Raster(np.full((200, 100), 255, np.uint8), 72, 72, stated=True))
    with PagePool(DEBIAN_TESSDATA, 0) as pool:
        (without,) = pool.read(iter((blank,)), pictures=False)
        (seen,) = pool.read(iter((blank,)), pictures=True)
    assert without.image is None
    assert seen.image is not None
    assert seen.page.blank


def test_a_fault_of_ours_costs_the_page_it_happens_on(monkeypatch: pytest.MonkeyPatch) -> None:
    real = read_page

    def stumbles(page: ParsedPage, eyes: Eyes) -> Page:
        if page.number == 2:
            raise ValueError("of ours")
        return real(page, eyes)

    monkeypatch.setattr(page_pool, "read_page", stumbles)
    pages = [ParsedPage(number, 612.0, 792.0, None, plain="Some words.") for number in (1, 2, 3)]
    with PagePool(DEBIAN_TESSDATA, 0) as pool:
        seen = [found.page for found in pool.read(iter(pages), pictures=False)]
    assert [page.damaged for page in seen] == [False, True, False]
    (problem,) = seen[1].problems
    assert (problem.code, problem.severity) == ("F007", "error")
    assert "ValueError" in problem.message
    assert "of ours" not in problem.message
