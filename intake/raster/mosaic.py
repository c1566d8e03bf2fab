"""A TIFF's picture put together from its strips or tiles, one by one; what cannot be read stays white."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from PIL import Image

from intake.raster.codecs import Decoded, is_picture, picture, unpacked
from intake.raster.directory import Directory
from intake.raster.old_jpeg import piece_picture, whole_picture
from intake.raster.pieces import Layout, Piece, pieces_of
from intake.raster.samples import Bytes, Values, bands_of, full_scale, grey_of, levels_of, piece_bytes, planes_needed

_OLD_JPEG, _WHITE_IS_ZERO, _BLACK_IS_ZERO, _PALETTE, _FLOAT = 6, 0, 1, 3, 3
_WHITE, _ROWS = 255, 256


def assembled(directory: Directory, layout: Layout) -> Decoded:
    """The grey picture as it is stored, and whether a part of it is lost; None where nothing of it can be read."""
    if layout.compression == _OLD_JPEG:
        found, torn = whole_picture(layout, directory)
        if found is not None:
            return found, torn
    canvas = np.full((layout.rows, layout.columns), _WHITE, np.uint8)
    fill = _fill_planes if layout.planar else _fill
    readable, torn = fill(canvas, directory, layout)
    return (Image.fromarray(canvas), torn) if readable else (None, True)


def _fill(canvas: Bytes, directory: Directory, layout: Layout) -> tuple[bool, bool]:
    """Lay down every piece; whether any could be read, and whether any lacks something."""
    readable, torn, full = False, False, _full(directory, layout)
    drawn = _as_grey(layout) if is_picture(layout) else layout
    for piece in pieces_of(directory, layout):
        parts, cut = _parts(piece, layout, directory)
        torn = torn or cut
        for row, values in parts:
            readable = True
            _place(canvas, piece, row, grey_of(values, drawn, directory, full=full))
    return readable, torn


def _fill_planes(canvas: Bytes, directory: Directory, layout: Layout) -> tuple[bool, bool]:
    """The same where each sample has strips of its own."""
    planes = np.zeros((layout.samples, layout.rows, layout.columns), np.uint8)
    known = np.zeros((layout.rows, layout.columns), np.uint8)
    torn, full, needed = False, _full(directory, layout), planes_needed(layout)
    for piece in pieces_of(directory, layout):
        if piece.plane not in needed:
            continue
        parts, cut = _parts(piece, layout, directory)
        torn = torn or cut
        for row, values in parts:
            levels = levels_of(values, layout, full=full)[..., 0]
            _place(planes[piece.plane], piece, row, (levels + 0.5).astype(np.uint8))
            _place(known, piece, row, _one_more(known, piece, row, values.shape[0]))
    eight = replace(layout, bits=(8,) * layout.samples, form=1)
    for row in range(0, layout.rows, _ROWS):
        band = np.stack([plane[row : row + _ROWS] for plane in planes], axis=-1)
        canvas[row : row + _ROWS] = grey_of(band, eight, directory)
    canvas[known < len(needed)] = _WHITE
    return bool((known == len(needed)).any()), torn


def _full(directory: Directory, layout: Layout) -> float:
    """The white of values that do not tell it by their size: floating ones, and sixteen bits; 0 for others."""
    full = 0.0
    if is_picture(layout) or layout.photometric == _PALETTE or not (layout.form == _FLOAT or set(layout.bits) == {16}):
        return full
    for piece in pieces_of(directory, layout):
        for _, values in _parts(piece, layout, directory)[0]:
            full = full_scale(values, layout, full)
    return full


def _as_grey(layout: Layout) -> Layout:
    """What the layout is once each piece has been drawn in grey: only black and white may still be exchanged."""
    kind = layout.photometric if layout.photometric == _WHITE_IS_ZERO else _BLACK_IS_ZERO
    return replace(layout, bits=(8,), form=1, photometric=kind, extra=())


def _parts(piece: Piece, layout: Layout, directory: Directory) -> tuple[Iterable[tuple[int, Values]], bool]:
    """The values in a piece, some rows at a time, and whether some are missing."""
    if is_picture(layout):
        draw = piece_picture if layout.compression == _OLD_JPEG else picture
        image, torn = draw(piece, layout, directory)
        return (() if image is None else ((0, np.asarray(image)[..., np.newaxis]),)), torn or piece.cut
    most = piece_bytes(layout, piece.columns, piece.rows)
    data, torn = unpacked(piece, layout, directory, most=most)
    return bands_of(data, layout, piece.columns), torn


def _place(canvas: Bytes, piece: Piece, row: int, grey: Bytes) -> None:
    """Lay rows of a piece on the page; what sticks out of it is cut off."""
    room = canvas[piece.y + row :, piece.x :]
    part = grey[: min(len(room), piece.rows - row), : room.shape[1]]
    room[: part.shape[0], : part.shape[1]] = part


def _one_more(known: Bytes, piece: Piece, row: int, rows: int) -> Bytes:
    """How many planes are known of each pixel of these rows, with this one."""
    top = piece.y + row
    return known[top : top + rows, piece.x : piece.x + piece.columns] + np.uint8(1)
