"""Samples of any size as bytes of grey: one to sixty-four bits, whole or floating, signed or not, as TIFF packs them.

The page is grey in the end, so only what makes its lightness is kept: of YCbCr the Y, of Lab the L.

Source:
    TIFF 6.0, sections 14 (predictor), 16 (CMYK), 18 (associated alpha), 21 (YCbCr), 23 (Lab); Adobe TIFF Technical
    Note 3 (floating point predictor). Weights of red, green and blue: ITU-R BT.601, as in Pillow's mode L.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from intake.raster.directory import Directory
from intake.raster.grey import white_of
from intake.raster.pieces import YCBCR, Layout

Bytes = npt.NDArray[np.uint8]
Shades = npt.NDArray[np.float32]
Values = npt.NDArray[Any]
_WHITE_IS_ZERO, _RGB, _PALETTE, _CMYK, _LINEAR_RGB = 0, 2, 3, 5, 34892
_SIGNED, _FLOAT = 2, 3
_COLOUR_MAP, _REFERENCE = 320, 532
_RED, _GREEN, _BLUE = 0.299, 0.587, 0.114
_MOST_MAP = 3 << 16
_MOST_VALUES = 1 << 20


def row_bytes(layout: Layout, columns: int) -> int:
    """How many bytes a row of a piece has (with subsampled colour: on the average, see `piece_bytes`)."""
    bits = layout.bits[0] if layout.planar else sum(layout.bits)
    return (bits * columns + 7) // 8


def piece_bytes(layout: Layout, columns: int, rows: int) -> int:
    """How many bytes a piece unpacks to."""
    across, down = layout.subsampling
    if (across, down) != (1, 1) and not layout.planar:
        return -(-columns // across) * -(-rows // down) * (across * down + 2)
    return row_bytes(layout, columns) * rows


def bands_of(data: bytes, layout: Layout, columns: int) -> Iterator[tuple[int, Values]]:
    """The values in a piece's whole rows as (rows, columns, samples), some at a time, each with the row it begins at.

    Values of a few bits take many times the room of their bytes while they are taken apart.
    """
    down = 1 if layout.planar else layout.subsampling[1]
    line = piece_bytes(layout, columns, down)
    lines = max(1, _MOST_VALUES // max(1, columns * down * len(layout.bits)))
    for first in range(0, len(data) // line, lines):
        part = data[first * line : min((first + lines), len(data) // line) * line]
        yield first * down, _values(part, layout, columns)


def full_scale(values: Values, layout: Layout, least: float = 0.0) -> float:
    """What white is among values like these, as far as they and an earlier answer (`least`) tell; see `white_of`."""
    if layout.form == _FLOAT:
        values = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    return white_of(float(values.max(initial=0)), bits=0 if layout.form == _FLOAT else layout.bits[0], least=least)


def grey_of(values: Values, layout: Layout, directory: Directory, *, full: float = 0.0) -> Bytes:
    """The lightness of pixels given as (rows, columns, samples), 0 black .. 255 white; the see-through shows white.

    `full` is the white of values that do not tell it by their size.
    """
    kind = layout.photometric
    if kind == _PALETTE:
        return _of_palette(values[..., 0], directory)
    shades = levels_of(values, layout, full=full)
    colours = _colours(layout) if shades.shape[2] >= _colours(layout) else 1
    if colours == 1:
        grey = 255.0 - shades[..., 0] if kind == _WHITE_IS_ZERO else shades[..., 0]
    else:
        grey = shades[..., 0] * _RED + shades[..., 1] * _GREEN + shades[..., 2] * _BLUE
    if colours == 4:
        grey = (255.0 - grey) * (255.0 - shades[..., 3]) / 255.0
    if kind == YCBCR:
        grey = _from_reference(grey, directory)
    # Associated alpha (1) is in the colours already, unassociated (2) is not.
    at = _alpha(layout)
    if at is not None and colours + at < shades.shape[2]:
        alpha = shades[..., colours + at] / 255.0
        grey = (grey * alpha if layout.extra[at] == 2 else grey) + 255.0 * (1.0 - alpha)
    return np.clip(grey + 0.5, 0, 255).astype(np.uint8)


def planes_needed(layout: Layout) -> tuple[int, ...]:
    """Which samples of a pixel `grey_of` looks at."""
    colours, at = min(_colours(layout), layout.samples), _alpha(layout)
    more = (colours + at,) if at is not None and colours + at < layout.samples else ()
    return (*range(colours), *more)


def levels_of(values: Values, layout: Layout, *, full: float = 0.0) -> Shades:
    """Values of any kind as 0..255."""
    wide = values.astype(np.float32)
    if full > 0:
        wide = np.nan_to_num(wide, nan=0.0, posinf=0.0, neginf=0.0)
        return np.clip(wide, 0, full) * np.float32(255.0 / full)
    most = np.array([2.0**bit - 1 for bit in (layout.bits * values.shape[2])[: values.shape[2]]], dtype=np.float32)
    if layout.form == _SIGNED and min(layout.bits) > 8:
        most = (most - 1) / 2
    return np.clip(wide * (255.0 / most), 0, 255).astype(np.float32)


def _colours(layout: Layout) -> int:
    return {_RGB: 3, _LINEAR_RGB: 3, _CMYK: 4}.get(layout.photometric, 1)


def _alpha(layout: Layout) -> int | None:
    return next((index for index, extra in enumerate(layout.extra) if extra in (1, 2)), None)


def _values(data: bytes, layout: Layout, columns: int) -> Values:
    if layout.subsampling != (1, 1) and not layout.planar:
        return _lightness(data, layout, columns)
    samples = 1 if layout.planar else layout.samples
    stride = row_bytes(layout, columns)
    rows = len(data) // stride
    table = np.frombuffer(data, np.uint8, rows * stride).reshape(rows, stride)
    bits = layout.bits[:samples]
    if len(set(bits)) > 1:
        return _of_mixed_bits(table, bits, columns)
    if layout.form == _FLOAT and bits[0] in (16, 32, 64):
        return _floating(table, layout, columns, samples)
    if bits[0] in (8, 16, 24, 32, 64):
        return _whole(table, layout, columns, samples)
    width = bits[0]
    spread = np.unpackbits(table, axis=1)[:, : columns * samples * width].reshape(rows, columns, samples, width)
    return _joined(spread)


def _whole(table: Bytes, layout: Layout, columns: int, samples: int) -> Values:
    width = layout.bits[0] // 8
    octets = np.ascontiguousarray(table[:, : columns * samples * width])
    if layout.bits[0] == 24:
        parts = octets.reshape(len(table), columns, samples, 3).astype(np.uint32)
        first, last = (0, 2) if layout.order == ">" else (2, 0)
        return parts[..., first] << 16 | parts[..., 1] << 8 | parts[..., last]
    signed = layout.form == _SIGNED and width > 1
    whole = octets.view(f"{layout.order}{'i' if signed else 'u'}{width}").reshape(len(table), columns, samples)
    if layout.predictor == 2:
        return np.cumsum(whole, axis=1, dtype=whole.dtype.newbyteorder("="))
    return whole


def _floating(table: Bytes, layout: Layout, columns: int, samples: int) -> Values:
    width = layout.bits[0] // 8
    if layout.predictor == 3:
        # Bytes were sorted by weight, the highest of all samples first, and each told as a difference.
        octets = table.reshape(len(table), -1, samples)
        octets = np.cumsum(octets, axis=1, dtype=np.uint8).reshape(len(table), width, columns * samples)
        whole = np.ascontiguousarray(octets.transpose(0, 2, 1)).view(f">f{width}")
    else:
        whole = np.ascontiguousarray(table).view(f"{layout.order}f{width}")
    return whole.reshape(len(table), columns, samples)


def _of_mixed_bits(table: Bytes, bits: tuple[int, ...], columns: int) -> Values:
    """Samples of unlike sizes, such as 5, 6 and 5 bits."""
    spread = np.unpackbits(table, axis=1)[:, : columns * sum(bits)].reshape(len(table), columns, sum(bits))
    starts = [sum(bits[:index]) for index in range(len(bits))]
    parts = [_joined(spread[..., start : start + bit]) for start, bit in zip(starts, bits, strict=True)]
    return np.stack(parts, axis=-1)


def _joined(bits: Bytes) -> Values:
    """The numbers whose bits lie along the last axis."""
    total: Values = np.zeros(bits.shape[:-1], np.uint16 if bits.shape[-1] <= 16 else np.uint64)
    for index in range(bits.shape[-1]):
        total = total << 1 | bits[..., index]
    return total


def _lightness(data: bytes, layout: Layout, columns: int) -> Values:
    """Of subsampled YCbCr the Y: blocks of `across` x `down` of them, each followed by one Cb and one Cr."""
    across, down = layout.subsampling
    blocks = -(-columns // across)
    unit = across * down + 2
    lines = len(data) // (blocks * unit)
    table = np.frombuffer(data, np.uint8, lines * blocks * unit).reshape(lines, blocks, unit)[..., : across * down]
    rows = table.reshape(lines, blocks, down, across).transpose(0, 2, 1, 3).reshape(lines * down, blocks * across)
    return rows[:, :columns, np.newaxis]


def _of_palette(indices: Values, directory: Directory) -> Bytes:
    colours = np.array(directory.numbers(_COLOUR_MAP, _MOST_MAP), dtype=np.float64)
    count = len(colours) // 3
    if count == 0:
        return np.full(indices.shape, 255, np.uint8)
    red, green, blue = colours[: 3 * count].reshape(3, count)
    # Some writers put bytes where sixteen bits belong.
    full = 65535.0 if colours.max() > 255 else 255.0
    levels = np.clip((red * _RED + green * _GREEN + blue * _BLUE) * (255.0 / full) + 0.5, 0, 255).astype(np.uint8)
    grey: Bytes = levels[np.minimum(indices, count - 1).astype(np.intp)]
    return grey


def _from_reference(grey: Shades, directory: Directory) -> Shades:
    """Y stretched between the black and the white that the file names (16 and 235 in video)."""
    named = directory.numbers(_REFERENCE, 2)
    black, white = named if len(named) == 2 else (0.0, 255.0)
    if not (math.isfinite(black) and math.isfinite(white) and white - black >= 1.0) or (black, white) == (0.0, 255.0):
        return grey
    return (grey - np.float32(black)) * np.float32(255.0 / (white - black))
