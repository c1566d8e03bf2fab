"""TIFF directories: the tags of each image in a file, read within bounds whatever the file claims.

Source:
    TIFF 6.0, section 2; Adobe, "BigTIFF Design" (magic 43, eight-byte offsets).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

# Bytes and struct code of each field type; 16..18 are BigTIFF's.
_TYPES = {
    1: (1, "B"),
    2: (1, "B"),
    3: (2, "H"),
    4: (4, "I"),
    5: (8, "II"),
    6: (1, "b"),
    7: (1, "B"),
    8: (2, "h"),
    9: (4, "i"),
    10: (8, "ii"),
    11: (4, "f"),
    12: (8, "d"),
    13: (4, "I"),
    16: (8, "Q"),
    17: (8, "q"),
    18: (8, "Q"),
}
# The baseline and its extensions define fewer than 200 tags; a directory of thousands is an attack on time.
_MOST_ENTRIES = 4096
_MOST_VALUES = 1 << 20
# A classic TIFF can hold no more images than its 16-bit page number counts.
MOST_DIRECTORIES = 65_535
NEW_SUBFILE_TYPE, WIDTH, HEIGHT = 254, 256, 257


class Torn(Exception):
    """A directory that cannot be read."""


@dataclass(frozen=True, slots=True)
class Directory:
    """One image's tags. `offset` is its place in the file, `following` that of the next directory, 0 at the end."""

    offset: int
    following: int
    order: str
    content: bytes = field(repr=False)
    entries: dict[int, tuple[int, int, bytes]] = field(repr=False)
    big: bool = False

    def numbers(self, tag: int, most: int = _MOST_VALUES) -> tuple[float, ...]:
        """The values of a tag, at most so many; none where it is missing, unreadable or text."""
        kind, count, value = self.entries.get(tag, (0, 0, b""))
        if kind not in _TYPES:
            return ()
        size, code = _TYPES[kind]
        count = min(count, most)
        data = value[: size * count]
        if size * self.entries[tag][1] > len(value):
            at = int.from_bytes(value, "little" if self.order == "<" else "big")
            data = self.content[at : at + size * count]
        count = len(data) // size
        found = struct.unpack(
            f"{self.order}{count}{code}" if len(code) == 1 else self.order + code * count, data[: count * size]
        )
        if len(code) == 1:
            return found
        return tuple(over / under if under else 0.0 for over, under in zip(found[::2], found[1::2], strict=True))

    def whole(self, tag: int, default: int = 0) -> int:
        """The first value of a tag as a whole number."""
        values = self.numbers(tag, 1)
        return int(values[0]) if values and abs(values[0]) < 1 << 62 else default

    def data(self, tag: int) -> bytes:
        """The bytes of a tag."""
        return bytes(int(value) & 255 for value in self.numbers(tag))

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows as they are stored."""
        return self.whole(WIDTH), self.whole(HEIGHT)


def directories(content: bytes) -> Iterator[Directory | None]:
    """The images of a file in their order; a last None where the chain breaks off.

    Each directory counts once: a chain that comes back to an earlier one ends there.
    """
    order, big, offset = header(content)
    seen: set[int] = set()
    while offset and offset not in seen and len(seen) < MOST_DIRECTORIES:
        seen.add(offset)
        try:
            directory = read(content, offset, order, big=big)
        except (Torn, struct.error):
            yield None
            return
        if directory.entries:
            yield directory
        offset = directory.following


def header(content: bytes) -> tuple[str, bool, int]:
    """Byte order (as struct writes it), whether it is a BigTIFF, and the offset of the first directory."""
    order = ">" if content[:2] == b"MM" else "<"
    big = len(content) > 3 and 43 in content[2:4]
    if len(content) < (16 if big else 8):
        raise Torn
    offset = struct.unpack_from(order + ("Q" if big else "I"), content, 8 if big else 4)[0]
    return order, big, offset


def read(content: bytes, offset: int, order: str, *, big: bool) -> Directory:
    """The directory at this place; Torn where it does not lie in the file or holds none of its own tags."""
    start = offset + (8 if big else 2)
    if start > len(content):
        raise Torn
    count = struct.unpack_from(order + ("Q" if big else "H"), content, offset)[0]
    size, form = (20, order + "HHQ8s") if big else (12, order + "HHI4s")
    whole = min(count, _MOST_ENTRIES, (len(content) - start) // size)
    entries: dict[int, tuple[int, int, bytes]] = {}
    for tag, kind, values, value in struct.iter_unpack(form, content[start : start + whole * size]):
        entries.setdefault(tag, (kind, values, value))
    if count and not (WIDTH in entries and HEIGHT in entries):
        raise Torn
    end = start + count * size
    wide = 8 if big else 4
    following = int.from_bytes(content[end : end + wide], "little" if order == "<" else "big")
    return Directory(offset, following if end + wide <= len(content) else 0, order, content, entries, big)
