"""How the text of a blank becomes values of the contract: one small reader for each kind of blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.form.choices import choices
from extractors.form.drug_readings import DRUG_RUNS, DRUG_TEXTS
from extractors.form.reading import Reading, TextReader, Write, read_text, says_nothing, trimmed
from extractors.form.readings_hong_kong import HONG_KONG_TEXTS
from extractors.form.targets import Target
from extractors.form.vocabulary import compact
from extractors.form.written import Written, written_words
from extractors.layout.runs import Run
from extractors.normalize import amounts, codes, contacts, dates, names
from models import identifiers

# Answers of a few words; what has more is print that the form sets beside the blank.
_BRIEF = frozenset(
    f"service_lines.drug.{leaf}" for leaf in ("dose", "frequency", "quantity", "duration", "strength", "form", "route")
)
_MOST_WORDS = 20
# Names have fewer words than this; more are a sentence of the form.
_NAMES = (".name", ".payer_name", ".organization", ".contact_name", ".specialty", ".group_number", ".member_id")
_LONGEST_NAME = 14


def read_blank(target: Target, runs: Sequence[Run], write: Write) -> tuple[Reading, ...]:
    """The values of one blank; () when it is empty, says "N/A", or holds only words of the form."""
    text = write(runs)
    if target.kind == "ignore" or not text.words or says_nothing(text.text):
        return ()
    if target.kind in DRUG_RUNS:
        return tuple(DRUG_RUNS[target.kind](target.path, runs, write))
    if target.path in _BRIEF and len(text.words) > _MOST_WORDS:
        return ()
    if target.path.endswith(_NAMES) and len(text.words) > _LONGEST_NAME:
        return ()
    return tuple(_BY_TEXT[target.kind](target.path, text))


def _name(path: str, text: Written) -> Iterator[Reading]:
    name = names.parse_name(text.text)
    full = path + ".full" if path == "patient.name" else path
    if name is None:
        yield Reading(full, None, text.words, "illegible")
        return
    yield Reading(full, name.full, text.words)
    if path == "patient.name" and name.family and name.given:
        for leaf, part in (("family", name.family), ("given", name.given)):
            found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text.text)]
            leads = (leaf == "family") == name.full.startswith(f"{name.family},")
            if found:
                yield Reading(f"{path}.{leaf}", part, text.slice(*found[0 if leads else -1]))


def _party(path: str, text: Written) -> Iterator[Reading]:
    """A provider's name: a person's, or an organisation's."""
    if sum(c.isalpha() for c in text.text) >= 2 and not re.search(r"[:;?!=<>]|\d{3}", text.text):
        firm = path == "facility.name" or (path.endswith("_provider.name") and names.is_organization(text.text))
        yield from read_text(path.replace(".name", ".organization") if firm else path, text)
    else:
        yield Reading(path, None, text.words, "illegible")


def _date(path: str, text: Written) -> Iterator[Reading]:
    born = dates.parse_birth_date(text.text) if path.endswith("birth_date") else None
    found = [born] if born else list(dates.find_dates(text.text))
    if len({date for _, _, date in found}) == 1:
        start, end, date = found[0]
        yield Reading(path, date, text.slice(start, end))
    elif found and path.startswith("service_lines.start_on"):
        for leaf, (start, end, date) in zip(("service_lines.start_on", "service_lines.end_on"), found, strict=False):
            yield Reading(leaf, date, text.slice(start, end))
    elif re.search(r"\d", text.text):
        yield Reading(path, None, text.words, "conflict" if found else "illegible")


def _sex(path: str, text: Written) -> Iterator[Reading]:
    key = text.text.strip(" .").lower()
    value = {"f": "female", "female": "female", "m": "male", "male": "male", "女": "female", "男": "male"}.get(key)
    if value:
        yield Reading(path, value, text.words)


def _phone(path: str, text: Written) -> Iterator[Reading]:
    found = contacts.find_phone(text.text) or contacts.find_phone(text.text, "hk")
    if found and identifiers.phone_ok(found[2]):
        yield Reading(path, found[2], text.slice(found[0], found[1]))
    elif sum(c.isdigit() for c in text.text) >= 5:
        yield Reading(path, None, text.words, "illegible")


def _line(path: str, text: Written) -> Iterator[Reading]:
    yield from _place(path, text, contacts.split_place(text.text))


def _city_state_zip(path: str, text: Written) -> Iterator[Reading]:
    place = contacts.split_place(text.text)
    if place.city:
        yield from _place(path, text, contacts.Place(None, place.city, place.state, place.postal_code))


def _place(path: str, text: Written, place: contacts.Place) -> Iterator[Reading]:
    for leaf in ("line", "city", "state", "postal_code"):
        span = getattr(place, leaf)
        if span:
            yield Reading(f"{path}.{leaf}", text.text[span[0] : span[1]].strip(" ,"), text.slice(*span))


def _city(path: str, text: Written) -> Iterator[Reading]:
    if re.fullmatch(r"[^\W\d_][^\d_:;]{1,40}", text.text):
        yield from read_text(path, text)
    else:
        yield Reading(path, None, text.words, "illegible")


def _state(path: str, text: Written) -> Iterator[Reading]:
    state = contacts.parse_state(text.text)
    yield Reading(path, state, text.words, None if state else "illegible")


def _postal_code(path: str, text: Written) -> Iterator[Reading]:
    found = contacts.find_postal_code(text.text)
    if found:
        yield Reading(path, found[2], text.slice(found[0], found[1]))
    else:
        yield Reading(path, None, text.words, "illegible")


def _identifier(*kinds: identifiers.Kind) -> TextReader:
    """A reader for a number with a check; of several kinds the first that fits, else invalid in the first-named."""

    def read(path: str, text: Written) -> Iterator[Reading]:
        leaf = {kind: path if len(kinds) == 1 else f"{path}.{kind}" for kind in kinds}
        for kind in kinds:
            if identifiers.fits(kind, text.text):
                yield Reading(leaf[kind], identifiers.normalize(kind, text.text), text.words)
                return
        for kind in kinds:
            for word in text.words if len(text.words) > 1 else ():
                if identifiers.fits(kind, word.text):
                    yield Reading(leaf[kind], identifiers.normalize(kind, word.text), (word,))
                    return
        for kind in kinds:
            repaired = identifiers.repair(kind, text.text)
            if repaired:
                yield Reading(leaf[kind], repaired, text.words, repaired=True)
                return
        figures = tuple(word for word in text.words if sum(c.isdigit() for c in word.text) >= 3)
        if figures and len(text.words) <= 4:
            yield Reading(leaf[kinds[0]], None, figures, "invalid")

    return read


def _member_id(path: str, text: Written) -> Iterator[Reading]:
    """A member number: letters and digits, spaces and hyphens as written; of several words those with digits."""
    kept = [word for word in text.words if re.search(r"\d", word.text) or (word.text.isupper() and len(word.text) <= 4)]
    if not kept or len(text.words) > 5:
        return
    value = " ".join(word.text for word in kept).strip(" #:;,.|")
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 \-*/]{2,24}", value):
        yield Reading(path, value, tuple(kept))
    else:
        yield Reading(path, None, tuple(kept), "illegible")


def _masked(kind: identifiers.Kind) -> TextReader:
    def read(path: str, text: Written) -> Iterator[Reading]:
        for reading in _identifier(kind)(path, text):
            mask = identifiers.mask_hkid if kind == "hkid" else identifiers.mask_ssn
            value = mask(reading.value) if isinstance(reading.value, str) else None
            yield Reading(path, value, reading.words, reading.unclear, reading.repaired)

    return read


def _diagnosis(path: str, text: Written) -> Iterator[Reading]:
    """Diagnoses in words, parted by semicolons, with the codes that stand beside them."""
    found = [place for place in codes.find_diagnosis_codes(text.text) if "." in place[2].code]
    parts = [match.span() for match in re.finditer(r"[^;]*[A-Za-z]{3}[^;]*", text.text)]
    if len(parts) < 2 or len(found) not in (0, len(parts)):
        yield from _one_diagnosis(path, text)
        return
    for row, span in enumerate(parts):
        for reading in _one_diagnosis(path, text.part(*span)):
            yield replace(reading, row=row)


def _one_diagnosis(_: str, text: Written) -> Iterator[Reading]:
    """A diagnosis in words, with the codes that stand beside it."""
    found = [place for place in codes.find_diagnosis_codes(text.text) if "." in place[2].code]
    for row, (start, end, code) in enumerate(found):
        yield Reading("diagnoses.code", code, text.slice(start, end), row=row)
    start, end = (0, found[0][0]) if found and found[0][0] > 2 else (found[-1][1] if found else 0, len(text.text))
    coded = {word for begin, stop, _ in found for word in text.slice(begin, stop)}
    words = trimmed(tuple(word for word in text.slice(start, end) if word not in coded))
    label = written_words(words).text.strip(" ,;:()-–")
    if sum(c.isalpha() for c in label) >= 3:
        yield Reading("diagnoses.text", label, words)


# The rest of a code after a dot that was read as a comma, a hyphen or a blank, or stands apart; no other code.
_TORN_OFF = re.compile(r"\s?[.,;:·-]\s?(?![A-Za-z]\d[\dAB])[0-9A-Za-z]{0,4}(?!\w)|\s[0-9][0-9A-Za-z]{0,3}(?![\w.])")


def _diagnosis_code(_: str, text: Written) -> Iterator[Reading]:
    found = list(codes.find_diagnosis_codes(text.text))
    for row, (start, end, code) in enumerate(found):
        broken = _TORN_OFF.match(text.text[end:]) if "." not in code.code else None
        words = text.slice(start, end + (broken.end() if broken else 0))
        value, unclear = (None, "illegible") if broken else (code, None)
        yield Reading("diagnoses.code", value, words, unclear, row=row)  # type: ignore[arg-type]
    if not found and re.search(r"\d", text.text):
        yield Reading("diagnoses.code", None, text.words, "illegible")


def _service_code(_: str, text: Written) -> Iterator[Reading]:
    found = list(codes.find_service_codes(text.text))
    for row, (start, end, code) in enumerate(found):
        yield Reading("service_lines.code", code, text.slice(start, end), row=row)
    if not found and re.search(r"\d{3}", text.text):
        yield Reading("service_lines.code", None, text.words, "illegible")


def _service_text(_: str, text: Written) -> Iterator[Reading]:
    found = list(codes.find_service_codes(text.text))
    for row, (start, end, code) in enumerate(found):
        yield Reading("service_lines.code", code, text.slice(start, end), row=row)
    rest = trimmed(tuple(w for w in text.words if not any(w in text.slice(s, e) for s, e, _ in found)))
    if rest and any(c.isalpha() for word in rest for c in word.text):
        yield Reading("service_lines.text", written_words(rest).text.strip(" ,;:()-–"), rest)


def _modifiers(path: str, text: Written) -> Iterator[Reading]:
    for row, (start, end, modifier) in enumerate(codes.find_modifiers(text.text)):
        yield Reading(path, modifier, text.slice(start, end), row=row)


def _number(path: str, text: Written) -> Iterator[Reading]:
    found = amounts.find_number(text.text)
    if found:
        yield Reading(path, found.value, text.slice(found.start, found.end))
        if path.endswith("quantity.value") and found.unit:
            yield Reading("service_lines.quantity.unit", found.unit, text.words)
    elif re.search(r"\d", text.text):
        yield Reading(path, None, text.words, "illegible")


def _ndc(path: str, text: Written) -> Iterator[Reading]:
    found = codes.find_ndc(text.text)
    if found:
        yield Reading(path, found[2], text.slice(found[0], found[1]))
    elif re.search(r"\d{4}", text.text):
        yield Reading(path, None, text.words, "invalid")


def _laterality(path: str, text: Written) -> Iterator[Reading]:
    key = text.text.strip(" .").lower()
    value = {
        "l": "left",
        "left": "left",
        "lt": "left",
        "r": "right",
        "right": "right",
        "rt": "right",
        "bilateral": "bilateral",
        "both": "bilateral",
    }.get(key)
    if value:
        yield Reading(path, value, text.words)


def _acquisition(path: str, text: Written) -> Iterator[Reading]:
    key = text.text.strip(" .").lower()
    kinds = {"purchase": ("purch", "buy", "new"), "rental": ("rent",), "repair": ("rep",)}
    letters = {"b": "purchase", "p": "purchase", "nu": "purchase", "r": "rental", "rr": "rental"}
    value = letters.get(key) or next((kind for kind, words in kinds.items() if key.startswith(words)), None)
    if value:
        yield Reading(path, value, text.words)


def _amount(path: str, text: Written) -> Iterator[Reading]:
    found = amounts.find_measure(text.text, "height" if path.endswith("height") else "weight")
    if found:
        yield Reading(path, f"{found.value} {found.unit}", text.slice(found.start, found.end))


def _phone_fax(path: str, text: Written) -> Iterator[Reading]:
    """A telephone and a fax number in one blank, in this order; of one number alone nobody knows which it is."""
    first = contacts.find_phone(text.text)
    second = contacts.find_phone(text.text[first[1] :]) if first else None
    if first is None or second is None:
        return
    yield from _phone(f"{path}.phone", text.part(first[0], first[1]))
    if path != "patient":
        yield from _phone(f"{path}.fax", text.part(first[1] + second[0], first[1] + second[1]))


def _height_weight(path: str, text: Written) -> Iterator[Reading]:
    for leaf in ("height", "weight"):
        yield from _amount(f"{path}.{leaf}", text)


def _choice(path: str, text: Written) -> Iterator[Reading]:
    """What is chosen among the options that boxes would offer, written out instead."""
    key = compact(text.text)
    found = next((one.value for one in choices() if one.path == path and key in one.option), None)
    if found is not None:
        yield Reading(path, found, text.words)


def _money(path: str, text: Written) -> Iterator[Reading]:
    found = amounts.find_money(text.text)
    if found:
        yield Reading(f"{path}.amount", found.value, text.slice(found.start, found.end))
        if found.unit:
            yield Reading(f"{path}.currency", found.unit, text.slice(found.start, found.end))


def _rate(path: str, text: Written) -> Iterator[Reading]:
    """How often, as a count and a period; what cannot be told so is left to the reader of the page."""
    found = amounts.find_rate(text.text)
    if found and found.unit:
        yield Reading(f"{path}.count", found.value, text.slice(found.start, found.end))
        yield Reading(f"{path}.per", found.unit, text.slice(found.start, found.end))
    else:
        yield Reading(f"{path}.count", None, text.words, "illegible")


_BY_TEXT: dict[str, TextReader] = {
    **DRUG_TEXTS,
    **HONG_KONG_TEXTS,
    "text": read_text, "name": _name, "party": _party, "date": _date, "sex": _sex, "phone": _phone, "line": _line,
    "city": _city, "state": _state, "postal_code": _postal_code, "city_state_zip": _city_state_zip,
    "npi": _identifier("npi"), "tin": _identifier("tin"),
    "dea": _identifier("dea"), "dea_tin": _identifier("dea", "tin"),
    "npi_tin": _identifier("npi", "tin"), "npi_dea": _identifier("npi", "dea"), "member_id": _member_id,
    "hkid": _masked("hkid"), "mbi": _identifier("mbi"),
    "medi-cal-cin": _identifier("medi-cal-cin"), "ssn": _masked("ssn"), "diagnosis": _diagnosis,
    "diagnosis_code": _diagnosis_code,
    "diagnosis_both": _diagnosis, "service_code": _service_code,
    "service_text": _service_text, "modifiers": _modifiers, "number": _number,
    "ndc": _ndc, "laterality": _laterality, "acquisition": _acquisition,
    "amount": _amount, "money": _money, "rate": _rate,
    "phone_fax": _phone_fax, "height_weight": _height_weight, "choice": _choice,
}  # fmt: skip
