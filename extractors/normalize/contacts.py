"""Telephone numbers and postal addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "DC",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "PR",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "VI",
        "WA",
        "WV",
        "WI",
        "WY",
        "GU",
        "AS",
        "MP",
    ]
)
_STATE_NAMES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID",
    "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA", "maine": "ME",
    "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS",
    "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ",
    "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK",
    "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI", "south carolina": "SC", "south dakota": "SD",
    "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA", "washington": "WA",
    "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip
_PHONE = re.compile(r"(?<!\d)(?:\+?1[\s.\-]{0,2})?\(?(\d{3})\)?[\s.\-–/]{0,3}(\d{3})[\s.\-–]{0,3}(\d{4})(?!\d)")
_HK_PHONE = re.compile(r"(?<!\d)(?:\+?852[\s\-]?)?(\d{4})[\s\-]?(\d{4})(?!\d)")
_TAIL = re.compile(
    r"^(?P<line>.*?)[,\s]+(?P<city>[A-Za-z][A-Za-z .'\-]+?)[,\s]+(?P<state>[A-Z]{2})\.?"
    r"[,\s]+(?P<zip>\d{5}(?:-\d{4})?)\s*$"
)
_CITY = re.compile(
    r"^(?P<city>[A-Za-z][A-Za-z .'\-]+?)[,\s/]+(?P<state>[A-Z]{2})\.?(?:[,\s/]+(?P<zip>\d{5}(?:-\d{4})?))?\s*$"
)
# Where a street address ends, for those written without a comma before the city.
_STREET = re.compile(
    r"^(?:p\.?\s?o\.?\s+box\s+\S+|\S*\d\S*\s+(?:[^\s,]+\s+)+?"
    r"(?:st|street|ave?|avenue|rd|road|dr|drive|blvd|boulevard|ln|lane|ct|court|way|pl|place|pkwy|parkway|hwy|highway"
    r"|cir|circle|ter|terrace|sq|square|trl|trail|plaza|loop)\b\.?)"
    r"(?:\s+(?:[NS][EW]?|[EW])\b\.?)?(?:,?\s+(?:apt|suite|ste|unit|floor|fl|rm|room|bldg)\.?\s*\S+|,?\s+#\s?\S+)*\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The pieces of an address with their places (start, end) in the text; None where it does not say."""

    line: tuple[int, int] | None
    city: tuple[int, int] | None
    state: tuple[int, int] | None
    postal_code: tuple[int, int] | None


def find_phone(text: str, market: Literal["us", "hk"] = "us") -> tuple[int, int, str] | None:
    """The first telephone number: start, end, digits only (US: 10, without the leading 1; Hong Kong: 8)."""
    match = (_HK_PHONE if market == "hk" else _PHONE).search(text)
    return (match.start(), match.end(), "".join(match.groups())) if match else None


def parse_state(text: str) -> str | None:
    """The two-letter code of a US state, from the code or the name."""
    key = " ".join(re.findall(r"[a-z]+", text.lower()))
    return key.upper() if key.upper() in STATES else _STATE_NAMES.get(key)


def find_postal_code(text: str) -> tuple[int, int, str] | None:
    """A US ZIP code: five digits, or five and four."""
    match = re.search(r"(?<![\d-])\d{5}(?:-\d{4})?(?![\d-])", text)
    return (match.start(), match.end(), match[0]) if match else None


def split_place(text: str) -> Place:
    """Take "line, city, ST 12345" or "city, ST 12345" apart; what does not end like that is a line.

    Where neither a comma nor the kind of street ("Ave", "Road") parts street and city, both stay in the line.
    """
    match = _TAIL.match(text)
    if match and match["state"] in STATES and re.search(r"\d", match["line"]):
        line, city = _parted(text, match.span("line"), match.span("city"))
        return Place(line, city, match.span("state"), match.span("zip"))
    match = _CITY.match(text)
    if match and match["state"] in STATES:
        return Place(None, match.span("city"), match.span("state"), match.span("zip") if match["zip"] else None)
    return Place((0, len(text)), None, None, None)


def _parted(text: str, line: tuple[int, int], city: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """The places of street and city, which a pattern alone parts too early where no comma stands between them."""
    if "," in text[line[1] : city[0]] or re.search(r"\s\S*\d\S*$", text[slice(*line)]):
        return line, city
    street = _STREET.match(text[: city[1]])
    if street is None:
        return (line[0], city[1]), None
    return (line[0], len(street[0].rstrip())), (street.end(), city[1])
