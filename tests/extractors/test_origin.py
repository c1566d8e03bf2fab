from __future__ import annotations

from extractors.origin import day_first, from_hong_kong
from models.annotations import Annotations, Part, PartType, PatientSpan
from tests.extractors.documents import document_from_lines

CHINESE = "受保人 姓名 保單 號碼 出生 日期 診斷 手術 入院 房級 簽署 電話 傳真"


def test_a_page_written_in_chinese_is_of_hong_kong() -> None:
    assert from_hong_kong(document_from_lines(["Hospital form", CHINESE]), (1,))


def test_a_notice_in_many_languages_does_not_make_a_form_one_of_hong_kong() -> None:
    notice = "ATTENTION: language assistance is free. 注意：如果您使用繁體中文，您可以免費獲得語言援助服務。"
    assert not from_hong_kong(document_from_lines(["Prior Authorization Request", notice]), (1,))


def test_a_form_read_in_english_alone_is_known_by_two_markers() -> None:
    assert from_hong_kong(document_from_lines(["HKID / Passport No.", "Date of Birth (DD/MM/YYYY)"]), (1,))
    assert not from_hong_kong(document_from_lines(["Date of Birth (DD/MM/YYYY)", "born in Hong"]), (1,))


def test_days_come_first_where_a_form_of_the_document_is_of_hong_kong() -> None:
    document = document_from_lines(["Visit note"], pages=[["Form", CHINESE]])
    note = Part(type=PartType.PROGRESS_NOTE, pages=(1,), title=None, confidence=0.9, patient=PatientSpan())
    form = Part(type=PartType.PRIOR_AUTHORIZATION_FORM, pages=(2,), title=None, confidence=0.9, patient=PatientSpan())
    assert day_first(document, Annotations(parts=(note, form)))
    assert not day_first(document, Annotations(parts=(note,)))
