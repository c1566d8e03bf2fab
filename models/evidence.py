"""Where a value was found, how, and how sure we are: the grounds without which no value can be built."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import Field, PrivateAttr, model_validator

from models.geometry import Span
from models.value import Value

T = TypeVar("T")
Unclear = Literal["handwritten", "illegible", "conflict", "invalid"]
Corners = tuple[float, float, float, float]


class Evidence(Value):
    """A place on a received page.

    `page` counts from 1 in `document`; `boxes` are [x0, top, x1, bottom] in points on the received page, one a line of
    text, none for plain text. `quote` is verbatim (of a mark: the printed option).
    """

    document: str
    sha256: str
    page: int = Field(ge=1)
    quote: str
    boxes: tuple[Corners, ...] = ()
    handwritten: bool = False
    _span: Span | None = PrivateAttr(default=None)

    @property
    def span(self) -> Span | None:
        """From the first to the last of its words in the document's text.

        None for what is not words, and wherever the document is not at hand: it is never written out, and does not
        count in comparisons.
        """
        return self._span

    def placed(self, span: Span | None) -> Evidence:
        """This evidence with its span."""
        evidence = self.model_copy()
        evidence._span = span  # noqa: SLF001 - a value of this class
        return evidence

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Evidence) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))


class Provenance(Value):
    """Which extractor found a value, by which rule, and whether characters were repaired on the way."""

    extractor: str
    version: str
    rule: str
    repaired: bool = False


class Alternative(Value, Generic[T]):
    """Another reading of the same thing, kept beside the one that was chosen.

    `hidden` says that the file holds it at this place and the page does not show it; its confidence is 0, since nothing
    on the page speaks for it.
    """

    value: T
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...] = ()
    hidden: bool = False


class Sourced(Value, Generic[T]):
    """A value of the request with its grounds.

    `value` is None only when `unclear` says why; `evidence` is empty only when a person typed the value
    (`confirmed_by`). `as_written` is what stood on the page. `confidence` is 0..1.
    """

    value: T | None
    confidence: float = Field(ge=0, le=1)
    as_written: str | None = None
    unclear: Unclear | None = None
    alternatives: tuple[Alternative[T], ...] = ()
    evidence: tuple[Evidence, ...]
    provenance: Provenance
    confirmed_by: str | None = None

    @model_validator(mode="after")
    def _grounded(self) -> Sourced[T]:
        if self.value is None and self.unclear is None:
            raise ValueError("a value may be absent only together with the reason")
        if not self.evidence and self.confirmed_by is None:
            raise ValueError("a value without a place on a page needs the person who confirmed it")
        return self
