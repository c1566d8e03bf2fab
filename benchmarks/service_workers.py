"""What a second worker is worth, beside a second bare Tesseract: `python -m benchmarks.service_workers [--pages 200]`.

Freshly made faxes are uploaded to a `dossier serve` of one worker, then to one of two, each in a folder of its own; the
time runs from the first upload until nothing is left to do (files read, requests made). In turns with that, one and
then two processes do nothing but OCR of the same page images, made square beforehand, by the engine that our page
readers keep. Everything is loaded before the time runs.

Prints pages a second, how many cores were busy, both speed-ups and their ratio, which is to be .92 or more; and what
the service holds in memory and on the disk when all is done. It needs a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import mean

from benchmarks.ocr import make, scanned
from benchmarks.service_post import Post
from benchmarks.service_site import Served, served, work_left
from intake.image import Picture, square
from intake.page import Eyes, open_eyes

BAR = 0.92
_LOADED = "Worker reads with"
_LOOK_S = 0.2


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn took: `pages` read, `took_s` by the clock, `cpu_s` of computing."""

    pages: int
    took_s: float
    cpu_s: float

    @property
    def pace(self) -> float:
        """Pages a second."""
        return self.pages / self.took_s


Way = Callable[[int], Turn]
# By what was done and by how many processes.
Turns = dict[tuple[str, int], list[Turn]]


def main() -> int:
    """Take the turns and print them; exit status 1 where the ratio is below the bar."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=200)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = options.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="dossier-") as name:
        faxes = made(Path(name), seed=chosen.seed, pages=chosen.pages)
        pages = [square(page.raster) for fax in faxes for page in scanned(fax) if page.raster is not None]
        print(f"seed {chosen.seed}: {len(faxes)} faxes, {len(pages)} pages, {os.cpu_count()} cores", flush=True)
        ways: dict[str, Way] = {
            "bare OCR": lambda processes: bare(pages, processes),
            "service": lambda workers: serve(faxes, len(pages), workers),
        }
        turns = taken(ways, chosen.rounds)
    ratio = speed_up(turns, "service") / speed_up(turns, "bare OCR")
    print(
        f"speed-up of two: bare OCR {speed_up(turns, 'bare OCR'):.2f}, service {speed_up(turns, 'service'):.2f}; "
        f"ratio {ratio:.2f} (bar {BAR})"
    )
    return int(ratio < BAR)


def taken(ways: Mapping[str, Way], rounds: int) -> Turns:
    """All turns, one of each way with one process, then one of each with two, and again."""
    turns: Turns = {}
    for _ in range(rounds):
        for processes in (1, 2):
            for name, way in ways.items():
                turn = way(processes)
                turns.setdefault((name, processes), []).append(turn)
                print(f"{name:9} {processes}: {turn.pace:.2f} pages/s, {turn.took_s:.0f} s, "
                      f"{turn.cpu_s / turn.pages:.2f} CPU s/page, {turn.cpu_s / turn.took_s:.2f} cores busy",
                      flush=True)  # fmt: skip
    return turns


def speed_up(turns: Turns, name: str) -> float:
    """How many times as quick two processes are as one, by the means of all rounds."""
    one, two = (mean(turn.took_s for turn in turns[name, processes]) for processes in (1, 2))
    return one / two


def made(folder: Path, *, seed: int, pages: int) -> tuple[Path, ...]:
    """Fax files of so many pages in all, or a few more, over every kind of line."""
    for number, _ in enumerate(make(folder, seed=seed, cases=pages), 1):
        if number == pages:
            break
    return tuple(sorted(folder.glob("*.tif")))


def serve(faxes: Sequence[Path], pages: int, workers: int) -> Turn:
    """Upload the faxes to a service of so many workers."""
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        data = Path(folder) / "data"
        with served(data, workers=workers) as here, Post(here) as post:
            _until_loaded(here, workers)
            empty = here.stored()[1]
            cpu_s, began = here.cpu_s(), time.monotonic()
            for number, fax in enumerate(faxes):
                assert not post.send([(f"{number:04}-{fax.name}", fax.read_bytes())])[1]
            database = here.database()
            while work_left(database):
                time.sleep(_LOOK_S)
            turn = Turn(pages, time.monotonic() - began, here.cpu_s() - cpu_s)
            received = sum(fax.stat().st_size for fax in faxes)
            objects, filled = here.stored()
            sizes = (received, objects - received, filled - empty)
            print(kept(here.memory_mb(), [size / pages / 1000 for size in sizes]), flush=True)
            return turn


def bare(pages: Sequence[Picture], processes: int) -> Turn:
    """Have so many processes read the page images, and do nothing else with them."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(processes + 1)
    with context.Pool(processes, initializer=_open, initargs=(ready,)) as pool:
        ready.wait()
        began = time.monotonic()
        cpu_s = sum(pool.imap_unordered(_read, pages, chunksize=1))
        return Turn(len(pages), time.monotonic() - began, cpu_s)


_EYES: list[Eyes] = []


def _open(ready: Barrier) -> None:
    _EYES.append(open_eyes())
    ready.wait()


def _read(page: Picture) -> float:
    """Seconds of computing."""
    began = time.process_time()
    _EYES[0].engine.read_page(page.gray, page.dpi)
    return time.process_time() - began


def kept(memory_mb: float, kb: Sequence[float]) -> str:
    """What a service holds when all is done; `kb` a page: received, read off it, and in the database."""
    return (
        f"service holds {memory_mb:.0f} MB in memory; KB a page: "
        f"{kb[0]:.0f} received, {kb[1]:.0f} read off it, {kb[2]:.0f} in the database"
    )


def _until_loaded(here: Served, workers: int) -> None:
    end = time.monotonic() + 120
    while here.log().count(_LOADED) < workers:
        if time.monotonic() > end:
            raise TimeoutError("the workers did not get ready")
        time.sleep(_LOOK_S)


if __name__ == "__main__":
    raise SystemExit(main())
