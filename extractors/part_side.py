"""Which side of the body each part of a packet is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.annotation.lines import Line, part_lines
from extractors.extractor import Extractor
from extractors.places import Places
from models.annotations import Annotations, PartType
from models.document import Document
from models.geometry import Span
from models.mention import FieldMention

_NO_SIDE = frozenset(
    {
        PartType.BLANK, PartType.SEPARATOR, PartType.PHOTO, PartType.ID_CARD, PartType.FAX_COVER, PartType.POLICY,
        PartType.MEDICATION_LIST, PartType.PRIOR_AUTHORIZATION_FORM,
    }
)  # fmt: skip
# Joints and limbs: of other organs the word beside them is seldom the side of a service ("left ventricle").
_JOINTS = (
    r"knees?|hips?|shoulders?|ankles?|elbows?|wrists?|foot|feet|hands?|thumbs?|legs?|arms?|thighs?|forearms?|calf|calves|"
    r"heels?|toes?|fingers?|breasts?|ears?|eyes?|(?:lower|upper)\s+(?:extremity|limb)|LE|UE|TKA|TKR|THA|THR|ACLR?|"
    r"(?:total\s+)?(?:knee|hip)\s+(?:replacement|arthroplasty)|inguinal\s+hernia|rotator\s+cuff"
)
_SIDE = re.compile(
    rf"\b(?P<side>left|right|bilateral|both|LT|RT)\b(?:[\s-]+sided?)?[\s,]+(?:\w+\s+){{0,2}}?(?:{_JOINTS})\b"
    rf"|\b(?:{_JOINTS})\s*[,:(-]\s*(?P<after>left|right|bilateral|both|LT|RT)\b",
    re.IGNORECASE,
)
_MODIFIER = re.compile(r"\b(?:[A-V]\d{4}|\d{5})\s*[-,\s]\s*(?P<side>RT|LT)\b")
# On an order a side stands after the service or in a column of its own, often without a joint: "Exercises, left".
_ORDERED = re.compile(
    r"[,(]\s*(?P<side>left|right|bilateral)\b|\bside\s*[:\s]\s*(?P<after>left|right|bilateral)\b", re.IGNORECASE
)
_MEANT = {"left": "left", "lt": "left", "right": "right", "rt": "right", "bilateral": "bilateral", "both": "bilateral"}
# What was asked for or looked at says more than what is mentioned in passing (the other knee is stable).
_TELLING = re.compile(
    r"^\W*(?:exam(?:ination)?|study|procedure|indication|impression|technique|order(?:ed)?|service|item|device|reason)\b",
    re.IGNORECASE,
)
_HEAD_LINES = 12
_HEAD, _LABELLED, _ELSEWHERE = 4, 2, 1
# One side is the part's own when at least this share of the weight is on it; below, it names both without a choice.
# Of the maker's papers those about one joint stay above .7 with the other side's normal findings in them
# (benchmarks/verdicts.py).
_SHARE = 0.65


def find_part_sides(document: Document, annotations: Annotations) -> Iterator[FieldMention]:
    """Find `part.laterality`: the side a note, report or order is about, where it names one beside a joint or limb.

    The head of a part and lines such as "Exam:" weigh more than running text. A part that speaks of both sides about
    equally has none, unless it says "bilateral". Confidence 0..1 is the share of the weight, at most 0.95.
    """
    places = Places.of(document)
    for part in annotations.parts:
        if part.type not in _NO_SIDE:
            patterns = (_SIDE, _MODIFIER, _ORDERED) if part.type is PartType.ORDER else (_SIDE, _MODIFIER)
            yield from _sided(part_lines(document, part.pages), places, patterns)


def _sided(lines: Sequence[Line], places: Places, patterns: Sequence[re.Pattern[str]]) -> Iterator[FieldMention]:
    weights: Counter[str] = Counter()
    first: dict[str, tuple[int, Span]] = {}
    for number, line in enumerate(lines):
        for side, span in _sides(line, patterns):
            weight = _HEAD if number < _HEAD_LINES else _LABELLED if _TELLING.match(line.text) else _ELSEWHERE
            weights[side] += weight
            if side not in first or weight > first[side][0]:
                first[side] = (weight, span)
    if not weights:
        return
    side, weight = weights.most_common(1)[0]
    share = weight / weights.total()
    evidence = places.evidence(first[side][1])
    if share >= _SHARE and evidence:
        yield FieldMention(
            evidence=evidence,
            provenance=PART_SIDE.provenance("side-beside-a-joint"),
            confidence=round(min(0.95, share), 3),
            path="part.laterality",
            value=side,
            as_written=evidence[0].quote or None,
        )


def _sides(line: Line, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[str, Span]]:
    for pattern in patterns:
        for match in pattern.finditer(line.text):
            word = match["side"] or match.groupdict().get("after") or ""
            start = line.span.start + match.start()
            yield _MEANT[word.lower()], Span(start, start + len(match[0]))


PART_SIDE = Extractor(name="part_side", version="1", run=find_part_sides)
