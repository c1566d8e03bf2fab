"""Office documents are told from the archives and containers that they look like."""

from __future__ import annotations

import pytest

from benchmarks.seeds import packed, seeds
from intake.office import DOC, DOCX, ODT, office_type
from intake.sniff import media_type_of

SOUND = seeds()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def wide(name: str) -> bytes:
    return name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (SOUND["letter.docx"], DOCX),
        (SOUND["letter.odt"], ODT),
        (SOUND["scans.zip"], None),
        (packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), None),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}), None),
        (packed({"content.xml": b"", "META-INF/manifest.xml": b""}), ODT),
        (OLE + wide("WordDocument"), DOC),
        (OLE + wide("WORDDOCUMENT"), DOC),
        (OLE + wide("EncryptedPackage"), DOCX),
        (OLE + wide("__properties_version1.0") + wide("WordDocument"), None),
        (OLE + wide("Workbook"), None),
        (b"WordDocument", None),
        (b"PK\x03\x04", None),
    ],
)
def test_the_kind_of_office_document(content: bytes, media_type: str | None) -> None:
    assert office_type(content) == media_type


def test_an_archive_of_office_documents_stays_an_archive() -> None:
    assert media_type_of(packed({"letter.docx": SOUND["letter.docx"]}), "letters.zip") == "application/zip"


def test_what_a_container_holds_does_not_name_it() -> None:
    pdf = b"1 0 obj <</Type /Pages>> endobj\n%PDF-1.7"
    assert media_type_of(b"{\\rtf1 " + pdf, "letter.rtf") == "application/rtf"
    assert media_type_of(OLE + pdf, "letter.doc") == "application/x-ole-storage"
    assert media_type_of(b"\x78\x9f\x3e\x22" + pdf, "winmail.dat") == "application/ms-tnef"
