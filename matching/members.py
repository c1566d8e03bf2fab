"""Which member it is: the candidates that blocking brought, compared and decided among."""

from __future__ import annotations

from matching.compare import compare_people
from matching.decide import HOUSEHOLD, Kin, decide
from matching.forms import person
from models.directory import Member, MemberCandidates, Population
from models.request import Match

# Father and son may share names and address, and every other household field: one of these must agree.
_NEEDED = frozenset({"member_id", "birth_date"})
# Rows from which on a roster tells something of twins: one birth in thirty is of twins, so that among these a plan's
# members would show some.
_ENOUGH = 500
_NO_TWINS = 0.005


def match_member(query: Member, candidates: MemberCandidates) -> Match:
    """Compare a query with its candidates and decide; `record` is the member's number."""
    asked = person(query)
    population = candidates.population
    return decide(
        [compare_people(asked, person(row), population) for row in candidates.rows],
        size=population.size,
        kin=kin_of(population),
        needed=_NEEDED,
    )


def kin_of(population: Population) -> Kin:
    """How many relatives, twins and namesakes a member of this directory has.

    Where rows have a street, telephone or sex, they are a plan's, people live in households, and the cautious numbers
    stand. A roster of names, dates and postal codes alone is asked itself: if next to no rows share family name and
    birth date, twins are not among them.
    """
    if population.alike is None or population.size < _ENOUGH:
        return HOUSEHOLD
    twins, namesakes = ((1 + pairs) / population.size for pairs in population.alike)
    if twins > _NO_TWINS:
        return HOUSEHOLD
    return Kin(HOUSEHOLD.relatives, twins, min(namesakes, HOUSEHOLD.namesakes), certain=True)
