"""Every route x every role x own, foreign and random ids: what is answered, and that nothing foreign is ever told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from models.access import Operation, may
from models.principal import ROLES, Principal
from store import keys
from store.repository import Repository
from tests.web.house import ADMIN, OTHER, Installation, Papers, form
from web import api, pages
from web.front import Permit

# Open to everybody, or (metrics) asking for its right where the installation does.
PUBLIC = {"get_health", "get_readiness", "get_metrics", "home", "sign_in_form", "sign_in", "sign_out"}
NAMES = {
    "staff": "Quillfeather",
    "o1": "Brackenbury",
    "o2": "Wimblecombe",
    "other": "Grackleton",
}


@dataclass(frozen=True)
class Attempt:
    """One call: its route, and whose things it asks for (None: no id, "random": an id that nobody has)."""

    method: str
    path: str
    operation: Operation
    of: str | None
    arguments: tuple[tuple[str, Any], ...] = ()


def routes() -> Iterator[APIRoute]:
    for router in (*api.ROUTERS, *pages.ROUTERS):
        yield from (route for route in router.routes if isinstance(route, APIRoute))


def right_of(route: APIRoute) -> Operation | None:
    return next((one.call.operation for one in _all(route.dependant) if isinstance(one.call, Permit)), None)


def _all(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for inner in dependant.dependencies:
        yield from _all(inner)


def test_every_route_asks_for_a_right_or_is_known_to_be_open() -> None:
    without = {route.operation_id or route.name for route in routes() if right_of(route) is None}
    assert without == PUBLIC


def attempts(everything: dict[str, Papers], formats: Sequence[str] = ("native", "nothing")) -> Iterator[Attempt]:
    """Every route that asks for a right, with every owner's ids, a random one, or none."""
    owners: dict[str, Papers] = {**everything, "random": Papers("0" * 32, "r-" + "0" * 16, "1" * 32)}
    for route in routes():
        right, name = right_of(route), route.operation_id or route.name
        if right is None:
            continue
        (method,) = sorted(route.methods or ())
        if "{id}" not in route.path:
            for owner in owners if name in {"create_submission", "search_requests"} else (None,):
                yield Attempt(method, route.path, right, owner, _body(name, owners.get(owner or "")))
            continue
        kind = route.path.split("/")[3 if route.path.startswith("/api") else 1]
        for owner, papers in owners.items():
            identifier = {"submissions": papers.submission, "requests": papers.request, "documents": papers.document}
            for format_ in formats if "{name}" in route.path else ("",):
                path = route.path.replace("{id}", identifier[kind]).replace("{n}", "1").replace("{name}", format_)
                yield Attempt(method, path, right, owner, _body(name, papers))


def _body(name: str, papers: Papers | None) -> tuple[tuple[str, Any], ...]:
    """What a route needs so that nothing is refused but for rights."""
    if name == "create_submission":
        answers = papers.request if papers is not None else ""
        return (("files", [("files", ("a.pdf", b"%PDF-"))]), ("data", {"request_id": answers}))
    if name == "search_requests":
        return (("json", {"name": "CANARY " if papers is None else "quill"}),)
    if name == "change_request":
        change = {"path": "/patient/birth_date", "value": "1960-01-01", "kind": "correct_reading"}
        return (("json", {"changes": [change]}), ("headers", {"If-Match": '"99"'}))
    if name == "ask_for_missing":
        told = {"channel": "fax", "language": "en", "due_on": "2026-12-01", "items": ["no such item"]}
        return (("json", told),)
    return ()


def expected(who: Principal, attempt: Attempt) -> set[int]:
    """How a call may end."""
    if not may(who, attempt.operation):
        return {403}
    if attempt.path == "/upload" and attempt.method == "POST":
        return {401}
    if attempt.of is not None and "search" not in attempt.path and not visible(who, attempt.of):
        return {404}
    if attempt.path.endswith("/nothing"):
        return {404}
    by_right = {"request.change": {412}, "missing.ask": {400}, "submission.create": {200, 202}}
    return by_right.get(attempt.operation, {200})


def visible(who: Principal, owner: str) -> bool:
    if who.tenant == "other":
        return owner == "other" and who.office is None
    return owner in ({"o1"} if who.office else {"staff", "o1", "o2"})


def foreign(who: Principal, everything: dict[str, Papers]) -> set[str]:
    """What this caller must never read."""
    hidden = [owner for owner in everything if not visible(who, owner)]
    said = {NAMES[owner] for owner in hidden} | {f"CANARY{owner.upper()}7" for owner in hidden}
    return said | {value for o in hidden for value in (everything[o].submission, everything[o].request)}


@pytest.mark.promise("bounded")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("role", ROLES)
def test_no_role_sees_or_does_more_than_it_may(
    home: Installation,
    everything: dict[str, Papers],
    role: str,
    sized: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    count, step = 0, sized(5, 1)
    formats = ("native", "html", "summary", "letter", "xlsx", "nothing") if step == 1 else ("native", "nothing")
    tried = list(attempts(everything, formats))
    office = "o1" if role == "provider-office" else None
    for maker in (ADMIN, OTHER):
        who = Principal(maker.tenant, "key:x", role, office)
        never = foreign(who, everything)
        with home.client(role, office=office, by=maker) as client:
            for attempt in tried:
                answer = client.request(attempt.method, attempt.path, **dict(attempt.arguments))
                assert answer.status_code in expected(who, attempt), (who, attempt, answer.text)
                told = answer.text + str(answer.headers)
                assert not [one for one in never if one in told], (who, attempt)
                count += 1
    outsiders = ((home.with_key(None), 1), (home.with_key("dsk_nobody"), step), (revoked(home, role, office), step))
    for client, every in outsiders:
        with client:
            for attempt in tried[::every]:
                answer = client.request(attempt.method, attempt.path, **dict(attempt.arguments))
                assert answer.status_code == 401, attempt
                assert answer.headers["www-authenticate"].startswith("Bearer")
                count += 1
    record_property("attempts", count)
    record_property("leaks", 0)
    assert count >= sized(200, 500)


def revoked(home: Installation, role: str, office: str | None) -> Any:
    key = home.key(role, office=office)
    who = keys.find(home.service.database, key)
    assert who is not None
    assert keys.revoke(home.service.database, ADMIN, who.actor.removeprefix("key:"))
    return home.with_key(key)


@pytest.mark.promise("noticed")
@pytest.mark.parametrize("wall", ["tenant", "office"])
def test_the_matrix_fails_where_the_repository_keeps_to_no_bounds(
    home: Installation, everything: dict[str, Papers], wall: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bounds(repository: Repository, table: Any) -> tuple[Any, ...]:
        return () if wall == "tenant" else (table.c.tenant == repository.who.tenant,)

    monkeypatch.setattr(Repository, "_bounds", bounds)
    maker, role, office = (OTHER, "processor", None) if wall == "tenant" else (ADMIN, "provider-office", "o1")
    who = Principal(maker.tenant, "key:x", role, office)
    with home.client(role, office=office, by=maker) as client:
        got = [
            (attempt, client.request(attempt.method, attempt.path, **dict(attempt.arguments)))
            for attempt in attempts(everything)
        ]
    wrong = [attempt for attempt, answer in got if answer.status_code not in expected(who, attempt)]
    told = [answer for _, answer in got if any(one in answer.text for one in foreign(who, everything))]
    assert len(wrong) > 10
    assert len(told) > 5


def test_what_is_searched_for_is_found_by_its_own_side_only(home: Installation, everything: dict[str, Papers]) -> None:
    for maker, found in ((ADMIN, everything["staff"].request), (OTHER, None)):
        answer = home.client("supervisor", by=maker).post("/api/v1/requests/search", json={"name": "quillfeather"})
        assert [item["id"] for item in answer.json()["items"]] == ([found] if found else [])


def test_an_upload_joins_no_foreign_request(home: Installation, everything: dict[str, Papers]) -> None:
    client = home.client("provider-office", office="o1")
    sent = {"files": [("files", ("a.pdf", form()))]}
    answer = client.post("/api/v1/submissions", data={"request_id": everything["o2"].request}, **sent)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
