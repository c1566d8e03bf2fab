"""The request as far as its own pages tell: every field, document and clinical fact, before anything is assessed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from assembly.cases import Case
from assembly.documents import documents_of
from assembly.fields import fields_of, nested
from assembly.misfits import request_of
from models.evidence import Provenance, Sourced
from models.mention import EntityMention
from models.request import Amount, AuthorizationRequest, ClinicalFact
from models.result import Submission

PROVENANCE_VERSION = "1"


def draft_request(
    case: Case, submission: Submission, number: int, *, payer: str | None, market: str
) -> AuthorizationRequest:
    """Build the request of a case; `number` is its position among the submission's requests, from 0.

    The id is made of the submission's path, its files' bytes and the number, so that two runs agree; what came later
    in answer to the request does not change it.
    """
    receipt = submission.receipt
    values = completed(nested(fields_of(case)))
    documents = documents_of(case, submission)
    listed = {document.id for document in documents}
    given = {
        "id": _identifier(submission, number),
        "status": "needs_review",
        "submissions": (receipt.submission, *dict.fromkeys(submission.answers.values())),
        "channel": receipt.channel,
        "received_at": receipt.received_at,
        "received_at_source": receipt.source,
        "payer": payer,
        "market": market,
        "documents": documents,
        "clinical": tuple(_clinical(case)),
        "problems": tuple(
            problem
            for result in submission.results
            if result.document.id in listed
            for problem in (*result.document.problems, *(() if result.duplicate_of else result.problems))
        ),
    }
    return request_of(given, values)


def _identifier(submission: Submission, number: int) -> str:
    digest = hashlib.sha256(submission.receipt.submission.encode())
    own = (result.document for result in submission.results if result.document.id not in submission.answers)
    contents = submission.identity if submission.identity is not None else (document.sha256 for document in own)
    for content in sorted(contents):
        digest.update(content.encode())
    digest.update(str(number).encode())
    return f"r-{digest.hexdigest()[:16]}"


def completed(values: dict[str, Any]) -> dict[str, Any]:
    """What follows from the values alone: amounts, a full name from its halves, the kind of request."""
    patient = values.get("patient", {})
    for leaf in ("height", "weight"):
        if leaf in patient:
            patient[leaf] = _amount(patient[leaf])
    name = patient.get("name", {})
    if "full" not in name and "family" in name and "given" in name:
        name["full"] = _joined(name["given"], name["family"])
    for role in ("requesting_provider", "servicing_provider", "facility", "primary_care_provider", "ordering_provider"):
        provider = values.get(role, {})
        family, given = provider.pop("family", None), provider.pop("given", None)
        halves = [half for half in (given, family) if half is not None]
        if "name" not in provider and halves:
            provider["name"] = _joined(halves[0], halves[-1]) if len(halves) > 1 else halves[0]
    for line in values.get("service_lines", ()):
        _not_a_drug(line)
    if "request_type" not in values and (kind := _request_type(values)) is not None:
        values["request_type"] = kind
    return values


def _not_a_drug(line: dict[str, Any]) -> None:
    """Labels like "Duration" mean the drug on a drug form only; on others they are the line's own."""
    drug = line.get("drug", {})
    if not drug or {"name", "ndc", "strength", "prior_treatments", "new_or_continuing", "dose"} & set(drug):
        return
    line.pop("drug")
    if "duration" in drug:
        line.setdefault("duration", drug["duration"])
    if "quantity" in drug:
        line.setdefault("quantity", {"value": drug["quantity"]})


def _amount(leaf: Sourced[str]) -> Sourced[Amount]:
    number, _, unit = (leaf.value or "").partition(" ")
    value = Amount(value=number, unit=unit) if number else None
    return Sourced[Amount](**{**dict(leaf), "value": value, "alternatives": ()})


def _joined(given: Sourced[str], family: Sourced[str]) -> Sourced[str]:
    """A full name from two blanks; as sure as the less sure half."""
    known = [part for part in (given, family) if part.value]
    return Sourced[str](
        value=" ".join(part.value or "" for part in known) or None,
        confidence=min(given.confidence, family.confidence),
        as_written=" ".join(part.as_written or "" for part in (given, family)).strip() or None,
        unclear=given.unclear or family.unclear,
        evidence=(*given.evidence, *family.evidence),
        provenance=given.provenance,
    )


def _request_type(values: dict[str, Any]) -> Sourced[Any] | None:
    """What is asked for, by the first line that tells: its grounds are the line's own."""
    for line in values.get("service_lines", ()):
        for leaf, kind in _kinds(line):
            if leaf is not None and leaf.value is not None:
                return Sourced[Any](
                    value=kind,
                    confidence=leaf.confidence,
                    evidence=leaf.evidence,
                    provenance=Provenance(extractor="assembly", version=PROVENANCE_VERSION, rule="kind-of-line"),
                )
    return None


def _kinds(line: dict[str, Any]) -> Iterator[tuple[Sourced[Any] | None, str]]:
    """Leaves of a line with the kind of request each stands for, the most telling first.

    HCPCS level II: J and Q51 are drugs, E, K and L equipment and orthotics (CMS, HCPCS sections). Where visits to an
    office or a consultation are asked for (CPT 99202-99215, 99242-99245), the patient is referred.
    """
    yield line.get("drug", {}).get("name"), "drug"
    code = line.get("code")
    if code is not None and code.value is not None and code.value.system == "HCPCS":
        yield (
            code,
            "drug"
            if re.match(r"J|Q51", code.value.code)
            else "equipment"
            if code.value.code[0] in "EKL"
            else "service",
        )
    yield line.get("equipment", {}).get("acquisition"), "equipment"
    if code is not None and code.value is not None and re.fullmatch(r"992(?:0[2-5]|1[1-5]|4[2-5])", code.value.code):
        yield code, "referral"
    yield code, "service"
    yield line.get("text"), "service"


def _clinical(case: Case) -> Iterator[ClinicalFact]:
    """The entities of the case's own pages; their date is their own, if they have one."""
    for part in case.parts:
        if part.result.duplicate_of is not None:
            continue
        for mention in part.result.mentions:
            if isinstance(mention, EntityMention) and mention.evidence[0].page in part.part.pages:
                yield _fact(mention)


def _fact(mention: EntityMention) -> ClinicalFact:
    return ClinicalFact(
        text=mention.text,
        category=mention.category,
        concept=mention.concept,
        status=mention.status,
        date=mention.on,
        value=mention.value,
        unit=mention.unit,
        laterality=mention.laterality,
        codes=mention.codes,
        evidence=mention.evidence,
        began_on=mention.began_on,
        ended_on=mention.ended_on,
        outcome=mention.outcome,
        expansion=mention.expansion,
    )
