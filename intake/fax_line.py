"""What the line of a fax machine says: clock, page, numbers and sender, in any order and often slightly misread."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Digits with the letters that OCR takes for them on faxes.
_D = r"[0-9OoIl|SBZ]"
_FIGURES = str.maketrans("OoIl|SBZ", "00111582")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_LETTERS = str.maketrans("015", "OLS")
# Abbreviated zones of North America (RFC 5322 4.3) and Hong Kong, hours from UTC.
_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "HKT": 8}
_YEARS = (1970, 2099)

_NUMERIC = re.compile(rf"(?<![\w/-])({_D}{{1,4}})\s?([/.-])\s?({_D}{{1,2}})\s?\2\s?({_D}{{4}}|{_D}{{1,2}})(?![\w/-])")
_MONTH = r"([A-Z015]{3})[A-Za-z]{0,6}"
_GAP = r"[\s.,/-]{1,3}"
_NAMED = (
    re.compile(rf"(?<!\w)({_D}{{4}}){_GAP}{_MONTH}{_GAP}({_D}{{1,2}})(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w)({_D}{{1,2}}){_GAP}{_MONTH}{_GAP}({_D}{{4}}|{_D}{{2}})(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w){_MONTH}{_GAP}({_D}{{1,2}}){_GAP}({_D}{{4}}|{_D}{{2}})(?!\w)", re.IGNORECASE),
)
_HALF = r"(?:\s*([AaPp])\s?\.?\s?(?:[Mm]\b\.?|\b))?"
_TIME = re.compile(rf"(?<![\w/])({_D}{{1,2}})\s?[:;]\s?({_D}{{2}})(?:\s?[:;]\s?({_D}{{2}}))?{_HALF}(?![\w/])")
# Beside a date a time is known even where its colon was lost or read as another sign ("14 203" for "14:03").
_LOOSE = re.compile(
    rf"(?<![\w/])({_D}{{1,2}})(?:[\s:;.,°*'’h-]{{1,3}}[2(7]?|\()({_D}{{2}})(?:\s?[:;.]\s?({_D}{{2}}))?{_HALF}(?![\w/])"
)
# A colon read as " 2:": the hour stands before it ("1 2:49" for "1:49").
_SPLIT = re.compile(rf"(?<![\w/:])({_D}{{1,2}})\s[2Z]\s?[:;]\s?({_D}{{2}})(?:\s?[:;]\s?({_D}{{2}}))?{_HALF}(?![\w/])")
_ZONE = re.compile(r"\(?\s*(?:\b(?:UTC|GMT)\s?([+-]\s?\d{1,2})?:?(\d{2})?|\b([ECMP][SD]T|HKT)\b)\s*\)?")
_OFFSET = re.compile(r"\s?([+-](?:0\d|1[0-4])):?(00|30|45)(?!\d)")
_WEEKDAY = re.compile(r"(?<!\w)(?:MON|TUE|WED|THU|FRI|SAT|SUN)(?:\w{0,6})(?=[\s,.]|$)[,.]?", re.IGNORECASE)

_PAGE_WORD = r"(?:(?<![A-Za-z0-9])(?:pages?|pgs?|p[go0q]?)\s*[.:#]{0,2}|[@øØ¢©])\s*"
_OF = r"\s*(?:/|\bof\b|\b0f\b)\s*"
_PAGE_OF = re.compile(rf"{_PAGE_WORD}({_D}{{1,3}}){_OF}({_D}{{1,3}})(?![\w/])", re.IGNORECASE)
_BARE_OF = re.compile(rf"(?<![\w/.-])[(\[]?({_D}{{1,3}}){_OF}({_D}{{1,3}})(?![\w/-])", re.IGNORECASE)
_PAGE = re.compile(rf"{_PAGE_WORD}({_D}{{1,3}})(?![\w/])", re.IGNORECASE)

_NANP = rf"(?:\+?[1Il|][\s.-]?)?\(?{_D}{{3}}\)?[\s.-]{{0,2}}{_D}{{3}}[\s.-]{{0,2}}{_D}{{4}}"
_PHONE = re.compile(
    rf"(?<![\w/])({_NANP}|\+\d[\d\s()-]{{7,16}}\d|\d{{4}}[\s-]\d{{4}}|{_D}{{3}}-{_D}{{4}})(?![\w/]|-{_D})"
)
_TO = re.compile(r"(?:\bTO\b|>>|->|→|=>)\s*[:#-]?\s*$", re.IGNORECASE)
_TAG = re.compile(
    r"\b(?:fax|faxed|from|to|tsid|csid|right\s?fax|server|e-?fax|job|tel|id|station)\b|>>|->|→", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:fax\s+)?from\b\s*[:\-]?\s*", re.IGNORECASE)
_CLUTTER = re.compile(
    r"\b(?:fax\s+server|right\s?fax|e-?fax|fax|tel|tsid|csid|id|no|job|pages?|pgs?|from|to)\b\s*[:.#-]*|"
    r"(?<!\w)[A-Z]-\d{2,4}(?!\w)|(?<!\w)#?\d+(?!\w)|[|=<>→@\[\]()]+",
    re.IGNORECASE,
)
# Words of forms, charts and browsers, which print dates and pages at the top as well.
_OTHER = re.compile(
    r"\b(?:rev(?:ised|ision|\.)?|version|effective|updated|complete[d]?|return|submit|please|patient|member\s+id|dob|mrn|"
    r"d\.o\.b|print(?:ed)?|encounter|generated|created|form|account|acct|chart|collected|specimen|https?|www)\b|://|\.com\b|\d{2,4},\s+\d{1,2}:\d{2}",
    re.IGNORECASE,
)
# Words of the print headers of charts and of letterheads.
_CHART = re.compile(
    r"\b(?:visits?|admit|admitted|admission|discharged?|appointment|appt|name|born|seen|"
    r"date\s+of\s+\w+|service\s+(?:date|on|from)|dos)\b",
    re.IGNORECASE,
)
# These stand in the names of senders and in machines' lines as well ("FROM HILL CLINIC", "PHONE NO. : 216 ... P1").
_PLACES = re.compile(r"\b(?:clinics?|services?|phone)\b", re.IGNORECASE)
# What only machines write: a tag, beside a number or a name, and the manners in which they count pages.
_MACHINE_TAG = re.compile(
    r"\b(?:fax|faxed|from|to|tsid?|csid?|right\s?fax|fax\s+server|e-?fax)\b|>>|->|→|=>", re.IGNORECASE
)
_MACHINE_PAGE = re.compile(
    rf"(?:(?<![A-Za-z0-9])p[gq0o]?\s?[.:]{{0,2}}|[@øØ¢©])\s*{_D}{{1,3}}(?:\s*/\s*{_D}{{1,3}})?(?![\w/])|"
    rf"(?<![\w/.-])[0oO]{_D}{{1,2}}\s*/\s*{_D}{{2,3}}(?![\w/-])|"
    rf"(?<![\w/.-]){_D}{{1,3}}\s*/\s*[0oO]{_D}{{1,2}}(?![\w/-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FaxLine:
    """What a line says; see `models.document.FaxHeader`. `score` tells how much speaks for a fax machine's line.

    `machine` is whether it bears a sign that forms, charts and letterheads do not print.
    """

    sent_at: dt.datetime | None
    swapped_at: dt.datetime | None
    page: int | None
    of: int | None
    number: str | None
    to: str | None
    sender: str | None
    score: float
    machine: bool


# Points of the signs. A clock with date, and beside it a page or a number, is what machines write and forms do not;
# benchmarks/fax_header.py prints what is found and what is taken wrongly.
ENOUGH = 2.9
_CLOCK, _DAY, _TIME_ALONE, _PAGE_OF_ALL, _PAGE_ALONE, _NUMBER, _TAGGED, _FOREIGN = (
    2.0,
    0.75,
    0.75,
    1.25,
    1.0,
    1.0,
    0.5,
    2.5,
)


def parse_line(text: str) -> FaxLine:
    """Read a line; words joined by one space, two where the gap between them is wide."""
    day, other_day, at = _date(text)
    rest = text
    if at is not None:
        rest = _blank(rest, *at)
    clock, places = _time(rest, at)
    for place in places:
        rest = _blank(rest, *place)
    zone = _zone(rest, places[0][1] if places else None)
    if zone is not None:
        rest = _blank(rest, *zone[1])
    paged = bool(_MACHINE_PAGE.search(rest))
    rest = _WEEKDAY.sub(lambda found: " " * len(found[0]), rest)
    page, of, at_page = _page(rest)
    if at_page is not None:
        rest = _blank(rest, *at_page)
    number, to, places = _numbers(rest)
    tags, machine_tag = len(_TAG.findall(rest)), bool(_MACHINE_TAG.search(rest))
    for place in places:
        rest = _blank(rest, *place)
    timed = day is not None and clock is not None
    numbered, sender = number is not None or to is not None, _sender(rest)
    strong = (machine_tag and (numbered or sender is not None or "server" in text.lower())) or (
        paged and page is not None
    )
    foreign = bool(_OTHER.search(text) or _CHART.search(text) or (_PLACES.search(text) and not strong))
    score = (
        (_CLOCK if timed else _DAY * (day is not None) + _TIME_ALONE * (clock is not None))
        + (_PAGE_OF_ALL if of is not None else _PAGE_ALONE if page is not None else 0.0)
        + _NUMBER * numbered
        + _TAGGED * min(tags, 2)
        - _FOREIGN * foreign
    )
    tzinfo = zone[0] if zone is not None else None
    return FaxLine(
        sent_at=_joined(day, clock, tzinfo),
        swapped_at=_joined(other_day, clock, tzinfo),
        page=page,
        of=of,
        number=number,
        to=to,
        sender=sender,
        score=score,
        machine=strong or (timed and number is not None and page is not None),
    )


def _joined(day: dt.date | None, clock: dt.time | None, zone: dt.tzinfo | None) -> dt.datetime | None:
    return dt.datetime.combine(day, clock, zone) if day is not None and clock is not None else None


def _blank(text: str, start: int, end: int) -> str:
    """The text with a stretch taken out; what stands left and right of it stays apart."""
    return text[:start] + " " * (end - start) + text[end:]


def _figures(text: str) -> int | None:
    """The number that some characters stand for; None if two in three or more of them are letters."""
    digits = sum(char.isdigit() for char in text)
    return int(text.translate(_FIGURES)) if 3 * digits >= len(text) and digits else None


def _lookalike(text: str) -> int | None:
    """The number that characters stand for which OCR takes for digits, even if none of them is one."""
    digits = text.translate(_FIGURES)
    return int(digits) if digits.isdigit() else None


def _date(text: str) -> tuple[dt.date | None, dt.date | None, tuple[int, int] | None]:
    """The first date, the same with day and month exchanged where both are possible, and where it stands."""
    for match in _NUMERIC.finditer(text):
        days = _numeric_days(match)
        if days:
            return days[0], days[1] if len(days) > 1 and days[1] != days[0] else None, match.span()
    for order, pattern in enumerate(_NAMED):
        for match in pattern.finditer(text):
            day = _named_day(match, order)
            if day is not None:
                return day, None, match.span()
    return None, None, None


def _numeric_days(match: re.Match[str]) -> list[dt.date]:
    """The day that three numbers stand for, month before day, and day before month where that is possible, too."""
    first, second, third = (_figures(match[group]) for group in (1, 3, 4))
    if first is None or second is None or third is None or len(match[1]) == 3:
        return []
    if len(match[1]) == 4:
        orders = [(first, second, third)]
    else:
        orders = [(third, first, second), (third, second, first)]
    return [day for order in orders if (day := _day(*order)) is not None]


def _named_day(match: re.Match[str], order: int) -> dt.date | None:
    name, day, year = ((2, 3, 1), (2, 1, 3), (1, 2, 3))[order]
    month = match[name].upper().translate(_LETTERS)
    figures = _lookalike(match[day]), _figures(match[year])
    if month not in _MONTHS or figures[0] is None or figures[1] is None:
        return None
    return _day(figures[1], _MONTHS.index(month) + 1, figures[0])


def _day(year: int, month: int, day: int) -> dt.date | None:
    year = year + 2000 if year < 70 else year
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if _YEARS[0] <= found.year <= _YEARS[1] else None


def _time(text: str, date: tuple[int, int] | None) -> tuple[dt.time | None, tuple[tuple[int, int], ...]]:
    for pattern in (_SPLIT, _TIME) if date is not None else (_TIME,):
        for match in pattern.finditer(text):
            clock = _clock(match)
            if clock is not None:
                return clock, (match.span(),)
    if date is None:
        return None, ()
    after = _LOOSE.search(text, date[1], min(len(text), date[1] + 22))
    before = list(_LOOSE.finditer(text, max(0, date[0] - 14), date[0]))
    for match in (*((after,) if after and not _lettered(text[date[1] : after.start()]) else ()), *before[-1:]):
        clock = _clock(match)
        if clock is not None:
            return clock, (match.span(),)
    return None, ()


def _lettered(between: str) -> bool:
    """Whether more than a weekday stands between."""
    return bool(re.search(r"[A-Za-z0-9]", _WEEKDAY.sub("", between)))


def _clock(match: re.Match[str]) -> dt.time | None:
    """A time of day; its figures may be letters alone ("OS Sla" for 05:51a) if half of the day is named."""
    read = _lookalike if match[4] else _figures
    hour, minute = read(match[1]), read(match[2])
    second = _figures(match[3]) if match[3] else 0
    if hour is None or minute is None or second is None:
        return None
    if match[4] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match[4] in "pP" else 0)
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        return None


def _zone(text: str, after: int | None) -> tuple[dt.tzinfo, tuple[int, int]] | None:
    match = _ZONE.search(text)
    if match is not None:
        hours = _ZONES[match[3]] if match[3] else int((match[1] or "0").replace(" ", ""))
        minutes = int(match[2] or 0) if match[1] else 0
        return _offset(hours, minutes), match.span()
    plain = _OFFSET.match(text, after) if after is not None else None
    return (_offset(int(plain[1]), int(plain[2])), plain.span()) if plain else None


def _offset(hours: int, minutes: int) -> dt.tzinfo:
    if not -14 <= hours <= 14 or minutes > 59:
        return dt.UTC
    return dt.timezone(dt.timedelta(hours=hours, minutes=-minutes if hours < 0 else minutes))


def _page(text: str) -> tuple[int | None, int | None, tuple[int, int] | None]:
    """Page, count, and where they stand: named ones before bare ones, later ones before earlier ones."""
    for pattern in (_PAGE_OF, _BARE_OF):
        for match in reversed(list(pattern.finditer(text))):
            page, of = _figures(match[1]), _figures(match[2])
            if page is not None and of is not None and 1 <= page <= of:
                return page, of, match.span()
    for match in reversed(list(_PAGE.finditer(text))):
        page = _figures(match[1])
        if page is not None and page >= 1:
            return page, None, match.span()
    return None, None, None


def _numbers(text: str) -> tuple[str | None, str | None, tuple[tuple[int, int], ...]]:
    """The sender's number and the recipient's, digits only, and where they stand."""
    sender = to = None
    places = []
    for match in _PHONE.finditer(text):
        raw = re.sub(r"[\s().+-]", "", match[1])
        digits = raw.translate(_FIGURES)
        if sum(char.isdigit() for char in raw) < 0.7 * len(raw) or not digits.isdigit():
            continue
        digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
        places.append(match.span())
        if _TO.search(text[: match.start()]):
            to = to or digits
        else:
            sender = sender or digits
    return sender, to, tuple(places)


def _sender(rest: str) -> str | None:
    """The name among what is left: after "from", else the longest words that are not the recipient's."""
    named = _FROM.search(rest)
    pieces = [rest[named.end() :]] if named else []
    pieces += [piece for piece in re.split(r"\b(?:TO|to|To)\b\s*:?.*|>>.*|->.*|→.*", rest) if piece]
    for piece in pieces:
        names = sorted(_names(piece), key=len, reverse=True)
        if names:
            return names[0]
    return None


def _names(piece: str) -> Iterator[str]:
    for part in re.split(r"\s{3,}", re.sub(r"\s{2,}", "   ", _CLUTTER.sub("   ", piece))):
        name = part.strip(" .,:;-_*'\"/\\")
        if sum(char.isalpha() for char in name) >= 3:
            yield name
