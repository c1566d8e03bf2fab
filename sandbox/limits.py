"""How much a file may cost before it is given up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits a received file; bytes, seconds, pixels and points as the names say.

    The time counted is the time spent waiting for the child: it stands still while a page is being read by others.
    Each page may take `wall_s`, the whole file `wall_s` + `page_s` a page, at most `wall_most_s`. The child's own CPU
    time is held to `wall_most_s` by the kernel.
    """

    file_bytes: int = 100_000_000
    pages: int = 1000
    leaves: int = 200
    nesting: int = 4
    wall_s: float = 60.0
    page_s: float = 5.0
    wall_most_s: float = 1200.0
    memory_bytes: int = 1 << 30
    page_pixels: int = 40_000_000
    page_points: float = 14_400.0
    page_words: int = 50_000
    page_fields: int = 20_000
    text_bytes: int = 8_000_000
    inflated_bytes: int = 256 << 20
    unpacked_bytes: int = 500_000_000
    restarts: int = 3

    def wall_for(self, pages: int) -> float:
        """Seconds that a file of so many pages may take in all."""
        return min(self.wall_s + self.page_s * pages, self.wall_most_s)
