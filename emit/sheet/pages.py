"""The pages of a request as they are shown: upright, with the places of its fields marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from emit.sheet.entry import Entry
from models.evidence import Corners, Evidence
from models.geometry import Affine, Box
from models.page_image import PageImage, PageImages
from models.request import AuthorizationRequest, RequestDocument, RequestPart


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page that belongs to the entry or remark `target`; `quiet` ones are shown only when asked for.

    `id` is unique within a request. `boxes` are in the received frame, none for plain text.
    """

    id: str
    target: str
    label: str
    look: str
    quote: str
    boxes: tuple[Corners, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """A page. `width` and `height` (points) are of the upright page, to which `transform` leads from the received one.

    Without an image the page is shown by its words, and the three say nothing.
    """

    document: str
    filename: str
    number: int
    title: str
    image: PageImage | None
    width: float
    height: float
    transform: Affine
    marks: tuple[Mark, ...]

    @property
    def key(self) -> str:
        """The document and the page, "d1-3"."""
        return f"{self.document}-{self.number}"


@dataclass(frozen=True, slots=True)
class Crop:
    """The neighbourhood of a place, in the upright frame of its page: `view` is x, y, width, height."""

    page: str
    view: tuple[float, float, float, float]
    transform: Affine


def upright(image: PageImage) -> tuple[Affine, float, float]:
    """The change from the received frame to the upright one, and the upright width and height in points."""
    width, height = image.width_pt, image.height_pt
    turn = Affine.turning(image.rotation % 360)
    corner = turn.box(Box(0, 0, width, height))
    exact = turn.then(Affine.moving(-corner.x0, -corner.top))
    whole = Affine(*(round(part, 4) + 0.0 for part in (exact.a, exact.b, exact.c, exact.d, exact.e, exact.f)))
    return whole, round(corner.width, 4), round(corner.height, 4)


def sights(
    request: AuthorizationRequest, images: PageImages, marks: Iterable[tuple[Evidence, Mark]]
) -> tuple[Sight, ...]:
    """Every page of the request, in the order of its documents, with its marks.

    Only pages placed in the request, or quoted by it, are shown: another patient's page is neither.
    """
    placed: dict[tuple[str, int], list[Mark]] = {}
    for evidence, mark in marks:
        placed.setdefault((evidence.document, evidence.page), []).append(mark)
    return tuple(_sights(request, images, placed))


def crop(entry: Entry, pages: Iterable[Sight]) -> Crop | None:
    """The picture of where the entry was read, None where there is no picture or no box."""
    pictured = {(page.document, page.number): page for page in pages if page.image}
    for evidence in entry.evidence:
        page = pictured.get((evidence.document, evidence.page))
        if page is not None and evidence.boxes:
            around = Box.around(page.transform.box(Box(*corners)) for corners in evidence.boxes)
            # Room for what a too small box would cut off, and for the printed label before it.
            wide = Box(around.x0 - 60, around.top - 5, around.x1 + 18, around.bottom + 5)
            wide = wide.clipped(page.width, page.height)
            view = (round(wide.x0, 2), round(wide.top, 2), round(wide.width, 2), round(wide.height, 2))
            return Crop(page=page.key, view=view, transform=page.transform)
    return None


def _sights(
    request: AuthorizationRequest, images: PageImages, placed: dict[tuple[str, int], list[Mark]]
) -> Iterator[Sight]:
    for document in request.documents:
        quoted = {page for key, page in placed if key == document.id}
        parts = {page: part for part in document.parts for page in part.pages}
        for number in sorted(quoted | set(parts)):
            image = images.get((document.id, number))
            transform, width, height = upright(image) if image else (Affine(), 0.0, 0.0)
            yield Sight(
                document=document.id,
                filename=document.filename,
                number=number,
                title=_title(document, parts.get(number)),
                image=image,
                width=width,
                height=height,
                transform=transform,
                marks=tuple(placed.get((document.id, number), ())),
            )


def _title(document: RequestDocument, part: RequestPart | None) -> str:
    if part is None:
        return "Page"
    said = part.type.value.replace("-", " ")
    notes = [said[:1].upper() + said[1:]]
    if document.duplicate_of:
        notes.append(f"same as {document.duplicate_of}")
    if part.patient == "other":
        notes.append("another patient")
    return ", ".join(notes)
