"""A request with what the directories answered: matches, eligibility, limits in use, and the flags of all that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from matching.eligibility import eligibility, service_date
from matching.history import history_flags, repeats, used
from models.directory import Known, Role
from models.evidence import Evidence, Sourced
from models.request import AuthorizationRequest, Flag

_CALLED: dict[Role, str] = {
    "requesting_provider": "requesting provider",
    "ordering_provider": "ordering provider",
    "servicing_provider": "servicing provider",
    "facility": "facility",
    "primary_care_provider": "primary care provider",
}


def with_known(
    request: AuthorizationRequest, known: Known, *, today: dt.date
) -> tuple[AuthorizationRequest, tuple[Flag, ...]]:
    """The request with its matches, and their flags; `today` is the day of reception.

    Without a directory nothing is said about it: no match, no flag.
    """
    update: dict[str, Any] = {role: _matched(request, role, known) for role in known.providers}
    if known.member is not None:
        linked = known.member.decision == "link"
        covered = eligibility(known.coverage, service_date(request, today)) if linked else None
        update["coverage"] = request.coverage.model_copy(update={"match": known.member, "eligibility": covered})
    found = repeats(request, known.earlier or (), today)
    if found:
        update["service_lines"] = tuple(
            line.model_copy(update={"used": used(number, found)}) for number, line in enumerate(request.service_lines)
        )
    request = request.model_copy(update=update)
    flags = [*_member_flags(request), *_provider_flags(request, known)]
    return request, (*flags, *history_flags(request, known.earlier or (), found))


def _matched(request: AuthorizationRequest, role: Role, known: Known) -> Any:
    return getattr(request, role).model_copy(update={"match": known.providers[role]})


def _member_flags(request: AuthorizationRequest) -> Iterator[Flag]:
    match, covered = request.coverage.match, request.coverage.eligibility
    if match is None:
        return
    grounds = _evidence(request.coverage.member_id, request.patient.name.full, request.patient.birth_date)
    if match.decision == "non_link":
        message = "The patient was not found in the member directory."
        yield Flag(code="member-not-found", severity="error", message=message, evidence=grounds)
    elif match.decision == "possible_link":
        many = len(match.candidates)
        who = f"{many} members may be the patient" if many > 1 else "A member may be the patient"
        message = f"{who}, but the pages do not settle it. A person must choose."
        yield Flag(code="member-possible", severity="warning", message=message, evidence=grounds)
    if covered is not None and covered.status == "inactive":
        message = f"The member is not covered on {covered.as_of.isoformat()}. {covered.reason}"
        yield Flag(code="ineligible", severity="error", message=message, evidence=grounds)


def _provider_flags(request: AuthorizationRequest, known: Known) -> Iterator[Flag]:
    for role, match in known.providers.items():
        if match.decision == "non_link":
            provider = getattr(request, role)
            yield Flag(
                code="provider-not-found",
                severity="warning",
                message=f"The {_CALLED[role]} was not found in the provider directory.",
                evidence=_evidence(provider.npi, provider.name, provider.organization),
            )


def _evidence(*leaves: Sourced[Any] | None) -> tuple[Evidence, ...]:
    return tuple(evidence for leaf in leaves if leaf is not None for evidence in leaf.evidence)
