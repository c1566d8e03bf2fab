"""PDFs in every state open with all their pages, or say why not."""

from __future__ import annotations

import io
import re
from typing import Literal

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from intake.pdf.opening import open_pdf
from intake.raw import ReadOptions, Unreadable
from intake.readers.pdf import load
from tests.intake.readers.drawn import edited, pdf


def three_pages() -> bytes:
    return pdf(lambda canvas: canvas.drawString(100, 650, "Patient: Sample, Jane"), pages=3)


def saved(how: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(three_pages())) as opened:
        if how == "streams":
            opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        else:
            opened.save(out, linearize=True)
    return out.getvalue()


def words(content: bytes) -> list[int]:
    source = load(content, ReadOptions())
    return [len(source.page(number).words) for number in range(1, source.page_count + 1)]


def code(content: bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        load(content, options or ReadOptions())
    return caught.value.code


WHOLE = {
    "plain": three_pages(),
    "object streams": saved("streams"),
    "linearised": saved("linear"),
    "junk before": b"junk\r\n" * 50 + three_pages(),
    "much junk before": b"x" * 3000 + b"\n" + three_pages(),
    "junk after": three_pages() + b"\0" * 5000,
    "no header": three_pages().partition(b"\n")[2],
    "no table": three_pages()[: three_pages().rfind(b"xref\n")],
    "object streams without a table": saved("streams")[: saved("streams").rfind(b"startxref")],
    "table elsewhere": re.sub(rb"startxref\s+\d+", b"startxref\n7", three_pages()),
    "no ends of objects": three_pages().replace(b"endobj", b""),
    "no ends of streams": three_pages().replace(b"endstream", b""),
    "short lengths": re.sub(rb"/Length \d+", b"/Length 3", three_pages()),
    "long lengths": re.sub(rb"/Length \d+", b"/Length 99999", three_pages()),
    "no catalogue": re.sub(rb"/Root \d+ 0 R", b"/Root 999 0 R", three_pages()),
    "no tree of pages": re.sub(rb"/Pages \d+ 0 R", b"/Pages 999 0 R", three_pages()),
    "carriage returns": three_pages().replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("state", WHOLE)
def test_all_pages_are_found_in_files_of_every_state(state: str) -> None:
    assert words(WHOLE[state]) == [3, 3, 3]


@pytest.mark.parametrize("count", [0, 1, -5, 9, 100_000])
@pytest.mark.parametrize("packed", [False, True])
def test_a_wrong_count_of_pages_is_not_believed(count: int, packed: bool) -> None:
    def lie(opened: Pdf) -> None:
        opened.Root.Pages.Count = count

    assert words(edited(saved("streams") if packed else three_pages(), lie)) == [3, 3, 3]


def test_a_tree_of_pages_that_bites_its_tail() -> None:
    def loop(opened: Pdf) -> None:
        opened.Root.Pages.Kids.append(opened.Root.Pages)

    assert words(edited(three_pages(), loop)) == [3, 3, 3]


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("how", ["plain", "object streams", "linearised"])
def test_a_file_that_was_cut_off_says_so(how: str, share: float) -> None:
    content = WHOLE[how][: int(len(WHOLE[how]) * share)]
    assert open_pdf(content, ReadOptions()).salvaged
    assert "F007" in load(content, ReadOptions()).notes


def locked(user: str, revision: Literal[2, 3, 4, 5, 6]) -> bytes:
    how = pikepdf.Encryption(user=user, owner="owner", R=revision, aes=revision > 3, metadata=revision > 3)
    return edited(three_pages(), lambda _: None, how)


@pytest.mark.filterwarnings("ignore:Encryption R=5")
@pytest.mark.parametrize("revision", [2, 3, 4, 5, 6])
def test_only_a_password_that_is_needed_keeps_a_file_shut(revision: Literal[2, 3, 4, 5, 6]) -> None:
    assert words(locked("", revision)) == [3, 3, 3]
    assert code(locked("user", revision)) == "F005"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: content.rfind(b"startxref")],
        lambda content: content[: int(len(content) * 0.9)],
        lambda content: re.sub(rb"startxref\s+\d+", b"startxref\n7", content),
        lambda content: content.replace(b"/Filter /Standard", b"/Filter /Unknownx"),
    ],
    ids=["no end", "cut off", "table elsewhere", "another handler"],
)
def test_a_locked_file_stays_locked_when_it_is_damaged(damage: object) -> None:
    assert callable(damage)
    assert code(damage(locked("user", 4))) == "F005"


def test_nothing_to_open() -> None:
    assert code(b"%PDF-1.4\nnothing of the kind\n%%EOF") == "F006"


def test_real_pages_beyond_the_limit_are_too_many() -> None:
    assert code(three_pages(), ReadOptions(pages=2)) == "F008"


def test_a_page_that_cannot_be_loaded_is_looked_for_elsewhere() -> None:
    def strange(opened: Pdf) -> None:
        opened.Root.Pages.Kids.insert(1, Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 612, 792])))
        opened.Root.Pages.Count = 4

    source = load(edited(three_pages(), strange), ReadOptions())
    assert [len(source.page(number).words) for number in range(1, source.page_count + 1)].count(3) == 3
