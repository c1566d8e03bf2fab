"""Every leaf of a request beside what the papers of its case state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.evidence import Evidence
from models.geometry import Box
from scoring.alignment import aligned
from scoring.found import Found
from scoring.sameness import near, same
from scoring.stated import By, Spot, Stated

Verdict = Literal["right", "wrong", "missed", "unclear", "extra", "untold"]
Silent = Mapping[tuple[str, int], Sequence[Box]]

# What may be concluded from the rest of a page without standing there: a value of these is checked where the truth has
# it, and is none too much where it has not.
_CONCLUDED = (
    "/request_type",
    "/review_timing",
    "/patient/name/full",
    "/patient/name/family",
    "/patient/name/given",
    "/service_lines/*/category",
    "/hong_kong/estimates/*/kind",
    "/patient/identifiers/*/system",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A leaf and its verdict.

    right: the stated value, or doubt where the papers give a reason for it. wrong: another value, given as clear.
    missed: nothing. unclear: a place and a doubt, with or without a value. extra: a value that nobody stated. untold: a
    value off words that someone filled in and the truth says nothing about; it counts neither for nor against.
    `near` tells of a wrong value that it is nearly right, `placed` of a right one whether its evidence is where the
    truth has it (None where either has no place). `spots` are the truth's places, `evidence` the request's; `planted`
    are the defects that made one of the expected values wrong. `asking` tells that a form or letter states the
    value; `rule` how the request came by its own.
    """

    path: str
    verdict: Verdict
    by: By
    expected: tuple[str, ...] = ()
    value: str | None = None
    confidence: float | None = None
    unclear: str | None = None
    near: bool = False
    placed: bool | None = None
    spots: tuple[Spot, ...] = ()
    evidence: tuple[Spot, ...] = ()
    planted: frozenset[str] = frozenset()
    asking: bool = False
    rule: str | None = None

    @property
    def pattern(self) -> str:
        """The path with a star for each number of a row."""
        return pattern(self.path)

    @property
    def group(self) -> str:
        """The first step of the path: "patient", "service_lines"."""
        return self.path.split("/")[1]

    @property
    def asserted(self) -> bool:
        """Whether the request gives a value here as clear."""
        return self.value is not None and self.unclear is None


def pattern(path: str) -> str:
    """The path with a star for each number of a row: "/diagnoses/*/code"."""
    return re.sub(r"/\d+(?=/|$)", "/*", path)


def judge(
    found: Iterable[Found], stated: Mapping[str, Stated], *, paths: Mapping[str, str], silent: Silent | None = None
) -> tuple[Judged, ...]:
    """Give each stated path and each leaf its verdict.

    `paths` are the files of the documents that evidence names; `silent` the filled-in words about which the truth says
    nothing, page by page.
    """
    read = {leaf.path: leaf for leaf in aligned(tuple(found), stated)}
    return (
        *(_judged(one, read.get(path), paths) for path, one in stated.items()),
        *_extra((leaf for leaf in read.values() if not _expected(leaf, stated)), paths, silent or {}),
    )


def _judged(one: Stated, leaf: Found | None, paths: Mapping[str, str]) -> Judged:
    if leaf is None:
        return Judged(one.path, "missed", one.by, one.values, spots=one.spots, asking=one.asking)
    right = same(leaf, one)
    verdict: Verdict = "right" if right else "wrong"
    if leaf.unclear is not None:
        verdict = "right" if one.doubtful else "unclear"
    spots = tuple(spots_of(leaf.evidence, paths))
    return Judged(
        one.path,
        verdict,
        one.by,
        one.values,
        leaf.value,
        leaf.confidence,
        leaf.unclear,
        near=verdict == "wrong" and near(leaf, one),
        placed=in_place(spots, one.spots) if verdict == "right" else None,
        spots=one.spots,
        evidence=spots,
        planted=one.planted,
        asking=one.asking,
        rule=leaf.rule,
    )


def _expected(leaf: Found, stated: Mapping[str, Stated]) -> bool:
    """Whether the truth has this leaf, or it repeats the requester's name where that is who signed."""
    if leaf.path in stated:
        return True
    asked = stated.get("/requesting_provider/name")
    signer = leaf.path in {"/signature/name", "/signature/credential"} and leaf.value is not None
    return signer and asked is not None and any(str(leaf.value).casefold() in one.casefold() for one in asked.values)


def _extra(leaves: Iterable[Found], paths: Mapping[str, str], silent: Silent) -> Iterator[Judged]:
    """Leaves that nobody stated; doubt about what is not there is no value too much, and is left out."""
    for leaf in leaves:
        if leaf.value is not None and leaf.unclear is None and pattern(leaf.path) not in _CONCLUDED:
            spots = tuple(spots_of(leaf.evidence, paths))
            verdict: Verdict = "untold" if _off_silent_words(spots, silent) else "extra"
            yield Judged(leaf.path, verdict, "machine", (), leaf.value, leaf.confidence, evidence=spots, rule=leaf.rule)


def _off_silent_words(spots: tuple[Spot, ...], silent: Silent) -> bool:
    return bool(spots) and all(
        any(spot.box.grown(1).covers(*word.middle) for word in silent.get((spot.file, spot.page), ())) for spot in spots
    )


def spots_of(evidence: Iterable[Evidence], paths: Mapping[str, str]) -> Iterator[Spot]:
    """The places of evidence, box by box."""
    for one in evidence:
        for corners in one.boxes:
            yield Spot(paths.get(one.document, one.document), one.page, Box(*corners))


def in_place(found: tuple[Spot, ...], true: tuple[Spot, ...]) -> bool | None:
    """Whether a box of the evidence lies where the truth has the value; None where one of them has no box.

    It does if half of it is in the truth's box, or its middle at most three points beside it: boxes of words and of ink
    differ by as much.
    """
    if not found or not true:
        return None
    return any(_lies_in(one.box, other.box) for one in found for other in true if _one_page(one, other))


def _one_page(one: Spot, other: Spot) -> bool:
    return (one.file, one.page) == (other.file, other.page)


def _lies_in(box: Box, true: Box) -> bool:
    return true.grown(3).covers(*box.middle) or (box.area > 0 and box.common(true) / box.area >= 0.5)
