"""Which provider it is: a person or an organization, by numbers, name, telephone, fax and address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from matching.compare import address_level, level_odds, name_odds_of, number_level
from matching.decide import Compared, Kin, Odds, decide
from matching.forms import Practice, practice
from matching.normalize import skeleton
from matching.weights import PROVIDER
from models.directory import DirectoryProvider, Population, ProviderCandidates
from models.request import Match

# Who works in one practice shares its numbers and address: so many stand beside each provider.
_COLLEAGUES = Kin(20.0, 0.0, 0.0)


def match_provider(query: DirectoryProvider, candidates: ProviderCandidates) -> Match:
    """Compare a query with its candidates and decide; `record` is the provider's number.

    A query with an organization alone means the organization's record, not those of its people.
    """
    asked = practice(query)
    population = candidates.population
    rows = [practice(row) for row in candidates.rows]
    # The number is another person's: whether it or the name is wrong, a person must say. A group's number is often
    # given for its people.
    taken = any(row.npi == asked.npi and row.family.words for row in rows) and bool(asked.npi)
    compared = [Compared(row.record, tuple(_odds(asked, row, population, taken=taken))) for row in rows]
    return decide(compared, size=population.size, kin=_COLLEAGUES)


def _odds(asked: Practice, known: Practice, population: Population, *, taken: bool) -> Iterator[Odds]:
    if asked.npi and known.npi:
        yield level_odds("npi", number_level(asked.npi, known.npi), PROVIDER, vetoed=taken and asked.npi != known.npi)
    if asked.tin and known.tin:
        yield level_odds("tin", number_level(asked.tin, known.tin), PROVIDER)
    yield from _named(asked, known, population)
    yield from _numbers(asked, known)
    if asked.specialty and known.specialty:
        level = "exact" if asked.specialty == known.specialty else "different"
        yield level_odds("specialty", level, PROVIDER)
    yield from _placed(asked, known)


def _named(asked: Practice, known: Practice, population: Population) -> Iterator[Odds]:
    if bool(asked.family.words) != bool(known.family.words) and (asked.family.words or asked.organization):
        same_npi = bool(asked.npi) and asked.npi == known.npi
        level = "organization-for-person" if asked.family.words else "person-for-organization"
        yield level_odds("kind", level, PROVIDER, vetoed=not same_npi)
    elif asked.organization and not asked.family.words and not known.family.words:
        yield level_odds("kind", "organizations", PROVIDER)
    if asked.family.words and known.family.words:
        named = name_odds_of(asked.family, asked.given, known.family, known.given, population)
        yield from (replace(odds, relative=1.0) for odds in named)
    if asked.organization and known.organization:
        yield level_odds("organization", organization_level(asked.organization, known.organization), PROVIDER)


def _numbers(asked: Practice, known: Practice) -> Iterator[Odds]:
    """Telephone and fax; on forms either stands in the other's place."""
    known_numbers = {known.phone, known.fax} - {""}
    if not known_numbers:
        return
    for field, number in (("phone", asked.phone), ("fax", asked.fax)):
        if number:
            levels = {number_level(number, other) for other in known_numbers}
            level = next(each for each in ("exact", "one-digit", "different") if each in levels)
            yield level_odds(field, level, PROVIDER)


def _placed(asked: Practice, known: Practice) -> Iterator[Odds]:
    if asked.line and known.line:
        near = bool(asked.postal) and asked.postal == known.postal
        near = near or (asked.city == known.city and not (asked.postal and known.postal))
        yield level_odds("address", address_level(asked.line, known.line, near=near), PROVIDER)
    elif asked.city and known.city:
        yield level_odds("city", "exact" if asked.city == known.city else "different", PROVIDER)
    elif asked.state and known.state:
        yield level_odds("state", "exact" if asked.state == known.state else "different", PROVIDER)


def organization_level(asked: tuple[str, ...], known: tuple[str, ...]) -> str:
    """How two organizations' names agree by their words, misread or not."""
    if asked == known:
        return "exact"
    one, other = {skeleton(word) for word in asked}, {skeleton(word) for word in known}
    both, shorter = len(one & other), min(len(one), len(other))
    if both == len(one) == len(other) or (both == shorter >= 2):
        return "words"
    return "some-words" if both * 2 >= shorter and both else "different"
