"""Charts as SVG, drawn by hand so that a report needs nothing else: the reliability curve, and bars."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from markupsafe import escape

from scoring.confidence import Bin

_INK, _MUTED, _GRID, _DOT, _APART = "#16202b", "#5a6776", "#e1e5ea", "#0b5cad", "#b06a00"
_STYLE = 'font-family="system-ui, sans-serif" font-size="12"'
# The square of the curve: its corner, its side, and the confidence at its corner; nothing below is of interest.
_LEFT, _TOP, _SIDE, _LOW = 56, 34, 300, 0.4


def reliability(curve: Sequence[Bin], *, x: float = 0) -> str:
    """What values claim (across) against how many are right (up), a dot for each bin, its area by the values in it.

    Below the dashed line a confidence promises too much. A group to be put into `svg`, 400 x 390.
    """
    most = max((one.count for one in curve), default=1)
    parts = [f'<g transform="translate({x:g} 0)" {_STYLE}>', _text(_LEFT, 18, "What a confidence is worth", bold=True)]
    for step in range(7):
        share = _LOW + step / 10
        at_x, at_y = _across(share), _up(share)
        parts += [
            _line(at_x, _up(_LOW), at_x, _up(1), _GRID),
            _line(_across(_LOW), at_y, _across(1), at_y, _GRID),
            _text(at_x, _TOP + _SIDE + 16, f"{share:.1f}", anchor="middle"),
            _text(_LEFT - 6, at_y + 4, f"{share:.1f}", anchor="end"),
        ]
    parts.append(_line(_across(_LOW), _up(_LOW), _across(1), _up(1), _MUTED, dashed=True))
    parts += [_dot(one, most) for one in curve]
    parts += [
        _text(_LEFT + _SIDE / 2, _TOP + _SIDE + 36, "mean confidence of the values", anchor="middle"),
        f'<text transform="translate(14 {_TOP + _SIDE / 2}) rotate(-90)" text-anchor="middle" fill="{_MUTED}">'
        "share that is right</text>",
        "</g>",
    ]
    return "".join(parts)


def bars(rows: Iterable[tuple[str, float | None, bool]], *, title: str, x: float = 0) -> str:
    """A bar 0..1 for each name, those that are set apart (True) in another colour. A group for `svg`, 400 wide."""
    parts = [f'<g transform="translate({x:g} 0)" {_STYLE}>', _text(8, 18, title, bold=True)]
    for number, (name, share, apart) in enumerate(rows):
        y = _TOP + 22 * number
        parts.append(_text(130, y + 12, name, anchor="end"))
        if share is not None:
            colour = _APART if apart else _DOT
            parts.append(f'<rect x="138" y="{y}" width="{200 * share:.1f}" height="15" rx="2" fill="{colour}"/>')
        parts.append(_text(346, y + 12, "–" if share is None else f"{share:.3f}"))
    return "".join([*parts, "</g>"])


def svg(groups: Iterable[str], *, width: float, height: float) -> str:
    """The drawing that holds some groups."""
    ground = f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>'
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">{ground}{"".join(groups)}</svg>\n'


def _across(share: float) -> float:
    return _LEFT + _SIDE * (max(_LOW, share) - _LOW) / (1 - _LOW)


def _up(share: float) -> float:
    return _TOP + _SIDE - _SIDE * (max(_LOW, share) - _LOW) / (1 - _LOW)


def _dot(one: Bin, most: int) -> str:
    right = one.right / one.count
    radius = 3 + 11 * math.sqrt(one.count / most)
    told = f"{one.low:g} to {one.high:g}: {one.right} of {one.count} right"
    return (
        f'<circle cx="{_across(one.claimed):.1f}" cy="{_up(right):.1f}" r="{radius:.1f}" fill="{_DOT}" '
        f'fill-opacity=".55" stroke="{_DOT}"><title>{told}</title></circle>'
    )


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="4 4"' if dashed else ""
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}"{dashes}/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False) -> str:
    look = f'fill="{_INK}" font-weight="600"' if bold else f'fill="{_MUTED}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {look}>{escape(text)}</text>'
