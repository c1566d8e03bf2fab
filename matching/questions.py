"""Whom a request speaks of: its patient and its providers, as queries to the directories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from matching.forms import split_name
from matching.normalize import NameForm, organization_words
from models.directory import DirectoryProvider, Member, Questions, Role
from models.document import Document
from models.evidence import Sourced
from models.parsed import FaxRecord
from models.request import AuthorizationRequest, Provider
from models.transmission import transmissions_of

ROLES: tuple[Role, ...] = (
    "requesting_provider", "ordering_provider", "servicing_provider", "facility", "primary_care_provider",
)  # fmt: skip
# A name with one of these words is an organization's.
_ORGANIZATION = frozenset(
    [
        "ASSOCIATES",
        "CARE",
        "CENTER",
        "CENTRE",
        "CLINIC",
        "CLINICS",
        "DIAGNOSTICS",
        "EQUIPMENT",
        "FACILITY",
        "GROUP",
        "HEALTH",
        "HEALTHCARE",
        "HOME",
        "HOSPITAL",
        "IMAGING",
        "INSTITUTE",
        "LAB",
        "LABORATORIES",
        "LABORATORY",
        "MEDICAL",
        "ORTHOPEDICS",
        "PARTNERS",
        "PHARMACY",
        "PHYSICIANS",
        "PRACTICE",
        "RADIOLOGY",
        "REHAB",
        "REHABILITATION",
        "SERVICES",
        "SPECIALISTS",
        "SUPPLY",
        "SURGERY",
        "SYSTEM",
        "THERAPY",
        "UNIVERSITY",
        "WELLNESS",
    ]
)
# Numbers of the patient by which a plan may know them, too.
_OTHER_NUMBERS = ("mbi", "medi-cal-cin")


def questions_of(
    request: AuthorizationRequest, documents: Sequence[Document] = (), faxes: Sequence[FaxRecord] = ()
) -> Questions:
    """Read off a draft whom to look up.

    An identifier that failed its check is asked for as it was written: the directory may know what it was meant to be.
    The number a fax came from stands in for a fax number that the form does not give.
    """
    sender = _sent_from(documents, faxes)
    providers = tuple(
        (role, query)
        for role in ROLES
        if (query := _provider(role, getattr(request, role), sender if role == ROLES[0] else ""))
    )
    member = _member(request)
    said = any((member.member_id, member.alt_id, member.family_name, member.given_name, member.name_zh))
    return Questions(member, providers, said)


def _member(request: AuthorizationRequest) -> Member:
    patient, coverage = request.patient, request.coverage
    family, given = _text(patient.name.family), _text(patient.name.given)
    if not (family and given) and (full := _text(patient.name.full)):
        forms = split_name(full, family_first=request.market == "hk")
        family, given = (_written(form) for form in forms)
    others = [_text(each.value) for each in patient.identifiers if each.system in _OTHER_NUMBERS]
    born = patient.birth_date
    return Member(
        member_id=_text(coverage.member_id) or _text(coverage.policy_number),
        family_name=family,
        given_name=given,
        birth_date=born.value.isoformat() if born is not None and born.value else "",
        sex=_text(patient.sex),
        phone=_text(patient.phone),
        address_line=_text(patient.address.line),
        city=_text(patient.address.city),
        state=_text(patient.address.state),
        postal_code=_text(patient.address.postal_code),
        alt_id=" ".join(number.replace(" ", "") for number in others if number),
        name_zh=_text(patient.name_zh),
    )


def _provider(role: Role, provider: Provider, sender: str) -> DirectoryProvider | None:
    """None where nothing is said by which a provider could be known."""
    name, organization = _text(provider.name), _text(provider.organization)
    if name and not organization and (role == "facility" or set(organization_words(name)) & _ORGANIZATION):
        name, organization = "", name
    family, given = split_name(name)
    query = DirectoryProvider(
        npi=_text(provider.npi),
        tin=_text(provider.tin),
        family_name=_written(family),
        given_name=_written(given),
        organization=organization,
        specialty=_text(provider.specialty),
        phone=_text(provider.phone),
        fax=_text(provider.fax) or sender,
        address_line=_text(provider.address.line),
        city=_text(provider.address.city),
        state=_text(provider.address.state),
        postal_code=_text(provider.address.postal_code),
    )
    return query if query.npi or query.family_name or query.organization or query.tin else None


def _written(form: NameForm) -> str:
    return " ".join((*form.words, form.suffix)).strip()


def _text(leaf: Sourced[Any] | None) -> str:
    """A leaf's value, or what stood there; readings that conflict are none."""
    if leaf is None or leaf.unclear == "conflict":
        return ""
    return str(leaf.value) if leaf.value is not None else (leaf.as_written or "")


def _sent_from(documents: Sequence[Document], faxes: Sequence[FaxRecord]) -> str:
    """The one number that all pages came from; empty if there is none, or several."""
    numbers = set(_senders(documents, faxes))
    return numbers.pop() if len(numbers) == 1 else ""


def _senders(documents: Sequence[Document], faxes: Sequence[FaxRecord]) -> Iterator[str]:
    yield from (fax.number for fax in faxes if fax.number)
    for document in documents:
        yield from (sent.sender_number for sent in transmissions_of(document.pages) if sent.sender_number)
