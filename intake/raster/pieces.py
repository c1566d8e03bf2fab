"""How a TIFF's pixels are laid out, and the strips or tiles they lie in.

Source:
    TIFF 6.0, sections 3, 8 and 15; TIFF Technical Note 2 (JPEG).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.raster.directory import Directory
from intake.raw import Unreadable

_BITS, _COMPRESSION, _PHOTOMETRIC, _FILL_ORDER, _SAMPLES, _ROWS_PER_STRIP = 258, 259, 262, 266, 277, 278
_STRIP_OFFSETS, _STRIP_BYTES, _TILE_OFFSETS, _TILE_BYTES, _TILE_WIDTH, _TILE_HEIGHT = 273, 279, 324, 325, 322, 323
_PLANAR, _PREDICTOR, _EXTRA, _FORMAT, _SUBSAMPLING = 284, 317, 338, 339, 530
# More samples a pixel than any scanner or camera writes (spectral images of satellites have hundreds).
_MOST_SAMPLES = 16
UNCOMPRESSED, YCBCR = 1, 6


@dataclass(frozen=True, slots=True)
class Layout:
    """What the bytes of a strip or tile mean. `columns` x `rows` is the image, `wide` x `high` a strip or tile."""

    columns: int
    rows: int
    wide: int
    high: int
    bits: tuple[int, ...]
    form: int
    photometric: int
    compression: int
    planar: bool
    predictor: int
    backwards: bool
    extra: tuple[int, ...]
    subsampling: tuple[int, int]
    tiled: bool
    order: str

    @property
    def samples(self) -> int:
        """Samples a pixel."""
        return len(self.bits)


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip or tile: its place, its size as stored, its plane where planes lie apart, its bytes as they are packed.

    `cut` says that the file ends before the piece does, `measured` that the file states its length.
    """

    x: int
    y: int
    columns: int
    rows: int
    plane: int
    packed: bytes = field(repr=False)
    cut: bool
    measured: bool = True


def layout_of(directory: Directory) -> Layout:
    """The layout of an image. Unreadable: F006 when its tags make no sense."""
    columns, rows = directory.size
    compression = directory.whole(_COMPRESSION, UNCOMPRESSED)
    photometric = directory.whole(_PHOTOMETRIC, 0)
    bits = tuple(int(bit) for bit in directory.numbers(_BITS, _MOST_SAMPLES)) or (1,)
    samples = directory.whole(_SAMPLES, max(len(bits), 1))
    if not (0 < samples <= _MOST_SAMPLES and columns > 0 and rows > 0 and all(0 < bit <= 64 for bit in bits)):
        raise Unreadable("F006")
    bits = (bits + bits[-1:] * samples)[:samples]
    tiled = _TILE_OFFSETS in directory.entries and _TILE_WIDTH in directory.entries
    wide, high = columns, min(directory.whole(_ROWS_PER_STRIP, rows) or rows, rows)
    if tiled:
        wide, high = directory.whole(_TILE_WIDTH), directory.whole(_TILE_HEIGHT)
    if wide <= 0 or high <= 0 or wide > 1 << 20 or high > 1 << 20:
        raise Unreadable("F006")
    across, down = (*(int(value) for value in directory.numbers(_SUBSAMPLING, 2)), 2, 2)[:2]
    return Layout(
        columns,
        rows,
        wide,
        high,
        bits,
        form=directory.whole(_FORMAT, 1),
        photometric=photometric,
        compression=compression,
        planar=directory.whole(_PLANAR, 1) == 2 and samples > 1,
        predictor=directory.whole(_PREDICTOR, 1),
        backwards=directory.whole(_FILL_ORDER, 1) == 2,
        extra=tuple(int(kind) for kind in directory.numbers(_EXTRA, samples)),
        subsampling=(across, down) if photometric == YCBCR and across in (1, 2, 4) and down in (1, 2, 4) else (1, 1),
        tiled=tiled,
        order=directory.order,
    )


def pieces_of(directory: Directory, layout: Layout) -> Iterator[Piece]:
    """The strips or tiles in their order, plane by plane; the first that the file lacks is the last, and empty."""
    across, down = -(-layout.columns // layout.wide), -(-layout.rows // layout.high)
    planes = layout.samples if layout.planar else 1
    most = across * down * planes
    offsets = tuple(int(at) for at in directory.numbers(_TILE_OFFSETS if layout.tiled else _STRIP_OFFSETS, most))
    lengths = tuple(int(size) for size in directory.numbers(_TILE_BYTES if layout.tiled else _STRIP_BYTES, most))
    starts = sorted({*offsets, len(directory.content)})
    for index in range(most):
        plane, place = divmod(index, across * down)
        x, y = place % across * layout.wide, place // across * layout.high
        rows = layout.high if layout.tiled else min(layout.high, layout.rows - y)
        if index >= len(offsets):  # all that follow are missing, too
            yield Piece(x, y, layout.wide, rows, plane, b"", cut=True)
            return
        offset = offsets[index]
        length = lengths[index] if index < len(lengths) else 0
        # Some fax software leaves the lengths out, or writes 0: a piece then ends where the next one begins.
        measured = length > 0
        length = length or _next(starts, offset) - offset
        packed = directory.content[offset : offset + length]
        yield Piece(x, y, layout.wide, rows, plane, packed, len(packed) < length or not packed, measured)


def _next(starts: list[int], offset: int) -> int:
    place = bisect_right(starts, offset)
    return starts[place] if place < len(starts) else offset
