"""What an extractor is: a name, a version, and a function from a document to its mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.annotations import Annotations
from models.document import Document
from models.evidence import Provenance
from models.mention import AnyMention


@dataclass(frozen=True, slots=True)
class Extractor:
    """A member of the plan in `extractors/__init__.py`.

    `run` is pure and sees the document and its annotations, never another extractor's mentions, so that the order of
    the plan changes nothing. `version` rises whenever the same document would yield other mentions.
    """

    name: str
    version: str
    run: Callable[[Document, Annotations], Iterator[AnyMention]]

    def provenance(self, rule: str, *, repaired: bool = False) -> Provenance:
        """The grounds of a mention that this extractor's `rule` found."""
        return Provenance(extractor=self.name, version=self.version, rule=rule, repaired=repaired)
