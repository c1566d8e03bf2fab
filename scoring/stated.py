"""What the papers of a case state: one entry a path, with every value that stands there and all of its places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from models.geometry import Box
from models.truth import PacketTruth, PageTruth, Paper

By = Literal["machine", "hand", "tick"]

# Of an amount the number is the leaf in the truth, whatever the request wraps it in.
_WRAPPED = re.compile(
    r"(/(quantity|frequency|charge|height|weight|identifiers/\d+|estimates/\d+))/(value|count|amount)$"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page of a packet; points in the received frame."""

    file: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Stated:
    """A path with the values that the pages state for it, in the contract's form.

    `names` holds what stands on the page where that differs: a name is right as it was written, too. `by` tells who put
    it there: "hand" only where no machine wrote it, "tick" where a ticked box says it. `planted` are the defects that
    made a value wrong on purpose. `asking` tells that a form or letter states it, not the chart alone.
    """

    path: str
    values: tuple[str, ...]
    spots: tuple[Spot, ...]
    by: By = "machine"
    planted: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    asking: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether the papers give a careful reader a reason not to settle on one value."""
        return bool(self.planted) or len({value.casefold() for value in self.values}) > 1


def cases_of(packet: PacketTruth) -> tuple[int, ...]:
    """The numbers of the cases that ask for something; the first case where no paper asks."""
    asking = {paper.case for paper in packet.papers if paper.request and paper.case is not None}
    return tuple(sorted(asking)) or (0,)


def pages_of(packet: PacketTruth) -> Iterator[tuple[str, int, PageTruth, Paper | None]]:
    """The pages of a packet in order: path of the file, number from 1, the page, and the paper it belongs to."""
    for file in packet.files:
        for number, page in enumerate(file.pages, 1):
            yield file.path, number, page, packet.papers[page.paper] if page.paper < len(packet.papers) else None


def stated_by(packet: PacketTruth, case: int) -> Mapping[str, Stated]:
    """What the papers of a case say about its own patient, by path."""
    found: dict[str, Stated] = {}
    for file, number, page, paper in pages_of(packet):
        if paper is not None and (paper.case != case or paper.patient == "other"):
            continue
        asking = paper is not None and paper.request
        for plain in _on_page(file, number, page):
            one = replace(plain, asking=asking)
            known = found.get(one.path)
            found[one.path] = one if known is None else _joined(known, one)
    return found


def silent_words(packet: PacketTruth) -> Mapping[tuple[str, int], tuple[Box, ...]]:
    """The filled-in words of each page that no value of the truth claims: what they say is not known to it."""
    found = {}
    for file, number, page, _ in pages_of(packet):
        claimed = [box.grown(1) for value in page.values for box in value.boxes]
        claimed += [box.grown(1) for fact in page.facts for box in fact.boxes]
        words = (word.box for word in page.words if word.kind != "printed")
        found[file, number] = tuple(box for box in words if not any(one.covers(*box.middle) for one in claimed))
    return found


def canonical(path: str) -> str:
    """The path of the leaf as it is compared: an amount with its unit is one leaf."""
    return _WRAPPED.sub(r"\1", path)


def _on_page(file: str, number: int, page: PageTruth) -> Iterator[Stated]:
    for value in page.values:
        yield Stated(
            canonical(value.path),
            (value.value,),
            tuple(Spot(file, number, box) for box in value.boxes),
            "hand" if value.kind == "handwritten" else "machine",
            frozenset((value.planted,) if value.planted else ()),
            (value.quote,) if "name" in value.path.split("/") else (),
        )
    for mark in page.marks:
        if mark.ticked and mark.path and mark.value:
            yield Stated(canonical(mark.path), (mark.value,), (Spot(file, number, mark.box),), "tick")


def _joined(one: Stated, other: Stated) -> Stated:
    rank = ("hand", "tick", "machine")
    return replace(
        one,
        values=tuple(dict.fromkeys((*one.values, *other.values))),
        spots=(*one.spots, *other.spots),
        by=max(one.by, other.by, key=rank.index),
        planted=one.planted | other.planted,
        names=tuple(dict.fromkeys((*one.names, *other.names))),
        asking=one.asking or other.asking,
    )
