from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from actions.plan import plan_order
from actions.process import Order
from models.problem import UsageError


def order(**changes: Any) -> Order:
    options: dict[str, Any] = {"each": False, "payer": None, "market": None, "received_at": None, "formats": "native"}
    return plan_order((Path("a.pdf"),), Path("out"), **(options | changes))


def test_defaults() -> None:
    made = order()
    assert (made.context.payer, made.context.market, made.received_at) == (None, "us", None)
    assert [chosen.name for chosen in made.formats] == ["native"]
    assert made.context.policies.checklists


def test_a_payer_brings_its_market() -> None:
    made = order(payer="us-medicare-advantage")
    assert made.context.payer is not None
    assert (made.context.payer.id, made.context.market) == ("us-medicare-advantage", "us")
    assert order(market="hk").context.market == "hk"


def test_times_with_and_without_zone() -> None:
    assert order(received_at="2026-11-22T09:30:00-05:00").received_at == dt.datetime(
        2026, 11, 22, 14, 30, tzinfo=dt.UTC
    )
    naive = order(received_at="2026-11-22T09:30").received_at
    assert naive is not None
    assert naive.tzinfo is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"payer": "us-medicare-advantge"}, "us-medicare-advantage"),
        ({"market": "uk"}, "us, hk"),
        ({"received_at": "yesterday"}, "2026-11-22T09:30:00-05:00"),
        ({"formats": "x12-278"}, "not built yet"),
        ({"formats": "htm"}, "html"),
        ({"formats": ","}, "native"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        order(**changes)
