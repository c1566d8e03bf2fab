"""Payment card numbers in running text: how they are told from the other long numbers of a page."""

from __future__ import annotations

import re

from models.geometry import Span

# Issuer prefixes and the lengths that go with them (ISO/IEC 7812; the networks' public ranges). Health cards begin
# with 80 and card-like member numbers mostly outside of these ranges.
_NETWORKS: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...] = (
    (re.compile("4"), (13, 16, 19)),  # Visa
    (re.compile("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),  # Mastercard
    (re.compile("3[47]"), (15,)),  # American Express
    (re.compile("30[0-59]|36|3[89]"), (14, 16, 19)),  # Diners Club
    (re.compile("35(?:2[89]|[3-8])"), (16, 17, 18, 19)),  # JCB
    (re.compile("6011|64[4-9]|65|62"), (16, 17, 18, 19)),  # Discover, UnionPay
    (re.compile("5018|5020|5038|5893|6304|6759|676[1-3]"), (13, 14, 15, 16, 17, 18, 19)),  # Maestro
)
_LONGEST = 19
_FIRST_GROUP = range(4, 9)
_LATER_GROUP = range(3, 9)

_GROUP = re.compile(r"[0-9]+")
_GAP = re.compile(r"[^\S\f]*[-‐‑–—][^\S\f]*|[^\S\f]+")


def card_ok(digits: str) -> bool:
    """Whether digits are a payment card number: a network's prefix and length, and the check digit (Luhn)."""
    known = any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in _NETWORKS)
    return known and luhn_sum(digits) % 10 == 0


def luhn_sum(digits: str) -> int:
    """The sum of the digits, every second from the right but one doubled (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return sum(int(digit) for digit in digits[-1::-2]) + sum(value // 10 + value % 10 for value in doubled)


def find_cards(text: str) -> tuple[Span, ...]:
    """The places of card numbers: 13 to 19 digits in one piece, or in groups with spaces or hyphens between.

    Groups are whole and of the sizes in which cards are printed, so that neighbouring numbers are seldom joined to one.
    """
    groups = [match.span() for match in _GROUP.finditer(text)]
    found: list[Span] = []
    for first, (start, _) in enumerate(groups):
        if (found and start < found[-1].end) or text[start - 1 : start].isalpha():
            continue
        end = _card_end(text, groups[first : first + _LONGEST // _LATER_GROUP.start + 1])
        if end is not None:
            found.append(Span(start, end))
    return tuple(found)


def _card_end(text: str, groups: list[tuple[int, int]]) -> int | None:
    """Where the longest card number that begins with the first of these groups ends."""
    digits, last, best = "", groups[0][0], None
    for number, (start, end) in enumerate(groups):
        sized = (end - start) in (_LATER_GROUP if number else _FIRST_GROUP)
        if number and not (sized and _GAP.fullmatch(text, last, start)):
            break
        digits, last = digits + text[start:end], end
        if card_ok(digits) and not text[end : end + 1].isalpha():
            best = end
        if not sized or len(digits) >= _LONGEST:
            break
    return best
