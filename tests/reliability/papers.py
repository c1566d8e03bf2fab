"""What is sent in: many short forms that are read without OCR, each with bytes of its own."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

from tests.actions import papers


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission as its sender knows it."""

    key: str
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The name of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def batch(seed: int, count: int) -> tuple[Sent, ...]:
    """So many submissions of one file each, no two alike."""
    rng = random.Random(seed)
    return tuple(_sent(rng, f"{seed}-{number}") for number in range(count))


def _sent(rng: random.Random, key: str) -> Sent:
    lines = [*papers.form(), f"Sender's reference: {key}-{rng.getrandbits(64):016x}"]
    return Sent(key, f"{key}.txt", "\n".join(lines).encode())
