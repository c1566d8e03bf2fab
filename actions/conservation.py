"""No page is lost: each page of each document that was read is in exactly one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from models.problem import DossierError
from models.result import Assembly, DocumentResult


class ConservationError(DossierError):
    """A fault of the program: pages were lost or counted twice. Nothing of the submission is written."""


def check_conservation(results: Iterable[DocumentResult], assembly: Assembly) -> None:
    """Compare the pages that were read with those of the requests and the held ones.

    Raises:
        ConservationError: the sums differ.
    """
    received = Counter((result.document.id, page.number) for result in results for page in result.document.pages)
    placed = Counter(
        (document.id, page)
        for request in assembly.requests
        for document in request.documents
        for part in document.parts
        for page in part.pages
    )
    placed.update((held.document, held.page) for held in assembly.held)
    if placed != received:
        lost, twice = sum((received - placed).values()), sum((placed - received).values())
        raise ConservationError(
            f"{lost} pages of a submission were lost and {twice} were placed twice. Please report this."
        )
