"""Who may do what: the matrix of roles and operations, as data. What is not named here is nobody's right."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal, get_args

from models.principal import Principal, Role
from models.problem import DossierError

Operation = Literal[
    "submission.create",
    "submission.read",
    "submission.list",
    "request.read",
    "request.list",
    "request.search",
    "request.change",
    "request.format",
    "missing.read",
    "missing.ask",
    "page.image",
    "page.words",
    "work.read",
    "work.release",
    "audit.read",
    "key.manage",
    "metrics.read",
]
OPERATIONS: Final[tuple[Operation, ...]] = get_args(Operation)

_STAFF: Final = ("processor", "clinical-reviewer", "medical-director", "supervisor")
_LOOKING: Final = (*_STAFF, "qa", "auditor", "integrator", "provider-office", "intake")

# reliability.md 4. "provider-office" sees its own office only, whatever the operation: the repository keeps to that.
_RIGHTS: Final[dict[Operation, tuple[Role, ...]]] = {
    "submission.create": ("intake", "supervisor", "integrator", "provider-office", "processor"),
    "submission.read": _LOOKING,
    "submission.list": _LOOKING,
    "request.read": _LOOKING,
    "request.list": _LOOKING,
    "request.search": (*_STAFF, "intake", "qa", "auditor"),
    "request.change": (*_STAFF, "integrator"),
    "request.format": _LOOKING,
    "missing.read": _LOOKING,
    "missing.ask": (*_STAFF, "integrator"),
    "page.image": _LOOKING,
    "page.words": _LOOKING,
    "work.read": ("intake", "supervisor", "admin", "auditor"),
    "work.release": ("supervisor",),
    "audit.read": ("qa", "supervisor", "admin", "auditor"),
    "key.manage": ("admin",),
    "metrics.read": ("admin", "supervisor", "auditor", "integrator"),
}
RIGHTS: Final = MappingProxyType(_RIGHTS)


class Forbidden(DossierError):
    """The caller is known, and may not do this."""

    http_status = 403
    state = "refused"


def may(who: Principal, operation: Operation) -> bool:
    """Whether the role of a caller has the right."""
    return who.role in RIGHTS[operation] and (who.role != "provider-office" or who.office is not None)


def demand(who: Principal, operation: Operation) -> None:
    """Let the caller pass.

    Raises:
        Forbidden: the role has no such right.
    """
    if not may(who, operation):
        raise Forbidden(f"The role '{who.role}' may not do this ({operation}). Ask an administrator for another role.")
