"""What becomes of a file when its reader crashes, hangs, hoards, lies or refuses: the page is lost, not the file."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from intake.readers import Reader
from models.parsed import ParsedFile, RejectedFile
from sandbox.limits import Limits
from sandbox.opening import Opening, open_with
from tests.sandbox.openers import FAKES, Opened, opened, received

QUICK = Limits(wall_s=1.5, page_s=0.5, memory_bytes=512 << 20)
# Time enough to fill the memory on a busy machine.
PATIENT = Limits(wall_s=60.0, page_s=20.0, memory_bytes=512 << 20)


def fail(order: str, limits: Limits = QUICK, *, careful: bool = False) -> Opened:
    return opened(order.encode(), "order.txt", limits, fake="readers_that_fail", careful=careful)


def damaged(order: str, limits: Limits = QUICK, *, careful: bool = False) -> list[bool]:
    ((file, pages),) = fail(order, limits, careful=careful)
    assert isinstance(file, ParsedFile)
    assert [page.number for page in pages] == list(range(1, file.page_count + 1))
    for page in pages:
        assert page.damaged == bool(page.problems) == (page.plain is None)
        assert all((p.code, p.severity, p.page) == ("F007", "error", page.number) for p in page.problems)
    return [page.damaged for page in pages]


@pytest.mark.parametrize(
    "kind",
    ["abort", "hang", "hog-and-die", "raise", "refuse", "leave", "garbage", "not-json", "wrong-number", "silent-end"],
)
def test_a_failure_costs_the_page_it_happens_on(kind: str) -> None:
    assert damaged(f"{kind} 3 2") == [False, True, False]


def test_the_first_page_may_be_the_bad_one() -> None:
    assert damaged("abort 3 1") == [True, False, False]


def test_after_three_restarts_the_rest_is_given_up() -> None:
    assert damaged("abort 8 2 3 5 6") == [False, True, True, False, True, True, True, True]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("abort 3 2", [False, False, False]),
        ("abort 3 2 2", [False, True, False]),
        ("abort 2 1", [False, False]),
        ("hang 3 2", [False, True, False]),  # what takes too long would take too long again
        ("abort 6 1 3 5 6", [False, False, False, False, False, True]),  # three pages a file
        ("abort 8 2 2 3 3 4 4 5 5 6", [False, True, True, True, True, True, True, True]),
    ],
)
def test_a_page_that_killed_its_reader_is_read_once_more_with_care(order: str, expected: list[bool]) -> None:
    assert damaged(order, careful=True) == expected


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ("abort 2 1 2", "F013"),
        ("abort 2 0", "F013"),
        ("garbage 2 0", "F013"),
        ("leave 2 0", "F013"),
        ("hang 2 0", "F011"),
        ("hog 2 0", "F012"),
        ("raise 2 0", "F006"),
        ("raise 2 1 2", "F006"),
        ("refuse 2 0", "F009"),
        ("refuse 2 1 2", "F009"),
    ],
)
def test_a_file_without_a_readable_page_is_rejected(order: str, code: str) -> None:
    ((file, _),) = fail(order, QUICK if order.startswith("hang") else PATIENT)
    assert isinstance(file, RejectedFile)
    assert file.code == code
    assert file.message.startswith(("The file", "Reading", "A page"))


@pytest.mark.parametrize("order", ["hog-and-die 1 1", "last-words 1 1", "last-words 1 0"])
def test_a_reader_that_dies_of_hunger_is_told_from_a_crash(order: str) -> None:
    """However much the program around it holds: what a process has used is told to its direct parent alone."""
    ours = bytearray(b"x" * (160 << 20))
    ((file, _),) = fail(order, replace(PATIENT, memory_bytes=128 << 20))
    assert isinstance(file, RejectedFile)
    assert file.code == "F012"
    assert len(ours) > 128 << 20


def test_a_hanging_file_ends_with_its_time() -> None:
    started = time.monotonic()
    fail("hang 9 1 2 3 4 5 6 7 8 9", Limits(wall_s=0.5, page_s=0.0))
    assert time.monotonic() - started < 8


def test_no_word_of_the_document_is_in_a_problem() -> None:
    ((_, pages),) = fail("raise 2 2")
    assert "Jane" not in str(pages[1].problems)


def test_pages_that_were_not_used_up_cannot_be_taken_for_none() -> None:
    opening = Opening(QUICK, readers=(Reader("fake", ("text/plain",), "readers_that_fail"),), code=(FAKES,))
    files = open_with(received(b"none 3", "order.txt"), opening)
    file = next(files)
    assert isinstance(file, ParsedFile)
    assert next(file.pages).number == 1
    assert list(files) == []
    with pytest.raises(RuntimeError, match="used before"):
        next(file.pages)


def test_pages_that_were_used_up_stay_used_up() -> None:
    opening = Opening(QUICK, readers=(Reader("fake", ("text/plain",), "readers_that_fail"),), code=(FAKES,))
    for file in open_with(received(b"none 2", "order.txt"), opening):
        assert isinstance(file, ParsedFile)
        assert len(list(file.pages)) == 2
    assert isinstance(file, ParsedFile)
    assert list(file.pages) == []


@pytest.mark.parametrize(("order", "paths"), [("flood", 1201), ("junk", 0), ("silence", 1)])
def test_a_container_that_does_not_keep_to_the_rules(order: str, paths: int) -> None:
    reader = Reader("fake", ("text/plain",), "container_that_fails", container=True)
    opening = Opening(QUICK, readers=(reader,), code=(FAKES,))
    first, *inner = open_with(received(order.encode(), "order.txt"), opening)
    assert len(inner) == paths
    if not paths:
        assert isinstance(first, RejectedFile)
        assert first.code == "F013"
    else:
        assert isinstance(first, ParsedFile)
        assert [(problem.code, problem.severity) for problem in first.problems] == [("F007", "error")]
