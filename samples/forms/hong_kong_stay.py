"""The second page of the Hong Kong form: the stay in hospital, its fees, and who declares and signs."""

from __future__ import annotations

import datetime as dt

from reportlab.lib.colors import Color

from models.geometry import Box
from samples import bilingual, pen, people_hk
from samples.case import Case
from samples.forms.cell import row
from samples.forms.fill import Entry
from samples.forms.hong_kong_cells import (
    GREY,
    INSET,
    LEFT,
    MARGIN,
    TITLE,
    Filling,
    answer,
    band,
    choices,
    foot,
    strip,
    ticks,
    write,
)
from samples.forms.hong_kong_words import ANAESTHESIA, CONSENT, DECLARED_BY_DOCTOR, ENCLOSED, FEES, WARDS
from samples.forms.mark import shade
from samples.page import BOLD, Sheet

_STAMP = Color(0.28, 0.22, 0.55)


def draw(sheet: Sheet, filling: Filling) -> None:
    """Fill in the second page."""
    name = filling.policy.number
    bilingual.text(sheet, LEFT, 36, TITLE, font=BOLD, size=9)
    bilingual.text(sheet, 400, 36, "Policy No. 保單號碼", size=7)
    room = Box(468, 26, sheet.width - MARGIN, 39)
    bilingual.fill(sheet, room, name, path="/coverage/policy_number", size=9)
    top = band(
        sheet, 44, "PART III - HOSPITALISATION AND FEES (by attending doctor)  第三部分 － 住院及費用（由主診醫生填寫）"
    )
    top = _hospital(sheet, top, filling)
    top = _doctor(sheet, top, filling)
    top = _fees(sheet, top, filling)
    top = _declared_by_doctor(sheet, top, filling)
    top = band(sheet, top + 5, "PART IV - DECLARATION AND AUTHORISATION  第四部分 － 聲明及授權")
    top = _consents(sheet, top, filling)
    _enclosed(sheet, top + 6, filling)
    _office_use(sheet, top + 2 * filling.high)
    foot(sheet, 2)


def _hospital(sheet: Sheet, top: float, filling: Filling) -> float:
    case, high, right = filling.case, filling.high, sheet.width - MARGIN
    hospital, stay = case.facility, case.admission
    name, chinese = (hospital.organization, hospital.name_zh) if hospital else ("", "")
    top = strip(sheet, top, high, (
        (2, Entry("Name of Hospital / Clinic 醫院／診所名稱", name, "/facility/organization")),
        (1, Entry("Name in Chinese 中文名稱", chinese)),
    ))  # fmt: skip
    admitted = filling.day("Date of Admission / Treatment 入院／治療日期", *_beginning(case))
    days = str(stay.days) if stay else ""
    cells = row(Box(LEFT, top, right, top + high), (1.2, 1, 2))
    answer(sheet, cells[0], admitted)
    answer(sheet, cells[1], Entry("Expected stay (days) 預計住院日數", days, "/admission/days"))
    options = (("Elective 預約", "elective"), ("Urgent 緊急", "urgent"), ("Emergency 急症", "emergency"))
    chosen = stay.type if stay else None
    ticks(
        sheet, cells[2], "Type of Admission 入院類別", options, path="/admission/type", chosen=chosen, rng=filling.rng
    )
    box = Box(LEFT, top + high, right, top + 2 * high)
    wards = tuple((f"{name} {chinese}", name) for name, chinese in WARDS)
    ward, path = filling.policy.ward_class, "/hong_kong/ward_class"
    ticks(sheet, box, "Class of Ward 病房級別", wards, path=path, chosen=ward, rng=filling.rng)
    if ward and ward not in {name for name, _ in WARDS}:
        write(sheet, Box(right - 130, box.top + 9, right - 4, box.bottom - 2), Entry("", ward, path))
    cells = row(Box(LEFT, box.bottom, right, box.bottom + high), (1.5, 1))
    ticks(sheet, cells[0], "Anaesthesia 麻醉方式", ANAESTHESIA, path=None, chosen=None, rng=filling.rng)
    answer(sheet, cells[1], Entry("Name of Anaesthetist 麻醉科醫生姓名"))
    label = "Why must the patient stay in hospital? 必須住院的原因"
    return strip(sheet, box.bottom + high, high, ((1, Entry(label)),))


def _beginning(case: Case) -> tuple[dt.date | None, str]:
    if case.admission is not None:
        return case.admission.on, "/admission/admitted_on"
    return case.starts, "/service_lines/0/start_on"


def _doctor(sheet: Sheet, top: float, filling: Filling) -> float:
    who, high, stem = filling.case.requester, filling.high, "/requesting_provider"
    name = people_hk.written(who, capitals=filling.capitals)
    top = strip(sheet, top, high, (
        (1.6, Entry("Name of Attending Doctor 主診醫生姓名", f"Dr. {name}", f"{stem}/name", name)),
        (1, Entry("Chinese Name 中文姓名", who.name_zh)),
        (1.2, Entry("Specialty 專科", who.specialty, f"{stem}/specialty")),
        (1.1, Entry("Registration No. 註冊編號", who.license_number, f"{stem}/license_number")),
    ))  # fmt: skip
    return strip(sheet, top, high, (
        (2.7, Entry("Clinic 診所", filling.cased(who.organization), f"{stem}/organization", who.organization)),
        (1.1, Entry("Tel. 電話", people_hk.spaced(who.phone) if who.phone else "", f"{stem}/phone", who.phone)),
        (1.1, Entry("Fax 傳真", people_hk.spaced(who.fax) if who.fax else "", f"{stem}/fax", who.fax)),
    ))  # fmt: skip


def _fees(sheet: Sheet, top: float, filling: Filling) -> float:
    """The fee table at the left, the letter of guarantee and the urgency of the matter at its right."""
    high, right = filling.high * 0.66, sheet.width - MARGIN
    left, side = row(Box(LEFT, top, right, top + high), (1.75, 1))
    y = _estimates(sheet, left, filling)
    half = (top + y) / 2
    policy, case = filling.policy, filling.case
    box = Box(side.x0, top, side.x1, half)
    sheet.frame(box)
    bilingual.text(sheet, side.x0 + INSET, top + 10, "Letter of Guarantee 付款保證書", font=BOLD, size=7.5)
    options = (("Required 需要", "true"), ("Not required 不需要", "false"))
    chosen, path = "true" if policy.guarantee else "false", "/hong_kong/guarantee_requested"
    choices(sheet, (side.x0 + 8, top + 26), options, path=path, chosen=chosen, rng=filling.rng)
    text = "Issued to the hospital after approval. 批核後發出予醫院。"
    bilingual.paragraph(sheet, side.x0 + INSET, top + 40, text, width=side.width - 8, size=6.2)
    box = Box(side.x0, half, side.x1, y)
    sheet.frame(box)
    bilingual.text(sheet, side.x0 + INSET, half + 10, "Processing 處理次序", font=BOLD, size=7.5)
    levels = (("Normal 一般", "standard"), ("Urgent 加急", "urgent"))
    chosen = case.level_of_service
    choices(sheet, (side.x0 + 8, half + 25), levels, path="/level_of_service", chosen=chosen, rng=filling.rng)
    bilingual.text(sheet, side.x0 + INSET, half + 36, "Reason if urgent 加急原因", size=6.2)
    write(sheet, Box(side.x0 + 8, half + 37, side.x1 - 3, y - 1), Entry("", case.urgency_reason, "/urgency_reason"))
    return y


def _estimates(sheet: Sheet, head: Box, filling: Filling) -> float:
    widths, high, known = (2.3, 1), head.height, {name.lower() for name, _ in FEES}
    for cell, text in zip(row(head, widths), ("Estimated Fees 預計費用", "Amount 金額 (HK$)"), strict=True):
        shade(sheet, cell, GREY)
        sheet.frame(cell)
        bilingual.text(sheet, cell.x0 + INSET, cell.bottom - 5.5, text, font=BOLD, size=7.5)
    given = filling.policy.estimates
    amounts = {kind.lower(): (place, amount) for place, (kind, amount) in enumerate(given)}
    top = head.bottom
    for name, chinese in FEES:
        kind, sum_ = row(Box(head.x0, top, head.x1, top + high), widths)
        sheet.frame(kind)
        boxes = bilingual.text(sheet, kind.x0 + INSET, kind.bottom - 5.5, f"{name} {chinese}", size=7.5)
        sheet.frame(sum_)
        if name.lower() in amounts:
            place, amount = amounts[name.lower()]
            _amount(sheet, sum_, amount, path=f"/hong_kong/estimates/{place}/amount")
            said = boxes[: len(name.split())]
            sheet.state(f"/hong_kong/estimates/{place}/kind", name, quote=name, boxes=said, kind="printed")
        top += high
    others = [(place, kind, amount) for place, (kind, amount) in enumerate(given) if kind.lower() not in known]
    for number in range(max(1, len(others))):
        kind, sum_ = row(Box(head.x0, top, head.x1, top + high), widths)
        sheet.frame(kind)
        bilingual.text(sheet, kind.x0 + INSET, kind.bottom - 5.5, "Others 其他", size=7.5)
        sheet.frame(sum_)
        if number < len(others):
            place, name, amount = others[number]
            room = Box(kind.x0 + 62, kind.top + 1, kind.x1 - 3, kind.bottom - 2)
            write(sheet, room, Entry("", name, f"/hong_kong/estimates/{place}/kind"))
            _amount(sheet, sum_, amount, path=f"/hong_kong/estimates/{place}/amount")
        top += high
    kind, sum_ = row(Box(head.x0, top, head.x1, top + high), widths)
    sheet.frame(kind)
    bilingual.text(sheet, kind.x0 + INSET, kind.bottom - 5.5, "Total 總額", font=BOLD, size=7.5)
    sheet.frame(sum_)
    if given:
        _amount(sheet, sum_, sum(amount for _, amount in given), path=None)
    return top + high


def _amount(sheet: Sheet, cell: Box, amount: int, *, path: str | None) -> None:
    room = Box(cell.x0 + 14, cell.top + 1, cell.x1 - 4, cell.bottom - 2)
    write(sheet, room, Entry("", f"{amount:,}", path, str(amount)))


def _declared_by_doctor(sheet: Sheet, top: float, filling: Filling) -> float:
    right, case = sheet.width - MARGIN, filling.case
    y = bilingual.paragraph(sheet, LEFT + INSET, top + 9, DECLARED_BY_DOCTOR, width=right - LEFT - 8, size=6.6)
    bottom = y + filling.high * 1.7
    sheet.frame(Box(LEFT, top, right, bottom))
    blank = Box(LEFT + 10, y, LEFT + 206, bottom - 12)
    _signature(sheet, blank, "Signature and chop of attending doctor 主診醫生簽署及蓋印", filling)
    sheet.signature(blank, "pen" if case.signed else "none")
    sheet.state("/signature/state", "signed" if case.signed else "unsigned", quote="", boxes=(blank,))
    if case.signed and filling.rng.random() < 0.6:
        _chop(sheet, Box(LEFT + 216, y - 1, LEFT + 318, bottom - 16), filling)
    _dated(sheet, Box(right - 190, y, right - 10, bottom - 12), filling, path="/signature/signed_on")
    return bottom


def _chop(sheet: Sheet, box: Box, filling: Filling) -> None:
    """The rubber stamp of the doctor, beside the signature."""
    who = filling.case.requester
    sheet.canvas.saveState()
    sheet.canvas.setStrokeColor(_STAMP)
    sheet.canvas.setLineWidth(1.3)
    sheet.canvas.roundRect(box.x0, sheet.height - box.bottom, box.width, box.height, 4)
    sheet.canvas.restoreState()
    lines = (f"Dr. {people_hk.written(who)}", who.name_zh, f"Reg. No. {who.license_number}")
    for number, line in enumerate(line for line in lines if line.strip(" .")):
        size = min(8.0, 8.0 * (box.width - 10) / bilingual.width(line, 8.0))
        y = box.top + 10.5 + number * 10.5
        bilingual.text(sheet, box.x0 + 5, y, line, size=size, kind="value", colour=_STAMP)


def _consents(sheet: Sheet, top: float, filling: Filling) -> float:
    right, case, start = sheet.width - MARGIN, filling.case, top
    top += 8
    for text in CONSENT:
        top = bilingual.paragraph(sheet, LEFT + INSET, top, text, width=right - LEFT - 8, size=6.2) + 1
    top += filling.high - 24
    who = (
        ("insured", "Signature of Insured / Patient 受保人／病人簽署"),
        ("policyholder", "Signature of Policyholder 保單持有人簽署"),
    )
    width = (right - LEFT) / 2
    for place, (by, label) in enumerate(who):
        stem = f"/hong_kong/consents/{place}"
        x = LEFT + place * width
        blank = Box(x + 10, top, x + 160, top + 32)
        boxes = _signature(sheet, blank, label, filling)
        sheet.signature(blank, "pen" if case.signed else "none")
        sheet.state(f"{stem}/signed", "true" if case.signed else "false", quote="", boxes=(blank,))
        words = label.split()[2]
        sheet.state(f"{stem}/by", by, quote=words, boxes=boxes[2:3], kind="printed")
        _dated(sheet, Box(x + 172, top, x + width - 8, top + 32), filling, path=f"{stem}/signed_on")
    sheet.frame(Box(LEFT, start, right, top + 46))
    return top + 46


def _signature(sheet: Sheet, blank: Box, label: str, filling: Filling) -> tuple[Box, ...]:
    sheet.line(blank.x0, blank.bottom, blank.x1, blank.bottom, weight=0.6)
    if filling.case.signed:
        pen.sign(sheet, blank.x0 + 14, blank.bottom - 6, filling.rng, width=filling.rng.uniform(70, 100))
    return bilingual.text(sheet, blank.x0, blank.bottom + 9, label, size=6.6)


def _dated(sheet: Sheet, blank: Box, filling: Filling, *, path: str) -> None:
    sheet.line(blank.x0, blank.bottom, blank.x1, blank.bottom, weight=0.6)
    bilingual.text(sheet, blank.x0, blank.bottom + 9, "Date 日期 (DD/MM/YYYY)", size=6.6)
    if filling.case.signed:
        write(sheet, Box(blank.x0 + 6, blank.top, blank.x1, blank.bottom), filling.day("", filling.case.on, path))


def _enclosed(sheet: Sheet, top: float, filling: Filling) -> None:
    box = Box(LEFT, top, sheet.width - MARGIN, top + filling.high)
    label = "Documents enclosed (tick) 夾附文件（請加剔號）"
    ticks(sheet, box, label, ENCLOSED, path=None, chosen=filling.rng.choice(("report", None)), rng=filling.rng)


def _office_use(sheet: Sheet, top: float) -> None:
    box = Box(LEFT, top, sheet.width - MARGIN, top + 34)
    shade(sheet, box, Color(0.92, 0.92, 0.92))
    sheet.frame(box)
    bilingual.text(sheet, LEFT + INSET, top + 9, "For Office Use Only 只供本公司填寫", font=BOLD, size=6.8)
    labels = ("Received on 收件日期", "Case No. 個案編號", "Approved limit 批核金額", "Handled by 經辦人")
    for cell, label in zip(row(Box(LEFT, top + 12, box.x1, top + 34), (1, 1, 1, 1)), labels, strict=True):
        sheet.frame(cell, weight=0.5)
        bilingual.text(sheet, cell.x0 + INSET, cell.top + 8, label, size=6.2)
