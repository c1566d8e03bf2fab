from __future__ import annotations

import datetime as dt
from dataclasses import replace

from assembly.cases import split_cases
from assembly.documents import documents_of
from models.annotations import LOINC
from models.received import SIDECAR
from models.request import RequestDocument
from models.result import DocumentResult
from tests.assembly.results import FORM, NOTE, part, result, says, submission


def documents(*results: DocumentResult) -> tuple[RequestDocument, ...]:
    together = submission(*results)
    return documents_of(split_cases(together)[0][0], together)


def test_a_part_has_the_date_author_and_signature_its_own_pages_say() -> None:
    (document,) = documents(
        result(
            part(FORM, 1),
            part(NOTE, 2, 3),
            mentions=[
                says("part.dated_on", dt.date(2026, 3, 2), 3), says("part.signed", "signed", 3),
                says("part.author", "Bo Example", 1),
            ],
        )
    )  # fmt: skip
    form, note = document.parts
    assert note.loinc == LOINC[NOTE]
    assert note.dated_on is not None
    assert note.dated_on.value == dt.date(2026, 3, 2)
    assert note.signed is not None
    assert (note.author, form.signed, form.dated_on) == (None, None, None)
    assert form.author is not None


def test_a_duplicate_is_listed_with_its_pages_and_its_twin() -> None:
    first, twin = documents(result(part(FORM, 1)), result(part(FORM, 1), identifier="d2", duplicate_of="d1"))
    assert (first.duplicate_of, twin.duplicate_of) == (None, "d1")
    assert twin.parts[0].pages == (1,)


def test_the_record_of_a_fax_server_is_listed_without_pages() -> None:
    beside = result(identifier="d2", path="0001.xml")
    beside = replace(beside, document=replace(beside.document, media_type=SIDECAR))
    fax, record = documents(result(part(FORM, 1), path="0001.tif"), beside)
    assert (fax.page_count, record.page_count, record.parts) == (1, 0, ())
