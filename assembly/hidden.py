"""Text that a file holds and its pages do not show, as flags: said once, in neutral words, with its places."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from assembly.leaves import leaves
from models.document import Document, HiddenWord, Page
from models.evidence import Evidence, Sourced
from models.geometry import Box
from models.request import AuthorizationRequest, Flag

# More lines than this tell nothing more; a sentence quotes so many characters.
_MOST, _QUOTED = 40, 80


def hidden_flags(request: AuthorizationRequest, documents: Sequence[Document]) -> Iterator[Flag]:
    """One flag for each value in whose place the file holds another, and one for all else that cannot be seen."""
    told: set[Evidence] = set()
    numbers = set[Evidence]()
    for path, leaf in leaves(request):
        numbers.update(leaf.evidence if path.startswith("patient.identifiers") else ())
        own = [evidence for other in leaf.alternatives if other.hidden for evidence in other.evidence]
        if own and not told.issuperset(own):
            told.update(own)
            yield _flag(
                f"The file holds text at the place of {_words(path)} that is not visible on the page", own, leaf
            )
    rest = tuple(_lines(request, documents, told=told, numbers=numbers))
    if rest:
        yield _flag("The file holds text that is not visible on the page", rest, None)


def _flag(said: str, evidence: Sequence[Evidence], leaf: Sourced[Any] | None) -> Flag:
    quote = " ... ".join(each.quote for each in evidence)
    quote = quote if len(quote) <= _QUOTED else quote[: _QUOTED - 3].rstrip() + "..."
    return Flag(
        code="hidden-text",
        severity="warning",
        message=f"{said}: '{quote}'. Only what is visible was read.",
        evidence=(*evidence[:_MOST], *(leaf.evidence if leaf is not None else ())),
    )


def _lines(
    request: AuthorizationRequest,
    documents: Sequence[Document],
    *,
    told: Collection[Evidence],
    numbers: Collection[Evidence],
) -> Iterator[Evidence]:
    """The hidden text of the request's own pages, line by line, less what is told already, in the masks of its field.

    Words in the place of one of the patient's `numbers` are not quoted. Other pages may be another patient's.
    """
    own = {(paper.id, number) for paper in request.documents for part in paper.parts for number in part.pages}
    for document in documents:
        for page in document.pages:
            if page.hidden and (document.id, page.number) in own:
                known, masked = _places(told, document, page), _places(numbers, document, page)
                words = [word for word in page.hidden if not _stands_in(word, page, known)]
                words = [replace(w, text="*" * len(w.text)) if _stands_in(w, page, masked) else w for w in words]
                for line in _grouped(words):
                    yield document.hidden_evidence(page.number, line)


def _places(evidence: Collection[Evidence], document: Document, page: Page) -> tuple[Box, ...]:
    here = [each.boxes for each in evidence if (each.document, each.page) == (document.id, page.number)]
    return tuple(Box(*corners) for boxes in here for corners in boxes)


def _stands_in(word: HiddenWord, page: Page, places: Sequence[Box]) -> bool:
    middle = page.received(word.box).middle
    return any(place.covers(*middle) for place in places)


def _grouped(words: Sequence[HiddenWord]) -> list[list[HiddenWord]]:
    lines: list[list[HiddenWord]] = []
    for word in words:
        if lines and lines[-1][-1].box.rows_shared(word.box) > 0.5:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _words(path: str) -> str:
    steps = [step.replace("_", " ") for step in path.split(".") if not step.isdigit()]
    return "the " + " ".join(steps)
