"""From the words of a command line to an order: everything is looked up and checked before any file is opened."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from actions.checklists import policies
from actions.code_tables import imported
from actions.process import Order
from checklists.payers import find_payer
from emit.formats import choose
from models.problem import UsageError
from pipeline import Context

MARKETS = ("us", "hk")
# Where imported tables lie unless another folder is named.
DATA = Path("data")


def plan_order(
    paths: tuple[Path, ...],
    out: Path,
    *,
    each: bool,
    payer: str | None,
    market: str | None,
    received_at: str | None,
    formats: str,
    resume: bool = False,
    data: Path = DATA,
) -> Order:
    """Look up the payer, the formats and the imported code tables in the folder `data`, and read the time.

    Raises:
        UsageError: an unknown payer, market or format, or a time that is none; the message names the nearest known one.
    """
    loaded = policies()
    named = find_payer(payer, loaded.payers) if payer is not None else None
    if market is not None and market not in MARKETS:
        raise UsageError(f"There is no market '{market}'. Known markets: {', '.join(MARKETS)}.")
    context = Context(loaded, named, market or (named.market if named else "us"), imported(data))
    return Order(paths, out, each, context, choose(formats), _moment(received_at), resume)


def _moment(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is not a time. Write it like 2026-11-22T09:30:00-05:00.") from None
