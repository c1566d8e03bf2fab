"""Finding providers: `python -m benchmarks.providers [--seed N] [--copies 30]`.

Synthea's providers and organizations (TEST_DATA, directories/synthea) under made numbers are the directory, several
copies of it with other names and places, so that practices have colleagues and towns many of a name. Half of one copy
of the people is left out: who is asked for then has colleagues in the directory, and nobody may be linked. Queries are
misread and lack fields as on a fax. The exit status is 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from actions.directories import Directories
from actions.import_directory import import_directory
from benchmarks.people import misread
from models.directory import DirectoryProvider
from models.request import Match
from samples.fictions import npi

_RECALL, _PRECISION, _FALSE = 0.97, 0.999, 0.005
_FIELDS = ("npi", "tin", "family_name", "given_name", "organization", "phone", "fax", "address_line", "city")
_MISSING = {
    "npi": 0.15, "tin": 0.5, "given_name": 0.02, "organization": 0.4, "specialty": 0.4, "phone": 0.3, "fax": 0.3,
    "address_line": 0.4, "city": 0.4, "postal_code": 0.4,
}  # fmt: skip


def main() -> int:
    """Make the directory, ask, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.providers", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--copies", type=int, default=30)
    parser.add_argument("--queries", type=int, default=4000)
    parser.add_argument("--show", type=int, default=0, help="print so many wrong or missed queries")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    rows = list(_directory(rng, arguments.copies))
    people = [row for row in rows if row.family_name]
    absent = set(rng.sample(range(len(people)), len(people) // 60))
    gone = {people[at].provider_id for at in absent}
    kept = [row for row in rows if row.provider_id not in gone]
    asked = [(row, row.provider_id) for row in rng.choices(kept, k=arguments.queries)]
    asked += [(people[at], "") for at in absent]
    with TemporaryDirectory() as folder:
        file, data = Path(folder) / "providers.csv", Path(folder) / "data"
        with file.open("w", encoding="utf-8", newline="") as out:
            sheet = csv.writer(out)
            sheet.writerow([field.name for field in fields(DirectoryProvider) if field.name != "attributes"])
            sheet.writerows(astuple(row)[:-1] for row in kept)
        import_directory("providers", file, data, told=lambda _: None)
        with Directories.open(data) as directories:
            start = time.process_time()
            answers = [(right, query, directories.provider(query)) for right, query in _queries(asked, rng)]
            cost = 1000 * (time.process_time() - start) / len(answers)
    print(f"seed {arguments.seed}: {len(kept)} providers, {len(asked)} queries, {cost:.1f} ms of computing a query")
    return 0 if _report(answers, arguments.show) else 1


def _report(answers: Sequence[tuple[str, DirectoryProvider, Match]], show: int) -> bool:
    present = [(right, match) for right, _, match in answers if right]
    absent = Counter(match.decision for right, _, match in answers if not right)
    links = sum(match.decision == "link" for _, _, match in answers)
    good = sum(match.decision == "link" and match.record == right for right, match in present)
    recall, precision = good / len(present), good / max(links, 1)
    print(
        f"recall of link {recall:.4f} of {len(present)} (bar {_RECALL}), precision {precision:.4f} (bar {_PRECISION})"
    )
    count = sum(absent.values())
    print(f"absent with colleagues present: {absent['link']} linked, {absent['possible_link']} possible of {count}")
    wrong = [a for a in answers if (a[2].record if a[2].decision == "link" else "") != a[0]]
    for right, query, match in wrong[:show]:
        levels = " ".join(f"{c.field}:{c.level}:{c.weight}" for c in match.comparisons)
        named = right in [candidate.record for candidate in match.candidates]
        print(right, named, match.decision, match.probability, query, levels, sep=" | ")
    return recall >= _RECALL and precision >= _PRECISION and absent["link"] <= _FALSE * count


def _queries(
    asked: Sequence[tuple[DirectoryProvider, str]], rng: random.Random
) -> Iterator[tuple[str, DirectoryProvider]]:
    for row, right in asked:
        rate = rng.choice((0.0, 0.005, 0.01, 0.02, 0.04))
        gone = {field for field, chance in _MISSING.items() if rng.random() < chance}
        if not row.family_name:
            gone -= {"organization"}
        said = replace(row, provider_id="", network="", taxonomy="", **dict.fromkeys(gone, ""))
        if rng.random() < 0.1:
            said = replace(said, phone=said.fax, fax=said.phone)
        yield right, replace(said, **{field: misread(getattr(said, field), rate, rng) for field in _FIELDS})


def _directory(rng: random.Random, copies: int) -> Iterator[DirectoryProvider]:
    folder = Path(os.environ.get("TEST_DATA", "../shared/data")) / "directories/synthea"
    organizations = list(_rows(folder / "organizations.csv.gz"))
    providers = list(_rows(folder / "providers.csv.gz"))
    names = [_name(row["NAME"]) for row in providers]
    for copy in range(copies):
        houses = {}
        for row in organizations:
            house = _house(row, copy, rng)
            houses[row["Id"]] = house
            yield house
        for row in providers:
            for _ in range(rng.choice((1, 1, 2, 3))):
                given, family = rng.choice(names)[0], rng.choice(names)[1]
                own = houses[row["ORGANIZATION"]]
                number = npi(rng)
                yield replace(
                    own, provider_id=f"P{number}", npi=number, given_name=given, family_name=family,
                    specialty=row["SPECIALITY"].title(),
                )  # fmt: skip


def _house(row: dict[str, str], copy: int, rng: random.Random) -> DirectoryProvider:
    number = npi(rng)
    street = re.sub(r"^\d+", lambda found: str(int(found[0]) + 11 * copy), row["ADDRESS"])
    words = row["NAME"].split()
    name = row["NAME"] if copy == 0 else " ".join([rng.choice(_PLACES), *words[1:]])
    return DirectoryProvider(
        provider_id=f"O{number}",
        npi=number,
        tin=f"00{rng.randrange(10**7):07d}",
        organization=name,
        phone=f"{rng.randrange(201, 989)}555{rng.randrange(10**4):04d}",
        fax=f"{rng.randrange(201, 989)}555{rng.randrange(10**4):04d}",
        address_line=street,
        city=row["CITY"],
        state=row["STATE"],
        postal_code=f"{(int(row['ZIP'][:5]) + 131 * copy) % 100000:05d}",
    )


_PLACES = (
    "Lakeside",
    "Summit",
    "Harbor",
    "Prairie",
    "Cedar",
    "Valley",
    "Northgate",
    "Riverbend",
    "Foxglove",
    "Stonegate",
)


def _name(text: str) -> tuple[str, str]:
    words = re.sub(r"\d", "", text).split()
    return words[0], words[-1]


def _rows(file: Path) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(gzip.decompress(file.read_bytes()).decode()))


if __name__ == "__main__":
    sys.exit(main())
