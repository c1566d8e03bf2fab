"""What happens to an office's sheets on the way to its machine: one is sent twice, one lies upside down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf

from models.geometry import Affine
from models.truth import PageTruth


def bind(
    pdf: Path, pages: Sequence[PageTruth], *, again: Collection[int] = (), upside_down: Collection[int] = ()
) -> tuple[PageTruth, ...]:
    """Change the file `pdf`: the pages `again` (counted from 0) come once more at its end, those `upside_down` turned.

    Returns:
        The truth of its pages.
    """
    if not again and not upside_down:
        return tuple(pages)
    with pikepdf.open(pdf, allow_overwriting_input=True) as book:
        for number in again:
            book.pages.append(book.pages[number])
        for number in upside_down:
            book.pages[number].rotate(180, relative=True)
        book.save(pdf, deterministic_id=True)
    turned = [_upside_down(page) if number in upside_down else page for number, page in enumerate(pages)]
    return (*turned, *(replace(pages[number], again=True) for number in again))


def _upside_down(page: PageTruth) -> PageTruth:
    way = Affine.turning(180).then(Affine.moving(page.width, page.height))
    return replace(page.moved(way, width=page.width, height=page.height), turn=180)
