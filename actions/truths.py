"""The truth beside a folder of samples: one packet a line of truth.jsonl."""

from __future__ import annotations

import json
from pathlib import Path

from models.problem import UsageError
from models.truth import PacketTruth
from models.truth_json import load

RECEIVED, TRUTH = "received", "truth.jsonl"


def read_truths(folder: Path) -> tuple[PacketTruth, ...]:
    """The packets whose files lie in `received` beside the truth.

    Raises:
        UsageError: one of the two is not there, or a line is no packet.
    """
    if not (folder / RECEIVED).is_dir() or not (folder / TRUTH).is_file():
        raise UsageError(f"{folder} holds no samples. Give a folder with {RECEIVED}/ and {TRUTH}.")
    packets = []
    with (folder / TRUTH).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                packets.append(load(json.loads(line)))
            except ValueError:
                raise UsageError(f"Line {number} of {folder / TRUTH} is no packet.") from None
    if not packets:
        raise UsageError(f"{folder / TRUTH} tells of no packet.")
    return tuple(packets)
