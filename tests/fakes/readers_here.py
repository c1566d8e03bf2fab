"""Readers that read in this process and make no pictures; `faults` names documents that cannot be understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pipeline
from actions.page_pool import SeenPage
from models.document import Document, Page
from models.parsed import ParsedPage
from models.result import DocumentResult


@dataclass(frozen=True, slots=True)
class ReadersHere:
    """Reads plain pages only."""

    faults: tuple[str, ...] = ()

    def read(self, pages: Iterator[ParsedPage], *, pictures: bool) -> Iterator[SeenPage]:
        del pictures
        return (
            SeenPage(Page(p.number, p.width, p.height, "plain", plain=p.plain, damaged=p.damaged), None) for p in pages
        )

    def understand(self, document: Document) -> DocumentResult:
        if document.path in self.faults:
            raise RuntimeError("Jane Sample, born 1960")
        return pipeline.understand(document)
