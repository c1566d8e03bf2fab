"""How much of the made-up paperwork is read right: `python -m benchmarks.samples [SEEDS]` (default 5 seeds).

Each seed makes the four files of the demo; every value that a page states, and every ticked box, is looked up in the
request. *right*: the value agrees; *wrong*: another value stands there without `unclear`; *missed*: none, or `unclear`.
*off*: of the right ones, how many have a box whose middle is not in the box of the truth, grown by two points.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from actions.checklists import read_requests
from actions.means import lend
from actions.plan import plan_order
from actions.process import process
from actions.progress import Lines
from config import load
from models.geometry import Box
from models.truth import FileTruth
from samples.demo import make

NOW = dt.datetime(2026, 9, 15, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Stated:
    """One value that the paperwork states; no boxes for ticks, whose place is the box itself."""

    path: str
    value: str
    boxes: tuple[Box, ...]


def main() -> None:
    """Print one line a file name, over all seeds, then the paths that were wrong or missed most."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    counts: dict[str, Counter[str]] = {}
    failures: Counter[str] = Counter()
    for seed in range(100, 100 + seeds):
        for truth, request in _processed(seed):
            count = counts.setdefault(truth.path, Counter())
            for stated in _stated(truth):
                verdict = _judge(request, stated)
                count[verdict] += 1
                if verdict in {"wrong", "missed"}:
                    failures[f"{verdict}  {truth.path}  {stated.path}"] += 1
    for path, count in counts.items():
        all_stated = count["right"] + count["off"] + count["wrong"] + count["missed"]
        found = (count["right"] + count["off"]) / all_stated
        print(f"{path:34} {all_stated:5} stated  {found:6.1%} right", end="")
        print(f"  {count['wrong']:4} wrong  {count['missed']:4} missed  {count['off']:4} off")
    for failure, often in failures.most_common(40):
        print(f"{often:4}  {failure}")


def _processed(seed: int) -> Iterator[tuple[FileTruth, dict[str, Any]]]:
    with TemporaryDirectory() as folder:
        received = Path(folder) / "received"
        truths = make(received, seed=seed)
        order = plan_order(
            (received,), Path(folder) / "out", each=True, payer=None, market=None, received_at=None, formats="native"
        )
        settings = load()
        means = lend(settings.tessdata, settings.jobs, limits={})
        process(order, means, now=NOW, watcher=Lines(Console(stderr=True)))
        made = read_requests(order.out / "requests.jsonl")
        for truth in truths:
            name = truth.path.partition("/")[0]
            request = next((each for each in made if Path(each.submissions[0]).name == name), None)
            yield truth, request.model_dump(mode="json", by_alias=True) if request else {}


def _stated(truth: FileTruth) -> Iterator[Stated]:
    for page in truth.pages:
        for value in page.values:
            yield Stated(value.path, value.value, value.boxes)
        for mark in page.marks:
            if mark.ticked and mark.path and mark.value:
                yield Stated(mark.path, mark.value, ())


def _judge(request: dict[str, Any], stated: Stated) -> str:
    leaf = _at(request, stated.path)
    value = _plain(leaf)
    if value is None:
        return "missed"
    if value.casefold() != stated.value.casefold():
        return "missed" if leaf.get("unclear") else "wrong"
    return "right" if _in_place(leaf, stated) else "off"


def _at(request: dict[str, Any], path: str) -> Any:
    place: Any = request
    for key in path.strip("/").split("/"):
        if isinstance(place, list):
            place = place[int(key)] if int(key) < len(place) else None
        else:
            place = (place or {}).get(key)
    return place


def _plain(leaf: Any) -> str | None:
    """The value of a leaf as one string: of a code its characters, of a quantity its number."""
    value = leaf
    while isinstance(value, dict):
        value = value["code"] if "code" in value else value.get("value")
    return None if value is None else str(value)


def _in_place(leaf: dict[str, Any], stated: Stated) -> bool:
    found = leaf if "evidence" in leaf else leaf.get("value") or {}
    boxes = [Box(*corners) for evidence in found.get("evidence", ()) for corners in evidence["boxes"]]
    wanted = [box.grown(2) for box in stated.boxes]
    return not wanted or any(place.covers(*box.middle) for place in wanted for box in boxes)


if __name__ == "__main__":
    main()
