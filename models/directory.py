"""What a plan's directories say: members, providers, and what was authorized before. One value a row of their files.

Plain slotted dataclasses, as `Word`: a directory has millions of rows. Texts are as the file has them, empty where it
says nothing; `matching/` makes them comparable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.request import Match

DirectoryKind = Literal["members", "providers", "authorizations"]
# The roles of a request in which a provider may stand.
Role = Literal["requesting_provider", "ordering_provider", "servicing_provider", "facility", "primary_care_provider"]


@dataclass(frozen=True, slots=True)
class Member:
    """A member from one effective date on; also what is known of a patient who is looked for.

    `effective_on` and `terminated_on`, the last covered day, are ISO dates. `alt_id` holds other and old numbers,
    apart by commas, semicolons, bars or spaces.
    """

    member_id: str = ""
    family_name: str = ""
    given_name: str = ""
    birth_date: str = ""
    sex: str = ""
    phone: str = ""
    address_line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    payer_id: str = ""
    plan: str = ""
    effective_on: str = ""
    terminated_on: str = ""
    alt_id: str = ""
    name_zh: str = ""
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryProvider:
    """A person or, without a family name, an organization that renders care; also one who is looked for.

    `attributes` is a JSON object of the columns that the contract does not name.
    """

    provider_id: str = ""
    npi: str = ""
    tin: str = ""
    family_name: str = ""
    given_name: str = ""
    organization: str = ""
    specialty: str = ""
    taxonomy: str = ""
    phone: str = ""
    fax: str = ""
    address_line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    network: str = ""
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class EarlierAuthorization:
    """One line of an authorization that the plan has on file; units are decimal strings, dates ISO."""

    authorization_number: str = ""
    member_id: str = ""
    npi: str = ""
    system: str = ""
    code: str = ""
    modifier: str = ""
    units_approved: str = ""
    units_used: str = ""
    unit: str = ""
    start_on: str = ""
    end_on: str = ""
    status: str = ""
    attributes: str = ""


AnyRow = Member | DirectoryProvider | EarlierAuthorization


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Population:
    """How often a directory has a name or postal code, normalized: what an agreement on it is worth.

    `size` is the number of rows. `alike` says of a directory without street, telephone or sex in any row how many rows
    share family name and birth date with another, and how many both names and postal code; it is None for any other.
    Compared by identity, since it is large.
    """

    size: int
    family: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, int] = field(default_factory=dict)
    postal: Mapping[str, int] = field(default_factory=dict)
    alike: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class MemberCandidates:
    """The rows of the member directory that share a blocking key with whom is looked for."""

    rows: tuple[Member, ...]
    population: Population


@dataclass(frozen=True, slots=True)
class ProviderCandidates:
    """The rows of the provider directory that share a blocking key with whom is looked for."""

    rows: tuple[DirectoryProvider, ...]
    population: Population


@dataclass(frozen=True, slots=True)
class Questions:
    """Whom a request speaks of, to be looked up: its patient and its providers by role."""

    member: Member
    providers: tuple[tuple[Role, DirectoryProvider], ...]
    member_said: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the directories answer about one request; None where there is no such directory.

    `coverage` is every row of the linked member, `earlier` the member's authorizations.
    """

    member: Match | None = None
    coverage: tuple[Member, ...] = ()
    providers: Mapping[Role, Match] = field(default_factory=dict)
    earlier: tuple[EarlierAuthorization, ...] | None = None


def day(text: str) -> dt.date | None:
    """An ISO date, or None where a text is none."""
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
