"""What the letters of a page are made into."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.pdfgen.canvas import Canvas

from intake.raw import RawWord, ReadOptions
from intake.readers.pdf import load
from tests.intake.readers.drawn import edited, pdf


def words(draw: Callable[[Canvas], None]) -> list[str]:
    return [word.text for word in load(pdf(draw), ReadOptions()).page(1).words]


def spaced(text: str, space: float = 0.0) -> list[str]:
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(50, 500)
        line.setFont("Helvetica", 12)
        line.setCharSpace(space)
        line.textOut(text)
        canvas.drawText(line)

    return words(draw)


@pytest.mark.parametrize(
    ("text", "space", "read"),
    [
        ("P A T I E N T   N A M E", 0, ["PATIENT", "NAME"]),
        ("M E M B E R   I D", 0, ["MEMBER", "ID"]),
        ("PATIENT NAME", 8, ["PATIENT", "NAME"]),
        ("plain words stay", 0, ["plain", "words", "stay"]),
        ("Patient Name: Kenneth", 2, ["Patient", "Name:", "Kenneth"]),
        ("Born 12/27/1990 (910) 555-0111", 2.5, ["Born", "12/27/1990", "(910)", "555-0111"]),
        ("nannannan mummum", 4, ["nannannan", "mummum"]),
        ("a b c d e", 0, ["a", "b", "c", "d", "e"]),
        ("Y N Y N Y N", 0, ["Y", "N", "Y", "N", "Y", "N"]),
        ("0 1 2 3 4 5 6", 0, ["0", "1", "2", "3", "4", "5", "6"]),
        ("Part I of X", 0, ["Part", "I", "of", "X"]),
    ],
)
def test_letter_spaced_words_are_put_together(text: str, space: float, read: list[str]) -> None:
    assert spaced(text, space) == read


def test_single_letters_in_columns_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        for place, letter in enumerate("SMTW"):
            canvas.drawString(50 + 40 * place, 500, letter)

    assert words(draw) == ["S", "M", "T", "W"]


def told_as(codes: list[int]) -> RawWord:
    """The word that a font says its letters ABC... stand for, by its table of Unicode."""
    lines = "\n".join(f"<{0x41 + place:02X}> <{code:04X}>" for place, code in enumerate(codes))
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{lines}\nendbfchar endcmap end end"
    )

    def edit(opened: Pdf) -> None:
        page = opened.pages[0]
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        font.ToUnicode = opened.make_stream(table.encode())
        page.Resources = Dictionary(Font=Dictionary(F1=opened.make_indirect(font)))
        text = bytes(0x41 + place for place in range(len(codes)))
        page.Contents = opened.make_stream(b"BT /F1 12 Tf 100 500 Td (" + text + b") Tj ET")
        page.MediaBox = Array([0, 0, 612, 792])

    (word,) = load(edited(pdf(lambda _: None), edit), ReadOptions()).page(1).words
    return word


@pytest.mark.parametrize(
    ("codes", "text", "hidden"),
    [
        ([0xFB01, 0x6E], "fin", None),
        ([0xFF21, 0xFF11], "A1", None),
        ([0x78, 0xAD, 0x79], "x-y", None),
        ([0x6D, 0xB2], "m\u00b2", None),
        ([0xE001, 0xE002, 0xE003], "\ue001\ue002\ue003", "garbled"),
        ([0xFFFD, 0xFFFD], "\ufffd\ufffd", "garbled"),
        ([0x01, 0x03, 0x04], "\ufffd\ufffd\ufffd", "garbled"),
        ([0xF0FC], "\uf0fc", None),
    ],
)
def test_what_letters_are_told_to_be(codes: list[int], text: str, hidden: str | None) -> None:
    word = told_as(codes)
    assert (word.text, word.hidden) == (text, hidden)
