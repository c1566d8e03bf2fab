"""Makes packets with known truth: `python -m samples.packets OUT --count 60 --seed N`
writes OUT/received and OUT/truth.jsonl.

Each packet is a request with its papers, as one office would send it: a design, a story, a way to come, and in every
other one something planted. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import json
import multiprocessing
import os
import random
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import cv2

from models.truth import FileTruth, PacketTruth
from models.truth_json import dump
from samples.channels import CHANNELS, Channel, Parcel, Quality
from samples.composing import composed
from samples.defects import DEFECTS, Plan, seen
from samples.designs import DESIGNS, Design
from samples.scenario import Scenario
from samples.scenarios.catalogue import SCENARIOS

ON = dt.date(2026, 9, 14)
# How often each way is taken.
_WAYS = {"fax-204x196": 8, "fax-204x98": 5, "scan-300": 4, "native-pdf": 4, "mail": 3, "photo": 2}
_PHOTOS = 4
Card = TypeVar("Card")


@dataclass(frozen=True, slots=True)
class _Order:
    """One packet that is to be made: everything follows from it."""

    out: Path
    number: int
    seed: int
    design: Design
    channel: str


def make(
    out: Path,
    *,
    count: int,
    seed: int,
    measuring: bool | None = None,
    channels: Collection[str] = (),
    jobs: int | None = None,
) -> tuple[PacketTruth, ...]:
    """Write `count` packets into OUT/received and their truth into OUT/truth.jsonl.

    `measuring` chooses the designs: those kept for measuring, the others, or (None) all of them. `channels` are the
    only ways in which they come, where some are named.
    """
    received = out / "received"
    received.mkdir(parents=True)
    orders = _orders(received, count=count, seed=seed, measuring=measuring, channels=channels or tuple(_WAYS))
    # Not forked: a process that has drawn with threads leaves their locks to its forks as they are.
    with multiprocessing.get_context("spawn").Pool(jobs or os.cpu_count() or 1) as pool:
        packets = tuple(pool.imap(_packet, orders))
    with (out / "truth.jsonl").open("w", encoding="utf-8") as file:
        for packet in packets:
            file.write(json.dumps(dump(packet), ensure_ascii=False) + "\n")
    return packets


def _orders(
    received: Path, *, count: int, seed: int, measuring: bool | None, channels: Collection[str]
) -> tuple[_Order, ...]:
    """Designs and ways in turn, each round in another order, so that a small set has its share of all of them."""
    rng = random.Random(f"{seed} packets")
    designs = [design for design in DESIGNS if measuring in (None, design.measuring)]
    ways = [way for way, share in _WAYS.items() for _ in range(share) if way in channels]
    dealt = zip(_dealt(designs, count, rng), _dealt(ways, count, rng), strict=True)
    return tuple(
        _Order(received, number, seed, design, _fitting(design, way)) for number, (design, way) in enumerate(dealt, 1)
    )


def _dealt(cards: list[Card], count: int, rng: random.Random) -> list[Card]:
    dealt: list[Card] = []
    while len(dealt) < count:
        dealt += rng.sample(cards, len(cards))
    return dealt[:count]


def _fitting(design: Design, channel: str) -> str:
    """Fillable forms come as files, or printed and scanned."""
    return "native-pdf" if design.fillable and channel.startswith("fax-204x98") else channel


def _packet(order: _Order) -> PacketTruth:
    cv2.setNumThreads(1)
    rng = random.Random(f"{order.seed} packet {order.number}")
    quality: Quality = "hard" if rng.random() < 0.25 else "light"
    plan = _plan(order.design, rng)
    with TemporaryDirectory() as folder:
        pdf = Path(folder) / "sent.pdf"
        papers, pages = composed(pdf, plan, order.design, way=order.channel, rng=rng)
        channel = order.channel if order.channel != "photo" or len(pages) <= _PHOTOS else "scan-300"
        parcel = Parcel(pdf, pages, plan.scenario.case, quality)
        name = f"packet-{order.number:03d}"
        files = _sent(CHANNELS[channel], parcel, order.out / name, rng)
    return PacketTruth(
        name=_child(order.out, name),
        design=order.design.name,
        channel=channel,
        market=order.design.market,
        measuring=order.design.measuring,
        quality=quality,
        papers=papers,
        files=files,
        defects=seen(plan, pages),
    )


def _sent(channel: Channel, parcel: Parcel, to: Path, rng: random.Random) -> tuple[FileTruth, ...]:
    return channel(parcel, to, rng)


def _child(received: Path, name: str) -> str:
    """What the packet is called among those received: with the ending of its file, or as a folder."""
    return next(child.name for child in received.iterdir() if child.name.partition(".")[0] == name)


def _plan(design: Design, rng: random.Random) -> Plan:
    plan = Plan(_story(design, rng))
    tell = functools.partial(_story, design, rng)
    wanted = rng.choice((0, 0, 1, 1, 2))
    for plant in rng.sample(DEFECTS, len(DEFECTS)):
        if len(plan.defects) == wanted:
            break
        plan = plant(plan, rng, tell) or plan
    return plan


def _story(design: Design, rng: random.Random) -> Scenario:
    """A story that the design can ask for."""
    on = ON - dt.timedelta(days=rng.randrange(60))
    for name in rng.sample(sorted(SCENARIOS), len(SCENARIOS)):
        story = SCENARIOS[name](rng, on)
        if design.takes(story):
            return story
    raise ValueError(f"no story that the design {design.name} could ask for")


def main() -> None:
    """Take the folder, the count and the seed from the command line."""
    parser = argparse.ArgumentParser(prog="python -m samples.packets", description=__doc__)
    parser.add_argument("out", type=Path, help="a new folder that gets received/ and truth.jsonl")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(100_000))
    designs = parser.add_mutually_exclusive_group()
    designs.add_argument("--measuring", action="store_true", default=None, help="only the designs kept for measuring")
    designs.add_argument("--developing", action="store_false", dest="measuring", help="only the others")
    parser.add_argument("--channels", nargs="*", choices=tuple(CHANNELS), default=(), help="only these ways to come")
    arguments = parser.parse_args()
    made = make(
        arguments.out,
        count=arguments.count,
        seed=arguments.seed,
        measuring=arguments.measuring,
        channels=arguments.channels,
    )
    pages = sum(len(file.pages) for packet in made for file in packet.files)
    print(f"seed {arguments.seed}: {len(made)} packets with {pages} pages in {arguments.out}")


if __name__ == "__main__":
    main()
