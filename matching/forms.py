"""Members and providers with every text normalized, ready to be blocked and compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matching.normalize import (
    PARTICLES,
    SUFFIXES,
    TITLES,
    NameForm,
    address_line,
    birth_date,
    chinese,
    digits,
    identifier,
    name_form,
    organization_words,
    place,
    postal,
    read_identifier,
    sex,
    telephone,
)
from models.directory import AnyRow, DirectoryProvider, EarlierAuthorization, Member

_LISTED = re.compile(r"[,;|\s]+")


@dataclass(frozen=True, slots=True)
class Person:
    """A member, normalized; `ids` has the member's number first, then others and old ones, `born` is YYYYMMDD."""

    record: str
    ids: tuple[str, ...]
    family: NameForm
    given: NameForm
    born: str
    sex: str
    phone: str
    line: str
    city: str
    state: str
    postal: str
    chinese: str

    @property
    def suffix(self) -> str:
        """The generation, wherever it was written."""
        return self.family.suffix or self.given.suffix


@dataclass(frozen=True, slots=True)
class Practice:
    """A provider, normalized: a person if `family` has words, else an organization."""

    record: str
    npi: str
    tin: str
    family: NameForm
    given: NameForm
    organization: tuple[str, ...]
    specialty: str
    phone: str
    fax: str
    line: str
    city: str
    state: str
    postal: str


def person(row: Member, *, placed: bool = True) -> Person:
    """Normalize a member; street, city and state only if it is to be `placed`."""
    own = identifier(row.member_id)
    others = tuple(identifier(each) for each in _LISTED.split(row.alt_id) if each) if row.alt_id else ()
    family, given = name_form(row.family_name), name_form(row.given_name)
    for text in (row.family_name, row.given_name):
        if "," in text and not (family.words and given.words):
            family, given = split_name(text)
    return Person(
        record=row.member_id,
        ids=tuple(each for each in (own, *others) if each),
        family=family,
        given=given,
        born=birth_date(row.birth_date) if row.birth_date else "",
        sex=sex(row.sex),
        phone=telephone(row.phone) if row.phone else "",
        line=address_line(row.address_line) if placed else "",
        city=place(row.city) if placed else "",
        state=place(row.state) if placed else "",
        postal=postal(row.postal_code),
        chinese=chinese(row.name_zh),
    )


def practice(row: DirectoryProvider) -> Practice:
    """Normalize a provider."""
    return Practice(
        record=row.provider_id or row.npi,
        npi=digits(row.npi),
        tin=digits(row.tin),
        family=name_form(row.family_name),
        given=name_form(row.given_name),
        organization=organization_words(row.organization) if row.organization else (),
        specialty=place(row.specialty),
        phone=telephone(row.phone),
        fax=telephone(row.fax),
        line=address_line(row.address_line),
        city=place(row.city),
        state=place(row.state),
        postal=postal(row.postal_code),
    )


def split_name(full: str, *, family_first: bool = False) -> tuple[NameForm, NameForm]:
    """Family and given name of a full one.

    "Family, Given"; a family name in capitals beside a given one that is not; else the last word with its particles,
    or with `family_first` the first. Titles and credentials are neither.
    """
    head, comma, tail = full.partition(",")
    if comma and (words := set(name_form(tail).words)) and not words <= TITLES | SUFFIXES:
        return name_form(head), name_form(tail)
    whole = name_form(head)
    parts = whole.words
    if len(parts) < 2:
        return whole, name_form("")
    if family_first or _shouted(head):
        return _form(parts[:1], whole.suffix), _form(parts[1:], "")
    at = len(parts) - 1
    while at > 1 and parts[at - 1] in PARTICLES:
        at -= 1
    return _form(parts[at:], whole.suffix), _form(parts[:at], "")


def _form(words: tuple[str, ...], suffix: str) -> NameForm:
    return NameForm(words, "".join(words), suffix)


def _shouted(text: str) -> bool:
    """Whether the first word alone is in capitals: CHAN Tai Man."""
    words = [word for word in text.split() if len(word) > 1]
    return len(words) > 1 and words[0].isupper() and not any(word.isupper() for word in words[1:])


def counted_names(row: AnyRow) -> tuple[str, str, str]:
    """What a directory counts of a row: the family name, the first given name and the postal code, normalized."""
    if isinstance(row, EarlierAuthorization):
        return "", "", ""
    given = name_form(row.given_name).words
    return name_form(row.family_name).joined, given[0] if given else "", postal(row.postal_code)


def read_alike(number: str) -> str:
    """An identifier as a scan may have it: what is confused is one."""
    return read_identifier(number)
