"""Which pages were sent together, and which of them did not arrive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from models.document import FaxHeader, Page
from models.geometry import Box
from models.transmission import Transmission, transmissions_of

AT = dt.datetime(2026, 9, 14, 14, 3)  # noqa: DTZ001 - the sender's clock


def header(
    number: int | None, of: int | None = None, *, confidence: float = 0.95, fax: str = "2165550192", minutes: int = 0
) -> FaxHeader:
    sent = AT + dt.timedelta(minutes=minutes)
    return FaxHeader((), Box(0, 0, 1, 1), number=fax, sent_at=sent, page=number, of=of, confidence=confidence)


def sent(headers: Sequence[FaxHeader | None]) -> tuple[Transmission, ...]:
    pages = [
        Page(at, 612, 792, "ocr", fax_headers=() if each is None else (each,)) for at, each in enumerate(headers, 1)
    ]
    return transmissions_of(pages)


def test_without_a_line_there_is_no_transmission() -> None:
    assert sent([None, None]) == ()


def test_a_whole_fax_lacks_nothing() -> None:
    (fax,) = sent([header(n, 4) for n in range(1, 5)])
    assert (fax.of, fax.missing, fax.in_order) == (4, (), True)


def test_the_places_of_missing_pages_are_told() -> None:
    (fax,) = sent([header(n, 12) for n in (1, 2, 3, 5, 6, 8, 10, 11, 12)])
    assert fax.missing == (4, 7, 9)


def test_a_page_without_a_line_is_placed_by_its_neighbours() -> None:
    (fax,) = sent([header(1, 5), None, header(3, 5), header(5, 5)])
    assert (fax.numbers, fax.missing) == ((1, 2, 3, 5), (4,))


def test_what_cannot_be_told_is_not_guessed() -> None:
    (fax,) = sent([header(1, 5), None, header(4, 5), header(5, 5)])
    assert fax.missing is None


@pytest.mark.parametrize("of", [8, 50])
def test_a_count_that_only_one_page_tells_is_a_misreading(of: int) -> None:
    (fax,) = sent([header(1, 5), header(2, of), header(3, 5), header(4, 5), header(5, 5)])
    assert (fax.of, fax.missing) == (5, ())


def test_a_single_weak_line_proves_nothing() -> None:
    assert sent([header(1, 5, confidence=0.6)])[0].of is None
    assert sent([header(1, 5)])[0].missing == (2, 3, 4, 5)


def test_a_place_told_twice_is_a_misreading() -> None:
    (fax,) = sent([header(1, 4), header(2, 4), header(2, 4), header(4, 4)])
    assert fax.missing == ()


def test_a_place_misread_as_1_begins_no_new_fax() -> None:
    (fax,) = sent([*(header(n, 12) for n in range(1, 12)), header(1, 12)])
    assert (len(fax.pages), fax.missing) == (12, ())


def test_faxes_in_one_file_are_told_apart() -> None:
    one = [header(n, 3) for n in (1, 2, 3)]
    other = [header(n, 2, fax="6145550107", minutes=90) for n in (1, 2)]
    assert [(len(fax.pages), fax.of, fax.missing) for fax in sent([*one, *other])] == [(3, 3, ()), (2, 2, ())]
    assert [len(fax.pages) for fax in sent([*one, *one])] == [3, 3]


def test_without_a_count_only_gaps_are_told() -> None:
    (fax,) = sent([header(1), header(2), header(4)])
    assert fax.missing == (3,)
    assert sent([header(2), header(3)])[0].missing == ()


def test_the_order_is_seen_but_for_misreadings() -> None:
    assert not sent([header(1, 3), header(3, 3), header(2, 3)])[0].in_order
    assert not sent([header(n, 4) for n in (4, 3, 2, 1)])[0].in_order
    assert sent([header(1, 3), header(2, 3), header(1, 3, confidence=0.5)])[0].in_order


def test_the_number_and_the_time_are_those_that_most_pages_tell() -> None:
    wrong = FaxHeader((), Box(0, 0, 1, 1), number="2165550182", sent_at=dt.datetime(2020, 9, 14, 14, 3), page=3, of=3)  # noqa: DTZ001
    (fax,) = sent([header(1, 3), header(2, 3, minutes=1), wrong])
    assert fax.sender_number == "2165550192"
    assert fax.sent_at == (AT + dt.timedelta(minutes=1), None)


def test_two_pages_that_tell_different_numbers_tell_none() -> None:
    (fax,) = sent([header(1, 2), header(2, 2, fax="2165550193")])
    assert fax.sender_number is None
