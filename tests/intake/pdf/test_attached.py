"""Every file that a PDF carries comes out once; the values of forms that cannot be drawn come as text."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from intake.raw import RawLeaf, ReadOptions
from intake.readers.pdf import load
from tests.intake.readers.drawn import edited, pdf

_DATA = b"""<?xml version="1.0"?>
<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1>
<Patient><Name>Jane Sample</Name><Born>1970-01-02</Born></Patient><Empty/><Code>72148</Code>
</form1></xfa:data></xfa:datasets>"""


def leaves(content: bytes) -> list[RawLeaf]:
    return list(load(content, ReadOptions()).leaves())


def cover(text: str = "cover") -> bytes:
    return pdf(lambda canvas: canvas.drawString(100, 600, text))


def specification(opened: Pdf, name: str, data: bytes) -> pikepdf.Object:
    stream = opened.make_stream(data, Type=Name.EmbeddedFile, Subtype=Name("/text/plain"))
    named = Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), EF=Dictionary(F=stream))
    return opened.make_indirect(named)


def test_attachments_of_the_document_and_of_a_page() -> None:
    def add(opened: Pdf) -> None:
        first, second = specification(opened, "a.txt", b"one"), specification(opened, "b.txt", b"two")
        tree = Dictionary(Kids=Array([opened.make_indirect(Dictionary(Names=Array([String("a"), first])))]))
        tree.Kids.append(opened.make_indirect(tree))
        opened.Root.Names = Dictionary(EmbeddedFiles=opened.make_indirect(tree))
        opened.Root.AF = Array([first])
        note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([10, 10, 30, 30]), FS=second)
        opened.pages[0].Annots = Array([opened.make_indirect(note)])

    content = edited(cover(), add)
    assert load(content, ReadOptions()).notes == ("files",)
    found = [(leaf.filename, leaf.media_type, leaf.content) for leaf in leaves(content)]
    assert found == [("a.txt", "text/plain", b"one"), ("b.txt", "text/plain", b"two")]


def xfa(data: bytes, text: str = "Please wait... If this message is not replaced") -> bytes:
    def add(opened: Pdf) -> None:
        parts = [String("template"), opened.make_stream(b"<t/>"), String("datasets"), opened.make_stream(data)]
        opened.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array(parts))
        opened.Root.NeedsRendering = True

    return edited(cover(text), add)


def test_the_values_of_a_form_that_only_shows_a_shell() -> None:
    source = load(xfa(_DATA), ReadOptions())
    assert source.notes == ("xfa", "files")
    (values,) = source.leaves()
    assert (values.filename, values.media_type) == ("form-data.txt", "text/plain")
    assert values.content.decode() == "Name: Jane Sample\nBorn: 1970-01-02\nCode: 72148"


def test_entities_in_a_form_are_not_resolved() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + _DATA.partition(b"?>")[2].replace(b"72148", b"&a;")
    assert leaves(xfa(bomb)) == []


@pytest.mark.filterwarnings("ignore:.*XFA.*")
def test_a_form_with_pages_of_its_own_is_no_shell() -> None:
    def drawn(opened: Pdf) -> None:
        del opened.Root["/NeedsRendering"]

    assert load(edited(xfa(_DATA, "Request for prior authorization"), drawn), ReadOptions()).notes == ()
