"""Sidecars through the sandbox: told of, without a page; other texts stay texts."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

import sandbox
from intake.raw import ReadOptions, Unreadable
from intake.readers import sidecar as reader
from models.parsed import FaxRecord, ParsedFile, RejectedFile
from models.received import ReceivedFile
from samples.envelope import Sending, sidecar

AT = dt.datetime(2026, 9, 14, 14, 5, tzinfo=dt.UTC)
SENDING = Sending("Lakeview", "2165550192", "8005550100", AT, 5)


def opened(name: str, content: bytes) -> list[ParsedFile | RejectedFile]:
    return list(sandbox.open_file(ReceivedFile(name, content, hashlib.sha256(content).hexdigest())))


@pytest.mark.parametrize("name", ["0001.xml", "in/0001.TXT"])
def test_a_sidecar_tells_of_its_fax_and_has_no_page(name: str) -> None:
    kind = "xml" if name.endswith("xml") else "txt"
    (found,) = opened(name, sidecar(SENDING, kind=kind, received_at=AT))  # type: ignore[arg-type]
    assert isinstance(found, ParsedFile)
    assert (found.page_count, found.media_type, list(found.pages)) == (0, "application/x-fax-sidecar", [])
    assert found.envelope is not None
    record = FaxRecord(name.rpartition("/")[2], received_at=AT, number="2165550192", csid="LAKEVIEW", pages=5)
    assert found.envelope.faxes == (record,)


def test_another_text_is_a_page() -> None:
    content = b"Patient: Jane Sample\nPlease see the note.\n"
    for found in sandbox.open_file(ReceivedFile("note.txt", content, hashlib.sha256(content).hexdigest())):
        assert isinstance(found, ParsedFile)
        assert [page.plain for page in found.pages] == [content.decode()]


def test_what_tells_of_no_fax_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        reader.load(b"<Fax><CSID/></Fax>", ReadOptions())
    assert refused.value.code == "F017"


def test_a_mail_of_a_gateway_tells_of_its_fax() -> None:
    mail = (
        b"From: fax@gateway.example.org\r\nTo: intake@plan.example.org\r\nSubject: Fax from 216-555-0192\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nYou have received a 5 page fax from 216-555-0192.\r\n"
    )
    found = opened("fax.eml", mail)
    assert isinstance(found[0], ParsedFile)
    assert found[0].envelope is not None
    assert [(fax.number, fax.pages) for fax in found[0].envelope.faxes] == [("2165550192", 5)]
    assert len(found) == 2
