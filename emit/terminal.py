"""Requests on a terminal: a table of all, and one in full."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from emit.sheet import words
from emit.sheet.assessment import Remark
from emit.sheet.entry import Entry, Group, Row, Sureness
from emit.sheet.sheet import Sheet, lay_out
from emit.sheet.summary import summary
from models.request import AuthorizationRequest

# A word says it; the colour only helps.
_STYLES: dict[Sureness, str] = {"confirmed": "green", "sure": "green", "likely": "blue", "check": "bold yellow"}


def overview(requests: Iterable[AuthorizationRequest]) -> Table:
    """A row for each request: member, service, urgency, status, and what is missing."""
    table = Table(header_style="bold", border_style="dim", row_styles=("", ""), show_lines=True)
    for title, share in (("Member", 3), ("Service", 3), ("Urgency", 2), ("Status", 2), ("Missing", 5)):
        table.add_column(title, ratio=share, overflow="fold")
    for request in requests:
        head = summary(request)
        missing = [item for item in request.missing_items if item.need != "recommended"]
        table.add_row(
            _text(f"{head.patient}\n{head.member_id}"),
            _text(head.service),
            _text(head.urgency, style="bold" if head.urgent else ""),
            _text(head.status, style="green" if request.status == "ready" else "yellow"),
            _text("\n".join(words.sentence(item.item) for item in missing) or "nothing"),
        )
    return table


def detail(request: AuthorizationRequest) -> RenderableType:
    """One request in full: every field with its value, confidence in words, page and quote; then what is missing."""
    sheet = lay_out(request, {})
    return Stack(*_head(sheet), *(_group(group) for group in sheet.groups), *_ending(sheet))


def _head(sheet: Sheet) -> Iterator[RenderableType]:
    head = sheet.summary
    yield Rule(_text(f"{head.patient}: {head.service}", style="bold"), align="left", style="dim")
    yield _text(f"{head.status}. {head.status_meaning}")
    for why in sheet.review:
        yield _text(f"  - {why}")
    yield _text(f"Received {head.received} ({head.received_source})")
    for clock in head.clocks:
        yield _text(f"{clock.label} {clock.due} ({clock.rule})" + (f". {clock.assumed}" if clock.assumed else ""))


def _group(group: Group) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, show_header=False)
    for share in (5, 8, 2, 3, 8):
        table.add_column(ratio=share, overflow="fold")
    for block in group.blocks:
        if block.title:
            table.add_row(_text(block.title, style="bold"))
        for row in block.rows:
            for cells in _rows(row):
                table.add_row(*cells)
        for note in block.notes:
            table.add_row("", _text(note, style="dim"))
    return Padding(Stack(_text(group.title, style="bold"), table), (1, 0, 0, 0))


def _rows(row: Row) -> Iterator[tuple[Text, ...]]:
    if not row.entries:
        yield (
            _text(row.label),
            _text("not found on the pages", style="yellow"),
            _text("missing", style="yellow"),
            Text(),
            Text(),
        )
    for number, entry in enumerate(row.entries):
        label = row.label if number == 0 else ""
        yield (
            _text(label),
            _value(entry),
            _text(entry.sureness, style=_STYLES[entry.sureness]),
            _place(entry),
            _quote(entry),
        )


def _value(entry: Entry) -> Text:
    text = _text(entry.text or entry.as_written or "not readable")
    if entry.reason:
        text.append_text(_text(f"\n{entry.reason}", style="yellow"))
    for other in entry.others:
        text.append_text(_text(f"\nalso read as {other.text}", style="dim"))
    return text


def _place(entry: Entry) -> Text:
    places = dict.fromkeys(f"{place.document} p{place.page}" for place in entry.evidence)
    return _text(", ".join(places), style="dim")


def _quote(entry: Entry) -> Text:
    place = entry.evidence[0] if entry.evidence else None
    if place is None:
        return Text()
    return _text(f"\u201c{place.quote}\u201d" if place.quote else "a mark or ink", style="dim")


def _ending(sheet: Sheet) -> Iterator[RenderableType]:
    yield from _headed("Flags", (_remark(item) for item in sheet.notices))
    for checklist in sheet.answered:
        settled = ", ".join(item.title for item in checklist.settled)
        told = [_remark(item) for item in checklist.open] + ([("Met or not needed", settled)] if settled else [])
        yield from _headed(checklist.title, told)
    asks = ((party.whom, f"{ask} ({why})") for party in sheet.asked for ask, why, _ in party.items)
    yield from _headed("What is missing", asks)
    yield from _headed("Documents", ((paper.title, paper.where) for paper in sheet.papers))


def _headed(title: str, lines: Iterable[tuple[str, str]]) -> Iterator[RenderableType]:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, show_header=False)
    table.add_column(ratio=5, overflow="fold")
    table.add_column(ratio=21, overflow="fold")
    for first, second in lines:
        table.add_row(_text(first), _text(second))
    if table.rows:
        yield Padding(Stack(Text(title, style="bold"), table), (1, 0, 0, 0))


def _remark(remark: Remark) -> tuple[str, str]:
    return remark.word, f"{remark.title}. {remark.text}"


def _text(written: str, *, style: str = "") -> Text:
    """Text with its line feeds, but with no control or direction character: paper must not steer a terminal."""
    safe = (char if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf"} else "\ufffd" for char in written)
    return Text("".join(safe), style=style)
