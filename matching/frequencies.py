"""How often anybody's name is written so: by the directory's own names, and by how they are misread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from rapidfuzz.distance import OSA

from matching.normalize import skeleton
from matching.weights import FAMILY, GIVEN, NameChances, share
from models.directory import Population

# Of a rarer name hardly anybody is misread: its part is far below the least chance a name is given.
_LEAST_SHARE = 5e-5


@lru_cache(maxsize=4096)
def given_share(first: str, population: Population) -> float:
    """How often anybody's given name is written so.

    One that nobody in the directory has is a misreading: then it is how often the names near it are misread like that.
    """
    count = max(population.given.get(first, 0), population.family.get(first, 0) // 4)
    by = share(count, population.size)
    return by if count else max(by, _misread_share(first, _near_names(population)[0], GIVEN))


@lru_cache(maxsize=4096)
def family_share(name: str, population: Population) -> float:
    """How often anybody's family name is written so; one that nobody has is a misreading, too."""
    count = max(population.family.get(name, 0), population.given.get(name, 0) // 4)
    by = share(count, population.size, knowing=50)
    return by if count else max(by, _misread_share(name, _near_names(population)[1], FAMILY))


@dataclass(frozen=True, slots=True)
class _NearNames:
    """The names that a directory often has: how often, and by what they share with a misreading of them.

    That is all of a name but one letter (two texts at a distance of one letter have such a piece in common), or its
    skeleton.
    """

    shares: Mapping[str, float]
    by_piece: Mapping[str, tuple[str, ...]]


_NEAR: WeakKeyDictionary[Population, tuple[_NearNames, _NearNames]] = WeakKeyDictionary()


def _near_names(population: Population) -> tuple[_NearNames, _NearNames]:
    """The given and family names; made once for each population."""
    if population not in _NEAR:
        given, family = (_near(counts, population.size) for counts in (population.given, population.family))
        _NEAR[population] = (given, family)
    return _NEAR[population]


def _near(counts: Mapping[str, int], size: int) -> _NearNames:
    names = [name for name, count in counts.items() if count >= _LEAST_SHARE * size and len(name) > 1]
    by_piece: dict[str, list[str]] = {}
    for name in names:
        for piece in set(_pieces(name)):
            by_piece.setdefault(piece, []).append(name)
    shares = {name: share(counts[name], size) for name in names}
    return _NearNames(shares, {piece: tuple(found) for piece, found in by_piece.items()})


def _misread_share(name: str, near: _NearNames, chances: NameChances) -> float:
    found = {other for piece in _pieces(name) for other in near.by_piece.get(piece, ())}
    return sum(near.shares[other] * _chance(name, other, chances) for other in found)


def _chance(name: str, other: str, chances: NameChances) -> float:
    if skeleton(name) == skeleton(other):
        return chances.levels["read-alike"]
    return chances.levels["one-letter"] if OSA.distance(name, other, score_cutoff=1) == 1 else 0.0


def _pieces(name: str) -> Iterator[str]:
    yield name
    yield "~" + skeleton(name)
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]
