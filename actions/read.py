"""One file through the per-document stages, as `dossier read --json` prints it (contract, section 7)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pipeline
import sandbox
from actions.means import Means
from actions.page_pool import PagePool
from models.annotations import Part
from models.document import FaxHeader, Page, Word
from models.geometry import Box, Span
from models.identifiers import mask_hkid, mask_sensitive, mask_ssn
from models.mention import AnyMention, EntityMention, FieldMention
from models.parsed import ParsedPage, RejectedFile
from models.problem import UsageError
from models.received import ReceivedFile
from models.result import DocumentResult

Plain = dict[str, Any]  # JSON objects of the public contract, made here and printed at once

_MASKS = {"hkid": mask_hkid, "ssn": mask_ssn}


def read_file(path: Path, means: Means) -> Iterator[DocumentResult | RejectedFile]:
    """The documents of a file, a container's one after the other; containers themselves have no pages.

    Raises:
        UsageError: there is no such file.
    """
    if not path.is_file():
        raise UsageError(f"There is no file at {path}.")
    content = path.read_bytes()
    received = ReceivedFile(path=path.name, content=content, sha256=hashlib.sha256(content).hexdigest())
    with PagePool(means.tessdata, means.jobs) as readers:

        def pages(parsed: Iterator[ParsedPage]) -> Iterator[Page]:
            return (seen.page for seen in readers.read(parsed, pictures=False))

        number = 0
        for leaf in sandbox.open_file(received, limits=means.limits):
            if isinstance(leaf, RejectedFile):
                yield leaf
                continue
            number += 1
            document = pipeline.read(leaf, f"d{number}", pages)
            yield readers.understand(document)


def as_json(result: DocumentResult) -> Plain:
    """A document as the contract shows it: geometry on the received page, spans into `text`."""
    document, annotations, text = result.document, result.annotations, masked_text(result)
    return {
        "path": document.path,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "text": text,
        "pages": [_page(page, document.text, text) for page in document.pages],
        "parts": [_part(part) for part in annotations.parts],
        "sections": [
            {"kind": s.kind, "title": s.title, "start": s.span.start, "end": s.span.end, "page": s.page}
            for s in annotations.sections
        ],
        "mentions": [_mention(text, mention) for mention in result.mentions],
        "problems": [problem.model_dump(mode="json") for problem in (*document.problems, *result.problems)],
    }


def masked_text(result: DocumentResult) -> str:
    """The document's text with its sensitive numbers masked, character for character, so that spans stay right.

    Beside what `mask_sensitive` knows by its form, the numbers in boxes labelled as SSN or HKID are masked.
    """
    text = mask_sensitive(result.document.text)
    for mention in result.mentions:
        mask = _MASKS.get(mention.path.rsplit(".", 1)[-1]) if isinstance(mention, FieldMention) else None
        for span in (evidence.span for evidence in mention.evidence) if mask is not None else ():
            if mask is not None and span is not None:
                text = text[: span.start] + mask(text[span.start : span.end]) + text[span.end :]
    return text


def _page(page: Page, text: str, masked: str) -> Plain:
    plain = page.source == "plain"
    return {
        "page": page.number,
        "width": None if plain else page.width,
        "height": None if plain else page.height,
        "dpi": page.dpi,
        "source": page.source,
        "rotation": page.rotation,
        "quality": page.quality.score,
        "words": [_word(page, word, text, masked) for word in page.words],
        "fax_headers": [_fax_header(page, header) for header in page.fax_headers],
    }


def _fax_header(page: Page, header: FaxHeader) -> Plain:
    """What a machine wrote over the page when it was faxed; its words are none of the page's."""
    return {
        "sender": header.sender,
        "number": header.number,
        "to": header.to,
        "sent_at": header.sent_at.isoformat() if header.sent_at is not None else None,
        "page": header.page,
        "of": header.of,
        "box": _corners(page, header.box),
        "confidence": header.confidence,
    }


def _word(page: Page, word: Word, text: str, masked: str) -> Plain:
    """A word with its share of the masked text: a number may be several words."""
    place = slice(word.span.start, word.span.end)
    return {
        "text": masked[place] if text[place] == word.text else mask_sensitive(word.text),
        "box": None if word.box is None else _corners(page, word.box),
        "confidence": word.confidence,
        "start": word.span.start,
        "end": word.span.end,
    }


def _corners(page: Page, place: Box) -> list[float]:
    box = page.received(place)
    return [round(side, 2) for side in (box.x0, box.top, box.x1, box.bottom)]


def _part(part: Part) -> Plain:
    return {"type": part.type.value, "pages": list(part.pages), "title": part.title, "confidence": part.confidence}


def _value(told: Any) -> Any:
    """A value as the contract has it: a date is its text."""
    return told["date"] if isinstance(told, dict) and told.keys() == {"date"} else told


def _mention(text: str, mention: AnyMention) -> Plain:
    """Evidence may hold the words that settle a fact's status ("denies ..."); an entity is its own words alone."""
    evidence = mention.evidence[0]
    said = mention.text if isinstance(mention, EntityMention) else evidence.quote
    span = _span(text, said, evidence.span)
    plain = mention.model_dump(mode="json")
    return {
        "kind": plain["kind"],
        "category": next((plain[key] for key in ("category", "path", "question", "dates") if key in plain), None),
        "concept": plain.get("concept"),
        "text": said,
        "value": plain.get("state", _value(plain.get("value"))),
        "start": span.start if span else None,
        "end": span.end if span else None,
        "page": evidence.page,
        "boxes": evidence.boxes,
        "status": plain.get("status"),
        "codes": [plain["value"]] if isinstance(plain.get("value"), dict) else [],
        "check_digit_ok": _check_digit_ok(plain),
        "confidence": mention.confidence,
        "extractor": mention.provenance.extractor,
    }


def _check_digit_ok(plain: Plain) -> bool | None:
    """Whether a number that has a check digit passes it; None for everything else."""
    if plain.get("unclear") == "invalid":
        return False
    checked = str(plain.get("path", "")).endswith((".npi", ".dea", ".hkid")) and plain.get("value") is not None
    return True if checked else None


def _span(text: str, said: str, around: Span | None) -> Span | None:
    """Where words stand in the text, within the span of their evidence; that span if they do not stand there so."""
    if around is None:
        return None
    pattern = r"\s+".join(map(re.escape, said.split()))
    match = re.compile(pattern).search(text, around.start, around.end) if pattern else None
    return Span(*match.span()) if match else around
