from __future__ import annotations

from extractors.annotation import annotate
from extractors.cover import find_cover_fields
from models.document import Document
from models.mention import Scalar
from tests.extractors.documents import At, Piece, document_from_lines

TITLE = At("FAX COVER SHEET", 200, 60, 20)
TO = [
    At("To:", 60, 120), At("Redwing Valley Health Plan", 120, 120), At("Attn:", 60, 150),
    At("Prior Authorization Department", 120, 150), At("Fax:", 60, 180), At("216-555-0120", 120, 180),
]  # fmt: skip
FROM = [
    At("From:", 330, 120), At("Larkfield Orthopedic Center", 400, 120), At("Contact:", 330, 150),
    At("Mina Okafor", 400, 150), At("Phone:", 330, 180), At("512-555-0142", 400, 180), At("Fax:", 330, 210),
    At("512-555-0143", 400, 210),
]  # fmt: skip


def said(document: Document) -> dict[str, Scalar | None]:
    found = list(find_cover_fields(document, annotate(document)))
    assert all(mention.confidence < 0.9 for mention in found)
    return {mention.path.rpartition(".")[2]: mention.value for mention in found}


def cover(*pieces: Piece) -> Document:
    return document_from_lines([TITLE, *pieces, At("Number of pages: 7", 60, 240)])


SENDER = {
    "organization": "Larkfield Orthopedic Center", "contact_name": "Mina Okafor", "phone": "5125550142",
    "fax": "5125550143", "payer_name": "Redwing Valley Health Plan",
}  # fmt: skip


def test_the_sender_s_column_is_the_sender_s() -> None:
    rows = [*TO, *FROM]
    assert said(cover(*sorted(rows, key=lambda at: (at.y, at.x)))) == SENDER


def test_the_sender_may_stand_below_the_addressee() -> None:
    below = [At(at.text, at.x - 270, at.y + 100) for at in FROM]
    assert said(cover(*TO, *below)) == SENDER


def test_numbers_of_the_addressee_are_nobody_s() -> None:
    assert said(cover(*TO)) == {"payer_name": "Redwing Valley Health Plan"}
    assert said(cover(At("To:", 60, 120), At("Ann Lee", 120, 120))) == {}


def test_a_person_who_sends_is_no_practice() -> None:
    assert said(cover(At("From:", 330, 120), At("Mina Okafor", 400, 120))) == {}


def test_other_papers_are_no_covers() -> None:
    assert said(document_from_lines([At("PROGRESS NOTE", 60, 60, 14), *FROM])) == {}
