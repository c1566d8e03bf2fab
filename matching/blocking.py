"""Blocking keys: which records of a directory are looked at for a query.

A key is made of a few normalized fields; records that share one with a query are its candidates. Keys are many and
narrow: whichever one or two fields are misread or missing, another key finds the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zlib import crc32

from matching.forms import Person, Practice, person, practice, read_alike
from matching.nicknames import full_form
from matching.normalize import PARTICLES, NameForm, skeleton, sound
from models.directory import DirectoryProvider, Member


def member_keys(row: Member) -> tuple[int, ...]:
    """The keys of a member, or of a query for one: 32-bit numbers, so that a table of them is small.

    Two texts may share a number; such a candidate is compared, and weighed as the stranger it is.
    """
    return tuple({crc32(key.encode()) for key in _of_person(person(row, placed=False))})


def provider_keys(row: DirectoryProvider) -> tuple[int, ...]:
    """The keys of a provider, or of a query for one."""
    return tuple({crc32(key.encode()) for key in _of_practice(practice(row))})


Keys = Callable[[Member], tuple[int, ...]] | Callable[[DirectoryProvider], tuple[int, ...]]


def _of_person(one: Person) -> Iterator[str]:
    for number in one.ids:
        yield "i" + read_alike(number)
    if one.phone:
        yield "p" + one.phone
    if one.born:
        yield "b" + one.born
    family, given = _code(one.family), sound(full_form(one.given.words[0])) if one.given.words else ""
    if one.postal:
        for code in {family, given} - {""}:
            yield f"w{code}{one.postal}"
    if family and given:
        pair = f"{family}.{given}" if family < given else f"{given}.{family}"
        if one.born:
            yield f"y{pair}{one.born[:4]}"
            yield f"d{pair}{one.born[-4:]}"
        if one.postal:
            yield f"z{pair}{one.postal[:3]}"
        one_half, other = skeleton(one.family.joined), skeleton(one.given.words[0])
        yield f"f{one_half}.{other[:1]}"
        yield f"g{other}.{family}"
        halves = sorted((one_half, other))
        yield f"n{halves[0]}.{halves[1]}"
    if one.chinese:
        yield "c" + one.chinese


def _of_practice(one: Practice) -> Iterator[str]:
    if one.npi:
        yield "n" + one.npi
    if one.tin:
        yield "t" + one.tin
    for number in {one.phone, one.fax} - {""}:
        yield "p" + number
    if one.family.words:
        family = _code(one.family)
        given = sound(full_form(one.given.words[0])) if one.given.words else ""
        pair = sorted((family, given))
        yield f"f{pair[0]}.{pair[1]}{one.state[:2]}"
        yield f"s{skeleton(one.family.joined)}.{one.given.joined[:1]}"
        yield f"z{family}{one.postal}"
    for word in one.organization[:3]:
        yield f"o{skeleton(word)}{one.postal[:3]}"
    if one.organization:
        yield "w" + ".".join(sorted(one.organization)[:4])
    if one.line and one.postal:
        yield f"a{one.line.split()[0]}{one.postal}"


def _code(name: NameForm) -> str:
    """The sound of the first word that is no particle."""
    for word in name.words:
        if word not in PARTICLES:
            return sound(word)
    return sound(name.joined)
