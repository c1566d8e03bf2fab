"""What came of a packet: its requests, what was held or rejected, and every page as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.annotations import PartType
from models.document import Page
from models.request import AuthorizationRequest, HeldPage, Rejection, RequestPart
from models.result import DocumentResult

# A page of a packet: the path of its file as a request names it, and its number from 1.
PageKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with the part it was put into: `part` numbers the parts of a document, `document` is its id."""

    document: str
    part: int
    type: PartType
    page: Page


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one submission. Documents that have no pages, and those that were only containers, are left in."""

    requests: tuple[AuthorizationRequest, ...] = ()
    held: tuple[HeldPage, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    results: tuple[DocumentResult, ...] = ()

    def pages(self) -> Mapping[PageKey, ReadPage]:
        """Every page that was read."""
        return {
            (result.document.path, page): ReadPage(result.document.id, number, part.type, result.document.page(page))
            for result in self.results
            for number, part in enumerate(result.annotations.parts)
            for page in part.pages
        }

    def homes(self) -> Mapping[PageKey, int]:
        """The number of the request in which a page stands, for pages that stand in one."""
        return {
            (document.path, page): number
            for number, request in enumerate(self.requests)
            for document in request.documents
            for part in document.parts
            for page in part.pages
        }

    def parts(self) -> Mapping[PageKey, RequestPart]:
        """The part of a request in which a page stands."""
        return {
            (document.path, page): part
            for request in self.requests
            for document in request.documents
            for part in document.parts
            for page in part.pages
        }

    def held_pages(self) -> frozenset[PageKey]:
        """The pages that belong to no request."""
        return frozenset((held.file, held.page) for held in self.held)

    def paths(self) -> Mapping[str, str]:
        """The path of each document by its id, which evidence names."""
        return {result.document.id: result.document.path for result in self.results}
