"""Earlier authorizations: which of them a request repeats or changes, and what they leave over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from matching.normalize import identifier
from models.directory import EarlierAuthorization, day
from models.evidence import Evidence
from models.request import AuthorizationRequest, Flag
from models.service_line import ServiceLine, Used

# Kinds of request that speak of an earlier one.
_CHANGES = {
    "extension": "asks for an extension",
    "renewal": "asks for a renewal",
    "amendment": "asks for a change",
    "cancellation": "asks for a cancellation",
}
# What was not granted, or no longer stands, is neither repeated nor used up.
_VOID = re.compile(r"den|void|cancel|reject|withdraw", re.IGNORECASE)
_SIDES = frozenset({"LT", "RT", "50"})


@dataclass(frozen=True, slots=True)
class Repeat:
    """A service line and an earlier authorization of the same service; `overlaps` says that their days do, too."""

    line: int
    earlier: EarlierAuthorization
    overlaps: bool


def repeats(
    request: AuthorizationRequest, earlier: Sequence[EarlierAuthorization], today: dt.date
) -> tuple[Repeat, ...]:
    """Every earlier authorization of a service that is asked for again."""
    return tuple(
        Repeat(number, one, _overlaps(line, one, today))
        for number, line in enumerate(request.service_lines)
        for one in earlier
        if not _VOID.search(one.status) and _same_service(line, one)
    )


def used(line: int, found: Sequence[Repeat]) -> Used | None:
    """What is used up of the authorization that a line falls in; None where none tells."""
    for repeat in found:
        one = repeat.earlier
        told = _number(one.units_approved) is not None and _number(one.units_used) is not None
        if repeat.line == line and repeat.overlaps and told:
            return Used(approved=one.units_approved, used=one.units_used, unit=one.unit or "units")
    return None


def history_flags(
    request: AuthorizationRequest, earlier: Sequence[EarlierAuthorization], found: Sequence[Repeat]
) -> Iterator[Flag]:
    """What the earlier authorizations make of a request: a change of one, or a repetition; and limits in use."""
    change = _changed(request, earlier, found)
    if change is not None:
        yield change
    else:
        told = set()
        for repeat in found:
            if repeat.overlaps and repeat.earlier.authorization_number not in told:
                told.add(repeat.earlier.authorization_number)
                yield Flag(
                    code="duplicate-of",
                    severity="warning",
                    message=f"Service line {repeat.line + 1} asks for what authorization "
                    f"{_called(repeat.earlier)} covers.",
                    evidence=_grounds(request.service_lines[repeat.line]),
                )
    yield from _limits(request)


def _changed(
    request: AuthorizationRequest, earlier: Sequence[EarlierAuthorization], found: Sequence[Repeat]
) -> Flag | None:
    """The authorization that a request wants changed: the one it names, else the latest of the same service."""
    stated = request.references.previous_authorization_number or request.references.authorization_number
    kind = request.certification_type
    wants = _CHANGES.get(kind.value or "") if kind is not None else None
    if stated is not None and stated.value:
        number = identifier(stated.value)
        named = next((one for one in earlier if identifier(one.authorization_number) == number), None)
        if named is not None:
            message = f"The request {wants or 'speaks'} of authorization {_called(named)}, which is on file."
            return Flag(code="amendment-of", severity="warning", message=message, evidence=stated.evidence)
    if wants is None or kind is None or not found:
        return None
    latest = max((repeat.earlier for repeat in found), key=lambda one: one.start_on)
    message = f"The request {wants}; the latest of the same service on file is authorization {_called(latest)}."
    return Flag(code="amendment-of", severity="warning", message=message, evidence=kind.evidence)


def _limits(request: AuthorizationRequest) -> Iterator[Flag]:
    for number, line in enumerate(request.service_lines, 1):
        if line.used is not None and (_number(line.used.used) or 0) > 0:
            asked = _asked(line)
            yield Flag(
                code="limit-used",
                severity="info",
                message=f"Service line {number}: {line.used.used} of {line.used.approved} {line.used.unit} used"
                + (f"; {asked} asked." if asked else "."),
                evidence=_grounds(line),
            )


def _same_service(line: ServiceLine, one: EarlierAuthorization) -> bool:
    if line.code is None or line.code.value is None or not one.code:
        return False
    if identifier(line.code.value.code) != identifier(one.code):
        return False
    sides = {leaf.value for leaf in line.modifiers if leaf.value in _SIDES}
    other = {word for word in re.split(r"\W+", one.modifier.upper()) if word in _SIDES}
    return not sides or not other or bool(sides & other)


def _overlaps(line: ServiceLine, one: EarlierAuthorization, today: dt.date) -> bool:
    """Whether the days asked for and those authorized have one in common; a line without days means now."""
    start = line.start_on.value if line.start_on is not None and line.start_on.value else today
    end = line.end_on.value if line.end_on is not None and line.end_on.value else start
    first, last = day(one.start_on), day(one.end_on)
    return (first is None or first <= max(start, end)) and (last is None or start <= last)


def _asked(line: ServiceLine) -> str:
    quantity = line.quantity.value if line.quantity is not None else None
    leaf = quantity or line.visits or (line.drug.quantity if line.drug is not None else None)
    return leaf.value or "" if leaf is not None else ""


def _called(one: EarlierAuthorization) -> str:
    days = [text for text in (one.start_on, one.end_on) if text]
    return one.authorization_number + (f" ({' to '.join(days)})" if days else "")


def _grounds(line: ServiceLine) -> tuple[Evidence, ...]:
    return line.code.evidence if line.code is not None else ()


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
