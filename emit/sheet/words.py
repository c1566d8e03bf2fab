"""The words of the screen: names of fields and of closed sets, and values as people write them."""

from __future__ import annotations

import datetime as dt

from models.code import Code
from models.request import Amount

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Where the last key alone says too little or says it badly; the longest ending of a path that is listed wins.
LABELS: dict[str, str] = {
    "name.full": "Name",
    "name.family": "Family name",
    "name.given": "Given name",
    "name_zh": "Chinese name",
    "address.line": "Street",
    "postal_code": "Postal code",
    "level_of_service": "Urgency",
    "urgency_reason": "Reason for urgency",
    "request_type": "Kind of request",
    "review_timing": "Timing",
    "certification_type": "Kind of authorization",
    "submitted_on": "Date of request",
    "previous_authorization_number": "Earlier authorization",
    "sender_reference": "Sender's reference",
    "member_id": "Member ID",
    "payer_name": "Insurer",
    "subscriber.name": "Subscriber",
    "subscriber.birth_date": "Subscriber's birth date",
    "subscriber.relationship": "Relationship to subscriber",
    "other_coverage.payer_name": "Other insurer",
    "other_coverage.policy_number": "Other insurer's policy",
    "accident.related_to": "Related to",
    "accident.occurred_on": "Date of accident",
    "npi": "NPI",
    "tin": "Tax number (TIN)",
    "dea": "DEA number",
    "license_number": "License",
    "contact_name": "Contact",
    "signature.state": "Signature",
    "signature.name": "Signed by",
    "signed_on": "Signed on",
    "admitted_on": "Admission",
    "discharged_on": "Discharge",
    "onset_on": "Onset",
    "diagnoses.text": "Diagnosis",
    "service_lines.text": "Service",
    "modifiers": "Modifier",
    "frequency.count": "Frequency",
    "start_on": "Start",
    "end_on": "End",
    "laterality": "Side",
    "body_site": "Body part",
    "drug.name": "Drug",
    "drug.form": "Dosage form",
    "drug.ndc": "NDC",
    "drug.new_or_continuing": "New or continuing",
    "drug.quantity": "Drug quantity",
    "drug.duration": "Length of treatment",
    "drug.frequency": "How often",
    "prior_treatments.name": "Tried before",
    "prior_treatments.to": "Until",
    "prior_treatments.outcome": "Result",
    "equipment.months": "Months",
    "quantity.value": "Quantity",
    "charge.amount": "Charge",
    "policyholder.name": "Policyholder",
    "policyholder.relationship": "Relationship to policyholder",
    "first_consulted_on": "First consultation",
    "symptom_onset_on": "Onset of symptoms",
    "previous_same_condition": "Same condition before",
    "guarantee_requested": "Payment guarantee asked",
    "estimates.amount": "Estimate",
    "consents.signed": "Consent",
    "consents.signed_on": "Consent dated",
    "dated_on": "Dated",
    "mbi": "Medicare number (MBI)",
    "medi-cal-cin": "Medi-Cal number (CIN)",
    "hkid": "HKID",
    "ssn": "Social security number",
    "mrn": "Medical record number",
}

# Leaves whose value is one of a closed set of slugs.
CLOSED = frozenset({
    "request_type", "review_timing", "level_of_service", "certification_type", "sex", "signature.state", "laterality",
    "equipment.acquisition", "parts.signed",
})  # fmt: skip

_INITIALS = frozenset(
    {"npi", "id", "dea", "tin", "mbi", "cin", "hkid", "icd", "cpt", "hcpcs", "ndc", "mri", "ct", "tb", "tnf"}
)

SEVERITIES = {"error": "To settle", "warning": "Worth a look", "info": "For information"}
VERDICTS = {"met": "Met", "not_met": "Not met", "not_found": "Not found", "unclear": "Unclear", "waived": "Waived"}
NEEDS = {"required": "needed", "conditional": "needed in this case", "recommended": "helpful"}
WHOM = {
    "requesting": "The requesting provider",
    "servicing": "The servicing provider",
    "member": "The member",
    "plan": "The plan itself",
}
DEADLINES = {
    "decision": "Decision due",
    "provider_notice": "Notice to provider due",
    "member_notice": "Notice to member due",
    "information_request": "Request for information due",
}
RECEIVED = {
    "option": "as stated when it was processed",
    "mail-received": "by the receiving mail server's clock",
    "sidecar": "by the fax server's record",
    "mail-date": "by the sender's clock (mail date)",
    "fax-header": "by the sender's clock (fax header)",
    "now": "when it was processed; no earlier time is known",
}


def label(path: str) -> str:
    """The name of a leaf, from its path (list positions are passed over)."""
    keys = names(path)
    for start in range(len(keys)):
        known = LABELS.get(".".join(keys[start:]))
        if known:
            return known
    return sentence(keys[-1])


def names(path: str) -> tuple[str, ...]:
    """The keys of a path without list positions."""
    return tuple(key for key in path.split(".") if not key.isdigit())


def closed(path: str) -> bool:
    """Whether the leaf's value is a slug of a closed set."""
    keys = names(path)
    return keys[-1] in CLOSED or ".".join(keys[-2:]) in CLOSED


def sentence(slug: str) -> str:
    """A slug as words: "prior-authorization-form" becomes "Prior authorization form"."""
    words = slug.replace("_", " ").replace("-", " ").split()
    text = " ".join(word.upper() if word in _INITIALS else word for word in words)
    return text[:1].upper() + text[1:]


def value(found: object, path: str) -> str:
    """A value as people write it. Dates are never all digits, so that no reader mistakes the month for the day."""
    if isinstance(found, bool):
        return "Yes" if found else "No"
    if isinstance(found, dt.date):
        return date(found)
    if isinstance(found, Code):
        return f"{found.code} ({found.system})" + (f" {found.display}" if found.display else "")
    if isinstance(found, Amount):
        return f"{found.value} {found.unit}"
    text = "" if found is None else str(found)
    if closed(path):
        return sentence(text)
    return telephone(text) if names(path)[-1] in {"phone", "fax"} else text


def date(on: dt.date) -> str:
    """A day as "2 Mar 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(at: dt.datetime) -> str:
    """A time as "2 Mar 2026, 09:05 UTC", in the zone in which it is given."""
    zone = "UTC" if at.utcoffset() == dt.timedelta(0) else f"UTC{at.strftime('%z')[:3]}:{at.strftime('%z')[3:5]}"
    return f"{date(at.date())}, {at:%H:%M} {zone}"


def telephone(digits: str) -> str:
    """Ten digits in the grouping of the North American plan, anything else as it is."""
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 and digits.isdecimal() else digits


def pages(numbers: tuple[int, ...]) -> str:
    """Page numbers as "page 3" or "pages 1-3, 5"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(parts)


def same(left: str, right: str) -> bool:
    """Whether two writings differ in nothing but case, spacing and punctuation."""
    return _bare(left) == _bare(right)


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
