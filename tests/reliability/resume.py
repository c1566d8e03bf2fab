"""How long work lies still after the death of the worker that held it."""

from __future__ import annotations

import random
import time
from statistics import quantiles

import sqlalchemy as sa

from store.db import Database
from store.readings import end_file
from store.tables import WORK
from store.work import add_work, reconcile, renew, take
from tests.reliability.actors import context, kill
from tests.reliability.site import Site


def resumed_s(site: Site, *, deaths: int, seed: int) -> list[float]:
    """Seconds from the death of each of so many workers until its work is free for others, longest last."""
    rng = random.Random(seed)
    site.prepare()
    database = site.open()
    with database.begin() as connection:
        for number in range(deaths):
            add_work(connection, tenant="main", stage="assemble", subject=f"s{number}", version=1, due_at=0.0)
    holders = [context().Process(target=_hold, args=(site, f"w{number}")) for number in range(deaths)]
    for holder in holders:
        holder.start()
    watchman = context().Process(target=_watch, args=(site,))
    watchman.start()
    died: dict[str, float] = {}
    try:
        _until_held(database, deaths)
        for number, holder in enumerate(holders):
            time.sleep(rng.uniform(0, 20 / deaths))
            kill(holder)
            died[f"w{number}"] = time.time()
        took: dict[str, float] = {}
        while len(took) < deaths and time.time() - max(died.values()) < 120:
            with database.read() as connection:
                free = connection.execute(sa.select(WORK.c.leased_by, WORK.c.changed_at).where(WORK.c.deaths > 0))
                took = {row.leased_by: row.changed_at - died[row.leased_by] for row in free}
            time.sleep(0.2)
        return sorted(took.values())
    finally:
        for process in (*holders, watchman):
            kill(process)


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else max(values, default=0.0)


def _until_held(database: Database, count: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with database.read() as connection:
            held = connection.execute(sa.select(WORK.c.id).where(WORK.c.state == "leased")).all()
        if len(held) == count:
            return
        time.sleep(0.1)
    raise TimeoutError("not all work was taken")


def _hold(site: Site, name: str) -> None:
    """Take work and keep it, as a worker does that reads a long fax."""
    database = site.open()
    lease = take(database, name, lease_s=site.tempo.lease_s)
    assert lease is not None
    while True:
        time.sleep(site.tempo.heartbeat_s)
        renew(database, lease, lease_s=site.tempo.lease_s)


def _watch(site: Site) -> None:
    """Take back what has expired, as every worker does."""
    database = site.open()
    while True:
        time.sleep(site.tempo.reconcile_s)
        reconcile(database, end_file)
