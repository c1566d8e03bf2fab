"""Masks on what extractors found: no number that must not leave stands in a mention."""

from __future__ import annotations

from typing import Any, TypeVar

from models.evidence import Evidence
from models.identifiers import mask_sensitive
from models.mention import AnyMention, EntityMention, FieldMention, MarkMention, OtherReading, Scalar

T = TypeVar("T", bound=Scalar | None)


def masked(mention: AnyMention) -> AnyMention:
    """The mention with every text of a page in it masked; a value written without separators follows its original."""
    changes: dict[str, Any] = {"evidence": tuple(map(_evidence, mention.evidence))}
    match mention:
        case FieldMention():
            written = mention.as_written
            changes["value"] = _value(mention.value, written)
            changes["as_written"] = None if written is None else mask_sensitive(written)
            changes["alternatives"] = tuple(_reading(other, written) for other in mention.alternatives)
        case MarkMention():
            changes["question"] = mask_sensitive(mention.question)
            changes["option"] = mask_sensitive(mention.option)
        case EntityMention():
            changes["text"] = mask_sensitive(mention.text)
            changes["value"] = _value(mention.value, mention.text)
    return mention.model_copy(update=changes)


def _reading(other: OtherReading, written: str | None) -> OtherReading:
    evidence = tuple(map(_evidence, other.evidence))
    return other.model_copy(update={"value": _value(other.value, written), "evidence": evidence})


def _evidence(evidence: Evidence) -> Evidence:
    return evidence.model_copy(update={"quote": mask_sensitive(evidence.quote)})


def _value(value: T, written: str | None) -> T | str:
    """A value masked; "123456789" is known for an SSN by its "123-45-6789" as written."""
    if not isinstance(value, str):
        return value
    if written is not None and value == _bare(written) and mask_sensitive(written) != written:
        return _bare(mask_sensitive(written))
    return mask_sensitive(value)


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum() or character == "*")
