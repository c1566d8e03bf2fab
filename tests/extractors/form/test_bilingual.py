from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractors.form.bilingual import Bilingual, bilingual, chinese, folded, halves_of
from extractors.form.labels import Label
from extractors.form.readings import read_blank
from extractors.form.rows import rows_of
from extractors.form.sections import Heading, Sections
from extractors.form.targets import Target, localised, target_of
from extractors.form.vocabulary import Meaning
from extractors.form.written import written
from models.geometry import Box
from tests.extractors.form.test_reader import accepted, run

WORDS = bilingual()
TEXTS = (
    "CHAN Tai Man",
    "3/2/2026",
    "2026年2月3日",
    "X123456(9)",
    "A123456(3)",
    "5550 1234",
    "陳大文",
    "12",
    "HK$ 4,000",
    "Yes",
)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Policy No. 保單號碼", "coverage.policy_number"),
        ("Policy Number", "coverage.policy_number"),
        ("保單編號", "coverage.policy_number"),
        ("Certificate No. 會員證書編號", "coverage.member_id"),
        ("HKID / Passport No. 香港身份證／護照號碼", "patient.identifiers.hkid_passport"),
        ("Hong Kong Identity Card No.", "patient.identifiers.hkid_passport"),
        ("Date of first consultation 首次求診日期 (DD/MM/YYYY)", "hong_kong.first_consulted_on"),
        ("When did symptoms first appear? 病徵首次出現日期", "hong_kong.symptom_onset_on"),
        ("病徵", "hong_kong.symptoms"),
        ("Name of Policyholder 保單持有人姓名", "hong_kong.policyholder.name"),
        ("Relationship with Insured 與受保人之關係", "hong_kong.policyholder.relationship"),
        ("Proposed date of admission 擬定入院日期", "admission.admitted_on"),
        ("Estimated length of stay (days) 預計住院日數", "admission.days"),
        ("房級", "hong_kong.ward_class"),
        ("Occupation 職業", "ignore"),
        ("Investigations done (please attach the reports) 已進行之檢查項目", "ignore"),
        ("Surgeon's fee 外科醫生費", "ignore"),
    ],
)
def test_a_label_is_known_by_either_half_in_many_wordings(text: str, path: str) -> None:
    assert WORDS.label(text) == Meaning(path=path)


@pytest.mark.parametrize(
    ("text", "role", "attribute"),
    [
        ("Name of Insured / Patient (English) 受保人／病人姓名（英文）", "patient", "name"),
        ("受保人姓名", "patient", "name"),
        ("Patient's Date of Birth 出生日期", "patient", "birth_date"),
        ("Name in Chinese 中文姓名", None, "name_zh"),
        ("Name of Attending Doctor 主診醫生姓名", "requesting_provider", "name"),
        ("醫生註冊編號", "requesting_provider", "license_number"),
        ("Registration No. 註冊編號", None, "license_number"),
        ("Name of Hospital 醫院名稱", "facility", "organization"),
        ("Name of Anaesthetist 麻醉科醫生姓名", "other", "name"),
    ],
)
def test_a_label_may_say_of_whom_it_speaks(text: str, role: str | None, attribute: str) -> None:
    meaning = WORDS.label(text)
    assert meaning is not None
    assert (meaning.role, meaning.attribute) == (role, attribute)


@pytest.mark.parametrize(
    "text", ["CHAN Tai Man 陳大文", "Right knee pain", "Flat A, 11/F", "Policy No. 保單號碼 H12345678"]
)
def test_what_somebody_wrote_is_no_label(text: str) -> None:
    assert WORDS.label(text) is None


def test_a_value_behind_a_label_is_not_part_of_it() -> None:
    assert WORDS.cell_label("Name in Chinese 中文姓名 陳大文") is None
    assert WORDS.leading("Policy No. 保單號碼") == Meaning(path="coverage.policy_number")
    assert WORDS.leading("Policy No.") is None


def test_a_misread_character_is_forgiven_where_no_other_label_is_as_near() -> None:
    assert WORDS.label("首次求珍日期") == Meaning(path="hong_kong.first_consulted_on")
    assert WORDS.label("預計人院日期") in (None, Meaning(path="admission.admitted_on"))
    assert WORDS.label("預計×院日期") is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("PART I - PARTICULARS OF INSURED / PATIENT 第一部分 － 受保人／病人資料", "patient"),
        ("第二部分 病歷資料（由主診醫生填寫）", "service"),
        ("Section 4: Declaration and Authorisation 聲明及授權", "signature"),
    ],
)
def test_headings_of_sections_are_known_without_their_numbers(text: str, role: str) -> None:
    assert WORDS.heading(text, bare=True) == role


def test_columns_of_tables_are_known_in_both_languages() -> None:
    assert WORDS.column("ICD-10 (if any) 國際疾病分類編號（如有）") == ("diagnoses.code",)
    assert WORDS.column("手術／療程名稱") == ("service_lines.text",)
    assert WORDS.column("Quantity 數量") == ()


def test_fees_are_told_from_their_total() -> None:
    assert WORDS.fee("Anaesthetist's fee 麻醉科醫生費")
    assert WORDS.fee("手術室費")
    assert WORDS.total("Total 總額")
    assert not WORDS.fee("Total 總額")
    assert not WORDS.fee("Name of Anaesthetist 麻醉科醫生姓名")


def test_halves_are_compared_without_idle_words_and_full_width_signs() -> None:
    assert halves_of(folded("Name of the Insured／Patient’s 受保人／病人")) == ("name insured patient", "受保人病人")
    assert chinese("陳大文 Chan") == 3


def everything(words: Bilingual) -> Iterator[Target]:
    headings = {None, *words.headings.values(), *words.titles.values()}
    roles = (None, *sorted({*words.roles.values()}))
    meanings = {Meaning(role=role, attribute=name) for role in roles for name in {*words.attributes.values(), "name"}}
    meanings |= {Meaning(path=path) for path in words.fields.values()}
    for meaning in meanings:
        for role in headings:
            above = Sections((Heading(role, Box(0, 0, 9, 9), 0, 600),) if role else ())
            yield localised(target_of(Label(meaning, "x", Box(0, 20, 9, 29), 1.0), above, None), words.kinds)


def test_whatever_a_form_of_hong_kong_asks_has_its_place_in_the_request() -> None:
    seen = set()
    for target in {*everything(WORDS)}:
        for text in TEXTS:
            for reading in read_blank(target, [run(text)], written):
                seen.add(reading.path)
                assert accepted(reading.path, reading.value, reading.unclear, rows_of(reading, 0))
    assert {"hong_kong.symptoms", "patient.name_zh", "patient.identifiers.hkid", "admission.days"} <= seen
