from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from extractors import extract
from extractors.hong_kong import find_hong_kong
from models.annotations import Annotations, Part, PartType, PatientSpan
from models.document import Document
from models.mention import FieldMention
from tests.extractors.documents import At, Piece, document_from_lines
from tests.extractors.forms import cell, pen, table, tick_box, underline

HEAD: list[Piece] = [
    At("Paper Crane Insurance Company Limited 紙鶴保險有限公司", 40, 40, 14),
    At("Hospital Pre-authorisation Form 住院預先批核申請表", 40, 70, 12),
    At("受保人資料 病歷資料 住院資料 聲明 授權 備註 索償 表格 公司 簽署 電話 傳真", 40, 90, 7),
]


def annotated(document: Document, kind: PartType = PartType.PRIOR_AUTHORIZATION_FORM) -> Annotations:
    pages = tuple(page.number for page in document.pages)
    return Annotations(parts=(Part(type=kind, pages=pages, title=None, confidence=0.9, patient=PatientSpan()),))


def form(pieces: list[Piece], **marks: Any) -> Document:
    return document_from_lines([*HEAD, *pieces], marks={1: marks})


def values(document: Document) -> dict[tuple[str, tuple[int, ...]], object]:
    return {(m.path, m.rows): m.value for m in find_hong_kong(document, annotated(document))}


def fields(document: Document) -> dict[str, Any]:
    mentions, problems = extract(document, annotated(document))
    assert problems == ()
    return {m.path: m.value for m in mentions if isinstance(m, FieldMention)}


def test_the_insurer_is_named_in_the_head_of_the_form() -> None:
    assert values(form([]))["coverage.payer_name", ()] == "Paper Crane Insurance Company Limited"


def test_fees_are_read_with_their_amounts_and_without_the_total() -> None:
    pieces: list[Piece] = [
        At("Estimated charges 預計費用 (HK$)", 40, 200),
        At("Surgeon's fee 外科醫生費", 44, 223), At("42,000", 304, 223),
        At("Anaesthetist's fee 麻醉科醫生費", 44, 243), At("14,700.00", 304, 243),
        At("Room and board 病房及膳食", 44, 263),
        At("Others 其他", 44, 283), At("Implants", 144, 283), At("HK$ 9,800", 304, 283),
        At("Total 總額", 44, 303), At("66,500", 304, 303),
    ]  # fmt: skip
    found = values(form(pieces, rules=table((40, 300, 400), (220, 240, 260, 280, 300, 320))))
    estimates = [
        {leaf: found[f"hong_kong.estimates.{leaf}", (row,)] for leaf in ("kind", "amount")} for row in range(3)
    ]
    assert estimates == [
        {"kind": "Surgeon's fee", "amount": "42000"},
        {"kind": "Anaesthetist's fee", "amount": "14700.00"},
        {"kind": "Implants", "amount": "9800"},
    ]
    assert {value for (path, _), value in found.items() if path.endswith("currency")} == {"HKD"}
    assert ("hong_kong.estimates.kind", (3,)) not in found


def test_a_total_counts_where_nothing_else_is_asked() -> None:
    found = values(form([At("預計總費用 HK$ 66,500", 40, 200), At("醫生費", 40, 240)]))
    assert found["hong_kong.estimates.kind", (0,)] == "預計總費用"
    assert found["hong_kong.estimates.amount", (0,)] == "66500"


def test_consents_are_those_of_patient_and_policyholder() -> None:
    pieces: list[Piece] = [
        At("Signature of Insured / Patient 受保人／病人簽署", 40, 703, 7), At("Date 日期", 220, 703, 7),
        At("Signature of Policyholder 保單持有人簽署", 320, 703, 7), At("Date 日期", 500, 703, 7),
        At("03/02/2026", 224, 690),
    ]  # fmt: skip
    rules = (underline(40, 700, 200), underline(218, 700, 300), underline(320, 700, 480), underline(498, 700, 580))
    found = values(form(pieces, rules=rules, ink=(pen(50, 680, 130, 698),)))
    assert found["hong_kong.consents.by", (0,)] == "insured"
    assert found["hong_kong.consents.signed", (0,)] is True
    assert found["hong_kong.consents.signed_on", (0,)] == dt.date(2026, 2, 3)
    assert found["hong_kong.consents.by", (1,)] == "policyholder"
    assert found["hong_kong.consents.signed", (1,)] is False
    assert ("hong_kong.consents.signed_on", (1,)) not in found


def test_a_form_in_two_languages_is_read_field_by_field() -> None:
    pieces: list[Piece] = [
        At("Policy No. 保單號碼", 44, 203, 7), At("H12345678", 50, 214),
        At("Name of Insured 受保人姓名", 204, 203, 7), At("CHAN Tai Man", 210, 214),
        At("HKID No. 香港身份證號碼", 404, 203, 7), At("A123456(3)", 410, 214),
        At("Date of Birth 出生日期", 44, 233, 7), At("03/02/1960", 50, 244),
        At("Sex 性別", 204, 233, 7), At("M 男", 222, 244), At("F 女", 272, 244),
        At("Class of Ward 病房級別", 404, 233, 7), At("Private 私家", 422, 244), At("Ward 普通", 502, 244),
        At("主診醫生姓名", 44, 263, 7), At("Dr. WONG Siu Lun", 50, 274),
        At("註冊編號", 204, 263, 7), At("M09053", 210, 274),
        At("電話", 404, 263, 7), At("5550 1234", 410, 274),
    ]  # fmt: skip
    boxes = (tick_box(208, 243, "checked"), tick_box(258, 243), tick_box(408, 243, "checked"), tick_box(488, 243))
    found = fields(form(pieces, rules=table((40, 200, 400, 580), (200, 230, 260, 290)), checkboxes=boxes))
    expected = {
        "coverage.policy_number": "H12345678",
        "patient.name.full": "CHAN Tai Man",
        "patient.identifiers.hkid": "A123***(*)",
        "patient.birth_date": dt.date(1960, 2, 3),
        "patient.sex": "male",
        "hong_kong.ward_class": "Private",
        "requesting_provider.name": "WONG Siu Lun",
        "requesting_provider.license_number": "M09053",
        "requesting_provider.phone": "55501234",
    }
    assert {path: found.get(path) for path in expected} == expected
    assert "patient.phone" not in found


def test_the_identity_card_stands_nowhere_in_full() -> None:
    document = form(
        [At("HKID No. 香港身份證號碼", 44, 203, 7), At("A123456(3)", 50, 214)], rules=cell(40, 200, 200, 230)
    )
    mentions, _ = extract(document, annotated(document))
    assert "A123456" not in repr(mentions).replace(" ", "")


def test_dates_of_the_other_papers_are_day_first_too() -> None:
    pages = [["Clinic note", "Date of birth: 03/02/1960"]]
    document = document_from_lines(HEAD, pages=pages)
    parts = (
        Part(type=PartType.PRIOR_AUTHORIZATION_FORM, pages=(1,), title=None, confidence=0.9, patient=PatientSpan()),
        Part(type=PartType.REFERRAL, pages=(2,), title=None, confidence=0.9, patient=PatientSpan()),
    )
    mentions, _ = extract(document, Annotations(parts=parts))
    dates = [m.value for m in mentions if isinstance(m, FieldMention) and isinstance(m.value, dt.date)]
    assert set(dates) <= {dt.date(1960, 2, 3)}


@pytest.mark.parametrize("kind", [PartType.PROGRESS_NOTE, PartType.POLICY])
def test_other_papers_have_neither_fees_nor_consents(kind: PartType) -> None:
    document = form([At("Surgeon's fee 外科醫生費: 42,000", 40, 200)])
    assert list(find_hong_kong(document, annotated(document, kind))) == []
