"""From a label's meaning to the leaf of the request it fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from extractors.form.labels import Label
from extractors.form.sections import Sections

Kind = Literal[
    "text", "name", "party", "date", "sex", "phone", "line", "city", "state", "postal_code", "city_state_zip",
    "npi", "tin", "dea", "dea_tin", "npi_tin", "npi_dea", "member_id", "hkid", "mbi", "medi-cal-cin",
    "ssn", "diagnosis", "diagnosis_code",
    "diagnosis_both", "drug", "strength", "dose",
    "strength_form", "strength_route", "form_route", "service_code", "service_text", "modifiers",
    "number", "ndc",
    "day_first", "family_first", "titled", "phone_hk", "hkid_passport", "name_zh",
    "prior", "prior_name", "prior_dates", "laterality", "acquisition", "amount", "money", "rate", "ignore",
    "phone_fax", "height_weight", "choice",
]  # fmt: skip
# A label that means nothing by itself: the description of the code beside it.
DESCRIPTION = "description"
CODE = "code"
DATE = "date"
_IN_LISTS = {DESCRIPTION: "text", CODE: "code"}
PRIOR = "service_lines.drug.prior_treatments"
PROVIDERS = ("requesting_provider", "servicing_provider", "facility", "primary_care_provider", "ordering_provider")
# Sections that speak of somebody.
PARTIES = (*PROVIDERS, "patient", "subscriber", "other_coverage", "pharmacy")

# Bare attributes that only one party of a request has, for labels without a role below no heading that tells.
_OWNERS = {
    **dict.fromkeys(
        ("npi", "tin", "dea", "dea_tin", "npi_tin", "npi_dea", "license_number", "specialty", "contact_name"),
        "requesting_provider",
    ),
    **dict.fromkeys(
        ("birth_date", "sex", "height", "weight", "height_weight", "language", "mrn", "member_id", "family", "given"),
        "patient",
    ),
}
PATIENTS_ALONE = frozenset({"birth_date", "sex", "height", "weight", "height_weight", "language", "mrn"})
# Of these nobody but the patient has any, whichever section asks.
_BODIES = frozenset({"height", "weight", "height_weight", "mrn"})
_PROVIDER_KINDS: dict[str, Kind] = {
    "name": "party", "organization": "text", "npi": "npi", "tin": "tin", "dea": "dea",
    "dea_tin": "dea_tin", "npi_tin": "npi_tin", "npi_dea": "npi_dea", "license_number": "text", "specialty": "text",
    "phone": "phone", "fax": "phone", "contact_name": "name",
    "family": "name", "given": "name", "phone_fax": "phone_fax",
}  # fmt: skip
_PATIENT_KINDS: dict[str, Kind] = {
    "birth_date": "date", "sex": "sex", "phone": "phone", "language": "text", "height": "amount", "weight": "amount",
    "name_zh": "name_zh", "phone_fax": "phone_fax", "height_weight": "height_weight",
}  # fmt: skip
_PLACES: dict[str, Kind] = {
    "line": "line", "city": "city", "state": "state", "postal_code": "postal_code", "city_state_zip": "city_state_zip",
}  # fmt: skip
_LEAF_KINDS: dict[str, Kind] = {
    "coverage.member_id": "member_id",
    "patient.identifiers.hkid": "hkid",
    "patient.identifiers.hkid_passport": "hkid_passport",
    "patient.name_zh": "name_zh",
    "hong_kong.policyholder.name": "party",
    "hong_kong.first_consulted_on": "date",
    "hong_kong.symptom_onset_on": "date",
    "coverage.accident.occurred_on": "date",
    "patient.identifiers.mbi": "mbi",
    "patient.identifiers.medi-cal-cin": "medi-cal-cin",
    "patient.identifiers.ssn": "ssn",
    "request.submitted_on": "date",
    "diagnoses.text": "diagnosis",
    "diagnoses.code": "diagnosis_code",
    "diagnoses.both": "diagnosis_both",
    "service_lines.drug.both": "drug",
    "service_lines.drug.name": "drug",
    "service_lines.drug.strength": "strength",
    "service_lines.drug.dose": "dose",
    "service_lines.drug.strength_form": "strength_form",
    "service_lines.drug.strength_route": "strength_route",
    "service_lines.drug.form_route": "form_route",
    "service_lines.drug.ndc": "ndc",
    "service_lines.drug.prior": "prior",
    "service_lines.drug.prior_treatments.name": "prior_name",
    "service_lines.drug.prior_treatments.dates": "prior_dates",
    "service_lines.code": "service_code",
    "service_lines.text": "service_text",
    "service_lines.modifiers": "modifiers",
    "service_lines.quantity.value": "number",
    "service_lines.visits": "number",
    "service_lines.start_on": "date",
    "service_lines.end_on": "date",
    "service_lines.laterality": "laterality",
    "service_lines.equipment.months": "number",
    "service_lines.equipment.acquisition": "acquisition",
    "service_lines.frequency": "rate",
    "service_lines.charge": "money",
    "admission.admitted_on": "date",
    "admission.discharged_on": "date",
    "admission.days": "number",
    "signature.signed_on": "date",
    "signature.name": "name",
    "description": "ignore",
    "code": "ignore",
    "date": "ignore",
    "signature.label": "ignore",
    "patient.height": "amount",
    "patient.weight": "amount",
    "ignore": "ignore",
    "level_of_service": "choice",
    "certification_type": "choice",
    "admission.type": "choice",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A leaf, or for composite blanks the object that holds the leaves, and how its text is read."""

    path: str
    kind: Kind


def target_of(label: Label, sections: Sections, before: str | None) -> Target:
    """The leaf that a label fills; `before` is the role of the label before it in the same column.

    A label that names nobody takes the section's role, else the role of the label before, else the only party that has
    such an attribute; where none of that tells, it is left alone.
    """
    meaning = label.meaning
    section = sections.role_at(label.box)
    if section == "office":
        return Target("", "ignore")
    if meaning.path is not None:
        path = _in_section(meaning.path, section)
        return Target(path.removeprefix("request."), kind_of(path))
    role = role_of(label, section, before)
    if role is None or meaning.attribute is None:
        return Target("", "ignore")
    if meaning.role == "facility" and meaning.attribute == "name":
        return Target(f"{role}.organization", "text")
    return _leaf(role, meaning.attribute)


def _in_section(path: str, section: str | None) -> str:
    """The leaf of a label that means another thing in each section ("Code", "Description", "Group name")."""
    lists = {"diagnosis": "diagnoses", "service": "service_lines"}
    if path == "service_lines.drug.frequency" and section == "service":
        return "service_lines.frequency"
    if path == DATE and section == "signature":
        return "signature.signed_on"
    if path == "coverage.group_number" and section in PROVIDERS:
        return f"{section}.organization"
    if path in _IN_LISTS and section in lists:
        return f"{lists[section]}.{_IN_LISTS[path]}"
    return path


def kind_of(path: str) -> Kind:
    """How the text of a leaf is read."""
    return _LEAF_KINDS.get(path, "text")


def localised(target: Target, kinds: Mapping[str, str]) -> Target:
    """The target as the market fills it in: `kinds` names its own kinds of blanks."""
    kind = kinds.get(target.kind)
    return Target(target.path, cast(Kind, kind)) if kind is not None else target


def role_of(label: Label, section: str | None, before: str | None) -> str | None:
    """Of whom a label speaks, None where the page does not tell."""
    meaning = label.meaning
    in_people = section if section in PARTIES else None
    if meaning.role is not None:
        narrower = meaning.general and section in (
            "requesting_provider",
            "servicing_provider",
            "facility",
            "primary_care_provider",
            "ordering_provider",
            "pharmacy",
        )
        organization = (
            meaning.role == "facility"
            and meaning.attribute == "name"
            and section in ("requesting_provider", "servicing_provider")
        )
        return section if narrower or organization else meaning.role
    if meaning.attribute in _BODIES:
        return "patient"
    owner = _OWNERS.get(meaning.attribute or "")
    # "Patient Name ... NPI ..." on one line: nobody asks for the patient's NPI, or for the prescriber's birth date.
    strange = before == "patient" and owner == "requesting_provider"
    strange = strange or (before in PROVIDERS and meaning.attribute in PATIENTS_ALONE)
    owner = None if section == "head" and owner == "requesting_provider" else owner
    return in_people or (None if strange else before) or owner


def _leaf(role: str, attribute: str) -> Target:
    if role in ("pharmacy", "policyholder", "other"):
        return Target("", "ignore")
    if role == "subscriber":
        leaf = {
            "name": ("name", "name"),
            "birth_date": ("birth_date", "date"),
            "relationship": ("relationship", "text"),
        }.get(attribute)
        if attribute == "member_id":
            return Target("coverage.member_id", "member_id")
        return Target(f"coverage.subscriber.{leaf[0]}", leaf[1]) if leaf else Target("", "ignore")  # type: ignore[arg-type]
    if role == "other_coverage":
        return Target("coverage.other_coverage.payer_name", "text") if attribute == "name" else Target("", "ignore")
    if attribute in _PLACES and role in ("patient", *PROVIDERS):
        return Target(
            f"{role}.address" if attribute in ("city_state_zip", "line") else f"{role}.address.{attribute}",
            _PLACES[attribute],
        )
    if role == "patient":
        return _patient_leaf(attribute)
    kind = _PROVIDER_KINDS.get(attribute)
    if kind is None or role not in PROVIDERS:
        return Target("", "ignore")
    pair = attribute in ("dea_tin", "npi_tin", "npi_dea", "phone_fax")
    return Target(role if pair else f"{role}.{attribute}", kind)


def _patient_leaf(attribute: str) -> Target:
    if attribute == "name":
        return Target("patient.name", "name")
    if attribute in ("family", "given"):
        return Target(f"patient.name.{attribute}", "text")
    if attribute == "member_id":
        return Target("coverage.member_id", "member_id")
    if attribute == "mrn":
        return Target("patient.identifiers.mrn", "text")
    kind = _PATIENT_KINDS.get(attribute)
    if attribute in ("phone_fax", "height_weight"):
        return Target("patient", kind or "ignore")
    return Target(f"patient.{attribute}", kind) if kind else Target("", "ignore")
