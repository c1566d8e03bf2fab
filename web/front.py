"""What every route has at hand: the service, the limits, and who is calling by which right."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from actions.service import Service, Session
from models.access import Forbidden, Operation, demand
from models.principal import MAIN, Principal
from web.addresses import address_of
from web.limits import Limits
from web.meters import Meters
from web.pace import Pace
from web.problems import Refusal
from web.strangers import Strangers, Unknown
from web.turns import Streams, Turns

# Signing in, of one address: each attempt costs 19 MiB and a core for a while.
_DOORS_PER_S, _DOORS = 2.0, 30
# Of one name, however many addresses it is tried from; of a browser that the person knows by a bucket of its own.
# reliability.md 5 (10 in 15 minutes) is kept by the store; this only keeps the passwords from being computed.
_NAMES_PER_S, _NAMES = 10 / 900, 20
_STRANGE = "Too many keys or sessions that do not hold came from here. Try again after Retry-After seconds."
_LOOKUPS_PER_S, _LOOKUPS = 200.0, 400
_MANY = "More keys or sessions came from here than can be looked up. Try again after Retry-After seconds."
# Megabytes of uploads that end in a refusal after files of them were stored, which are removed later only.
_VAIN_MB_PER_S, _VAIN_MB = 1.0, 1000
_IN_VAIN = "Too many files were sent in calls that were refused. Try again after Retry-After seconds."
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(slots=True)
class Front:
    """One web application; `tenant` is whose people sign in here."""

    service: Service
    limits: Limits
    tenant: str
    turns: Turns
    streams: Streams
    meters: Meters
    pace: Pace
    doors: Pace
    names: Pace
    strangers: Strangers
    vain: Pace
    cookie: str = field(init=False)

    def __post_init__(self) -> None:
        """Name the cookie: with this prefix browsers keep it to this host and to HTTPS."""
        self.cookie = "__Host-dossier" if self.limits.secure else "dossier"


def new_front(service: Service, limits: Limits, *, tenant: str = MAIN) -> Front:
    """The front of an installation, with nobody before it yet."""
    return Front(
        service, limits, tenant,
        turns=Turns(limits),
        streams=Streams(limits),
        meters=Meters(),
        pace=Pace(limits.calls_per_s, limits.burst),
        doors=Pace(_DOORS_PER_S, _DOORS, "Too many attempts to sign in. Try again after Retry-After seconds."),
        names=Pace(_NAMES_PER_S, _NAMES, "Too many attempts to sign in. Try again after Retry-After seconds."),
        strangers=Strangers(
            Pace(limits.failures_per_s, limits.failures, _STRANGE), Pace(_LOOKUPS_PER_S, _LOOKUPS, _MANY)
        ),
        vain=Pace(_VAIN_MB_PER_S, _VAIN_MB, _IN_VAIN),
    )  # fmt: skip


def front_of(connection: HTTPConnection) -> Front:
    """The front of the application that is called."""
    front = connection.app.state.front
    assert isinstance(front, Front)  # noqa: S101 - web.app put it there
    return front


@dataclass(frozen=True, slots=True)
class Permit:
    """The right that a route asks for; as a dependency it yields the caller who has it.

    With `form` the route takes a browser's form, and checks itself that it is one of ours (`check_form`).
    """

    operation: Operation
    form: bool = False

    def __call__(self, request: Request) -> Principal:
        """Find the caller, and whether it may.

        Raises:
            Refusal, Forbidden: nobody is known, or it may not.
        """
        front = front_of(request)
        who = _caller(front, request, form=self.form)
        request.state.actor = who.actor
        _check_query(request)
        front.pace.step(who.actor)
        try:
            demand(who, self.operation)
        except Forbidden:
            front.service.refused(who, self.operation)
            raise
        return who


def key_of(request: HTTPConnection) -> str | None:
    """The API key that a call brings."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and key.strip() else None


def session_of(front: Front, request: HTTPConnection, *, used: bool = True) -> Session | None:
    """The session of the browser that calls."""
    token = request.cookies.get(front.cookie)
    return front.service.session(token, used=used) if token else None


def check_origin(front: Front, request: HTTPConnection) -> None:
    """Let only pages of our own send something by a browser.

    Raises:
        Refusal: the call comes from elsewhere, or does not say where from.
    """
    origin = request.headers.get("origin")
    if origin is None and request.headers.get("sec-fetch-site") == "same-origin":
        return
    wanted = ("https" if front.limits.secure else request.url.scheme, request.headers.get("host"))
    if origin is None or (urlsplit(origin).scheme, urlsplit(origin).netloc) != wanted:
        raise Refusal("wrong-origin")


def check_form(session: Session, token: str | None) -> None:
    """Whether a form of this session was sent.

    Raises:
        Refusal: its token is missing or another one.
    """
    if token is None or not secrets.compare_digest(token.encode(), session.form_token.encode()):
        raise Refusal("wrong-origin")


def still(request: Request, who: Principal) -> bool:
    """Whether the caller of a long answer is still one; looking on is no use of a session."""
    front = front_of(request)
    key = key_of(request)
    if key is not None:
        return front.service.caller(key) == who
    session = session_of(front, request, used=False)
    return session is not None and session.who == who


def _check_query(request: Request) -> None:
    """Refuse what no parameter is called, or stands twice, rather than leave out a filter that somebody misspelled."""
    route = request.scope["route"]
    known = {one.alias for one in route.dependant.query_params}
    unknown = sorted(request.query_params.keys() - known)
    if unknown:
        said = f"Known parameters: {', '.join(sorted(known))}." if known else "This address has no parameters."
        raise Refusal("invalid", said, at="query")
    if len(request.query_params.multi_items()) > len(request.query_params.keys()):
        raise Refusal("invalid", "A parameter stands twice in the address.", at="query")


def _caller(front: Front, request: Request, *, form: bool) -> Principal:
    key = key_of(request)
    secret = key or request.cookies.get(front.cookie)
    if secret is None:
        raise Refusal("unauthenticated")
    with front.strangers.trying(address_of(request, front.limits.trusted_proxies), secret):
        if key is not None:
            who = front.service.caller(key)
            if who is None:
                raise Unknown("This API key does not hold. Ask an administrator for another one.")
            return who
        session = front.service.session(secret)
        if session is None:
            raise Unknown
    if request.method not in _SAFE:
        check_origin(front, request)
        if not form:
            check_form(session, request.headers.get("x-form-token"))
    request.state.session = session
    return session.who


FrontOf = Annotated[Front, Depends(front_of)]
