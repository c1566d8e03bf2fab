"""How right the verdicts of the checklists are: packets with planted defects, processed and held against their truth.

python -m benchmarks.verdicts [--packets 8] [--seed N] [--jobs N] [--developing] [--channels ...] [--keep DIR]

Makes fresh packets, keeps those with one of the six defects that a checklist must not overlook (and as many without),
processes them with the payer's checklists of their market, and assesses a request made of the truth in the same way.
Prints the share of verdicts that agree by kind of predicate, and every "met" that the truth does not bear out. Items
that hang on clinical facts are not judged: the truth does not tell how long a treatment lasted.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import os
import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from actions.checklists import policies
from actions.means import lend
from actions.plan import plan_order
from actions.process import process
from actions.progress import watcher
from actions.truths import read_truths
from benchmarks.verdict_truth import truth_request
from checklists.assess import assess
from checklists.needs import flat
from config import load
from models.checklist import Checklist, Finding, Item
from models.request import AuthorizationRequest
from models.truth import PacketTruth
from samples.channels import CHANNELS
from samples.packets import make

DEFECTS = ("unsigned-order", "unsigned-form", "expired-visit", "wrong-side", "second-patient", "missing-document")
PAYERS = {"us": "us-medicare-advantage", "hk": "hk-insurer"}
# The maker's last day; every packet is received by then, and no note is older than a window by the mere delay.
RECEIVED = "2026-09-16T12:00:00-04:00"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One item of one packet: what was said, what the truth says, and by which kind of predicate."""

    packet: PacketTruth
    key: Key
    kind: str
    said: str | None
    true: str
    reason: str


def main() -> None:
    """Make, process, compare, print."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--packets", type=int, default=8)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(100_000))
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--developing", action="store_false", default=None, dest="measuring",
                         help="without the designs kept for measuring")  # fmt: skip
    options.add_argument("--channels", nargs="*", choices=tuple(CHANNELS), default=(), help="only these ways to come")
    options.add_argument("--keep", type=Path, default=None, help="a new folder to keep packets and results in")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.keep or Path(made)
        make(
            folder / "samples",
            count=chosen.packets * 2,
            seed=chosen.seed,
            measuring=chosen.measuring,
            channels=chosen.channels,
            jobs=chosen.jobs,
        )
        packets = _packets(folder, chosen.packets)
        judged = [one for market in PAYERS for one in _run(folder, market, packets, chosen.jobs)]
    _print(judged, packets, chosen.seed)


def _packets(folder: Path, count: int) -> tuple[PacketTruth, ...]:
    """Three in four with one of the defects, the rest without any; the others are not processed."""
    truths = read_truths(folder / "samples")
    with_defect = [one for one in truths if any(defect.code in DEFECTS for defect in one.defects)]
    without = [one for one in truths if not one.defects]
    kept = (*with_defect[: count - count // 4], *without[: count // 4])
    for market in PAYERS:
        (folder / market).mkdir(parents=True)
    for one in kept:
        shutil.move(folder / "samples/received" / one.name, folder / one.market / one.name)
    return kept


def _run(folder: Path, market: str, packets: Iterable[PacketTruth], jobs: int) -> Iterator[Judged]:
    own = {one.name: one for one in packets if one.market == market}
    if not own:
        return
    settings, loaded = load(), policies()
    order = plan_order(
        (folder / market,), folder / f"{market}-out", each=True, payer=PAYERS[market], market=market,
        received_at=RECEIVED, formats="native",
    )  # fmt: skip
    with watcher() as watching:
        process(order, lend(settings.tessdata, jobs, limits={}), now=dt.datetime.now(dt.UTC), watcher=watching)
    payer = next(one for one in loaded.payers if one.id == PAYERS[market])
    found: dict[str, list[AuthorizationRequest]] = collections.defaultdict(list)
    with (folder / f"{market}-out/requests.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            request = AuthorizationRequest.model_validate_json(line)
            found[Path(request.submissions[0]).name].append(request)
    for name, packet in own.items():
        true = truth_request(packet, dt.datetime.fromisoformat(RECEIVED), PAYERS[market])
        yield from _judged(packet, found[name][:1], true, loaded.for_payer(payer))


def _judged(
    packet: PacketTruth,
    found: list[AuthorizationRequest],
    true: AuthorizationRequest,
    checklists: tuple[Checklist, ...],
) -> Iterator[Judged]:
    expected = _worst(assess(true, checklists).findings)
    said = _worst(found[0].findings if found else ())
    items = {(checklist.id, item.id): item for checklist in checklists for item in checklist.items}
    for key, one in expected.items():
        kind = _kind(items[key])
        given = said.get(key)
        if kind is not None:
            yield Judged(
                packet, key, kind, given.verdict if given else None, one.verdict, given.reason if given else ""
            )


def _worst(findings: Iterable[Finding]) -> dict[Key, Finding]:
    """One verdict an item: of several service lines the best, which is where a wrong "met" would hide."""
    rank = ("waived", "not_met", "not_found", "unclear", "met")
    best: dict[Key, Finding] = {}
    for one in findings:
        key = (one.checklist, one.item)
        if key not in best or rank.index(one.verdict) > rank.index(best[key].verdict):
            best[key] = one
    return best


def _kind(item: Item) -> str | None:
    """Which truth decides an item: the papers, or the fields; None where clinical facts have a say."""
    leaves = tuple(flat(item.need))
    if item.unless == "red-flag" or any(one.entity or one.duration or one.measurement or one.count for one in leaves):
        return None
    return "papers" if any(one.document or one.order or one.same for one in leaves) else "fields"


def _wrongly_met(one: Judged) -> bool:
    """Said to be there although the truth holds against it.

    Of a field that the truth does not place anywhere nothing follows: letterheads are not in the truth.
    """
    absent = one.true == "not_found" and one.kind == "papers"
    return one.said == "met" and (one.true == "not_met" or absent)


def _print(judged: list[Judged], packets: tuple[PacketTruth, ...], seed: int) -> None:
    codes = collections.Counter(defect.code for one in packets for defect in one.defects if defect.code in DEFECTS)
    print(f"seed {seed}: {len(packets)} packets, " + ", ".join(f"{count} {code}" for code, count in codes.items()))
    for kind in ("papers", "fields"):
        own = [one for one in judged if one.kind == kind]
        given = [one for one in own if one.said is not None]
        right = sum(one.said == one.true for one in given)
        doubt = sum(one.said == "unclear" != one.true for one in given)
        wrong = [one for one in given if _wrongly_met(one)]
        share = right / len(given) if given else 0
        unclear = doubt / max(1, len(given))
        print(f"{kind}: {len(given)} of {len(own)} verdicts given, {share:.3f} right, {unclear:.3f} left unclear")
        print(f"{kind}: {len(wrong)} wrongly met")
    for one in judged:
        if one.said is not None and one.said != one.true:
            planted = " ".join(defect.code for defect in one.packet.defects)
            mark = "WRONGLY MET " if _wrongly_met(one) else ""
            print(f"  {mark}{one.packet.name} {one.packet.channel} [{planted}] {one.key[0]}:{one.key[1]}: "
                  f"{one.said}, true {one.true}. {one.reason[:160]}")  # fmt: skip


if __name__ == "__main__":
    main()
