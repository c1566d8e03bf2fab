"""What a processor asks first: who, what, how urgent, by when, and what state the reading is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emit.sheet import words
from emit.sheet.entry import Entry
from models.evidence import Sourced
from models.payer import Deadline
from models.request import AuthorizationRequest
from models.service_line import ServiceLine

NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline in words. `assumed` is the sentence that says what was assumed, None where nothing was."""

    label: str
    due: str
    due_at: str
    rule: str
    assumed: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The head of a request. Texts are ready to show; `urgent` is for emphasis."""

    patient: str
    birth_date: str
    member_id: str
    service: str
    urgency: str
    urgent: bool
    status: str
    status_meaning: str
    received: str
    received_source: str
    clocks: tuple[Clock, ...]


def summary(request: AuthorizationRequest) -> Summary:
    """The head of the request in words."""
    name = request.patient.name
    parts = " ".join(filter(None, (_text(name.given, "name.given"), _text(name.family, "name.family"))))
    level = request.level_of_service
    return Summary(
        patient=_text(name.full, "name.full") or parts or "Name " + NOT_FOUND,
        birth_date=_text(request.patient.birth_date, "patient.birth_date") or NOT_FOUND,
        member_id=_text(request.coverage.member_id, "coverage.member_id") or NOT_FOUND,
        service=service(request),
        urgency=_urgency(level),
        urgent=level is not None and level.value in {"urgent", "emergency"},
        status="Reading complete" if request.status == "ready" else "Needs review",
        status_meaning=_meaning(request),
        received=words.moment(request.received_at),
        received_source=words.RECEIVED[request.received_at_source],
        clocks=tuple(_clock(deadline) for deadline in request.deadlines),
    )


def service(request: AuthorizationRequest) -> str:
    """The first service in a few words, and how many more there are."""
    lines = [text for line in request.service_lines if (text := _line(line))]
    if not lines:
        return NOT_FOUND
    return lines[0] if len(lines) == 1 else f"{lines[0]} and {len(lines) - 1} more"


def to_review(request: AuthorizationRequest, entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """Why the reading is not complete, one sentence each; () for a request that is ready."""
    if request.status == "ready":
        return ()
    found: list[str] = []
    checks = sum(entry.critical and entry.sureness == "check" for entry in entries)
    if checks:
        found.append(f"{checks} critical {'field needs' if checks == 1 else 'fields need'} a look at the page.")
    if any(flag.severity == "error" for flag in request.flags):
        found.append("A flag below must be settled.")
    if any(problem.severity == "error" for problem in request.problems):
        found.append("Part of the paperwork could not be read.")
    match = request.coverage.match
    if match is None:
        found.append("The member was not looked up: no member directory was given.")
    elif match.decision != "link":
        found.append("The member is not settled in the directory.")
    return tuple(found)


def _meaning(request: AuthorizationRequest) -> str:
    if request.status == "ready":
        return "Everything critical was read with certainty. It says nothing about the decision."
    return "A person must look at something before the reading is complete."


def _urgency(level: Sourced[Any] | None) -> str:
    if level is None or level.value is None:
        return "not stated" if level is None else "unclear"
    return words.sentence(str(level.value)) + (" (mark unclear)" if level.unclear else "")


def _line(line: ServiceLine) -> str:
    if line.drug and line.drug.name:
        return " ".join(filter(None, (_text(line.drug.name, "drug.name"), _text(line.drug.strength, "drug.strength"))))
    text = _text(line.text, "service_lines.text")
    code = line.code.value.code if line.code and line.code.value else ""
    return f"{text} ({code})" if text and code else text or code


def _text(leaf: Sourced[Any] | None, path: str) -> str:
    """The value, else what stands on the page with a question mark, else nothing."""
    if leaf is None:
        return ""
    if leaf.value is not None:
        return words.value(leaf.value, path)
    return f"{leaf.as_written}?" if leaf.as_written else "unclear"


def _clock(deadline: Deadline) -> Clock:
    return Clock(
        label=words.DEADLINES[deadline.kind],
        due=words.moment(deadline.due_at),
        due_at=deadline.due_at.isoformat(),
        rule=deadline.source,
        assumed="Assumed: the payer, its line of business or the time of receipt is not certain."
        if deadline.assumed
        else None,
    )
