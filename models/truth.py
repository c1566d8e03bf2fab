"""What a sample says, and where: the truth against which a reading of it is scored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from models.geometry import Box, Change

Kind = Literal["printed", "value", "handwritten"]
Ink = Literal["pen", "stamp", "electronic", "none"]


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on a page: the box of its ink in points, origin top left; `kind` tells who put it there."""

    text: str
    box: Box
    kind: Kind


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """A value of the request at the place where the page states it.

    `path` is the contract's, as a JSON pointer ("/patient/birth_date"); `value` has the contract's form and `quote`
    the page's. `kind` tells whether it was typed or written by hand; `planted` names the defect that made it wrong.
    """

    path: str
    value: str
    quote: str
    boxes: tuple[Box, ...]
    kind: Kind = "value"
    planted: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A box to tick with its printed option; `path` and `value` say what a tick would mean to the request."""

    option: str
    box: Box
    ticked: bool
    path: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedSignature:
    """A place to sign and what stands there; "none" where it was left empty."""

    box: Box
    ink: Ink


@dataclass(frozen=True, slots=True)
class PlacedFact:
    """A clinical fact that a checklist may ask for, at the words that state it.

    `concept` is a slug ("conservative-care"), `status` the contract's ("present", "failed", ...), `on` the day it
    holds for.
    """

    concept: str
    status: str
    on: dt.date | None
    quote: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a packet, of one page or more: what it is, whose, when, by whom, and whether it is signed.

    `case` is the number of the case it belongs to, None for one that belongs to none (a separator, a blank sheet);
    `request` tells whether the paper asks for something, as forms and letters do. `patient` is as in the contract.
    """

    part: str
    title: str = ""
    case: int | None = 0
    patient: Literal["same", "other", "unknown"] = "same"
    request: bool = False
    dated_on: dt.date | None = None
    author: str | None = None
    signed: Literal["signed", "unsigned"] | None = None


@dataclass(frozen=True, slots=True)
class PageTruth:
    """Everything known about one page; points in the received frame, `width` x `height` large.

    `paper` is the number of the packet's paper that it belongs to, `turn` the clockwise degrees that make it upright,
    `again` whether the same page has been sent before in this packet.
    """

    part: str
    width: float
    height: float
    words: tuple[PlacedWord, ...] = ()
    values: tuple[PlacedValue, ...] = ()
    marks: tuple[PlacedMark, ...] = ()
    signatures: tuple[PlacedSignature, ...] = ()
    facts: tuple[PlacedFact, ...] = ()
    paper: int = 0
    turn: int = 0
    again: bool = False

    def moved(self, way: Change, *, width: float, height: float) -> PageTruth:
        """The same page after its points went `way`, on a page of the new size."""
        return replace(
            self,
            width=width,
            height=height,
            words=tuple(replace(word, box=way.box(word.box)) for word in self.words),
            values=tuple(replace(value, boxes=tuple(way.box(box) for box in value.boxes)) for value in self.values),
            marks=tuple(replace(mark, box=way.box(mark.box)) for mark in self.marks),
            signatures=tuple(replace(one, box=way.box(one.box)) for one in self.signatures),
            facts=tuple(replace(fact, boxes=tuple(way.box(box) for box in fact.boxes)) for fact in self.facts),
        )


@dataclass(frozen=True, slots=True)
class FileTruth:
    """What one file of a sample holds, pages in order.

    `path` is the file's as a request names it; `absent` are paths which the pages say nothing about; `defects` tells in
    words what was planted for a reviewer to find.
    """

    path: str
    pages: tuple[PageTruth, ...]
    absent: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Defect:
    """Something planted: a slug ("unsigned-order", "second-patient") and what it is, in words for a person."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class PacketTruth:
    """One submission: its files, the papers on their pages, and what was planted.

    `name` is the child of the received folder; `design` the form's or letter's; `measuring` tells that this design was
    made without a look at the extractors; `channel` is how it came ("fax-204x98"), `quality` how good that was.
    """

    name: str
    design: str
    channel: str
    market: Literal["us", "hk"]
    measuring: bool
    quality: Literal["light", "hard"]
    papers: tuple[Paper, ...]
    files: tuple[FileTruth, ...]
    defects: tuple[Defect, ...] = ()
