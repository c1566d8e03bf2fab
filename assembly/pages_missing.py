"""Whether all pages arrived: what covers, fax servers, fax headers and page numbers say, and what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assembly.page_numbers import printed_sets
from models.annotations import PartType
from models.document import Document, Page, Word
from models.evidence import Evidence
from models.parsed import FaxRecord
from models.request import AuthorizationRequest, Flag
from models.transmission import transmissions_of

# A count that was read less surely than this raises no alarm.
_SURE = 0.8
_COUNT = r"[\s:#=_(.-]{1,6}(\d{1,3})(?![\d/.-]|\s*(?:of|to)\b)"
_WITH = (
    r"(?:\(?\s*(?P<{0}>incl\w*\.?|with|excl\w*\.?|not\s+including|without|following|to\s+follow|total)\b"
    r"[^\n\d:)]{{0,25}}\)?)?"
)
_COVER_COUNTS = (
    re.compile(
        rf"(?:\bpages\b|(?:\b(?:number|no\.?|num)|#)\s*(?:of\s*)?(?:pages?|pgs?)\b\.?)\s*{_WITH.format('a')}{_COUNT}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\d/.-])(\d{{1,3}})\s+pages\b\s*{_WITH.format('b')}", re.IGNORECASE),
)
_WITHOUT = re.compile(r"excl|without|follow|not", re.IGNORECASE)
_COVERLIKE = re.compile(r"\bfax\b|\bfacsimile\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Claim:
    """Somebody says that so many pages were sent and fewer arrived; `missing` are their places, where known."""

    who: str
    said: int
    arrived: int
    missing: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def missing_pages(
    request: AuthorizationRequest, documents: Sequence[Document], faxes: Sequence[FaxRecord]
) -> Iterator[Flag]:
    """At most one flag that tells who says how many pages there should be, how many arrived, and which did not.

    `documents` are those with pages of the request. A cover may count itself or not, so one page more than it says is
    no contradiction, and one less only where it says that it counts without itself; a count that was read poorly counts
    for nothing.
    """
    again = {paper.id for paper in request.documents if paper.duplicate_of is not None}
    own = tuple(document for document in documents if document.id not in again and document.pages)
    claims = [*_covers(request, own), *_servers(own, faxes), *(claim for each in own for claim in _headers(each))]
    said = [*_sentences(claims), *(sentence for sentence, _ in _skipped(own)), *_gaps(own)]
    if said:
        evidence = (*(e for claim in claims for e in claim.evidence), *(e for _, found in _skipped(own) for e in found))
        yield Flag(code="pages-missing", severity="warning", message=" ".join(said), evidence=evidence)


def _sentences(claims: Sequence[_Claim]) -> Iterator[str]:
    for said, arrived in dict.fromkeys((claim.said, claim.arrived) for claim in claims):
        agreed = [claim for claim in claims if (claim.said, claim.arrived) == (said, arrived)]
        who = list(dict.fromkeys(claim.who for claim in agreed))
        verb = "says" if len(who) == 1 else "say"
        yield f"{' and '.join(who).capitalize()} {verb} {said} page{'s' * (said != 1)}; {arrived} arrived."
        missing = next((claim.missing for claim in agreed if claim.missing), ())
        if missing:
            yield f"Missing by the header: {ranges(missing)}."


def _covers(request: AuthorizationRequest, documents: Sequence[Document]) -> Iterator[_Claim]:
    for document in documents:
        covers = _cover_pages(request, document)
        for page in covers:
            told = _cover_count(document, page)
            if told is None:
                continue
            said, words = told
            arrived = _sent_with(document, page)
            if arrived <= len(covers) and len(documents) > 1:
                # The cover is a file of its own: what it announces came in others.
                arrived = sum(len(each.pages) for each in documents)
            if arrived < said:
                yield _Claim("the cover", said, arrived, evidence=(document.evidence(page.number, words),))


def _cover_pages(request: AuthorizationRequest, document: Document) -> tuple[Page, ...]:
    typed = {
        number
        for paper in request.documents
        if paper.id == document.id
        for part in paper.parts
        if part.type is PartType.FAX_COVER
        for number in part.pages
    }
    first = document.pages[0]
    looks = first.plain is None and _COVERLIKE.search(_text(document, first)) and not first.blank
    return tuple(page for page in document.pages if page.number in typed or (page is first and looks))


def _cover_count(document: Document, page: Page) -> tuple[int, tuple[Word, ...]] | None:
    """How many pages a cover says there are, itself included, and its words; None if it does not say or not clearly."""
    start, text = _start(page), _text(document, page)
    for pattern, how in zip(_COVER_COUNTS, "ab", strict=True):
        for match in pattern.finditer(text):
            count = next(int(group) for group in match.groups() if group and group.isdigit())
            if not 1 <= count <= 500 or (how == "b" and not match[how]):
                continue
            words = tuple(w for w in page.words if match.start() <= w.span.start - start < match.end())
            if words and min(w.confidence if w.confidence is not None else 1.0 for w in words) >= _SURE:
                return count + bool(match[how] and _WITHOUT.search(match[how])), words
    return None


def _text(document: Document, page: Page) -> str:
    words = page.words
    return document.text[_start(page) : max(word.span.end for word in words)] if words else ""


def _start(page: Page) -> int:
    return min((word.span.start for word in page.words), default=0)


def _sent_with(document: Document, page: Page) -> int:
    """How many pages came in the transmission of a page; all of the document where no header tells."""
    for transmission in transmissions_of(document.pages):
        if page in transmission.pages:
            return len(transmission.pages)
    return len(document.pages)


def _servers(documents: Sequence[Document], faxes: Sequence[FaxRecord]) -> Iterator[_Claim]:
    scanned = [each for each in documents if any(page.dpi is not None for page in each.pages)]
    for fax in faxes:
        if fax.pages is None or not scanned:
            continue
        named = [each for each in scanned if fax.file and _stem(each.filename) == _stem(fax.file)]
        if not named and len(faxes) > 1:
            continue
        arrived = sum(len(each.pages) for each in named or scanned)
        if arrived < fax.pages:
            yield _Claim("the fax server", fax.pages, arrived)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0].lower() or name.lower()


def _headers(document: Document) -> Iterator[_Claim]:
    for transmission in transmissions_of(document.pages):
        missing = transmission.missing
        if transmission.of is not None and (missing is None or missing):
            told = next(
                (page, header)
                for page, header in zip(transmission.pages, transmission.headers, strict=True)
                if header is not None and header.of == transmission.of
            )
            evidence = document.evidence(told[0].number, told[1].words)
            arrived = len(transmission.pages)
            yield _Claim("the fax header", transmission.of, arrived, missing or (), (evidence,))


def _gaps(documents: Sequence[Document]) -> Iterator[str]:
    """Headers that count pages without their sum, and skip some."""
    for document in documents:
        for transmission in transmissions_of(document.pages):
            if transmission.of is None and transmission.missing:
                yield f"Missing by the header of {document.id}: {ranges(transmission.missing)}."


def _skipped(documents: Sequence[Document]) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    """Sets of printed page numbers ("Page 2 of 4") that lack some."""
    for document in documents:
        for numbers in printed_sets(document):
            if numbers.missing:
                places = ("page " if len(numbers.missing) == 1 else "pages ") + ranges(numbers.missing)
                told = f"By the page numbers printed in {document.id}, {places} of {numbers.of} did not arrive."
                yield told, numbers.evidence


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in words: "4, 7, 9 to 12"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(str(number) for number in run) for run in runs
    )
