"""How quickly uploads are acknowledged while workers run, and what a burst does: `python -m benchmarks.service_ingest`.

Starts `dossier serve` in a folder of its own on a free port. First `--rate` uploads a second of `--size` bytes for
`--seconds`, each acknowledged only when it is durable; then `--burst` uploads of 5 MB at once. The uploads are PDFs of
one page padded with random bytes. Prints the times of the receipts in milliseconds, every status that came, how many
receipts the database does not know (lost), and the most memory that the API's process held.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import httpx
import sqlalchemy as sa
from reportlab.pdfgen.canvas import Canvas

from models.principal import SYSTEM
from store import keys
from store.db import open_database
from store.tables import SUBMISSION
from tests.reliability.site import free_port

ROOT = Path(__file__).resolve().parent.parent


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
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        data, port = Path(folder) / "data", free_port()
        with _served(data, port, given.workers) as process:
            senders = [keys.create(open_database(data), SYSTEM, role="integrator") for _ in range(given.senders)]
            rng = random.Random(given.seed)
            steady = asyncio.run(_steady(port, senders[0], rng, given.rate, given.seconds, given.size))
            _print(
                f"{given.rate:g} uploads/s of {given.size} bytes for {given.seconds:g} s (seed {given.seed})", steady
            )
            print(f"  lost: {_lost(data, steady)}; API at most {_peak_mb(process.pid):.0f} MB")
            burst = asyncio.run(_burst(port, senders, rng, given.burst))
            _print(f"{given.burst} uploads of 5 MB at once", burst)
            print(f"  lost: {_lost(data, burst)}; API at most {_peak_mb(process.pid):.0f} MB")


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


@contextmanager
def _served(data: Path, port: int, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DOSSIER_WORKERS": str(workers), "OMP_THREAD_LIMIT": "1"}
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    try:
        _until_open(port)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _until_open(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz")
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the service did not open")


def _lost(data: Path, told: Told) -> int:
    with open_database(data).read() as connection:
        known = set(connection.execute(sa.select(SUBMISSION.c.id)).scalars())
    return len(set(told.receipts) - known)


def _peak_mb(parent: int) -> float:
    """The most memory of the child that serves the API."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            command = (status.parent / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if int(told["PPid"]) == parent and any(part.endswith(b"api.py") for part in command):
            return int(told["VmHWM"].split()[0]) / 1024
    return 0.0


def _print(what: str, told: Told) -> None:
    took = told.took_ms
    p95 = quantiles(took, n=20)[-1] if len(took) > 1 else 0.0
    p99 = quantiles(took, n=100)[-1] if len(took) > 1 else 0.0
    print(f"{what}: median {median(took or [0]):.0f}, p95 {p95:.0f}, p99 {p99:.0f} ms; {dict(told.statuses)}")


if __name__ == "__main__":
    main()
