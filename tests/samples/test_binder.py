from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from models.truth import PageTruth
from samples.binder import bind
from samples.page import Book


def made(folder: Path) -> tuple[Path, tuple[PageTruth, ...]]:
    book = Book(folder / "a.pdf", "Test")
    for number in range(3):
        sheet = book.sheet("other")
        sheet.value(100, 100 + number, f"page{number}", path="/submitted_on")
    return folder / "a.pdf", book.save()


def test_nothing_to_do_leaves_the_file_alone(tmp_path: Path) -> None:
    pdf, pages = made(tmp_path)
    before = pdf.read_bytes()
    assert bind(pdf, pages) == pages
    assert pdf.read_bytes() == before


def test_a_page_comes_again_at_the_end(tmp_path: Path) -> None:
    pdf, pages = made(tmp_path)
    bound = bind(pdf, pages, again=(1,))
    assert [page.again for page in bound] == [False, False, False, True]
    assert bound[3].values == pages[1].values
    with pikepdf.open(pdf) as book:
        assert book.pages[3].Contents.read_bytes() == book.pages[1].Contents.read_bytes()


def test_a_page_is_turned_with_its_truth(tmp_path: Path) -> None:
    pdf, pages = made(tmp_path)
    bound = bind(pdf, pages, upside_down=(2,))
    assert [page.turn for page in bound] == [0, 0, 180]
    (box,) = bound[2].values[0].boxes
    grey = pypdfium2.PdfDocument(pdf)[2].render(scale=2, grayscale=True).to_numpy().squeeze()
    inside = grey[round(2 * box.top) : round(2 * box.bottom), round(2 * box.x0) : round(2 * box.x1)]
    assert (inside < 128).mean() > 0.1
    assert (grey < 128).sum() == pytest.approx((inside < 128).sum(), rel=0.02)


def test_the_same_change_gives_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        pdf, pages = made(tmp_path / name)
        bind(pdf, pages, again=(0,), upside_down=(1,))
        contents.append(pdf.read_bytes())
    assert contents[0] == contents[1]
