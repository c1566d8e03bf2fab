"""What the confidence of a value is worth, by the rule that found it and the leaf it fills; on samples made here.

`python -m benchmarks.trust WORK --count 14 --seed N [--channels native-pdf]` makes packets of the developing designs in
WORK, processes them, and prints how many of the values that claim .9 and more are right, the reliability curve, the
ways of finding values that are wrong too often, and what extractors/data/trust.yaml would hold for them.
`--scores FILE ...` adds the packets of earlier runs (WORK/scores.json).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import config
from actions.evaluate import evaluate
from actions.means import lend
from actions.progress import watcher
from samples.packets import make
from scoring.confidence import EDGES, SURE
from scoring.rates import lower_bound

# The share of values at SURE and above that must be right, and how much the rule as a whole weighs beside a leaf.
_WANTED, _WEIGHT = 0.985, 4.0
# One packet that was taken apart wrongly makes many errors that say nothing of a rule.
_PACKETS = 2
# What is put below SURE, however often it was right.
_BELOW = 0.89


class Told(NamedTuple):
    """A value that was given as clear: the rule that found it, its leaf without row numbers, and in which packet."""

    rule: str
    leaf: str
    confidence: float
    right: bool
    packet: str


def main() -> None:
    """Take the folder, the count, the seed and the channels from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust", description=__doc__)
    parser.add_argument("work", type=Path, help="a new folder")
    parser.add_argument("--count", type=int, default=14)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--channels", nargs="*", default=("native-pdf",))
    parser.add_argument("--scores", nargs="*", type=Path, default=())
    arguments = parser.parse_args()
    told = _measured(arguments.work, arguments.count, arguments.seed, channels=arguments.channels)
    for file in arguments.scores:
        told += [Told(*one) for one in json.loads(file.read_text(encoding="utf-8"))]
    sys.stdout.write("\n".join(report(told)) + "\n")


def _measured(work: Path, count: int, seed: int, *, channels: Sequence[str]) -> list[Told]:
    make(work / "packets", count=count, seed=seed, measuring=False, channels=channels)
    settings = config.load()
    means = lend(settings.tessdata, settings.jobs, limits={})
    out = work / "evaluation"
    with watcher() as watching:
        done = evaluate(work / "packets", out, means, now=dt.datetime.now(dt.UTC), watcher=watching)
    told = [
        Told(one.rule or "", plain_leaf(one.path), one.confidence, one.verdict == "right", f"{seed} {score.name}")
        for score in done.scores
        for one in score.fields
        if one.asserted and one.confidence is not None and one.verdict != "untold"
    ]
    (work / "scores.json").write_text(json.dumps(told), encoding="utf-8")
    return told


def plain_leaf(path: str) -> str:
    """The leaf of a path without row numbers, as extractors name it: "service_lines.code"."""
    return ".".join(step for step in path.strip("/").split("/") if not re.fullmatch(r"\d+", step))


def report(told: Sequence[Told]) -> list[str]:
    """The lines that are printed."""
    sure = [one for one in told if one.confidence >= SURE]
    right = sum(one.right for one in sure)
    bound = lower_bound(right, len(sure))
    lines = [f"{len(told)} values, {len(sure)} at {SURE} and above, right {right} (lower bound {bound or 0:.4f})", ""]
    lines += ["claimed  values  right"]
    for low, high in pairwise(EDGES):
        inside = [one.right for one in told if low <= one.confidence < high or one.confidence == high == EDGES[-1]]
        if inside:
            lines.append(f"{low:4.2f}-{high:4.2f} {len(inside):6d}  {sum(inside) / len(inside):.3f}")
    lines += ["", "too often wrong:"]
    for rule, leaf, most, count, good in ceilings(sure):
        lines.append(f"- {{rule: {rule}, leaf: {leaf}, most: {most}}}  # {good} of {count}")
    return lines


def ceilings(sure: Iterable[Told]) -> list[tuple[str, str, float, int, int]]:
    """Rule, leaf, ceiling, values and right ones of the pairs that are right too seldom; the rule's rate weighs in."""
    every = list(sure)
    all_ = Counter((one.rule, one.leaf) for one in every)
    good = Counter((one.rule, one.leaf) for one in every if one.right)
    rule_all = Counter(one.rule for one in every)
    rule_good = Counter(one.rule for one in every if one.right)
    found = []
    for (rule, leaf), count in sorted(all_.items()):
        parent = rule_good[rule] / rule_all[rule]
        rate = (good[rule, leaf] + _WEIGHT * parent) / (count + _WEIGHT)
        packets = {one.packet for one in every if (one.rule, one.leaf) == (rule, leaf) and not one.right}
        if rate < _WANTED and len(packets) >= _PACKETS:
            found.append((rule, leaf, round(min(_BELOW, rate), 2), count, good[rule, leaf]))
    return found


if __name__ == "__main__":
    main()
