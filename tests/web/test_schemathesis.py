"""The API does what its description says, whatever is sent: generated calls with a fixed seed, all checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from models.principal import Principal
from tests.web.house import Installation, Papers, form, install
from web.api import ROUTERS

# Of each operation in all: a third by the description, a third against it, a third about things that are there.
CASES, RELEASE_CASES = 51, 1000
SEED = 6
OPERATIONS = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
# What a description cannot say: a leaf that is there, a version that holds, a key that was used before.
BEYOND_WORDS = {"usage-error", "changed", "key-used-otherwise"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("generated"))


@pytest.fixture(scope="module")
def papers(house: Installation) -> Papers:
    return house.paper(Principal("main", "key:1", "intake"), form())


@pytest.fixture(scope="module")
def described(house: Installation) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/api/openapi.json", house.app)


@pytest.fixture(scope="module")
def key(house: Installation) -> str:
    return house.key("supervisor")


@pytest.mark.promise("described")
@pytest.mark.parametrize("way", ["by the description", "against it", "about things that are there"])
@pytest.mark.parametrize("route", OPERATIONS, ids=lambda route: route.operation_id)
def test_every_operation_does_what_it_says(
    described: schemathesis.BaseSchema,
    papers: Papers,
    key: str,
    route: APIRoute,
    way: str,
    sized: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    if way.startswith("about") and "{id}" not in route.path:
        return
    (method,) = sorted(route.methods or ())
    count = 0
    mode = GenerationMode.NEGATIVE if way == "against it" else GenerationMode.POSITIVE

    @seed(SEED)
    @settings(
        max_examples=sized(CASES, RELEASE_CASES) // 3 + 1, deadline=None, phases=(Phase.generate,), database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=described[route.path][method].as_strategy(generation_mode=mode))
    def call(case: Case[Any]) -> None:
        nonlocal count
        count += 1
        if way.startswith("about"):
            case.path_parameters = {**case.path_parameters, **there(route, papers)}
        # Two hundred files are synced one after the other; beside other tests that takes a while.
        answer = case.call(headers={"Authorization": f"Bearer {key}"}, timeout=60)
        beyond = answer.status_code >= 400 and answer.json()["code"] in BEYOND_WORDS
        excluded: list[Any] = [positive_data_acceptance] if beyond else []
        if answer.status_code < 300 and lost_in_text(case, str(answer.request.url)):
            excluded.append(negative_data_rejection)
        case.validate_response(
            answer, headers={"Authorization": f"Bearer {key}"},
            excluded_checks=excluded,
        )  # fmt: skip

    if mode is GenerationMode.NEGATIVE and route.operation_id in {"get_health", "get_readiness"}:
        # Nothing can be sent to these that would be against their description.
        with pytest.raises(Unsatisfiable):
            call()
        return
    call()
    record_property("cases", count)
    record_property("seed", SEED)


def there(route: APIRoute, papers: Papers) -> dict[str, object]:
    """The ids of things that are there, for the parameters of a path."""
    kind = route.path.split("/")[3]
    found = {"submissions": papers.submission, "requests": papers.request, "documents": papers.document}[kind]
    others = {"n": 1, "name": "native"}
    return {"id": found, **{name: value for name, value in others.items() if f"{{{name}}}" in route.path}}


def lost_in_text(case: Case[Any], url: str) -> bool:
    """Whether what was to be against the description is so no more in an address or a form, where all is text.

    An empty list leaves no trace there, null is left out, and [false] is the word "false".
    """
    query = dict(case.query or {})
    if set(query) - set(parse_qs(urlsplit(url).query, keep_blank_values=True)):
        return True
    fields = dict(case.body) if case.media_type == "multipart/form-data" and isinstance(case.body, dict) else {}
    told = {name: value for name, value in {**query, **fields}.items() if name not in {"limit", "files"}}
    return any(not isinstance(value, str) for value in told.values())
