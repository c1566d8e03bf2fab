"""Damaged copies of sound files through the sandbox: `python -m benchmarks.mutants [--count 2000] [--seed N]`.

Each mutant is a seed (benchmarks/seeds.py) after one to four accidents: bits or bytes changed, cut short, spliced with
another seed, blocks repeated, lost, blanked, numbers made absurd. Seed and number alone make it: `--write N OUT` makes
one again. All go through one process, which must neither raise nor grow; each must end with pages, leaves or a code,
none after its limit, none as F013.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks.endings import Ending, ending_of
from benchmarks.seeds import seeds
from sandbox import Limits

LIMITS = replace(Limits(), wall_s=15.0, page_s=1.0, memory_bytes=512 << 20)
_ABSURD = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_DIGITS = re.compile(rb"\d+")


def main() -> int:
    """Print what became of them by format; exit status 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--write", nargs=2, metavar=("N", "OUT"), help="write mutant N of the seed into folder OUT")
    chosen = options.parse_args()
    sound = seeds()
    if chosen.write:
        name, content = mutant(sound, chosen.seed, int(chosen.write[0]))
        (Path(chosen.write[1]) / name).write_bytes(content)
        return 0
    print(f"seed {chosen.seed}, {chosen.count} mutants of {len(sound)} files")
    numbers = range(chosen.first, chosen.first + chosen.count)
    endings = list(endings_of(sound, chosen.seed, numbers, jobs=chosen.jobs))
    _print_table(endings)
    bad = [ending for ending in endings if offence(ending)]
    for ending in bad:
        print(f"{offence(ending)}  {ending.name}  {ending.seconds:.1f} s  {ending.crash}")
    return int(bool(bad))


def endings_of(sound: dict[str, bytes], seed: int, numbers: range, *, jobs: int = 2) -> Iterator[Ending]:
    """What became of these mutants, in their order; all opened by this process, `jobs` at a time."""

    def end(number: int) -> Ending:
        name, content = mutant(sound, seed, number)
        return ending_of(name, content, LIMITS)

    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(end, numbers)


def offence(ending: Ending) -> str:
    """What the bars forbid, in a word; empty where the ending is as it should be."""
    if ending.crash:
        return "CRASH"
    if ending.late:
        return "LATE"
    if not ending.accounted:
        return "LOST"
    return "F013" if "F013" in ending.codes + ending.deaths else ""


def mutant(sound: dict[str, bytes], seed: int, number: int) -> tuple[str, bytes]:
    """Mutant `number`: a name that says where it comes from, and its bytes. Every seed gets its turn."""
    rng = random.Random(f"{seed}/{number}")
    names = sorted(sound)
    name = names[number % len(names)]
    content = bytearray(sound[name])
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        content = rng.choice(_ACCIDENTS)(content, rng, sound)
    return f"{seed}-{number}-{name}", bytes(content)


def _bits(content: bytearray, rng: random.Random, _sound: dict[str, bytes]) -> bytearray:
    for _ in range(rng.choice((1, 2, 8, 64))):
        place = _place(content, rng)
        content[place : place + 1] = bytes(byte ^ 1 << rng.randrange(8) for byte in content[place : place + 1])
    return content


def _bytes(content: bytearray, rng: random.Random, _sound: dict[str, bytes]) -> bytearray:
    for _ in range(rng.choice((1, 4, 16, 64))):
        place = _place(content, rng)
        content[place : place + 1] = rng.choice((b"\0", b"\xff", b" ", rng.randbytes(1)))
    return content


def _cut(content: bytearray, rng: random.Random, _sound: dict[str, bytes]) -> bytearray:
    return content[: _place(content, rng)] if rng.random() < 0.8 else content[_place(content, rng) :]


def _splice(content: bytearray, rng: random.Random, sound: dict[str, bytes]) -> bytearray:
    other = sound[rng.choice(sorted(sound))]
    return content[: _place(content, rng)] + other[rng.randrange(len(other)) :]


def _repeat(content: bytearray, rng: random.Random, _sound: dict[str, bytes]) -> bytearray:
    place, size = _place(content, rng), rng.choice((4, 64, 1024, 16_384))
    return content[: place + size] + content[place : place + size] * rng.choice((1, 2, 50)) + content[place + size :]


def _lose(content: bytearray, rng: random.Random, _sound: dict[str, bytes]) -> bytearray:
    place = _place(content, rng)
    return content[:place] + content[place + rng.choice((1, 4, 64, 1024)) :]


def _blank(content: bytearray, rng: random.Random, _sound: dict[str, bytes]) -> bytearray:
    place, size = _place(content, rng), rng.choice((4, 64, 1024))
    size = len(content[place : place + size])
    content[place : place + size] = rng.choice((b"\0", b"\xff", b" ")) * size
    return content


def _number(content: bytearray, rng: random.Random, _sound: dict[str, bytes]) -> bytearray:
    """A length, an offset or a count that cannot be: in binary, either way round, or in digits."""
    digits = list(_DIGITS.finditer(content)) if rng.random() < 0.5 else []
    if digits:
        found = rng.choice(digits)
        content[found.start() : found.end()] = b"%d" % rng.choice((-1, rng.randrange(1 << 20), *_ABSURD))
        return content
    size, order = rng.choice((1, 2, 4)), rng.choice(("little", "big"))
    place = _place(content, rng)
    value = rng.choice(_ABSURD) & (1 << 8 * size) - 1
    content[place : place + size] = value.to_bytes(size, "little" if order == "little" else "big")
    return content


_ACCIDENTS = (_bits, _bytes, _cut, _splice, _repeat, _lose, _blank, _number, _number)


def _place(content: bytearray, rng: random.Random) -> int:
    """Somewhere in the file; every other time in its first or last kilobyte, where formats keep their structure."""
    size = len(content)
    where = rng.random()
    if where < 0.3:
        return rng.randrange(min(size, 1024) + 1)
    if where < 0.5:
        return size - rng.randrange(min(size, 1024) + 1)
    return rng.randrange(size + 1)


def _print_table(endings: list[Ending]) -> None:
    print(f"{'seed':20}{'mutants':>8}{'content':>8}{'pages':>6}{'p50 s':>7}{'max s':>7}  codes; deaths of children")
    for name in sorted({_seed_of(ending) for ending in endings}):
        these = [ending for ending in endings if _seed_of(ending) == name]
        codes = Counter(code for ending in these for code in ending.codes)
        deaths = Counter(code for ending in these for code in ending.deaths)
        seconds = [ending.seconds for ending in these]
        print(
            f"{name:20}{len(these):8}{sum(ending.opened for ending in these):8}{sum(e.pages for e in these):6}"
            f"{statistics.median(seconds):7.2f}{max(seconds):7.1f}  {_told(codes)}; {_told(deaths)}"
        )
    print(f"{len(endings)} mutants, {sum(ending.accounted for ending in endings)} accounted for")


def _seed_of(ending: Ending) -> str:
    return ending.name.split("-", 2)[2]


def _told(counts: Counter[str]) -> str:
    return "  ".join(f"{code} {times}" for code, times in sorted(counts.items())) or "none"


if __name__ == "__main__":
    sys.exit(main())
