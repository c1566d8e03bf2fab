"""How sure a way of finding a value can be at most: by how often it was right on samples (data/trust.yaml).

A reading may be beyond doubt and yet be of the wrong blank: the confidence of its words says nothing about that.
"""

from __future__ import annotations

from functools import lru_cache

from extractors.data_files import load_data
from models.mention import AnyMention, FieldMention
from models.value import Value

_ANY = "*"


class Ceiling(Value):
    """The most that the values of a leaf ("*": of all others) may claim when a rule ("extractor.rule") found them."""

    rule: str
    leaf: str
    most: float


def believed(mention: AnyMention) -> AnyMention:
    """The mention, no surer than others of its rule and leaf proved to be."""
    if not isinstance(mention, FieldMention) or mention.value is None:
        return mention
    most = ceiling(f"{mention.provenance.extractor}.{mention.provenance.rule}", mention.path)
    return mention if mention.confidence <= most else mention.model_copy(update={"confidence": most})


def ceiling(rule: str, leaf: str) -> float:
    """The most that a value of this leaf may claim, found by this rule; 1 where nothing speaks against it."""
    known = _ceilings()
    return known.get((rule, leaf), known.get((rule, _ANY), 1.0))


@lru_cache(maxsize=1)
def _ceilings() -> dict[tuple[str, str], float]:
    return {(one.rule, one.leaf): one.most for one in load_data("trust", tuple[Ceiling, ...])}
