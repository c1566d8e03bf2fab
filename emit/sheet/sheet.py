"""The whole sheet of a request: everything a view shows, in words and in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from emit.sheet import words
from emit.sheet.assessment import Answered, Asked, Remark, answered, asked, notices
from emit.sheet.entry import Entry, Group, Row
from emit.sheet.fields import groups, rows
from emit.sheet.pages import Crop, Mark, Sight, crop, sights
from emit.sheet.summary import Summary, summary, to_review
from models.evidence import Evidence
from models.page_image import PageImages
from models.request import AuthorizationRequest, ClinicalFact, RequestDocument, RequestPart


@dataclass(frozen=True, slots=True)
class Paper:
    """A part of a document: what it is, where, and what it says of itself."""

    title: str
    where: str
    first: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A request ready to be shown. `crops` are pictures of the places of entries that need a look, by entry id."""

    request: AuthorizationRequest
    summary: Summary
    review: tuple[str, ...]
    groups: tuple[Group, ...]
    notices: tuple[Remark, ...]
    asked: tuple[Asked, ...]
    answered: tuple[Answered, ...]
    papers: tuple[Paper, ...]
    clinical: tuple[Remark, ...]
    pages: tuple[Sight, ...]
    crops: dict[str, Crop]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All fields of the request in reading order."""
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def to_check(self) -> tuple[Entry, ...]:
        """The fields that need a look."""
        return tuple(entry for entry in self.entries if entry.sureness == "check")


def lay_out(request: AuthorizationRequest, images: PageImages) -> Sheet:
    """Everything about the request in the order in which it is read."""
    fields = groups(request)
    entries = tuple(entry for group in fields for entry in group.entries)
    papers = tuple(_papers(request))
    remarks = notices(request)
    checklists = answered(request)
    clinical = tuple(_fact(fact, number) for number, fact in enumerate(request.clinical))
    said = (*remarks, *(remark for checklist in checklists for remark in checklist.remarks), *clinical)
    of_papers = tuple(entry for paper in papers for row in paper.rows for entry in row.entries)
    marks = (*_entry_marks(entries, quiet=False), *_entry_marks(of_papers, quiet=True), *_remark_marks(said))
    pages = sights(request, images, marks)
    return Sheet(
        request=request,
        summary=summary(request),
        review=to_review(request, entries),
        groups=fields,
        notices=remarks,
        asked=asked(request),
        answered=checklists,
        papers=papers,
        clinical=clinical,
        pages=pages,
        crops={entry.id: cut for entry in entries if entry.sureness == "check" and (cut := crop(entry, pages))},
    )


def _entry_marks(entries: tuple[Entry, ...], *, quiet: bool) -> Iterator[tuple[Evidence, Mark]]:
    for entry in entries:
        for number, evidence in enumerate(entry.evidence, 1):
            told = f"{entry.label}: {entry.text or entry.as_written or 'unclear'}"
            yield evidence, _mark(entry.id, number, told, entry.sureness, evidence, quiet=quiet)
        yield from _entry_marks(entry.others, quiet=True)


def _remark_marks(remarks: tuple[Remark, ...]) -> Iterator[tuple[Evidence, Mark]]:
    for remark in remarks:
        for number, evidence in enumerate(remark.evidence, 1):
            yield evidence, _mark(remark.id, number, remark.title, "remark", evidence, quiet=True)


def _mark(target: str, number: int, label: str, look: str, evidence: Evidence, *, quiet: bool) -> Mark:
    return Mark(
        id=f"at-{target}-{number}",
        target=target,
        label=label,
        look=look,
        quote=evidence.quote,
        boxes=evidence.boxes,
        quiet=quiet,
    )


def _fact(fact: ClinicalFact, number: int) -> Remark:
    said = [fact.category, words.date(fact.date) if fact.date else "", " ".join(filter(None, (fact.value, fact.unit)))]
    return Remark(
        id=f"clinical-{number}",
        mark=fact.status,
        word=words.sentence(fact.status),
        title=fact.text,
        text=", ".join(filter(None, said)),
        evidence=fact.evidence,
    )


def _papers(request: AuthorizationRequest) -> Iterator[Paper]:
    for number, document in enumerate(request.documents):
        for place, part in enumerate(document.parts):
            yield Paper(
                title=words.sentence(part.type.value),
                where=f"{document.filename}, {words.pages(part.pages)}",
                first=f"{document.id}-{part.pages[0]}" if part.pages else "",
                note=_note(document, part),
                rows=tuple(rows(part, f"documents.{number}.parts.{place}")),
            )


def _note(document: RequestDocument, part: RequestPart) -> str:
    notes = [part.title or ""]
    if document.duplicate_of:
        notes.append(f"the same bytes as {document.duplicate_of}, not read again")
    if part.patient == "other":
        notes.append("names another patient")
    return "; ".join(filter(None, notes))
