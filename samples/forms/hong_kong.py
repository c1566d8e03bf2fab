"""A bilingual hospital pre-authorisation form of an insurer in Hong Kong: two pages of A4 in four parts.

The insured, the attending doctor and the policyholder each fill in their own; dates are day first, procedures are in
words, and fees are in dollars of Hong Kong.
"""

from __future__ import annotations

import random

from models.geometry import Box
from models.identifiers import mask_hkid
from models.truth import Paper
from samples import bilingual, people_hk
from samples.case import Case
from samples.forms import hong_kong_stay
from samples.forms.cell import row
from samples.forms.fill import Entry
from samples.forms.hong_kong_cells import LEFT, MARGIN, TITLE, Filling, answer, band, foot, strip, table, ticks
from samples.forms.hong_kong_words import NOTES, SURGERY
from samples.page import BOLD, Book, Sheet

KINDS: frozenset[str] = frozenset({"admission", "service"})
DATES = ("{0:%d/%m/%Y}", "{0:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}", "{0:%d-%m-%Y}", "{0.year}年{0.month}月{0.day}日")
YES_NO = (("Yes 是", "Yes"), ("No 否", "No"))


def draw(book: Book, case: Case, *, rng: random.Random) -> None:
    """Fill in the form on two sheets, which are high enough at 792 points and meant to have 842."""
    if case.policy is None:
        raise ValueError("this form asks for a policy of Hong Kong")
    book.paper(
        Paper(
            part="prior-authorization-form",
            title=TITLE,
            request=True,
            dated_on=case.on,
            author=people_hk.written(case.requester),
            signed="signed" if case.signed else "unsigned",
        )
    )
    date, capitals = rng.choice(DATES), rng.random() < 0.5
    filling = Filling(case, case.policy, date, capitals, book.size[1] / 842 * 31, rng)
    _first_page(book.sheet("prior-authorization-form"), filling)
    hong_kong_stay.draw(book.sheet("prior-authorization-form"), filling)


def _first_page(sheet: Sheet, filling: Filling) -> None:
    top = _head(sheet, filling)
    top = band(sheet, top, "PART I - PARTICULARS OF INSURED / PATIENT  第一部分 － 受保人／病人資料")
    top = _insured(sheet, top, filling)
    top = _policyholder(sheet, top, filling)
    top = band(
        sheet, top + 5, "PART II - MEDICAL INFORMATION (by attending doctor)  第二部分 － 病歷資料（由主診醫生填寫）"
    )
    top = _history(sheet, top, filling)
    top = _diagnoses(sheet, top, filling)
    _procedures(sheet, top, filling)
    foot(sheet, 1)


def _head(sheet: Sheet, filling: Filling) -> float:
    case, right = filling.case, sheet.width - MARGIN
    sheet.canvas.circle(LEFT + 13, sheet.height - 39, 12, stroke=1)
    sheet.canvas.circle(LEFT + 13, sheet.height - 39, 7.5, stroke=1)
    sheet.line(LEFT + 1, 43, LEFT + 25, 43, weight=2)
    boxes = sheet.text(LEFT + 34, 40, case.payer, font=BOLD, size=13)
    sheet.state("/coverage/payer_name", case.payer, quote=case.payer, boxes=boxes, kind="printed")
    bilingual.text(
        sheet, LEFT + 34, 51, "Claims Department  理賠部    Tel 電話 5550 0100    Fax 傳真 5550 0199", size=7
    )
    bilingual.text(sheet, LEFT + 34, 61, "E-mail 電郵: preauth@claims.example.org", size=7)
    sheet.line(LEFT, 67, right, 67, weight=1.4)
    bilingual.text(sheet, LEFT, 84, TITLE, font=BOLD, size=13)
    y = 97.0
    for note in NOTES:
        y = bilingual.paragraph(sheet, LEFT, y, note, width=right - LEFT, size=6.6)
    return y


def _insured(sheet: Sheet, top: float, filling: Filling) -> float:
    one, home = filling.case.patient, filling.case.patient.address
    name = people_hk.written(one, capitals=filling.capitals)
    top = strip(sheet, top, filling.high, (
        (1.5, Entry("Policy No. 保單號碼", filling.policy.number, "/coverage/policy_number")),
        (1.5, Entry("Member / Certificate No. 會員／證書編號", one.member_id, "/coverage/member_id")),
        (1.2, filling.day("Date of Application 申請日期", filling.case.on, "/submitted_on")),
    ))  # fmt: skip
    top = strip(sheet, top, filling.high, (
        (2, Entry("Name of Insured / Patient (English) 受保人／病人姓名（英文）", name, "/patient/name/full")),
        (1, Entry("Name in Chinese 中文姓名", one.name_zh, "/patient/name_zh")),
        (1.2, _identity(one.hkid)),
    ))  # fmt: skip
    cells = row(Box(LEFT, top, sheet.width - MARGIN, top + filling.high), (1.3, 1, 1.1, 1.6))
    answer(sheet, cells[0], filling.day("Date of Birth 出生日期 (DD/MM/YYYY)", one.birth_date, "/patient/birth_date"))
    options = (("M 男", "male"), ("F 女", "female"))
    ticks(sheet, cells[1], "Sex 性別", options, path="/patient/sex", chosen=one.sex, rng=filling.rng)
    phone = people_hk.spaced(one.phone) if one.phone else ""
    answer(sheet, cells[2], Entry("Contact Tel. 聯絡電話", phone, "/patient/phone", one.phone))
    answer(sheet, cells[3], Entry("E-mail Address 電郵地址"))
    return strip(sheet, top + filling.high, filling.high, (
        (3.4, Entry("Correspondence Address 通訊地址", filling.cased(home.line), "/patient/address/line", home.line)),
        (1, Entry("District 地區", filling.cased(home.city), "/patient/address/city", home.city)),
    ))  # fmt: skip


def _identity(hkid: str) -> Entry:
    label = "HKID / Passport No. 香港身份證／護照號碼"
    return Entry(label, hkid, "/patient/identifiers/0/value", mask_hkid(hkid)) if hkid else Entry(label)


def _policyholder(sheet: Sheet, top: float, filling: Filling) -> float:
    policy, high, right = filling.policy, filling.high, sheet.width - MARGIN
    holder, stem = filling.cased(policy.holder), "/hong_kong/policyholder"
    top = strip(sheet, top, high, (
        (2, Entry("Name of Policyholder 保單持有人姓名", holder, f"{stem}/name", policy.holder)),
        (1.3, Entry("Relationship to Insured 與受保人關係", policy.relationship, f"{stem}/relationship")),
    ))  # fmt: skip
    cells = row(Box(LEFT, top, right, top + high), (1.7, 2))
    label = "Covered by another insurer? 有否其他保險？"
    other = policy.other_insurer
    ticks(sheet, cells[0], label, YES_NO, path=None, chosen="Yes" if other else None, rng=filling.rng)
    answer(sheet, cells[1], Entry("If yes, name of insurer 如有，保險公司名稱", other, "/hong_kong/other_insurer"))
    top += high
    cells = row(Box(LEFT, top, right, top + high), (1.7, 1, 1))
    ticks(sheet, cells[0], "Due to an accident? 是否因意外引致？", YES_NO, path=None, chosen=None, rng=filling.rng)
    answer(sheet, cells[1], Entry("Date of Accident 意外日期"))
    answer(sheet, cells[2], Entry("Place of Accident 意外地點"))
    return top + high


def _history(sheet: Sheet, top: float, filling: Filling) -> float:
    policy, high = filling.policy, filling.high
    symptoms = Entry("Presenting symptoms / complaints 病徵", policy.symptoms, "/hong_kong/symptoms")
    top = strip(sheet, top, high + 9, ((1, symptoms),))
    onset, consulted = "/hong_kong/symptom_onset_on", "/hong_kong/first_consulted_on"
    top = strip(sheet, top, high, (
        (1, filling.day("Date symptoms first appeared 病徵首次出現日期", policy.onset_on, onset)),
        (1, filling.day("Date of first consultation 首次求診日期", policy.first_consulted_on, consulted)),
        (1, Entry("Referred by (name of doctor) 轉介醫生姓名")),
    ))  # fmt: skip
    before = policy.same_condition_before
    chosen = None if not before else "No" if before.lower().startswith("no") else "Yes"
    cells = row(Box(LEFT, top, sheet.width - MARGIN, top + high), (1.6, 2))
    label, path = "Same or similar condition before? 以往曾否患有相同病症？", "/hong_kong/previous_same_condition"
    ticks(sheet, cells[0], label, YES_NO, path=path, chosen=chosen, rng=filling.rng)
    answer(
        sheet,
        cells[1],
        Entry("If yes, when and treatment 如有，請註明日期及治療", "" if chosen in {before, None} else before),
    )
    return top + high


def _diagnoses(sheet: Sheet, top: float, filling: Filling) -> float:
    rows = [
        (
            Entry("", filling.cased(diagnosis.text), f"/diagnoses/{place}/text", diagnosis.text),
            Entry("", diagnosis.code, f"/diagnoses/{place}/code"),
        )
        for place, diagnosis in enumerate(filling.case.diagnoses)
    ]
    heads = ("Diagnosis 診斷", "ICD-10 (if any) 國際疾病分類編號（如有）")
    return table(
        sheet, top, heads, rows, shares=(3, 1.4), count=max(2, len(rows)), high=_row_height(filling, len(rows))
    )


def _procedures(sheet: Sheet, top: float, filling: Filling) -> None:
    case, high, right = filling.case, filling.high, sheet.width - MARGIN
    rows = []
    for place, line in enumerate(case.lines):
        stem = f"/service_lines/{place}"
        text = Entry("", filling.cased(line.text), f"{stem}/text", line.text)
        rows.append((text, Entry("", line.code, f"{stem}/code")))
    heads = ("Name of operation / procedure / treatment 手術／療程名稱", "Procedure code (if any) 編號（如有）")
    top = table(sheet, top, heads, rows, shares=(3, 1.4), count=max(2, len(rows)), high=_row_height(filling, len(rows)))
    category = filling.policy.surgical_category
    cells = row(Box(LEFT, top, right, top + high), (2, 1.6))
    options = tuple((f"{name} {chinese}", name) for name, chinese in SURGERY)
    path = "/hong_kong/surgical_category"
    ticks(sheet, cells[0], "Surgical Category 手術分類", options, path=path, chosen=category, rng=filling.rng)
    sides = (("Left 左", "left"), ("Right 右", "right"), ("Both 雙側", "bilateral"))
    side = case.lines[0].side if case.lines else None
    path = "/service_lines/0/laterality"
    ticks(sheet, cells[1], "Side 部位", sides, path=path, chosen=side, rng=filling.rng)
    label = "Investigations done and results (attach reports) 已進行之檢查及結果（請附報告）"
    attached = filling.rng.choice(("", "Reports attached", "As per enclosed report"))
    top = strip(sheet, top + high, high + 8, ((1, Entry(label, attached)),))
    label = "Treatment given before this application, with dates 申請前曾接受之治療及日期"
    strip(sheet, top, high + 8, ((1, Entry(label)),))


def _row_height(filling: Filling, rows: int) -> float:
    """The height of a table's rows; more than three share the room of three."""
    return filling.high * 0.72 * min(1.0, 3 / max(1, rows))
