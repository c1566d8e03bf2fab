"""How quickly uploads are acknowledged while workers run, and what a burst does: `python -m benchmarks.service_ingest`.

Starts `dossier serve` in a folder of its own on a free port. First `--rate` uploads a second of `--size` bytes for
`--seconds`, each acknowledged only when it is durable; then `--burst` uploads of 5 MB at once. The uploads are PDFs of
one page padded with random bytes. Prints for each how long a receipt took, how many receipts the database does not
know (lost), every status that came, and the most memory that the API's process held until then.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import httpx
import sqlalchemy as sa
from reportlab.pdfgen.canvas import Canvas

from benchmarks.service_site import Served, served, work_left
from store.tables import SUBMISSION


@dataclass(slots=True)
class Told:
    """What the senders saw."""

    took_ms: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    receipts: list[str] = field(default_factory=list)


def main() -> None:
    """Serve, send, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=10.0)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--burst", type=int, default=200)
    parser.add_argument("--senders", type=int, default=10, help="callers of the burst, each with a key of its own")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="dossier-") as folder,
        served(Path(folder) / "data", workers=given.workers) as here,
    ):
        senders = [here.key() for _ in range(given.senders)]
        rng = random.Random(given.seed)
        print(f"seed {given.seed}, {given.workers} workers, {os.cpu_count()} cores", flush=True)
        steady = asyncio.run(_steady(here.port, senders[0], rng, given.rate, given.seconds, given.size))
        what = f"{given.rate:g} uploads/s of {given.size / 1e6:g} MB for {given.seconds:g} s"
        sent = int(given.rate * given.seconds)
        print(said(what, sent, steady, lost=_lost(here, steady), peak_mb=here.peak_mb()), flush=True)
        burst = asyncio.run(_burst(here.port, senders, rng, given.burst))
        what = f"{given.burst} uploads of 5 MB at once"
        print(said(what, given.burst, burst, lost=_lost(here, burst), peak_mb=here.peak_mb()))
        print(f"work left at the end: {dict(work_left(here.database()))}")


async def _steady(port: int, key: str, rng: random.Random, rate: float, seconds: float, size: int) -> Told:
    told, page = Told(), _page()
    limits = httpx.Limits(max_connections=64)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=60) as client:
        began, tasks = time.monotonic(), []
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            content = page + rng.randbytes(size - len(page))
            tasks.append(asyncio.create_task(_send(client, key, content, told)))
        await asyncio.gather(*tasks)
    return told


async def _burst(port: int, senders: Sequence[str], rng: random.Random, count: int) -> Told:
    told, page = Told(), _page()
    content = page + rng.randbytes(5_000_000 - len(page))
    limits = httpx.Limits(max_connections=count)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=120) as client:
        await asyncio.gather(*(_send(client, senders[n % len(senders)], content, told) for n in range(count)))
    return told


async def _send(client: httpx.AsyncClient, key: str, content: bytes, told: Told) -> None:
    began = time.perf_counter()
    try:
        answer = await client.post(
            "/api/v1/submissions",
            files=[("files", ("fax.pdf", content, "application/pdf"))],
            headers={"Authorization": f"Bearer {key}"},
        )
    except httpx.HTTPError as failure:
        told.statuses[type(failure).__name__] += 1
        return
    told.statuses[f"{answer.status_code}{' with Retry-After' if 'retry-after' in answer.headers else ''}"] += 1
    if answer.status_code == 202:
        told.took_ms.append((time.perf_counter() - began) * 1000)
        told.receipts.append(answer.json()["submission"])


def _page() -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        canvas = Canvas(file.name)
        canvas.drawString(72, 700, "Prior authorization request. Member ID: A123456789")
        canvas.save()
        return Path(file.name).read_bytes() + b"\n%"


def _lost(here: Served, told: Told) -> int:
    with here.database().read() as connection:
        known = set(connection.execute(sa.select(SUBMISSION.c.id)).scalars())
    return len(set(told.receipts) - known)


def said(what: str, sent: int, told: Told, *, lost: int, peak_mb: float) -> str:
    """The figures in one sentence."""
    took = told.took_ms
    p50, p95, p99 = (_quantile(took, share) for share in (50, 95, 99))
    statuses = ", ".join(f"{status}: {times}" for status, times in sorted(told.statuses.items()))
    return (
        f"{what}: {sent} sent, {len(took)} acknowledged after {p50:.0f} ms (median), {p95:.0f} (p95), {p99:.0f} (p99), "
        f"{lost} lost; statuses {statuses}; API at most {peak_mb:.0f} MB"
    )


def _quantile(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else sum(values)


if __name__ == "__main__":
    main()
