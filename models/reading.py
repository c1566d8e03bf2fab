"""What the files of one submission say, before its pages are put into requests."""

from __future__ import annotations

from dataclasses import dataclass

from models.parsed import Envelope
from models.request import Rejection
from models.result import DocumentResult


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files of a submission say; `envelopes` are those of the mails that came in, not of mails in them."""

    results: tuple[DocumentResult, ...]
    rejected: tuple[Rejection, ...]
    envelopes: tuple[Envelope, ...]

    @property
    def pages(self) -> int:
        """How many pages were received in files that could be opened."""
        return sum(len(result.document.pages) for result in self.results)
