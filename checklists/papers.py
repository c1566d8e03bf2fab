"""Predicates over the parts of the packet: document and order."""

from __future__ import annotations

from checklists.applicable import holds_word
from checklists.case import Case
from checklists.clinical import Dated, sided, windowed
from checklists.fields import absent
from checklists.outcome import Outcome, highest, lowest
from models.annotations import PartType
from models.checklist import DocumentNeed, OrderNeed
from models.evidence import Evidence
from models.request import RequestDocument, RequestPart


def document(need: DocumentNeed, case: Case) -> Outcome:
    """A part of one of the types, signed, by the right author and within the window, as far as these are asked."""
    kind = f"document {' '.join(need.type)}"
    found = [(paper, part) for paper, part in case.parts() if part.type in need.type]
    if found:
        return highest(tuple(_part(need, paper, part, case) for paper, part in found), kind=kind)
    others = any(part.type in need.type for paper in case.draft.documents for part in paper.parts)
    missing = absent(case, " or ".join(spoken(one) for one in need.type), kind=kind, on_form=False)
    if not others:
        return missing
    reason = f"{missing.reason} One that names another patient was left out."
    return Outcome(missing.verdict, reason, "other-patient", kind=kind)


def order(need: OrderNeed, case: Case) -> Outcome:
    """An order or prescription among the pages, signed and within the window."""
    asked = DocumentNeed(
        type=(PartType.ORDER,), signed=need.signed or None, within=need.within, laterality=need.laterality
    )
    return document(asked, case)


def spoken(kind: PartType) -> str:
    """A type of part in words: "progress note"."""
    return kind.value.replace("-", " ")


def _part(need: DocumentNeed, paper: RequestDocument, part: RequestPart, case: Case) -> Outcome:
    name = f"the {spoken(part.type)} on page {part.pages[0]} of {paper.filename}"
    on = part.dated_on.value if part.dated_on is not None and part.dated_on.unclear is None else None
    outcomes = [Outcome("met", f"{name[0].upper()}{name[1:]} was found.", evidence=_place(paper, part), on=on)]
    if need.signed:
        outcomes.append(_signed(name, part))
    if need.author_role is not None:
        outcomes.append(_author(name, part, role=need.author_role))
    if need.laterality is not None:
        side = part.laterality.value if part.laterality is not None and part.laterality.unclear is None else None
        wanted = case.side() if need.laterality == "same" else need.laterality
        wrong = sided(wanted, side, what=name, evidence=part.laterality.evidence if part.laterality else ())
        outcomes.extend([wrong] if wrong is not None else [])
    if need.within is not None:
        evidence = part.dated_on.evidence if part.dated_on is not None else _place(paper, part)
        outcomes.append(windowed(need.within, Dated(on, name, evidence), case))
    return lowest(tuple(outcomes)) if len(outcomes) > 1 else outcomes[0]


def _signed(name: str, part: RequestPart) -> Outcome:
    state = part.signed.value if part.signed is not None and part.signed.unclear is None else "unclear"
    evidence = part.signed.evidence if part.signed is not None else ()
    subject = f"{name[0].upper()}{name[1:]}"
    if state == "signed":
        return Outcome("met", f"{subject} is signed.", None, evidence)
    if state == "unsigned":
        return Outcome("not_met", f"{subject} is not signed.", "unsigned", evidence, notice=f"{subject} is not signed.")
    return Outcome("unclear", f"Whether {name} is signed is not clear.", "unreadable", evidence)


def _author(name: str, part: RequestPart, *, role: str | tuple[str, ...]) -> Outcome:
    roles = (role,) if isinstance(role, str) else role
    subject = f"The author of {name}"
    if part.author is None or part.author.value is None or part.author.unclear is not None:
        return Outcome("unclear", f"{subject} is not clear.", None, part.author.evidence if part.author else ())
    written = part.author.value.replace(".", "")
    shown = next((one for one in roles if holds_word(written, one)), None)
    if shown is not None:
        return Outcome("met", f"{subject} is a {shown}.", None, part.author.evidence)
    reason = f"{subject} is not shown to be one of: {', '.join(roles)}."
    return Outcome("unclear", reason, "other-author", part.author.evidence)


def _place(paper: RequestDocument, part: RequestPart) -> tuple[Evidence, ...]:
    """A part as a whole is evidenced by its first page."""
    return (Evidence(document=paper.id, sha256=paper.sha256, page=part.pages[0], quote=part.title or ""),)
