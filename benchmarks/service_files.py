"""Every odd, damaged and hostile file at hand through the API: `python -m benchmarks.service_files [FOLDER ...]`.

Default: the folders files/ and fax/ of TEST_DATA. Each file is a submission (a fax server's record goes with its fax),
sent to a `dossier serve` of its own with the settings of an installation. When nothing is left to do, each must have
ended as the contract says: done; its files read, or rejected with a code of the catalogue; each page in one place, and
in the request that is named; nothing in quarantine, no F013; and with the requests and codes that `dossier process`
makes of the same files. Uploads that may not be accepted are sent, too. `--limit` takes so many, in the order that
`--seed` draws; `--keep` keeps what the command makes of them, so that it is not done again.

Columns: *door*: refused by the API; *read*, *rej.*, *kept*: files that were read, rejected, or are in quarantine;
*placed*: pages in requests; *faults*: submissions that ended otherwise than they should.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from actions.sidecars import group_sidecars, is_sidecar
from benchmarks.endings import group_of
from benchmarks.files import GROUPS, default_folders, files_in
from benchmarks.service_door import refusals
from benchmarks.service_endings import Ended, Made, differences, ended, made_by_process, sentence, table
from benchmarks.service_post import Post
from benchmarks.service_site import ROOT, Served, served, work_left
from store.tables import DOCUMENT, FILE, WORK

# Work that was put off twice and is all that is left will not be done while anybody waits (store/work.py).
_PATIENCE_S = 120.0
_HEAD = 1 << 14


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent together: `name` is its link in the folder of the command, `files` the names and places of each."""

    name: str
    group: str
    files: tuple[tuple[str, Path], ...]


def main() -> int:
    """Print the table; exit status 1 where something ended otherwise than it should."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--limit", type=int)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--keep", type=Path, help="a folder for the results of dossier process")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        scratch = Path(folder)
        kept = (chosen.keep or scratch).resolve()
        parcels = packed(list(files_in(chosen.folders or default_folders())), kept / "received", seed=chosen.seed)
        parcels = parcels[: chosen.limit]
        began = time.monotonic()
        with served(scratch / "data", workers=chosen.workers) as here, Post(here) as post:
            door = list(refusals(here.url, post.key))
            print(*door, sep="\n")
            endings = _pushed(here, post, parcels)
            gap, peak_mb, faults = post.gap(), here.peak_mb(), _faults(here.log())
        took = time.monotonic() - began
        made = _processed(parcels, kept, chosen.workers)
    endings = [_compared(ending, made) for ending in endings]
    print(*table(endings, (*GROUPS, "other")), sep="\n")
    for ending in endings:
        if ending.faults:
            print(f"FAULT {ending.name} ({ending.group}): {'; '.join(ending.faults)}")
    for fault, times in faults.items():
        print(f"LOG   {times} times {fault}")
    print(f"seed {chosen.seed}, {chosen.workers} workers, {took:.0f} s, API at most {peak_mb:.0f} MB")
    print(sentence(endings, gap=gap, compared=sum(ending.name in made for ending in endings)))
    return int(gap != 0 or any(ending.faults for ending in endings) or any("FAULT" in line for line in door))


def packed(files: Sequence[Path], received: Path, *, seed: int) -> list[Parcel]:
    """The files as submissions in the order that the seed draws, each linked into `received` under a name of its own.

    A fax server's record goes with its fax: that link is a folder.
    """
    place = {file: number for number, file in enumerate(files)}
    groups = [group for folder in {file.parent for file in files} for group in _together(files, folder)]
    groups.sort(key=lambda group: place[group[0]])
    received.mkdir(parents=True, exist_ok=True)
    parcels = []
    for number, group in enumerate(random.Random(seed).sample(groups, len(groups)), 1):
        link = received / f"{number:04}-{group[0].name}"
        links = (link,) if len(group) == 1 else tuple(link / file.name for file in group)
        for one, file in zip(links, group, strict=True):
            _link(one, file)
        names = tuple((_shown(one.name), file) for one, file in zip(links, group, strict=True))
        parcels.append(Parcel(_shown(link.name), group_of(group[0].read_bytes(), group[0].name), names))
    return parcels


def _pushed(here: Served, post: Post, parcels: Sequence[Parcel]) -> list[Ended]:
    sent = [(one, *post.send((name, path.read_bytes()) for name, path in one.files)) for one in parcels]
    _wait(here, len(parcels))
    codes, pages, reasons = _stored(here)
    endings = []
    for parcel, submission, door in sent:
        if not submission:
            endings.append(Ended(parcel.name, parcel.group, door))
            continue
        told = post.told(f"/submissions/{submission}")
        ending = ended(
            parcel.name,
            parcel.group,
            told,
            requests={one: post.told(f"/requests/{one}") for one in told["requests"]},
            codes=codes.get(submission, []),
            pages=pages.get(submission, 0),
        )
        endings.append(replace(ending, faults=(*ending.faults, *reasons.get(submission, []))))
    return endings


def _wait(here: Served, submissions: int) -> None:
    """Until nothing is left to do, or only what failed again and again."""
    database, moved, last = here.database(), time.monotonic(), Counter[str]()
    while left := work_left(database):
        now = time.monotonic()
        if left != last:
            moved, last = now, left
        if set(left) == {"waiting_retry"} and now - moved > _PATIENCE_S:
            return
        print(f"\r{submissions} submissions, left: {dict(left)}    ", end="", file=sys.stderr, flush=True)
        time.sleep(2)
    print(file=sys.stderr)


def _stored(here: Served) -> tuple[dict[str, list[str]], dict[str, int], dict[str, list[str]]]:
    """By submission: the codes of refused documents, the sum of pages, and why work on it was put off or kept."""
    codes: dict[str, list[str]] = {}
    pages: dict[str, int] = {}
    reasons: dict[str, list[str]] = {}
    documents = sa.select(FILE.c.submission, DOCUMENT.c.code, DOCUMENT.c.page_count).join(
        DOCUMENT, DOCUMENT.c.file == FILE.c.id
    )
    unfinished = sa.select(WORK.c.stage, WORK.c.subject, WORK.c.state, WORK.c.reason).where(WORK.c.state != "done")
    with here.database().read() as connection:
        for submission, code, count in connection.execute(documents):
            pages[submission] = pages.get(submission, 0) + count
            if code is not None:
                codes.setdefault(submission, []).append(code)
        owners = {row.id: row.submission for row in connection.execute(sa.select(FILE.c.id, FILE.c.submission))}
        for stage, subject, state, reason in connection.execute(unfinished):
            why = f"{stage}: {state} by {reason or 'no reason given'}"
            reasons.setdefault(owners.get(subject, subject), []).append(why)
    return codes, pages, reasons


def _faults(log: str) -> Counter[str]:
    """What the service's log calls an error or a warning, without its ids."""
    found: Counter[str] = Counter()
    for line in log.splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict) and str(told.get("level", "")).upper() in {"ERROR", "WARNING"}:
            found[re.sub(r"\b[0-9a-f]{32}\b", "ID", str(told.get("message", "")))] += 1
    return found


def _processed(parcels: Sequence[Parcel], folder: Path, jobs: int) -> dict[str, Made]:
    """What the command makes of the same files."""
    received, out = folder / "received", folder / "out"
    command = [sys.executable, str(ROOT / "cli.py"), "process", *(str(received / parcel.name) for parcel in parcels)]
    done = subprocess.run(
        [*command, "--out", str(out), "--jobs", str(jobs), "--format", "native", "--resume"], cwd=ROOT, check=False
    )
    if done.returncode not in {0, 4}:
        raise SystemExit(f"dossier process ended with status {done.returncode}")
    return made_by_process(out, received)


def _compared(ending: Ended, made: dict[str, Made]) -> Ended:
    if ending.door or ending.name not in made:
        return ending if ending.door else replace(ending, faults=(*ending.faults, "unknown to dossier process"))
    return replace(ending, faults=(*ending.faults, *differences(ending, made[ending.name])))


def _together(files: Sequence[Path], folder: Path) -> Iterator[tuple[Path, ...]]:
    here = {file.name: file for file in files if file.parent == folder}

    def recognised(name: str) -> bool:
        with here[name].open("rb") as file:
            return is_sidecar(file.read(_HEAD), name)

    yield from (tuple(here[name] for name in group) for group in group_sidecars(list(here), recognised))


def _link(link: Path, file: Path) -> None:
    link.parent.mkdir(exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(file.resolve())


def _shown(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
