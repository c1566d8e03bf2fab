"""The note of a visit: letterhead, print-out of a record, problem list in a column of its own, or dictation."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from models.geometry import Box
from samples.document import Document
from samples.forms.fill import Entry
from samples.page import Book, Sheet
from samples.papers.flow import Column, Flow
from samples.papers.head import barred, centred, marked, typed
from samples.papers.identity import contact, identity, show
from samples.papers.look import CLASSIC, DICTATED, PLAIN, PRINTOUT, TIGHT
from samples.papers.manner import Manner, called
from samples.papers.manner import chosen as some_manner
from samples.papers.report import More, Sort, Style, body, foot_line, running_head, title, trial
from samples.papers.report import write as report
from samples.papers.signoff import sign

LETTERHEAD = Style(CLASSIC, centred, foot="private")
RECORD = Style(PRINTOUT, barred, "boxes", foot="printed", rules="rows")
PLAIN_NOTE = Style(PLAIN, marked, "columns", foot="numbers", rules="head")
DICTATION = Style(DICTATED, typed, "stacked", rules="head", centred_title=True, capitals=True)
_TWO_COLUMNS = Style(TIGHT, marked, "columns", rules="rows")
# What stands in the narrow column: what is known of the patient whatever the visit is about.
_ASIDE = ("problem", "medication", "allerg", "medical h", "surg", "family", "social", "immuniz")
_ASIDE_SHORT = frozenset({"pmh", "psh", "meds", "all", "fh", "sh"})
_ASIDE_WIDTH = 150.0


def draw(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the note in the manner of some practice."""
    style = rng.choice((LETTERHEAD, RECORD, RECORD, PLAIN_NOTE, DICTATION, None))
    if style is None:
        two_columns(book, document, rng=rng)
    else:
        in_style(book, document, rng=rng, style=style)


def in_style(book: Book, document: Document, *, rng: random.Random, style: Style) -> None:
    """Draw the note with its sections one below the other."""
    close = ""
    if style is DICTATION:
        initials = f"{document.author.given[:1]}{document.author.family[:1]}"
        close = f"{initials}/{rng.choice(('rp', 'jt', 'mls', 'kd'))}   Job #{rng.randint(100000, 999999)}"
    report(book, document, rng=rng, style=style, sort=Sort(_more(style), close=close))


def two_columns(book: Book, document: Document, *, rng: random.Random) -> None:
    """Draw the note with problems, drugs and history in a narrow column beside the visit."""
    manner, style = some_manner(rng, document.market), _TWO_COLUMNS
    sheet = book.sheet(document.part)
    top = Flow(_column(sheet, style.head(sheet, document, manner)), turn=lambda _: _column(sheet, 0), look=TIGHT)
    title(top, document, style)
    show(top, identity(document, manner, more=_more(style)(document, manner, rng)), style.arrangement)
    aside = [section for section in document.sections if _is_aside(section[0])]
    left = _aside(sheet, top.y, aside)

    def turn(page: int) -> Column:
        following = book.sheet(document.part)
        foot_line(following, document, page=page, total=0, style=style, printed="")
        return _column(following, running_head(following, document, page=page, look=TIGHT, manner=manner))

    indent = TIGHT.margin + _ASIDE_WIDTH + 14 if left else TIGHT.margin
    room = Box(indent, top.y, sheet.width - TIGHT.margin, sheet.height - 40)
    flow = Flow(Column(sheet, room), turn=turn, look=TIGHT)
    rest = tuple(section for section in document.sections if section not in aside[:left])
    body(flow, replace(document, sections=rest), style=style)
    sign(flow, document, manner, rng=rng)


def _aside(sheet: Sheet, top: float, sections: Sequence[tuple[str, str]]) -> int:
    """Write as many sections as fit into the narrow column; their number comes back."""
    margin = TIGHT.margin
    box = Box(margin + 6, top + 4, margin + _ASIDE_WIDTH - 4, sheet.height - 44)
    done = 0
    scratch = trial((sheet.width, sheet.height))
    measured = Flow(Column(scratch.sheet("other"), box), turn=lambda _: Column(scratch.sheet("other"), box), look=TIGHT)
    for section in sections:
        measured.section(*section)
        if measured.page > 1:
            break
        done += 1
    flow = Flow(Column(sheet, box), turn=lambda _: Column(sheet, box), look=TIGHT)
    for section in sections[:done]:
        flow.section(*section)
    if done:
        sheet.frame(Box(margin, top, margin + _ASIDE_WIDTH, flow.y + 2), weight=0.6)
    return done


def _column(sheet: Sheet, top: float) -> Column:
    return Column(sheet, Box(TIGHT.margin, top, sheet.width - TIGHT.margin, sheet.height - 40))


def _is_aside(heading: str) -> bool:
    heading = heading.lower()
    return heading in _ASIDE_SHORT or (any(word in heading for word in _ASIDE) and "plan" not in heading)


def _more(style: Style) -> More:
    def more(document: Document, manner: Manner, rng: random.Random) -> Sequence[Entry]:
        seen = rng.choice(("Date of Visit", "Encounter Date", "DOS", "Visit Date", "Date of Service"))
        entries = (Entry(seen, manner.day(document.on)), Entry("Provider", called(document.author, document.market)))
        if style in {RECORD, _TWO_COLUMNS}:
            visit = Entry(rng.choice(("Encounter #", "Visit #", "CSN")), f"{rng.randint(100_000_000, 999_999_999)}")
            where = Entry(rng.choice(("Department", "Location", "Clinic")), document.author.specialty)
            return (*entries, visit, *contact(document, manner), *((where,) if where.text else ()))
        return (*entries, *contact(document, manner)[: rng.randint(0, 1)])

    return more
