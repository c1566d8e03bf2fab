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
    "submission.split",
    "request.read",
    "request.list",
    "request.search",
    "request.change",
    "request.submit",
    "request.format",
    "decision.approve",
    "decision.close",
    "decision.deny",
    "missing.read",
    "missing.draft",
    "missing.ask",
    "missing.answer",
    "page.image",
    "page.words",
    "work.read",
    "work.propose",
    "work.release",
    "audit.read",
    "audit.own",
    "key.manage",
    "person.manage",
    "person.list",
    "rule.manage",
    "hold.propose",
    "hold.approve",
    "hold.read",
    "metrics.read",
]
OPERATIONS: Final[tuple[Operation, ...]] = get_args(Operation)

_CLINICAL: Final = ("clinical-reviewer", "medical-director")
_STAFF: Final = ("processor", *_CLINICAL, "supervisor")
_LOOKING: Final = (*_STAFF, "qa", "auditor", "integrator", "provider-office", "intake")

# reliability.md 4. "provider-office" sees its own office only, whatever the operation: the repository keeps to that.
# An administrator has no operation that shows a word of a document; only the clinical roles may deny.
_RIGHTS: Final[dict[Operation, tuple[Role, ...]]] = {
    "submission.create": ("intake", "supervisor", "integrator", "provider-office", "processor"),
    "submission.read": _LOOKING,
    "submission.list": _LOOKING,
    "submission.split": ("intake", "supervisor"),
    "request.read": _LOOKING,
    "request.list": _LOOKING,
    "request.search": (*_STAFF, "intake", "qa", "auditor"),
    "request.change": (*_STAFF, "integrator"),
    "request.submit": ("provider-office",),
    "request.format": (*_STAFF, "qa", "integrator", "provider-office"),
    "decision.approve": ("processor", *_CLINICAL),
    "decision.close": ("processor", *_CLINICAL),
    "decision.deny": _CLINICAL,
    "missing.read": _LOOKING,
    "missing.draft": (*_STAFF, "intake"),
    "missing.ask": (*_STAFF, "integrator"),
    "missing.answer": ("provider-office",),
    "page.image": _LOOKING,
    "page.words": _LOOKING,
    "work.read": ("intake", "supervisor", "admin", "auditor"),
    "work.propose": ("intake",),
    "work.release": ("supervisor",),
    "audit.read": ("qa", "supervisor", "admin", "auditor"),
    "audit.own": (*_STAFF, "intake", "provider-office", "qa", "admin", "auditor"),
    "key.manage": ("admin",),
    "person.manage": ("admin",),
    "person.list": ("admin", "auditor"),
    "rule.manage": ("admin",),
    "hold.propose": ("supervisor",),
    "hold.approve": ("admin",),
    "hold.read": ("supervisor", "admin", "auditor"),
    "metrics.read": ("admin", "supervisor", "auditor", "integrator"),
}
RIGHTS: Final = MappingProxyType(_RIGHTS)

# The scope that shows numbers which are masked for everybody else; it widens, where all others narrow.
FULL_IDENTIFIERS: Final = "identifiers:read"


class Forbidden(DossierError):
    """The caller is known, and may not do this."""

    http_status = 403
    state = "refused"


def may(who: Principal, operation: Operation) -> bool:
    """Whether the caller has the right: by its role, and by its scopes where it has any that narrow the role's.

    A scope is the name of an operation ("request.read"). A provider office without its id has no right at all.
    """
    narrowed = who.scopes - {FULL_IDENTIFIERS}
    if narrowed and operation not in narrowed:
        return False
    return who.role in RIGHTS[operation] and (who.role != "provider-office" or who.office is not None)


def demand(who: Principal, operation: Operation) -> None:
    """Let the caller pass.

    Raises:
        Forbidden: the caller has no such right.
    """
    if not may(who, operation):
        raise Forbidden(f"The role '{who.role}' may not do this ({operation}). Ask an administrator for another role.")
