"""What an agreement or a disagreement is worth: chances of each level, as data.

Each level of a field has five chances: of finding it when the record is that of the person asked for, of a stranger, of
a relative in the same household, of a twin, and of a namesake in the household (a father and his junior). The weight of
a level, after Fellegi and Sunter (1969), is log2(person / stranger); the other three keep what a household shares from
counting as if strangers had come to agree on it. Names and postal codes are weighed by how often the directory has
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a level is by who the record belongs to; all above 0."""

    same: float
    stranger: float
    relative: float
    twin: float
    namesake: float


# Chances of misreadings are those that benchmarks/matching.py's queries and the Febrl files show, in one figure.
MEMBER: Mapping[str, Mapping[str, Chance]] = {
    "member_id": {
        "exact": Chance(0.85, 1e-6, 0.02, 0.01, 0.02),
        "read-alike": Chance(0.05, 1e-5, 0.01, 0.01, 0.01),
        "one-character": Chance(0.05, 1e-4, 5e-3, 5e-3, 5e-3),
        # Numbers given out one after the other.
        "last-character": Chance(0.01, 1e-5, 0.15, 0.15, 0.15),
        "same-family": Chance(0.03, 1e-5, 0.3, 0.3, 0.3),
        "two-characters": Chance(0.01, 2e-3, 0.05, 0.05, 0.05),
        "different": Chance(0.03, 1.0, 0.5, 0.5, 0.5),
    },
    "birth_date": {
        "exact": Chance(0.9, 4e-5, 4e-5, 0.97, 4e-5),
        "one-digit": Chance(0.05, 2.5e-3, 2.5e-3, 0.01, 2.5e-3),
        # What was read is no day of the calendar: nobody's date, so it was misread.
        "misread": Chance(0.02, 2e-4, 2e-4, 4e-3, 2e-4),
        "misread-twice": Chance(0.006, 3e-3, 3e-3, 1e-3, 3e-3),
        "day-and-month-swapped": Chance(0.01, 2e-5, 2e-5, 1e-4, 2e-5),
        "digits-swapped": Chance(0.005, 2e-4, 2e-4, 1e-3, 2e-4),
        "two-digits": Chance(0.012, 0.03, 0.03, 0.002, 0.03),
        "same-day": Chance(0.002, 2.5e-3, 3e-3, 1e-4, 3e-3),
        "different": Chance(0.01, 0.95, 0.95, 0.01, 0.95),
        "unreadable": Chance(4e-3, 0.01, 0.01, 5e-3, 0.01),
    },
    "sex": {
        "exact": Chance(0.985, 0.5, 0.5, 0.6, 0.985),
        "different": Chance(0.015, 0.5, 0.5, 0.4, 0.015),
    },
    "phone": {
        "exact": Chance(0.72, 2e-6, 0.6, 0.7, 0.7),
        "one-digit": Chance(0.1, 5e-5, 0.1, 0.1, 0.1),
        "different": Chance(0.18, 1.0, 0.3, 0.2, 0.2),
    },
    "address": {
        "exact": Chance(0.65, 2e-6, 0.6, 0.7, 0.7),
        "near": Chance(0.15, 2e-5, 0.1, 0.1, 0.1),
        "same-number": Chance(0.03, 1e-3, 0.02, 0.02, 0.02),
        "different": Chance(0.17, 1.0, 0.28, 0.18, 0.18),
    },
    "city": {
        "exact": Chance(0.85, 5e-3, 0.8, 0.85, 0.85),
        "different": Chance(0.15, 1.0, 0.2, 0.15, 0.15),
    },
    "state": {
        "exact": Chance(0.96, 0.2, 0.95, 0.96, 0.96),
        "different": Chance(0.04, 0.8, 0.05, 0.04, 0.04),
    },
    "suffix": {
        "exact": Chance(0.95, 0.3, 0.3, 0.3, 0.1),
        "different": Chance(0.02, 0.7, 0.7, 0.7, 0.9),
    },
    # A romanised and a Chinese name agree together: what the first says is not said again.
    "name_zh": {
        "exact": Chance(0.93, 0.05, 0.03, 0.02, 0.05),
        "one-character": Chance(0.05, 0.05, 0.3, 0.4, 0.05),
        "different": Chance(0.02, 0.9, 0.67, 0.58, 0.9),
    },
}

PROVIDER: Mapping[str, Mapping[str, Chance]] = {
    # A practice has its own number beside those of its people; forms mix them up.
    "npi": {
        "exact": Chance(0.93, 1e-6, 2e-3, 2e-3, 2e-3),
        "one-digit": Chance(0.04, 1e-4, 1e-3, 1e-3, 1e-3),
        "different": Chance(0.03, 1.0, 0.98, 0.98, 0.98),
    },
    "tin": {
        "exact": Chance(0.85, 1e-5, 0.9, 0.9, 0.9),
        "one-digit": Chance(0.05, 1e-4, 0.04, 0.04, 0.04),
        "different": Chance(0.1, 1.0, 0.06, 0.06, 0.06),
    },
    "phone": {
        "exact": Chance(0.7, 1e-5, 0.7, 0.7, 0.7),
        "one-digit": Chance(0.08, 1e-4, 0.08, 0.08, 0.08),
        "different": Chance(0.22, 1.0, 0.22, 0.22, 0.22),
    },
    "fax": {
        "exact": Chance(0.7, 1e-5, 0.7, 0.7, 0.7),
        "one-digit": Chance(0.08, 1e-4, 0.08, 0.08, 0.08),
        "different": Chance(0.22, 1.0, 0.22, 0.22, 0.22),
    },
    "address": {
        "exact": Chance(0.6, 1e-5, 0.6, 0.6, 0.6),
        "near": Chance(0.15, 5e-5, 0.15, 0.15, 0.15),
        "same-number": Chance(0.03, 1e-3, 0.03, 0.03, 0.03),
        "different": Chance(0.22, 1.0, 0.22, 0.22, 0.22),
    },
    "city": MEMBER["city"],
    "state": MEMBER["state"],
    "organization": {
        "exact": Chance(0.75, 1e-4, 0.8, 0.8, 0.8),
        "words": Chance(0.17, 1e-3, 0.15, 0.15, 0.15),
        "some-words": Chance(0.05, 0.02, 0.03, 0.03, 0.03),
        "different": Chance(0.03, 0.98, 0.02, 0.02, 0.02),
    },
    # Who is asked for is a person and the record an organization, or the other way round.
    "kind": {
        "organization-for-person": Chance(0.02, 0.5, 0.95, 0.95, 0.95),
        "person-for-organization": Chance(0.0005, 0.5, 0.95, 0.95, 0.95),
        # Beside an organization there are its people, and seldom a second organization under the same name.
        "organizations": Chance(0.9, 0.9, 0.001, 0.001, 0.001),
    },
    "specialty": {
        "exact": Chance(0.7, 0.05, 0.3, 0.3, 0.3),
        "different": Chance(0.3, 0.95, 0.7, 0.7, 0.7),
    },
}


@dataclass(frozen=True, slots=True, eq=False)
class NameChances:
    """How a name that is written comes about, if the record's person is meant.

    Each level's chance is that of the name as it stands there, out of all ways to misread or shorten the record's.
    `floor` is the least ratio to a stranger's chance: how often a person is written with another name altogether.
    """

    levels: Mapping[str, float]
    floor: float


GIVEN = NameChances(
    {
        "exact": 0.85, "joined": 0.85, "part": 0.02, "other-middle": 0.02, "nickname": 0.01, "initial": 0.02,
        "begins": 2e-3, "read-alike": 4e-3, "one-letter": 3e-4, "one-letter-read-alike": 2e-5, "two-letters": 2e-6,
        "sounds-alike": 1e-7,
    },
    floor=0.003,
)  # fmt: skip
FAMILY = NameChances(
    {
        "exact": 0.88, "joined": 0.88, "part": 0.02, "begins": 1e-3, "read-alike": 4e-3, "one-letter": 3e-4,
        "one-letter-read-alike": 2e-5,
        "two-letters": 2e-6, "sounds-alike": 1e-7,
    },
    floor=0.02,
)  # fmt: skip
# Family and given name in each other's place.
SWAPPED = 0.02
# Parents do not call two children alike: among relatives an equal given name is so much rarer than among strangers.
BROTHERS_ALIKE = 0.1
# A relative bears the family name this often, a twin that often.
SHARED_FAMILY = (0.75, 0.95)

# A directory too small to tell how often names are is helped by so many rows in which each name has the usual share.
_ROWS = 500
_USUAL = 1e-3
_RAREST = 5e-7
# One name in fifteen begins with a letter, but of twins more have it in common than not: it settles little.
_INITIAL = 0.3


def share(count: int, size: int, *, knowing: int = 500) -> float:
    """How often a name is that `count` of `size` rows have.

    Beyond `knowing` rows a directory has most names there are, so that one it lacks is seldom a name.
    """
    usual = _ROWS * _USUAL * min(1.0, knowing / (size + 1)) if count == 0 else _ROWS * _USUAL
    return max((count + usual) / (size + _ROWS), _RAREST)


def initial_share(name: str) -> float:
    """How often a single letter stands for a given name that begins with it."""
    return 0.02 * _INITIAL if len(name) == 1 else 1.0
