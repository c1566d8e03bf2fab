"""How often the right ICD-10-CM code is among the first one and five that a diagnosis leads to, and at what cost.

Run: python -m benchmarks.icd_linking [--development] [--misses]
"""

from __future__ import annotations

import argparse
import resource
import time

from benchmarks.icd_phrases import DEVELOPMENT, UNSEEN, Phrases
from codes.icd10cm import icd10cm
from codes.linking import icd_index, suggest
from codes.words import is_alias


def main() -> None:
    """Print the cost of the table and the index, then a line a list of phrases."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--development", action="store_true", help="only the list that may be looked at")
    arguments.add_argument("--misses", action="store_true", help="print what was not among the first five")
    options = arguments.parse_args()
    _cost()
    _measure("development", DEVELOPMENT, misses=options.misses)
    if not options.development:
        kept = tuple(one for one in UNSEEN if not is_alias(one[0]))
        _measure("unseen", UNSEEN, misses=options.misses)
        _measure("unseen, no alias as a whole", kept, misses=False)


def _cost() -> None:
    for name, load in (("table", icd10cm), ("index", icd_index)):
        started, before = time.process_time(), _memory()
        load()
        print(f"{name}: {time.process_time() - started:.2f} s of CPU, {_memory() - before:.0f} MB more")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(name: str, phrases: Phrases, *, misses: bool) -> None:
    unknown = [code for _, codes in phrases for code in codes if not any(k.startswith(code) for k in _known())]
    assert not unknown, f"no such codes: {unknown}"
    first = fifth = 0
    started = time.process_time()
    for phrase, codes in phrases:
        found = [one.code for one in suggest(phrase)]
        first += bool(found) and found[0].startswith(codes)
        hit = any(code.startswith(codes) for code in found)
        fifth += hit
        if misses and not hit:
            print(f"  {phrase}: {' '.join(codes)} is not in {' '.join(found)}")
    each = 1000 * (time.process_time() - started) / len(phrases)
    of = len(phrases)
    print(f"{name}: top 1 {first}/{of} = {first / of:.3f}, top 5 {fifth}/{of} = {fifth / of:.3f}, {each:.1f} ms each")


def _known() -> frozenset[str]:
    if not _KNOWN:
        table = icd10cm()
        _KNOWN.update(code for root in table.nodes if len(root) == 3 for code in table.billable_under(root))
    return frozenset(_KNOWN)


_KNOWN: set[str] = set()


if __name__ == "__main__":
    main()
