"""The resolution of a scanned image: as the file states it, else as its size suggests. Dots per inch, x and y apart."""

from __future__ import annotations

# Pixels across a fax line and the dots per inch they stand for (ITU-T T.4: 1728 on 215 mm at 8.04 dots/mm; A3 and B4
# widths 2432 and 2048 at the same density; 3456 at 16 dots/mm).
_FAX_WIDTHS = {1728: 204.0, 2048: 204.0, 2432: 204.0, 3456: 408.0}
# Lines per inch of the fax modes: standard 3.85, fine 7.7, superfine 15.4 lines/mm.
_FAX_LINES = (98.0, 196.0, 391.0)
# Resolutions outside this range are no scans: 72 dpi is what cameras and screens write for want of a better number.
_LEAST, _MOST = 90.0, 1250.0
_LETTER, _A4 = (8.5, 11.0), (8.27, 11.69)
Resolution = tuple[float, float, bool]


def resolution(columns: int, rows: int, stated: tuple[float, float] | None) -> Resolution:
    """Dots per inch (x, y) of an image, and whether its file stated them.

    Stated values are taken when both are credible and the page they make is no smaller than a card and no larger than
    A2. Otherwise a fax width tells the mode, and other images are taken for a letter or A4 page, whichever fits better.
    """
    if stated is not None and _credible(columns, rows, stated):
        return (*stated, True)
    if columns in _FAX_WIDTHS:
        return (*_fax(columns, rows), False)
    return (*_sheet(columns, rows), False)


def _credible(columns: int, rows: int, stated: tuple[float, float]) -> bool:
    dpi_x, dpi_y = stated
    if not (_LEAST <= dpi_x <= _MOST and _LEAST <= dpi_y <= _MOST):
        return False
    wide, high = columns / dpi_x, rows / dpi_y
    return max(wide, high) <= 24 and dpi_x / dpi_y <= 4.5 and dpi_y / dpi_x <= 4.5


def _fax(columns: int, rows: int) -> tuple[float, float]:
    """The mode in which the page comes nearest to a letter's length; half a page is likelier than two."""
    dpi_x = _FAX_WIDTHS[columns]
    lines = (line * dpi_x / 204.0 for line in _FAX_LINES)
    return dpi_x, min(lines, key=lambda dpi_y: abs(rows / dpi_y - _LETTER[1]))


def _sheet(columns: int, rows: int) -> tuple[float, float]:
    """Square pixels on the sheet whose shape is nearest, upright or turned."""
    short, long = sorted((columns, rows))
    wide, high = min((_LETTER, _A4), key=lambda sheet: abs(long / short - sheet[1] / sheet[0]))
    dpi = min(max(short / wide, long / high, 20.0), _MOST)
    return dpi, dpi
