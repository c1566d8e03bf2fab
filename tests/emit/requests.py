"""Requests to show, and pictures of their pages drawn from the very places they name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from pydantic import BaseModel

from models.evidence import Evidence
from models.page_image import PageImage
from models.request import AuthorizationRequest

PAGE = (612.0, 792.0)


def evidence(value: object) -> Iterator[Evidence]:
    """Every place named anywhere in a value."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from evidence(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from evidence(item)


def drawn(
    request: AuthorizationRequest, *, dpi: tuple[int, int] = (204, 196), rotation: int = 0
) -> dict[tuple[str, int], PageImage]:
    """A one-bit picture of each page with every quote in its box, lying so that `rotation` makes it upright.

    Boxes of the request are taken as places on the upright page; use `turned` to move them along with the pictures.
    """
    pages: dict[tuple[str, int], list[Evidence]] = {
        (document.id, page): [] for document in request.documents for page in range(1, document.page_count + 1)
    }
    for place in evidence(request):
        pages.setdefault((place.document, place.page), []).append(place)
    return {key: _picture(places, dpi, rotation) for key, places in pages.items()}


def turned(value: Any, rotation: int) -> Any:
    """The same value with every box where it lies on a page that `rotation` (clockwise) would make upright."""
    if isinstance(value, Evidence):
        boxes = tuple(_lying(box, rotation) for box in value.boxes)
        return value.model_copy(update={"boxes": boxes})
    if isinstance(value, BaseModel):
        changes = {name: turned(getattr(value, name), rotation) for name in type(value).model_fields}
        return value.model_copy(update=changes)
    if isinstance(value, tuple):
        return tuple(turned(item, rotation) for item in value)
    return value


def _lying(box: tuple[float, float, float, float], rotation: int) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    width, height = PAGE
    if rotation == 90:
        return (top, width - x1, bottom, width - x0)
    if rotation == 180:
        return (width - x1, height - bottom, width - x0, height - top)
    if rotation == 270:
        return (height - bottom, x0, height - top, x1)
    return box


def _picture(places: list[Evidence], dpi: tuple[int, int], rotation: int) -> PageImage:
    across, down = dpi[0] / 72, dpi[1] / 72
    image = Image.new("L", (round(PAGE[0] * across), round(PAGE[1] * down)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype("DejaVuSans.ttf", round(8.5 * down))
    for place in places:
        for x0, top, x1, bottom in place.boxes:
            draw.line((x0 * across, (bottom + 3) * down, (x0 + 125) * across, (bottom + 3) * down), fill=0, width=2)
            if place.handwritten:
                points = [(x0 + (x1 - x0) * n / 12, top + (bottom - top) * (n * 5 % 7) / 7) for n in range(13)]
                draw.line([(x * across, y * down) for x, y in points], fill=0, width=5, joint="curve")
            draw.text((x0 * across, top * down), place.quote, fill=0, font=font)
    stream = io.BytesIO()
    image.rotate(rotation, expand=True).convert("1").save(stream, "PNG")
    size = PAGE if rotation in {0, 180} else PAGE[::-1]
    return PageImage(png=stream.getvalue(), width_pt=size[0], height_pt=size[1], rotation=rotation)
