"""Text layers that lie, and honest ones: what is found hidden, what leaks, what is seen instead, and the cost.

python -m benchmarks.text_layers [--seed N] [--pages 10] [--without-hints] [--files DIR...]

Of each kind of lie it prints the share of the told words that carry weight (four letters or figures, and not printed
elsewhere on the page) which are kept as hidden, those taken for seen, and the share of what is seen instead that was
read. Honest pages come in many fonts and colours; every one with a hidden word is a false alarm. `--without-hints`
leaves the comparison with the pixels alone. `--files` reads further PDFs and lists those with hidden words.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import sandbox
from benchmarks.honest import HONEST
from benchmarks.lying import COMMON, LIES, Lie
from intake.likeness import folded, likeness
from intake.page import Eyes, open_eyes, read_page
from models.document import Page
from models.parsed import ParsedPage, RejectedFile
from models.received import ReceivedFile

# A layer with misread words is found when what is told is this much (0..1) like the truth behind it.
ALIKE = 0.7

Maker = Callable[[random.Random], Lie]


@dataclass
class Tally:
    """What came out of the pages of one kind."""

    pages: int = 0
    told: int = 0
    hidden: int = 0
    leaked: int = 0
    shown: int = 0
    seen: int = 0
    alarms: int = 0
    seconds: float = 0.0
    examples: list[str] = field(default_factory=list)

    def add(self, lie: Lie, page: Page) -> None:
        """Count one page."""
        words = [folded(word.text) for word in page.words]
        hidden = {folded(word.text) for word in page.hidden}
        told = [word for word in lie.told if _weighs(word) and folded(word) not in map(folded, COMMON)]
        leaked = [word for word in told if _stands(folded(word), words)]
        self.pages += 1
        self.told += len(told)
        self.hidden += sum(any(likeness(folded(word), other) >= ALIKE for other in hidden) for word in told)
        self.leaked += len(leaked)
        self.shown += len(lie.seen)
        self.seen += sum(_stands(folded(word), words) for word in lie.seen)
        self.alarms += bool(page.hidden)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(100_000))
    options.add_argument("--pages", type=int, default=10, help="pages of each kind")
    options.add_argument("--without-hints", action="store_true")
    options.add_argument("--files", nargs="*", type=Path, default=[])
    chosen = options.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    eyes = open_eyes()
    print(f"seed {chosen.seed}, {chosen.pages} pages of each kind")
    print(f"{'lie':16} {'hidden':>7} {'leaked':>7} {'read':>7} {'flagged':>8} {'s/page':>7}")
    for make in LIES:
        tally = _run(make.__name__, make, chosen=chosen, eyes=eyes)
        print(
            f"{make.__name__:16} {_share(tally.hidden, tally.told):>7} {tally.leaked:>7} "
            f"{_share(tally.seen, tally.shown):>7} {_share(tally.alarms, tally.pages):>8} "
            f"{tally.seconds / tally.pages:>7.2f}"
        )
    print(f"{'honest':16} {'alarms':>7} {'words lost':>11} {'s/page':>7}")
    pages = alarms = 0
    for make in HONEST:
        tally = _run(make.__name__, make, chosen=chosen, eyes=eyes)
        pages, alarms = pages + tally.pages, alarms + tally.alarms
        lost = tally.shown - tally.seen
        print(f"{make.__name__:16} {tally.alarms:>7} {lost:>5} of {tally.shown:<5}{tally.seconds / tally.pages:>6.2f}")
    print(f"false alarms on {alarms} of {pages} honest pages")
    for folder in chosen.files:
        for path in sorted(folder.rglob("*.pdf")):
            _read_file(path, eyes)


def _run(name: str, make: Maker, *, chosen: argparse.Namespace, eyes: Eyes) -> Tally:
    tally = Tally()
    for number in range(chosen.pages):
        lie = make(random.Random(f"{chosen.seed}-{name}-{number}"))
        for told in _pages(lie.content, name):
            bare = tuple(replace(word, hidden=None) for word in told.words)
            parsed = replace(told, words=bare) if chosen.without_hints else told
            start = time.process_time()
            page = read_page(parsed, eyes)
            tally.seconds += time.process_time() - start
            tally.add(lie, page)
    return tally


def _pages(content: bytes, name: str) -> Iterator[ParsedPage]:
    received = ReceivedFile(path=f"{name}.pdf", content=content, sha256=hashlib.sha256(content).hexdigest())
    for leaf in sandbox.open_file(received):
        if not isinstance(leaf, RejectedFile):
            yield from leaf.pages


def _read_file(path: Path, eyes: Eyes) -> None:
    for parsed in _pages(path.read_bytes(), path.stem):
        page = read_page(parsed, eyes)
        if page.hidden:
            print(f"{path.name} page {page.number}: {len(page.hidden)} hidden", {word.reason for word in page.hidden})


def _weighs(word: str) -> bool:
    return sum(c.isalnum() for c in word) >= 4


def _stands(word: str, words: list[str]) -> bool:
    return any(word in other for other in words)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main()
