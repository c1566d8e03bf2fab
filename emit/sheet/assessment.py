"""What was looked for and what was found of it, in words."""

from __future__ import annotations

from dataclasses import dataclass

from emit.sheet import words
from models.checklist import Finding, MissingItem
from models.evidence import Evidence
from models.request import AuthorizationRequest

_SETTLED = ("met", "waived")
_CAUSES = {
    "expired": "too old for the window",
    "too-early": "dated before the window",
    "unsigned": "not signed",
    "wrong-side": "for the other side",
    "wrong-body-part": "for another body part",
    "other-patient": "names another patient",
    "other-author": "by another author",
    "unreadable": "cannot be read",
    "conflicting": "the pages say different things",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about the request, with the places it speaks of. `mark` is the slug of its verdict or severity."""

    id: str
    mark: str
    word: str
    title: str
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A checklist that was applied, with a remark for each item."""

    title: str
    version: str
    source: str
    remarks: tuple[Remark, ...]

    @property
    def open(self) -> tuple[Remark, ...]:
        """The items on which somebody has to look or send something."""
        return tuple(remark for remark in self.remarks if remark.mark not in _SETTLED)

    @property
    def settled(self) -> tuple[Remark, ...]:
        """The items that are met or not needed here."""
        return tuple(remark for remark in self.remarks if remark.mark in _SETTLED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one party should send. Each item: the sentence, how needed it is and why, and what would do instead."""

    whom: str
    items: tuple[tuple[str, str, tuple[str, ...]], ...]


def answered(request: AuthorizationRequest) -> tuple[Answered, ...]:
    """The applied checklists with their findings; findings of a checklist that is not listed stand under its id."""
    titles = {applied.id: applied for applied in request.checklists}
    ids = tuple(dict.fromkeys([*titles, *(finding.checklist for finding in request.findings)]))
    return tuple(
        Answered(
            title=titles[key].title if key in titles else key,
            version=titles[key].version if key in titles else "",
            source=titles[key].source if key in titles else "",
            remarks=tuple(
                _finding(finding, number, len(request.service_lines))
                for number, finding in enumerate(request.findings)
                if finding.checklist == key
            ),
        )
        for key in ids
    )


def asked(request: AuthorizationRequest) -> tuple[Asked, ...]:
    """Missing items by who should send them, the most needed first."""
    order = list(words.NEEDS)
    items = sorted(request.missing_items, key=lambda item: order.index(item.need))
    return tuple(
        Asked(whom=words.WHOM[whom], items=tuple(_item(item) for item in items if item.from_whom == whom))
        for whom in words.WHOM
        if any(item.from_whom == whom for item in items)
    )


def notices(request: AuthorizationRequest) -> tuple[Remark, ...]:
    """Flags and problems, the gravest first."""
    found = [
        Remark(
            id=f"flag-{number}",
            mark=flag.severity,
            word=words.SEVERITIES[flag.severity],
            title=words.sentence(flag.code),
            text=flag.message,
            evidence=flag.evidence,
        )
        for number, flag in enumerate(request.flags)
    ]
    found += [
        Remark(
            id=f"problem-{number}",
            mark=problem.severity,
            word=words.SEVERITIES[problem.severity],
            title=_where(problem.document, problem.page),
            text=problem.message,
        )
        for number, problem in enumerate(request.problems)
    ]
    return tuple(sorted(found, key=lambda remark: list(words.SEVERITIES).index(remark.mark)))


def _finding(finding: Finding, number: int, lines: int) -> Remark:
    line = f", service {finding.service_line + 1}" if finding.service_line is not None and lines > 1 else ""
    return Remark(
        id=f"finding-{number}",
        mark=finding.verdict,
        word=words.VERDICTS[finding.verdict],
        title=words.sentence(finding.item) + line,
        text=finding.reason,
        evidence=finding.evidence,
    )


def _item(item: MissingItem) -> tuple[str, str, tuple[str, ...]]:
    why = words.NEEDS[item.need] + (f"; what came is {_CAUSES[item.cause]}" if item.cause else "")
    return item.ask, why, item.alternatives


def _where(document: str | None, page: int | None) -> str:
    if document is None:
        return "Reading"
    return f"Reading, document {document}" + (f", page {page}" if page else "")
