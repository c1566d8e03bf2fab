"""How blanks are filled in Hong Kong: days first, family names first, eight-digit telephones, identity cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.form.reading import Reading, TextReader, read_text
from extractors.form.written import Written, written_words
from extractors.normalize import contacts, dates, names
from models import identifiers
from models.document import Word

_TITLE = re.compile(r"^\W*(?:dr|doctor|prof|professor|mr|mrs|ms|miss)\b\.?\s*(?=\w)", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CHINESE_TITLE = re.compile(r"\s*(?:先生|女士|小姐|太太|醫生|醫師|教授)$")
# A passport: one or two letters and seven to nine digits, as most states print it; what has the form of an identity
# card number is one that fails its check.
_PASSPORT = re.compile(r"(?<!\w)[A-Z]{1,2}\d{7,9}(?!\w)", re.IGNORECASE)
_CARD = re.compile(r"[A-Z]{1,2}\d{6}\(?[\dA]\)?", re.IGNORECASE)
_LONGEST_CHINESE = 4


def _day_first(path: str, text: Written) -> Iterator[Reading]:
    """A date that means one day if it is read day first; several are a contradiction."""
    born = dates.parse_birth_date(text.text, "dmy") if path.endswith("birth_date") else None
    found = [born] if born else list(dates.find_dates(text.text, "dmy"))
    if len({date for _, _, date in found}) == 1:
        start, end, date = found[0]
        yield Reading(path, date, text.slice(start, end))
    elif re.search(r"\d", text.text):
        yield Reading(path, None, text.words, "conflict" if found else "illegible")


def _family_first(path: str, text: Written) -> Iterator[Reading]:
    """A name; the family name is certain where it alone is in capitals: "CHAN Tai Man". Chinese is read apart."""
    latin = tuple(word for word in text.words if not _CHINESE.search(word.text))
    other = tuple(word for word in text.words if _CHINESE.search(word.text))
    full = path + ".full" if path == "patient.name" else path
    if latin:
        yield from _latin_name(path, full, latin)
        if other and path == "patient.name":
            yield from _name_zh("patient.name_zh", other)
    elif other:
        yield from _name_zh("patient.name_zh" if path == "patient.name" else full, other)


def _latin_name(path: str, full: str, words: tuple[Word, ...]) -> Iterator[Reading]:
    text = written_words(words)
    match = _TITLE.match(text.text)
    start = match.end() if match else 0
    said = text.text[start:].strip(" ,;:|_.")
    name = names.parse_name(said) if said else None
    if name is None:
        yield Reading(full, None, text.words, "illegible")
        return
    kept = text.slice(start, len(text.text))
    yield Reading(full, name.full, kept)
    if path != "patient.name" or "," in said:
        return
    capitals = [word for word in kept if word.text.isupper() and len(word.text) > 1]
    if 0 < len(capitals) < len(kept) and tuple(kept[: len(capitals)]) == tuple(capitals):
        yield Reading(f"{path}.family", " ".join(word.text for word in capitals), tuple(capitals))
        given = kept[len(capitals) :]
        yield Reading(f"{path}.given", " ".join(word.text for word in given), given)


def _name_zh(path: str, words: tuple[Word, ...]) -> Iterator[Reading]:
    text = written_words(words)
    name = _CHINESE_TITLE.sub("", text.text.replace(" ", ""))
    if 2 <= len(name) <= _LONGEST_CHINESE + 2:
        yield Reading(path, name, text.words)


def _titled(path: str, text: Written) -> Iterator[Reading]:
    """A provider's name without the title before it."""
    match = _TITLE.match(text.text)
    words = text.slice(match.end(), len(text.text)) if match else text.words
    latin = tuple(word for word in words if not _CHINESE.search(word.text))
    said = written_words(latin or words)
    if sum(c.isalpha() for c in said.text) >= 2 and not re.search(r"[:;?!=<>]|\d{3}", said.text):
        yield from read_text(path, said)
    else:
        yield Reading(path, None, text.words, "illegible")


def _phone(path: str, text: Written) -> Iterator[Reading]:
    found = contacts.find_phone(text.text, "hk")
    if found:
        yield Reading(path, found[2], text.slice(found[0], found[1]))
    elif sum(c.isdigit() for c in text.text) >= 5:
        yield Reading(path, None, text.words, "illegible")


def _identity(path: str, text: Written) -> Iterator[Reading]:
    """An identity card number that passes its check, masked; else a passport number; else a number that is invalid."""
    stem = path.rpartition(".")[0]
    compact = re.sub(r"\s", "", text.text)
    for repaired in (False, True):
        number = _hkid(compact, repaired=repaired)
        if number is not None:
            yield Reading(f"{stem}.hkid", identifiers.mask_hkid(number), text.words, repaired=repaired)
            return
    passport = _PASSPORT.search(text.text)
    if passport and not _CARD.fullmatch(compact):
        yield Reading(f"{stem}.passport", passport[0].upper(), text.slice(*passport.span()))
    elif sum(c.isdigit() for c in compact) >= 5:
        yield Reading(f"{stem}.hkid", None, text.words, "invalid")


def _hkid(text: str, *, repaired: bool) -> str | None:
    if repaired:
        return identifiers.repair("hkid", text)
    return identifiers.normalize("hkid", text) if identifiers.fits("hkid", text) else None


HONG_KONG_TEXTS: dict[str, TextReader] = {
    "day_first": _day_first,
    "family_first": _family_first,
    "titled": _titled,
    "phone_hk": _phone,
    "hkid_passport": _identity,
    "name_zh": lambda path, text: _name_zh(path, text.words),
}
