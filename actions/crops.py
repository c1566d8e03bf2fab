"""Pictures of the places that an error is about: the part of the page, the place of the evidence and the true one."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw

import sandbox
from actions.submissions import Source, sources
from models.geometry import Box
from models.parsed import ParsedPage, RejectedFile
from sandbox import Limits
from scoring.stated import Spot
from scoring.worst import Error

# Around the places in points; and what a picture may have at most, so that twenty of them make a page one can send.
_MARGIN, _WIDEST, _HIGHEST = 24.0, 900, 420
_FOUND, _TRUE = (196, 30, 58), (0, 120, 80)
_LINE = 3


@dataclass(frozen=True, slots=True)
class Crop:
    """A PNG of the part of a page that holds what was read and, if it is on the same page, what should have been."""

    file: str
    page: int
    png: bytes = field(repr=False)


def crops(received: Path, errors: Sequence[Error], *, limits: Limits) -> Mapping[int, Crop]:
    """The picture of each error, by its number in `errors`; errors without a place on a page have none.

    The files are opened once more; nothing is read a second time.
    """
    wanted: dict[str, dict[int, Spot]] = {}
    for number, error in enumerate(errors):
        spot = next(iter((*error.judged.evidence, *error.judged.spots)), None)
        if spot is not None:
            wanted.setdefault(error.packet, {})[number] = spot
    found: dict[int, Crop] = {}
    for source in sources((received,), each=True) if wanted else ():
        spots = wanted.get(Path(source.name).name, {})
        for path, page in _pages(source, limits) if spots else ():
            for number, spot in spots.items():
                if (spot.file, spot.page) == (path, page.number) and page.raster is not None:
                    found[number] = Crop(path, page.number, _cropped(page, errors[number]))
    return found


def _pages(source: Source, limits: Limits) -> Iterator[tuple[str, ParsedPage]]:
    for arrival in source.arrivals(limits.file_bytes):
        if arrival.received is None:
            continue
        for leaf in sandbox.open_file(arrival.received, limits=limits):
            if not isinstance(leaf, RejectedFile):
                yield from ((leaf.path, page) for page in leaf.pages)


def _cropped(page: ParsedPage, error: Error) -> bytes:
    if page.raster is None:
        raise ValueError("a page without pixels has no picture")
    file, number = next((spot.file, spot.page) for spot in (*error.judged.evidence, *error.judged.spots))
    here = [
        (spot.box, colour)
        for spots, colour in ((error.judged.spots, _TRUE), (error.judged.evidence, _FOUND))
        for spot in spots
        if (spot.file, spot.page) == (file, number)
    ]
    x, y = page.raster.dpi_x / 72, page.raster.dpi_y / 72
    part = _part([box for box, _ in here], page)
    image = Image.fromarray(page.raster.pixels).convert("RGB")
    image = image.crop((int(part.x0 * x), int(part.top * y), int(part.x1 * x), int(part.bottom * y)))
    scale = min(_WIDEST / part.width, _HIGHEST / part.height, max(x, y))
    image = image.resize((max(1, round(part.width * scale)), max(1, round(part.height * scale))))
    pen = ImageDraw.Draw(image)
    for box, colour in here:
        corners = [(side - start) * scale for side, start in zip(_sides(box), (part.x0, part.top) * 2, strict=True)]
        pen.rectangle([corners[0] - 2, corners[1] - 2, corners[2] + 2, corners[3] + 2], outline=colour, width=_LINE)
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _part(boxes: Sequence[Box], page: ParsedPage) -> Box:
    around = Box.around(boxes).grown(_MARGIN)
    wide = Box(around.x0 - 60, around.top, around.x1 + 60, around.bottom)
    return wide.clipped(page.width, page.height)


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom
