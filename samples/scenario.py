"""A request with its chart: what a practice asks for, and the papers that it sends along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from samples.case import Case
from samples.document import Document


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story of one patient. `service` is a slug ("lumbar-mri"); `reasons` are the paragraphs of a letter that asks
    for the same, with the marks of `samples.prose`.
    """

    service: str
    case: Case
    documents: tuple[Document, ...]
    reasons: tuple[str, ...] = ()

    def with_document(self, role: str, change: Callable[[Document], Document | None]) -> Scenario:
        """The same story with the papers of a role changed, or left out where the change gives None."""
        changed = (change(paper) if paper.role == role else paper for paper in self.documents)
        return replace(self, documents=tuple(paper for paper in changed if paper is not None))
