"""Comparing whom is looked for with a record, field by field, at the levels of `matching.weights`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein

from matching.decide import Compared, Odds
from matching.forms import Person, read_alike
from matching.frequencies import family_share, given_share
from matching.names import family_level, given_level
from matching.normalize import NameForm
from matching.weights import (
    BROTHERS_ALIKE,
    FAMILY,
    GIVEN,
    MEMBER,
    SHARED_FAMILY,
    SWAPPED,
    Chance,
    initial_share,
    share,
)
from models.directory import Population

# A given name this much likelier to be another's than a misreading of the record's is in conflict.
_CONFLICT = 0.1
_SUFFIX_LENGTH = 3
# So many have another postal code than their plan knows.
_MOVED = 0.17
_SAME_NAME = frozenset({"exact", "joined", "other-middle"})


def compare_people(asked: Person, known: Person, population: Population) -> Compared:
    """Everything that both have, compared; what either lacks says nothing."""
    return Compared(known.record, tuple(_odds(asked, known, population)), known.ids[1:])


def _odds(asked: Person, known: Person, population: Population) -> Iterator[Odds]:
    if asked.ids and known.ids:
        yield level_odds("member_id", id_level(asked.ids, known.ids), MEMBER)
    yield from name_odds_of(asked.family, asked.given, known.family, known.given, population)
    if asked.born and known.born:
        yield level_odds("birth_date", date_level(asked.born, known.born), MEMBER)
    if asked.sex and known.sex:
        yield level_odds("sex", _same(asked.sex, known.sex), MEMBER)
    if asked.phone and known.phone:
        yield level_odds("phone", number_level(asked.phone, known.phone), MEMBER)
    if asked.suffix and known.suffix:
        level = _same(asked.suffix, known.suffix)
        yield level_odds("suffix", level, MEMBER, vetoed=level == "different")
    if asked.chinese and known.chinese:
        yield level_odds("name_zh", _chinese_level(asked.chinese, known.chinese), MEMBER)
    yield from place_odds(asked, known, population)


def level_odds(field: str, level: str, table: Mapping[str, Mapping[str, Chance]], *, vetoed: bool = False) -> Odds:
    """The odds of a level by its chances."""
    return _odds_of(field, level, table[field][level], vetoed)


@lru_cache(maxsize=1000)
def _odds_of(field: str, level: str, chance: Chance, vetoed: bool) -> Odds:
    by = chance.stranger
    return Odds(field, level, chance.same / by, chance.relative / by, chance.twin / by, chance.namesake / by, vetoed)


def name_odds_of(
    family: NameForm, given: NameForm, known_family: NameForm, known_given: NameForm, population: Population
) -> tuple[Odds, ...]:
    """Family and given name, as they stand or in each other's place, whichever is likelier."""
    straight = _in_place(family, given, known_family, known_given, population)
    if not (family.words and given.words and known_family.words and known_given.words):
        return straight
    if straight[0].level == "exact" or straight[1].level == "exact":
        return straight
    if family.joined[0] != known_given.joined[0] and given.joined[0] != known_family.joined[0]:
        return straight
    if _same_words(family, given, known_family, known_given):
        family, given = known_given, known_family
    crossed = _in_place(given, family, known_family, known_given, population)
    if _product(crossed) * SWAPPED <= _product(straight):
        return straight
    each = SWAPPED**0.5
    return tuple(
        Odds(
            o.field,
            "swapped-" + o.level,
            o.same * each,
            o.relative * each,
            o.twin * each,
            o.namesake * each,
            o.vetoed,
        )
        for o in crossed
    )


def _same_words(family: NameForm, given: NameForm, known_family: NameForm, known_given: NameForm) -> bool:
    """Whether both names together have the same words: TAI MAN CHAN and CHAN TAI MAN."""
    return sorted(family.words + given.words) == sorted(known_family.words + known_given.words)


def _in_place(
    family: NameForm, given: NameForm, known_family: NameForm, known_given: NameForm, population: Population
) -> tuple[Odds, ...]:
    found = []
    if family.words and known_family.words:
        level = family_level(family, known_family)
        same = max(FAMILY.levels.get(level, 0.0) / family_share(family.joined, population), FAMILY.floor)
        found.append(Odds("family_name", level, same, *_shared(same)))
    if given.words and known_given.words:
        level = given_level(given, known_given)
        first = given.words[0]
        if len(first) == 1:
            same = GIVEN.levels["initial"] / initial_share(first) if level in {"initial", "exact"} else GIVEN.floor
        else:
            same = max(GIVEN.levels.get(level, 0.0) / given_share(first, population), GIVEN.floor)
        kin = BROTHERS_ALIKE if level in _SAME_NAME else 1.0
        found.append(Odds("given_name", level, same, kin, kin, same, same < _CONFLICT))
    return tuple(found)


def _shared(same: float) -> tuple[float, float, float]:
    """How a family name agrees with a relative's, a twin's and a namesake's."""
    relative, twin = SHARED_FAMILY
    return relative * same + 1 - relative, twin * same + 1 - twin, same


def _product(odds: tuple[Odds, ...]) -> float:
    product = 1.0
    for one in odds:
        product *= one.same
    return product


def id_level(asked: tuple[str, ...], known: tuple[str, ...]) -> str:
    """How near the nearest of the numbers asked for is to the nearest of the record's."""
    best = "different"
    for one in asked:
        for other in known:
            level = _numbers(one, other)
            if _ID_ORDER.index(level) < _ID_ORDER.index(best):
                best = level
    return best


_ID_ORDER = tuple(MEMBER["member_id"])


def _numbers(one: str, other: str) -> str:
    if one == other:
        return "exact"
    left, right = read_alike(one), read_alike(other)
    if left == right:
        return "read-alike"
    if abs(len(left) - len(right)) > _SUFFIX_LENGTH:
        return "different"
    if _family_of(left, right):
        return "same-family"
    if min(len(left), len(right)) < 5:
        return "different"
    if left[:-1] == right[:-1]:
        return "last-character"
    edits = OSA.distance(left, right, score_cutoff=2)
    return ("", "one-character", "two-characters")[edits] if edits <= 2 else "different"


def _family_of(one: str, other: str) -> bool:
    """Whether two numbers differ in a member's place within a family: 12345601 and 12345602, or without it."""
    if len(one) == len(other):
        return len(one) >= 9 and one[:-2] == other[:-2] and one[-2] == "0" == other[-2]
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 7 and longer.startswith(shorter)


@lru_cache(maxsize=50_000)
def date_level(asked: str, known: str) -> str:
    """How two dates YYYYMMDD agree."""
    if asked == known:
        return "exact"
    if len(asked) != 8 or len(known) != 8:
        return "misread" if OSA.distance(asked, known, score_cutoff=1) == 1 else "unreadable"
    wrong = [at for at in range(8) if asked[at] != known[at]]
    if len(wrong) == 1:
        return "one-digit" if _on_calendar(asked) else "misread"
    if asked[:4] == known[:4] and asked[4:6] == known[6:] and asked[6:] == known[4:6]:
        return "day-and-month-swapped"
    if len(wrong) == 2:
        first, second = wrong
        if not _on_calendar(asked):
            return "misread-twice"
        return "digits-swapped" if asked[first] == known[second] and asked[second] == known[first] else "two-digits"
    if asked[4:] == known[4:]:
        return "same-day"
    return "different" if _on_calendar(asked) else "unreadable"


def _on_calendar(date: str) -> bool:
    return "1890" < date[:4] < "2050" and "01" <= date[4:6] <= "12" and "01" <= date[6:] <= "31"


def number_level(asked: str, known: str) -> str:
    """How two numbers agree that have no relation to their neighbours: telephones, NPIs, TINs."""
    if asked == known:
        return "exact"
    return "one-digit" if OSA.distance(asked, known, score_cutoff=1) <= 1 else "different"


def _same(asked: str, known: str) -> str:
    return "exact" if asked == known else "different"


def _chinese_level(asked: str, known: str) -> str:
    if asked == known:
        return "exact"
    return (
        "one-character"
        if Levenshtein.distance(asked, known, score_cutoff=1) <= 1 and asked[0] == known[0]
        else "different"
    )


def place_odds(asked: Person, known: Person, population: Population) -> Iterator[Odds]:
    """Where both live: the street address, else the postal code, the city or the state. One of them speaks.

    That the street differs is told only if the postal code does not agree: flats and houses are written in many ways.
    """
    same_postal = bool(asked.postal) and asked.postal == known.postal
    if asked.line and known.line:
        level = address_level(asked.line, known.line, near=same_postal or _town(asked) == _town(known))
        if level != "different" or not same_postal:
            yield level_odds("address", level, MEMBER)
            return
    if asked.postal and known.postal:
        odds = _postal_odds(asked.postal, known.postal, population)
        yield odds
        if odds.level != "exact" and asked.state and known.state:
            yield level_odds("state", _same(asked.state, known.state), MEMBER)
    elif asked.city and known.city:
        yield level_odds("city", _same(asked.city, known.city), MEMBER)
    elif asked.state and known.state:
        yield level_odds("state", _same(asked.state, known.state), MEMBER)


def _postal_odds(asked: str, known: str, population: Population) -> Odds:
    """A postal code by how often the directory has it; a misread one is one of forty, with swapped digits of four."""
    by = share(population.postal.get(asked, 0), population.size)
    level, chance = "different", 0.0
    if asked == known:
        level, chance = "exact", 0.8
    elif OSA.distance(asked, known, score_cutoff=1) == 1:
        swapped = sorted(asked) == sorted(known)
        level, chance = ("digits-swapped", 0.002) if swapped else ("one-digit", 0.001)
    ratio = max(chance / by, _MOVED)
    shared = max(0.9 * ratio, _MOVED)
    return Odds("postal_code", level, ratio, shared, shared, shared)


def _town(one: Person) -> str:
    return one.city


@lru_cache(maxsize=20_000)
def address_level(asked: str, known: str, *, near: bool) -> str:
    """How two normalized address lines agree; `near` says that postal code or town does."""
    if asked == known:
        return "exact" if near else "near"
    house, other = asked.split(" ", 1)[0], known.split(" ", 1)[0]
    cutoff = max(2, len(asked) // 5)
    if OSA.distance(asked, known, score_cutoff=cutoff) <= cutoff or asked.startswith(known) or known.startswith(asked):
        return "near" if near and OSA.distance(house, other, score_cutoff=1) <= 1 else "same-number"
    return "same-number" if near and house == other else "different"
