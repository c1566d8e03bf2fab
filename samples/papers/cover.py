"""The sheet that goes before a fax: to whom, from whom, how many pages, and whom to call if it went astray."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from models.geometry import Box
from models.truth import Paper
from samples import pen
from samples.case import Case
from samples.fictions import phone
from samples.forms.cell import beside, underlined
from samples.forms.fill import Entry
from samples.page import BOLD, SANS, SERIF, Book, Sheet
from samples.papers.identity import fitted_size
from samples.papers.manner import Manner, called, where
from samples.papers.manner import chosen as some_manner
from samples.papers.shade import shade

_CONFIDENTIAL = (
    "CONFIDENTIALITY NOTICE: The pages of this transmission hold health information that federal and state law keeps "
    "private. They are meant for the person or office named above and for nobody else. If they reached you by mistake, "
    "please call the sender at once, tell no one what they say, and destroy every copy.",
    "The information in this fax is private and meant for the addressee alone. If you are not the addressee, please "
    "tell the sender by telephone and destroy all pages.",
    "This fax may contain privileged and confidential information. Anyone but the addressee is asked not to read, copy "
    "or pass on any part of it. Received in error? Call the number above collect and shred all pages.",
)
_DEPARTMENTS: dict[str, tuple[str, ...]] = {
    "us": (
        "Utilization Management",
        "Prior Authorization Department",
        "Medical Management - Intake",
        "Precertification Unit",
    ),
    "hk": ("Medical Claims Department", "Pre-authorisation Team", "Hospital Services"),
}
_REGARDING: dict[str, tuple[str, ...]] = {
    "us": ("Prior authorization request", "PA request", "Auth request, clinicals"),
    "hk": ("Pre-authorisation of hospital stay", "Pre-approval request", "Letter of guarantee"),
}
_REMARKS = (
    "Please find the request form and clinical notes attached.",
    "New request. Records follow. Please call with questions.",
    "Request for authorization with supporting documentation, please confirm receipt.",
    "Notes attached per your request.",
)
_ROUTES = ("Please reply", "For review", "Please comment", "As requested")


def draw_cover(book: Book, case: Case, *, pages: int, rng: random.Random, number: int | None = 0) -> None:
    """Begin the fax of `case` with its cover; `pages` counts all pages, this one too; `number` is the case's.

    Some covers name the patient and some do not.
    """
    named = rng.random() < 0.6
    title = rng.choice(("FAX", "Fax Transmission", "FACSIMILE COVER SHEET", "Fax Cover Sheet"))
    book.paper(
        Paper(
            "fax-cover",
            title,
            case=number,
            patient="same" if named else "unknown",
            dated_on=case.on,
            author=case.requester.contact or None,
        )
    )
    manner = some_manner(rng, case.market)
    sheet = book.sheet("fax-cover")
    lines = _lines(case, manner, pages=pages, named=named, rng=rng)
    y = rng.choice((_ruled, _framed, _plain))(sheet, case, lines, title=title, manner=manner)
    y = _routes(sheet, y + 26, case, rng)
    y = _remarks(sheet, y + 10, rng)
    words = _CONFIDENTIAL[1] if case.market == "hk" else rng.choice(_CONFIDENTIAL)
    foot = max(y + 24, sheet.height - 110)
    sheet.paragraph(60, foot, words, width=sheet.width - 120, font=SANS, size=8, leading=10)


def _lines(
    case: Case, manner: Manner, *, pages: int, named: bool, rng: random.Random
) -> tuple[tuple[Entry, Entry], ...]:
    """The rows of the cover, what concerns the addressee at the left."""
    who = case.requester
    attention = Entry(rng.choice(("Attn:", "Attention:", "Dept:")), rng.choice(_DEPARTMENTS[case.market]))
    regards = _regarding(case, named=named, rng=rng)
    fax = manner.telephone(phone(rng))
    return (
        (
            Entry("To:", case.payer, "/coverage/payer_name"),
            Entry("From:", who.organization, "/requesting_provider/organization"),
        ),
        (attention, Entry("Contact:", who.contact, "/requesting_provider/contact_name")),
        (
            Entry("Fax:", "" if case.market == "hk" else fax),
            Entry("Phone:", manner.telephone(who.phone), "/requesting_provider/phone", who.phone),
        ),
        (
            Entry("Date:", manner.day(case.on), "/submitted_on", case.on.isoformat()),
            Entry("Fax:", manner.telephone(who.fax), "/requesting_provider/fax", who.fax),
        ),
        (Entry("Pages (with cover):", str(pages)), regards),
    )


def _regarding(case: Case, *, named: bool, rng: random.Random) -> Entry:
    one = case.patient
    if not named:
        return Entry("Re:", rng.choice(_REGARDING[case.market]))
    member = f" ID [[/coverage/member_id|{one.member_id}]]" if rng.random() < 0.5 and one.member_id else ""
    return Entry("Re:", f"[[/patient/name/full|{called(one, case.market)}]]{member}")


def _ruled(sheet: Sheet, case: Case, lines: Sequence[tuple[Entry, Entry]], *, title: str, manner: Manner) -> float:
    """A large title and labels with ruled blanks."""
    _sender(sheet, case, manner, x=60)
    sheet.text(60, 150, title, font=BOLD, size=min(40, fitted_size(title, BOLD, size=40, room=sheet.width - 120)))
    sheet.line(60, 164, sheet.width - 60, 164, weight=2)
    middle, y = sheet.width / 2, 194.0
    for left, right in lines:
        underlined(sheet, 60, y, left, end=middle - 10, size=11)
        underlined(sheet, middle + 4, y, right, end=sheet.width - 60, size=11)
        y += 28
    return y


def _framed(sheet: Sheet, case: Case, lines: Sequence[tuple[Entry, Entry]], *, title: str, manner: Manner) -> float:
    """A title in a grey bar and ruled cells."""
    shade(sheet, Box(54, 60, sheet.width - 54, 96), 0.85)
    size = fitted_size(title, BOLD, size=22, room=sheet.width - 140)
    sheet.centred(85, title, x=sheet.width / 2, size=size)
    _sender(sheet, case, manner, x=60, y=112)
    y, middle = 150.0, sheet.width / 2
    for left, right in lines:
        beside(sheet, Box(54, y, middle, y + 26), left, size=9)
        beside(sheet, Box(middle, y, sheet.width - 54, y + 26), right, size=9)
        y += 26
    return y


def _plain(sheet: Sheet, case: Case, lines: Sequence[tuple[Entry, Entry]], *, title: str, manner: Manner) -> float:
    """The template of a word processor: one label below the other."""
    sheet.text(60, 84, title, font=SERIF, size=fitted_size(title, SERIF, size=30, room=sheet.width - 120))
    _sender(sheet, case, manner, x=60, y=104)
    sheet.line(60, 132, sheet.width - 60, 132, weight=0.6)
    y = 158.0
    for entry in [left for left, _ in lines] + [right for _, right in lines]:
        label = {"Fax:": "Fax number:"}.get(entry.label, entry.label)
        underlined(sheet, 84, y, replace(entry, label=label), end=sheet.width - 110, font=SERIF, size=11)
        y += 23
    return y


def _sender(sheet: Sheet, case: Case, manner: Manner, *, x: float, y: float = 76.0) -> None:
    who = case.requester
    room = sheet.width - 2 * x
    sheet.text(x, y, who.organization, font=BOLD, size=fitted_size(who.organization, BOLD, size=12, room=room))
    words = f"{where(who.address)}   Tel. {manner.telephone(who.phone)}"
    sheet.text(x, y + 12, words, size=fitted_size(words, SANS, size=8.5, room=room))


def _routes(sheet: Sheet, y: float, case: Case, rng: random.Random) -> float:
    """Boxes that say what the sender expects; "Urgent" is ticked when the request is."""
    urgent = case.level_of_service == "urgent"
    box = sheet.tick_box(64, y, "Urgent", ticked=urgent, path="/level_of_service", value="urgent")
    if urgent:
        pen.tick(sheet, box, rng)
    x, chosen = 140.0, rng.randrange(len(_ROUTES))
    for number, option in enumerate(_ROUTES):
        ticked = number == chosen
        box = sheet.tick_box(x, y, option, ticked=ticked)
        if ticked:
            pen.tick(sheet, box, rng)
        x += 108
    return y + 16


def _remarks(sheet: Sheet, y: float, rng: random.Random) -> float:
    sheet.text(60, y, rng.choice(("Comments:", "Message:", "Notes:")), font=BOLD, size=10)
    sheet.value(64, y + 18, rng.choice(_REMARKS), font=SANS, size=10)
    for number in range(4):
        sheet.line(60, y + 22 + 20 * number, sheet.width - 60, y + 22 + 20 * number, weight=0.4)
    return y + 90
