"""Whoever asks: a person or a machine, with the role, the tenant and the office that bound what it may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Role = Literal[
    "processor",
    "intake",
    "provider-office",
    "clinical-reviewer",
    "medical-director",
    "qa",
    "supervisor",
    "admin",
    "integrator",
    "auditor",
]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
# The only tenant of an installation that was not told of others.
MAIN: Final = "main"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who acts. `actor` is an id of ours ("key:...", "person:...", "worker"); `office` bounds a provider office.

    `scopes` are rights beyond the role's ("identifiers:read": unmasked numbers).
    """

    tenant: str
    actor: str
    role: str
    office: str | None = None
    scopes: frozenset[str] = field(default_factory=frozenset)


SYSTEM = Principal(tenant=MAIN, actor="system", role="system")
# Whoever may run commands on the machine itself.
OPERATOR = Principal(tenant=MAIN, actor="operator", role="system")
