"""Which pages of a file were sent together over a fax line, by the lines that machines wrote over them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.document import FaxHeader, Page

# A number that only one page tells counts if it was read as surely as this; what several pages tell alike counts
# anyway. benchmarks/fax_header.py prints how often lines of this confidence are right.
_SURE = 0.85
_APART = dt.timedelta(hours=1)
_NEVER = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - compared with the naive times of the lines


@dataclass(frozen=True, slots=True)
class Transmission:
    """Pages of one file that were sent together, with the outermost header of each, None where none was read.

    `numbers` are the places in the transmission that the headers give the pages, None where they do not say or cannot
    be believed; `of` is how many pages were sent, by their word.
    """

    pages: tuple[Page, ...]
    headers: tuple[FaxHeader | None, ...]
    numbers: tuple[int | None, ...]
    of: int | None

    @property
    def missing(self) -> tuple[int, ...] | None:
        """The places of pages that did not arrive, in order; None when some did not, but not which can be told."""
        if self.of is None:
            return tuple(self._gaps())
        if len(self.pages) >= self.of:
            return ()
        if None in self.numbers:
            return None
        return tuple(number for number in range(1, self.of + 1) if number not in self.numbers)

    @property
    def in_order(self) -> bool:
        """Whether the places rise from page to page, as far as they are known."""
        known = [number for number in self.numbers if number is not None]
        return all(before < after for before, after in pairwise(known))

    @property
    def sender_number(self) -> str | None:
        """The sender's telephone number, if two pages or one sure line tell it and none another."""
        return _agreed([(header.number, header.confidence) for header in self.headers if header is not None])

    @property
    def sent_at(self) -> tuple[dt.datetime, dt.datetime | None] | None:
        """The last time by the sender's clock on the day that most lines tell, and with day and month exchanged."""
        told = [header for header in self.headers if header is not None and header.sent_at is not None]
        days = Counter(header.sent_at.date() for header in told if header.sent_at is not None)
        if not days:
            return None
        day = days.most_common(1)[0][0]
        best = max((h for h in told if h.sent_at is not None and h.sent_at.date() == day), key=_naive)
        return (best.sent_at, best.swapped_at) if best.sent_at is not None else None

    def _gaps(self) -> Iterator[int]:
        """Without a count: places skipped between two pages that follow each other."""
        if not self.in_order:
            return
        for before, after in pairwise(self.numbers):
            if before is not None and after is not None:
                yield from range(before + 1, after)


def transmissions_of(pages: Sequence[Page]) -> tuple[Transmission, ...]:
    """The transmissions that a file's pages came in, in the order of the pages; none if no page has a header.

    A new one begins where the count of pages changes, where the places begin again at 1, or with another number and
    another hour. A page without a line belongs to that before it.
    """
    headers = [page.fax_headers[0] if page.fax_headers else None for page in pages]
    if not any(headers):
        return ()
    counts = _believed_counts(headers)
    groups: list[list[int]] = [[]]
    for at, header in enumerate(headers):
        if groups[-1] and header is not None and _begins(headers, groups[-1], at, counts):
            groups.append([])
        groups[-1].append(at)
    return tuple(_transmission(pages, headers, group, counts) for group in _rejoined(groups, headers, counts))


def _believed_counts(headers: Sequence[FaxHeader | None]) -> frozenset[int]:
    told = Counter(header.of for header in headers if header is not None and header.of is not None)
    sure = {header.of for header in headers if header and header.of is not None and header.confidence >= _SURE}
    most = max(told.values(), default=0)
    return frozenset(of for of, times in told.items() if times >= 2 or (of in sure and most < 3))


def _begins(headers: Sequence[FaxHeader | None], group: Sequence[int], at: int, counts: frozenset[int]) -> bool:
    header = headers[at]
    before = [known for one in group if (known := headers[one]) is not None]
    if header is None or not before:
        return False
    of = next((known.of for known in reversed(before) if known.of in counts), None)
    if header.of in counts and of is not None and header.of != of:
        return True
    if header.page == 1 and any(known.page == 1 for known in before):
        later = next((known.page for known in headers[at + 1 :] if known is not None and known.page), None)
        return later in (None, 1, 2)
    return _elsewhere(before[-1], header)


def _elsewhere(one: FaxHeader, other: FaxHeader) -> bool:
    """Another number at another hour."""
    if one.number is None or other.number is None or one.sent_at is None or other.sent_at is None:
        return False
    return one.number != other.number and abs(_naive(one) - _naive(other)) > _APART


def _rejoined(
    groups: Sequence[list[int]], headers: Sequence[FaxHeader | None], counts: frozenset[int]
) -> Iterator[list[int]]:
    """Groups of the same count that make it up together are one: a place was misread as 1."""
    waiting: list[int] = []
    for group in groups:
        of = _count(headers, group, counts)
        if waiting and of is not None and of == _count(headers, waiting, counts) and len(waiting) + len(group) <= of:
            waiting = waiting + group
            continue
        if waiting:
            yield waiting
        waiting = group
    if waiting:
        yield waiting


def _count(headers: Sequence[FaxHeader | None], group: Sequence[int], counts: frozenset[int]) -> int | None:
    told = Counter(known.of for at in group if (known := headers[at]) is not None and known.of in counts)
    return told.most_common(1)[0][0] if told else None


def _transmission(
    pages: Sequence[Page], headers: Sequence[FaxHeader | None], group: Sequence[int], counts: frozenset[int]
) -> Transmission:
    own = tuple(headers[at] for at in group)
    of = _count(headers, group, counts)
    return Transmission(tuple(pages[at] for at in group), own, _numbers(own, of), of)


def _numbers(headers: Sequence[FaxHeader | None], of: int | None) -> tuple[int | None, ...]:
    """The places that the headers tell: those told twice, or beyond the count, are misread, unless neighbours confirm.

    A place that was not read is known where the pages before and after leave room for just that one.
    """
    told = [header.page if header is not None else None for header in headers]
    told = [None if number is None or (of is not None and number > of) else number for number in told]
    twice = {number for number, times in Counter(told).items() if number is not None and times > 1}
    numbers = [None if number in twice and not _confirmed(told, at) else number for at, number in enumerate(told)]
    numbers = [
        None if number is not None and _weak(headers[at]) and not _confirmed(told, at) else number
        for at, number in enumerate(numbers)
    ]
    return tuple(_filled(numbers, of))


def _weak(header: FaxHeader | None) -> bool:
    return header is None or header.confidence < _SURE


def _confirmed(told: Sequence[int | None], at: int) -> bool:
    """Whether a neighbour's place is the one before or after."""
    number = told[at]
    before = told[at - 1] if at else None
    after = told[at + 1] if at + 1 < len(told) else None
    return number is not None and (before == number - 1 or after == number + 1)


def _filled(numbers: Sequence[int | None], of: int | None) -> list[int | None]:
    filled: list[int | None] = list(numbers)
    at = 0
    while at < len(filled):
        if filled[at] is not None:
            at += 1
            continue
        end = at
        while end < len(filled) and filled[end] is None:
            end += 1
        before = filled[at - 1] if at else 0
        after = filled[end] if end < len(filled) else (of + 1 if of is not None else None)
        if before is not None and after is not None and after - before - 1 == end - at:
            filled[at:end] = list(range(before + 1, after))
        at = end
    return filled


def _agreed(told: Sequence[tuple[str | None, float]]) -> str | None:
    known = Counter(number for number, _ in told if number is not None)
    if not known:
        return None
    number, times = known.most_common(1)[0]
    sure = any(said == number and confidence >= _SURE for said, confidence in told)
    if times == 1 and not (sure and len(known) == 1):
        return None
    return number if times > sum(known.values()) / 2 else None


def _naive(header: FaxHeader) -> dt.datetime:
    return header.sent_at.replace(tzinfo=None) if header.sent_at is not None else _NEVER
