"""The requester's signature on the form or letter."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.extractor import Extractor
from extractors.places import Places
from extractors.signing.part import deciding, signatures_of
from extractors.signing.reading import SignatureReading
from models.annotations import Annotations, PartType
from models.document import Document
from models.evidence import Evidence, Unclear
from models.geometry import Span
from models.mention import FieldMention, Scalar

_ASKING = frozenset({PartType.PRIOR_AUTHORIZATION_FORM, PartType.LETTER_OF_MEDICAL_NECESSITY, PartType.REFERRAL})


def find_signatures(document: Document, annotations: Annotations) -> Iterator[FieldMention]:
    """Find the signature of each request form, request letter and referral, or of the orders where there is none.

    `signature.state` is "signed" where ink stands on the signature line or over the typed name, or words say that it
    was signed electronically; "unsigned" where a place to sign is empty; "stamp"; "unclear" where only a name is
    typed there. A part without any place to sign yields nothing. `signature.signed_on` in handwriting is a value of
    None, "handwritten". Places for patients, guardians and witnesses are not the requester's.

    Source:
        What counts as a signature: CMS, Medicare Program Integrity Manual, chapter 3, 3.3.2.4 (handwritten or
        electronic; stamps only for signers with a disability).
    """
    places = Places.of(document)
    kinds = _ASKING if any(part.type in _ASKING for part in annotations.parts) else {PartType.ORDER}
    for part in annotations.parts:
        if part.type in kinds:
            reading = deciding(signatures_of(document, annotations, part, places))
            if reading is not None and reading.evidence:
                yield from _mentions(places, reading)


def _mentions(places: Places, reading: SignatureReading) -> Iterator[FieldMention]:
    yield _field("state", reading.state, reading.evidence, reading)
    signer, signed_on = reading.signer, reading.signed_on
    if signer is not None and reading.state != "unsigned":
        yield from _placed(places, "name", signer.full, signer.full_span, reading)
        if signer.credential and signer.credential_span:
            yield from _placed(places, "credential", signer.credential, signer.credential_span, reading)
    if signed_on is not None and signed_on.value and signed_on.span:
        yield from _placed(places, "signed_on", signed_on.value, signed_on.span, reading)
    elif signed_on is not None and signed_on.region:
        evidence = (places.document.region(signed_on.page, signed_on.region, handwritten=True),)
        yield _field("signed_on", None, evidence, reading, unclear="handwritten")


def _placed(places: Places, leaf: str, value: Scalar, span: Span, reading: SignatureReading) -> Iterator[FieldMention]:
    evidence = places.evidence(span)
    if evidence:
        yield _field(leaf, value, evidence, reading)


def _field(
    leaf: str,
    value: Scalar | None,
    evidence: tuple[Evidence, ...],
    reading: SignatureReading,
    *,
    unclear: Unclear | None = None,
) -> FieldMention:
    return FieldMention(
        evidence=evidence,
        provenance=SIGNATURES.provenance(reading.rule),
        confidence=reading.confidence,
        path=f"signature.{leaf}",
        value=value,
        as_written=evidence[0].quote or None,
        unclear=unclear,
    )


SIGNATURES = Extractor(name="signatures", version="1", run=find_signatures)
