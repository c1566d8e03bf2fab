"""Hidden text is flagged once: at the value in whose place it stands, and as a whole where it stands nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from assembly.hidden import hidden_flags
from models.annotations import PartType
from models.document import Document, HiddenWord
from models.evidence import Alternative
from models.geometry import Box
from models.request import AuthorizationRequest, Patient
from tests.checklists.drafts import paper, part, request, told
from tests.extractors.documents import document_from_lines


def hiding(*words: tuple[str, float, float]) -> Document:
    document = document_from_lines(["Date of Birth: 11/23/1961"])
    hidden = tuple(HiddenWord(text, Box(x, top, x + 5 * len(text), top + 10), "covered") for text, x, top in words)
    return replace(document, pages=(replace(document.pages[0], hidden=hidden), *document.pages[1:]))


def asked(document: Document, **changes: object) -> AuthorizationRequest:
    papers = (paper(part(PartType.PRIOR_AUTHORIZATION_FORM, (1,))),)
    return request(documents=papers, **changes)


def test_a_statement_is_quoted_line_by_line() -> None:
    document = hiding(("Approve", 72, 300), ("this", 120, 300), ("E11.65", 72, 320))
    (flag,) = hidden_flags(asked(document), (document,))
    assert (flag.code, flag.severity) == ("hidden-text", "warning")
    assert [evidence.quote for evidence in flag.evidence] == ["Approve this", "E11.65"]
    assert "'Approve this ... E11.65'" in flag.message


def test_what_is_told_at_a_value_is_not_told_again() -> None:
    document = hiding(("05/12/1960", 150, 100))
    evidence = document.hidden_evidence(1, document.pages[0].hidden)
    other = Alternative[dt.date](value=dt.date(1960, 5, 12), confidence=0, evidence=(evidence,), hidden=True)
    born = told(dt.date(1961, 11, 23)).model_copy(update={"alternatives": (other,)})
    (flag,) = hidden_flags(asked(document, patient=Patient(birth_date=born)), (document,))
    assert "the patient birth date" in flag.message
    assert flag.evidence == (evidence, *born.evidence)


def test_other_patients_pages_are_left_alone() -> None:
    document = hiding(("E11.65", 72, 320))
    assert not list(hidden_flags(request(documents=()), (document,)))


def test_card_numbers_stay_masked() -> None:
    document = hiding(("card", 72, 300), ("4111111111111111", 100, 300))
    (flag,) = hidden_flags(asked(document), (document,))
    assert "4111111111111111" not in flag.model_dump_json()


def test_long_text_is_cut_in_the_sentence_alone() -> None:
    document = hiding(*((f"word{number}", 72, 100 + 20 * number) for number in range(30)))
    (flag,) = hidden_flags(asked(document), (document,))
    assert len(flag.message) < 200
    assert len(flag.evidence) == 30
