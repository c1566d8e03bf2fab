"""What kind of clinical note the words of a part make likely: a linear model beside the rules of cues.py.

The weights (data/part_type_model.npz) are made by benchmarks/train_part_types.py from transcribed reports in the public
domain; they know only kinds of notes and reports, never forms, covers, cards or policies.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.annotation.cues import Scores
from extractors.annotation.lines import Line
from extractors.data_files import load_arrays
from models.annotations import PartType

BUCKETS = 1 << 16
HEAD_LINES = 4
# Known features below which nothing is said: a cover or a stub of a page, not a note.
LEAST_WORDS = 60

# A kind of the model and the types it covers; which of them it is, the rules say.
KINDS: Mapping[str, tuple[PartType, ...]] = {
    "surgery": (PartType.OPERATIVE_NOTE, PartType.PROCEDURE_NOTE),
    "consultation": (PartType.CONSULTATION, PartType.HISTORY_AND_PHYSICAL),
    "imaging": (PartType.IMAGING_REPORT,),
    "progress": (PartType.PROGRESS_NOTE,),
    "discharge": (PartType.DISCHARGE_SUMMARY,),
    "emergency": (PartType.EMERGENCY_NOTE,),
    "letter": (PartType.CORRESPONDENCE, PartType.REFERRAL, PartType.LETTER_OF_MEDICAL_NECESSITY),
    "pathology": (PartType.PATHOLOGY_REPORT,),
}

_WORD = re.compile(r"[a-z]+|\d+")


# What a point of the rules weighs beside the words, best of .1 to .7 over five folds (benchmarks/train_part_types.py).
RULES = 0.2


@dataclass(frozen=True, slots=True)
class _Model:
    """`words` is (kinds, BUCKETS), `rules` (kinds, types), `bias` (kinds,), `rarity` (BUCKETS,)."""

    kinds: tuple[str, ...]
    types: tuple[PartType, ...]
    words: NDArray[np.float32]
    rules: NDArray[np.float32]
    bias: NDArray[np.float32]
    rarity: NDArray[np.float32]


def kind_scores(lines: Sequence[Line], scores: Scores) -> dict[str, float]:
    """The score of each kind of `KINDS` for a part of these lines, whose points by the rules are `scores`.

    Above 0 the kind is likelier than not; {} where the part has too few words that the model knows.
    """
    model = _model()
    found = {bucket: weight for bucket, weight in features(lines).items() if model.rarity[bucket]}
    if len(found) < LEAST_WORDS:
        return {}
    places = np.fromiter(found, dtype=np.int64)
    values = np.fromiter(found.values(), dtype=np.float32) * model.rarity[places]
    said = model.words[:, places] @ (values / np.linalg.norm(values))
    said += model.rules @ rule_features(scores, model.types) + model.bias
    return dict(zip(model.kinds, map(float, said), strict=True))


def features(lines: Sequence[Line]) -> dict[int, float]:
    """Buckets of words, pairs of words, headings and first lines with their dampened counts (1 + log n)."""
    counts = Counter(zlib.crc32(name.encode()) % BUCKETS for name in _names(lines))
    return {bucket: 1.0 + float(np.log(count)) for bucket, count in counts.items()}


def rule_features(scores: Scores, types: Sequence[PartType]) -> NDArray[np.float32]:
    """The points of the rules, dampened, in the order of `types`."""
    points = np.array([scores.get(kind, 0.0) for kind in types], dtype=np.float32)
    dampened: NDArray[np.float32] = np.log1p(np.maximum(points, 0.0)).astype(np.float32)
    return dampened * np.float32(RULES)


def _names(lines: Sequence[Line]) -> Iterator[str]:
    for number, line in enumerate(lines):
        words = ["0" if word.isdigit() else word for word in _WORD.findall(line.plain)]
        yield from words
        yield from map(" ".join, pairwise(words))
        if number < HEAD_LINES:
            yield from (f"first {word}" for word in words)
        heading, colon, _ = line.text.partition(":")
        if colon and len(heading) < 50:
            yield "heading " + " ".join(_WORD.findall(heading.lower()))


@cache
def _model() -> _Model:
    arrays = load_arrays("part_type_model")
    return _Model(
        kinds=tuple(map(str, arrays["kinds"])),
        types=tuple(PartType(str(name)) for name in arrays["types"]),
        words=arrays["words"].astype(np.float32),
        rules=arrays["rules"].astype(np.float32),
        bias=arrays["bias"].astype(np.float32),
        rarity=arrays["rarity"].astype(np.float32),
    )
