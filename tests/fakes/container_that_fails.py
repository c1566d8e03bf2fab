"""A container that has more leaves than it may, sends nonsense, or falls silent after the first."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator

from intake.raw import RawLeaf, ReadOptions


class _Container:
    received_at: str | None = None
    sent_at: str | None = None

    def __init__(self, order: str) -> None:
        self.order = order

    def leaves(self) -> Iterator[RawLeaf]:
        if self.order == "junk":
            os.write(1, b"\x00\x00\x00\x02{}")
            time.sleep(0.2)
        for number in itertools.count():
            if self.order == "silence" and number == 1:
                time.sleep(3600)
            yield RawLeaf(filename=f"{number}.bin", media_type="", body=False, content=b"\x00\x01")


def load(content: bytes, options: ReadOptions) -> _Container:
    """The content is the order."""
    del options
    return _Container(content.decode())
