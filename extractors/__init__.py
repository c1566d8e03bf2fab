"""A document becomes mentions. To add an extractor: a file here, its line in `EXTRACTORS`, and its test.

The order of the tuple is the order of reading; it changes nothing in the result, and a test shuffles it.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.ceilings import believed
from extractors.chart import CHART
from extractors.cover import COVER
from extractors.day_first import day_first_dates
from extractors.entities import ENTITIES
from extractors.extractor import Extractor
from extractors.form_fields import FORM_FIELDS
from extractors.hidden_readings import with_hidden_readings
from extractors.hong_kong import HONG_KONG
from extractors.letter import LETTER
from extractors.masking import masked
from extractors.origin import day_first
from extractors.part_facts import PART_FACTS
from extractors.part_side import PART_SIDE
from extractors.payer_names import PAYER_NAMES
from extractors.signatures import SIGNATURES
from models.annotations import Annotations
from models.document import Document
from models.mention import AnyMention
from models.problem import Problem

EXTRACTORS: tuple[Extractor, ...] = (
    FORM_FIELDS,
    HONG_KONG,
    PAYER_NAMES,
    LETTER,
    CHART,
    COVER,
    SIGNATURES,
    PART_FACTS,
    PART_SIDE,
    ENTITIES,
)


def extract(
    document: Document, annotations: Annotations, extractors: Sequence[Extractor] = EXTRACTORS
) -> tuple[tuple[AnyMention, ...], tuple[Problem, ...]]:
    """Run all extractors; one that fails costs its own mentions only and leaves a problem.

    Returns:
        The mentions, masked, by their place in the document, whatever the order of `extractors`, and the problems.
    """
    mentions: list[AnyMention] = []
    problems: list[Problem] = []
    turned = day_first(document, annotations)
    for extractor in extractors:
        try:
            found = (with_hidden_readings(document, mention) for mention in extractor.run(document, annotations))
            mentions.extend(_finished(mention, turned=turned) for mention in found)
        except Exception as fault:  # noqa: BLE001 - the one place where an extractor's fault is caught
            problems.append(_fault(extractor, document, fault))
    return tuple(sorted(mentions, key=_place)), tuple(problems)


def _finished(mention: AnyMention, *, turned: bool) -> AnyMention:
    """A mention as it leaves: dates in the order of its papers, as sure as its kind deserves, and masked."""
    return masked(believed(day_first_dates(mention) if turned else mention))


def _fault(extractor: Extractor, document: Document, fault: Exception) -> Problem:
    return Problem(
        stage="extract",
        code=f"extractor-{extractor.name}",
        severity="error",
        document=document.id,
        page=None,
        message=f"The extractor {extractor.name} stopped ({type(fault).__name__}); its findings are missing.",
    )


def _place(mention: AnyMention) -> tuple[int, float, float, str, str]:
    first = mention.evidence[0]
    left, top = first.boxes[0][:2] if first.boxes else (0.0, 0.0)
    return first.page, top, left, mention.kind + getattr(mention, "path", ""), mention.provenance.extractor
