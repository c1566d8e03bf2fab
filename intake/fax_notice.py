"""What fax-to-mail gateways say in the subject and body of their mails: from which number, how many pages, when."""

from __future__ import annotations

import re

from intake.fax_record import number_of, time_of
from intake.raw import RawFax

_PHONE = r"(\+?1?[\s.-]?\(?\d{3}\)?[\s.-]{0,2}\d{3}[\s.-]{0,2}\d{4}|\+\d[\d\s()-]{7,16}\d)"
# "You have received a 5 page fax from 555-0100", "Fax Message from (216) 555-0192, 5 page(s)", "New fax received".
_IS_NOTICE = re.compile(
    r"\breceived\s+(?:an?|one|new|\d+)\b[^.\n]{0,40}\bfax\b|\b(?:new|inbound|incoming)\s+(?:e-?)?fax\b|"
    r"\b(?:e-?)?fax\s+(?:message\s+)?(?:received|message|from|arrived)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?:\bfrom\b|caller[\s-]?id|\bani\b|\bsender\b|fax\s+number|remote\s+id|\bcsid\b|\btsid\b)[^\n]{{0,40}}?{_PHONE}",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?<![\d/.-])(\d{1,4})[\s-]*(?:page(?:\(s\)|s)?)\b|\b(?:page\s*count|(?:number|no\.?|#)\s*of\s*pages|total\s*pages|pages)"
    r"(?:\s*received)?\s*[:=]\s*(\d{1,4})\b",
    re.IGNORECASE,
)
_CSID = re.compile(r"\b(?:csid|tsid|remote\s*(?:id|csid)|station\s*id)\s*[:=]\s*[\"']?([^\"'\n]{2,60})", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:\b(?:received|date|time|date/time|on|at)\b\s*(?:at|on)?\s*[:=]?\s*)"
    r"((?:\w{3},?\s)?(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\w{3,9}\.?\s\d{1,2},?\s\d{4}|"
    r"\d{1,2}[\s-]\w{3}[\s-]\d{4}),?[\sT](?:at\s)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?"
    r"(?:\s*\(?(?:[ECMP][SD]T|UTC|GMT|HKT|[+-]\d{2}:?\d{2})\)?)?)",
    re.IGNORECASE,
)
# A letter that happens to speak of a fax is long; a notice says it at once.
_HEAD = 3000


def read_notice(subject: str, body: str) -> tuple[RawFax, ...]:
    """The fax that a mail's subject and body announce; none for other mails.

    A notice names the sender's number and either the pages or the station; mails that promise a fax name neither.
    """
    text = f"{subject[:500]}\n{body[:_HEAD]}"
    if not _IS_NOTICE.search(text):
        return ()
    number, pages, csid = _FROM.search(text), _PAGES.search(text), _CSID.search(text)
    digits = number_of(number[1]) if number else None
    if digits is None or (pages is None and csid is None):
        return ()
    when = _WHEN.search(text)
    counted = int(pages[1] or pages[2]) if pages else 0
    return (
        RawFax(
            number=digits,
            csid=" ".join(csid[1].split()) if csid else None,
            pages=counted or None,
            received_at=time_of(when[1].replace(" at ", " ")) if when else None,
        ),
    )
