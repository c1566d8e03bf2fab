"""The list of submissions with the bar that shows where all pages are, and a submission with each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from models.principal import Principal
from models.problem import SENTENCES
from web.api.submissions import Cursor, Identifier
from web.front import FrontOf, Permit
from web.pages.render import page
from web.uploads import number

ROUTER = APIRouter(include_in_schema=False)

# The places of a page, in the order of the bar: what they are called, and what counts as such.
_PLACES = (
    ("request", "in requests"), ("held", "held"), ("returned", "returned"), ("rejected", "rejected"),
    ("in_progress", "in progress"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar: `start` and `width` in hundredths of it."""

    place: str
    label: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """Where the pages of submissions are; `rejected_files` had no page that could be read."""

    pages: int
    shares: tuple[Share, ...]
    rejected_files: int
    waiting_files: int


def bar_of(*counts: Mapping[str, int]) -> Bar:
    """The bar of one or more submissions, from the counts of `Service.placed`."""
    total = {place: sum(one.get(f"pages:{place}", 0) for one in counts) for place, _ in _PLACES}
    pages, start, shares = sum(total.values()), 0.0, []
    for place, label in _PLACES:
        width = 100 * total[place] / pages if pages else 0.0
        shares.append(Share(place, label, total[place], start, width))
        start += width
    rejected = sum(one.get(f"files:{state}", 0) for one in counts for state in ("rejected", "quarantined"))
    waiting = sum(one.get(f"files:{state}", 0) for one in counts for state in ("received", "reading", "waiting_retry"))
    return Bar(pages, tuple(shares), rejected, waiting)


@ROUTER.get("/submissions", name="submissions_page")
def submissions_page(
    request: Request,
    front: FrontOf,
    who: Annotated[Principal, Depends(Permit("submission.list"))],
    cursor: Cursor = None,
) -> Response:
    """The newest submissions."""
    sheet = front.service.submissions(who, cursor=cursor, most=50)
    placed = front.service.placed(who, [item["id"] for item in sheet.items])
    rows = [
        {**item, "number": number(item["received_at"], item["id"]), "bar": bar_of(placed[item["id"]]),
         "files": sum(many for name, many in placed[item["id"]].items() if name.startswith("files:"))}
        for item in sheet.items
    ]  # fmt: skip
    return page(
        request, "submissions.html", who=who, rows=rows, bar=bar_of(*placed.values()), next=sheet.next, cursor=cursor
    )


@ROUTER.get("/submissions/{id}", name="submission_page")
def submission_page(
    request: Request,
    front: FrontOf,
    id: Identifier,  # noqa: A002
    who: Annotated[Principal, Depends(Permit("submission.read"))],
    received: bool = False,
) -> Response:
    """A submission: its receipt, its files, and where each of their pages is."""
    told = front.service.submission(who, id)
    _, counts = front.service.progress(who, id)
    return page(
        request, "submission.html", who=who, told=told, number=number(told["received_at"], told["id"]),
        bar=bar_of(counts), received=received, sentences={code.value: text for code, text in SENTENCES.items()},
    )  # fmt: skip
