"""Which ICD-10-CM codes a diagnosis in words may mean: suggestions for a person, never a value of their own.

The index holds every title, inclusion term and "includes" note as a vector of character 3- and 4-grams of its words,
weighted by TF-IDF, and compares them all (exactly, not by neighbourhoods). The best are ranked once more by the words
they share with the diagnosis, and followed down to a code that may stand on a claim.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from codes.descent import billable
from codes.icd10cm import Icd10Cm, icd10cm
from codes.words import levelled, plain, stems, stems_of_plain

# How many of the nearest terms are ranked once more.
_NEAREST = 80
# Shares of likeness, of the diagnosis's words that are found, and of the term's words that are asked for
# (benchmarks/icd_linking.py, its development list).
_WEIGHTS = (0.4, 0.35, 0.25)
# External causes (V to Y) name no diagnosis that a service is asked for.
_CAUSES = "VWXY"
# Chapters that only words of their own can mean, and how much a code of theirs falls behind without such a word.
_OF_THEIR_OWN = (
    ("O", re.compile(r"pregnan|gestation|labor|deliver|partum|puerper|matern|obstet|eclampsia|abortion|cesarean")),
    ("P", re.compile(r"newborn|neonat|perinat|birth|infant")),
    ("Q", re.compile(r"congenital|syndrome|malformation|hypoplas|atresia|defect|anomal|dysplasia|cleft")),
    ("Z", re.compile(r"history|status|presence|encounter|screening|absence|aftercare|carrier|dependence on|long term")),
    ("T", re.compile(r"poison|adverse|complication|burn|infection|mechanical|toxic|foreign|drug|loosening|reject|"
                     r"frostbite|compartment|shock|postop|post-op|surg|device|implant|graft|prosthe|cathet")),
)  # fmt: skip
_BEHIND = 0.12
_SPARE = re.compile(r"[\[\](),]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that a text may mean; `score` is 0..1, comparable within one answer only."""

    code: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class Index:
    """All terms of a release with their codes, and their vectors as columns of a sparse matrix (n-grams x terms).

    `rows` are the places of a code's terms, `rarity` says of each stem how seldom it stands in a term.
    """

    table: Icd10Cm
    codes: tuple[str, ...]
    rows: dict[str, list[int]]
    terms: tuple[str, ...]
    grams: dict[str, int]
    idf: NDArray[np.float32]
    vectors: sparse.csr_matrix
    rarity: dict[str, float]

    def likenesses(self, text: str) -> NDArray[np.float32]:
        """How alike a text is to each term, 0..1."""
        counts = [gram for word in plain(text).split() for gram in _grams(word) if gram in self.grams]
        if not counts:
            return np.zeros(len(self.codes), np.float32)
        places, times = np.unique([self.grams[gram] for gram in counts], return_counts=True)
        weights = (1 + np.log(times)).astype(np.float32) * self.idf[places]
        weights /= np.linalg.norm(weights)
        query = sparse.csr_matrix((weights, (np.zeros(len(places), np.int32), places)), (1, len(self.grams)))
        found: NDArray[np.float32] = (query @ self.vectors).toarray()[0]
        return found

    def best_likeness(self, text: str, codes: frozenset[str]) -> float:
        """How alike a text is to the most similar term of any of these codes, 0..1."""
        rows = [row for code in codes for row in self.rows.get(code, ())]
        return float(self.likenesses(text)[rows].max()) if rows else 0.0


def suggest(text: str, limit: int = 5) -> tuple[Suggestion, ...]:
    """The codes that a diagnosis in words most likely means, best first; () for text without words."""
    return _suggest(" ".join(text.split()), limit)


@functools.lru_cache(maxsize=4096)
def _suggest(text: str, limit: int) -> tuple[Suggestion, ...]:
    meant = levelled(text)
    if not stems(meant):
        return ()
    index = icd_index()
    found: dict[str, float] = {}
    for code, score in _ranked(index, text, meant):
        leaf = billable(index.table, code, meant)
        if leaf is not None:
            found.setdefault(leaf, score)
        if len(found) == limit:
            break
    entries = ((index.table.find(code), score) for code, score in found.items())
    return tuple(Suggestion(entry.code, entry.title, round(score, 3)) for entry, score in entries if entry is not None)


def _ranked(index: Index, text: str, meant: str) -> list[tuple[str, float]]:
    """The nearest terms' codes with their scores, best first."""
    likeness = np.maximum(index.likenesses(meant), 0.9 * index.likenesses(text))
    nearest = np.argpartition(-likeness, _NEAREST)[:_NEAREST]
    asked = stems(meant)
    scores: dict[str, float] = {}
    for row in nearest.tolist():
        code = index.codes[row]
        score = _score(index, asked, stems_of_plain(index.terms[row]), float(likeness[row])) - _behind(code, meant)
        scores[code] = max(scores.get(code, 0.0), score)
    return sorted(scores.items(), key=lambda found: (-found[1], len(found[0]), found[0]))


def _score(index: Index, asked: frozenset[str], term: frozenset[str], likeness: float) -> float:
    shared = _weight(index, asked & term)
    found, wanted = shared / (_weight(index, asked) or 1.0), shared / (_weight(index, term) or 1.0)
    return _WEIGHTS[0] * likeness + _WEIGHTS[1] * found + _WEIGHTS[2] * wanted


def _weight(index: Index, words: Iterable[str]) -> float:
    return sum(index.rarity.get(word, 8.0) for word in words)


def _behind(code: str, meant: str) -> float:
    return next((_BEHIND for letter, own in _OF_THEIR_OWN if code[0] == letter and not own.search(meant)), 0.0)


@functools.cache
def icd_index() -> Index:
    """The index over the release that comes with Dossier; built once a process (figures: benchmarks/icd_linking.py)."""
    table = icd10cm()
    pairs = [(code, term) for code, term in _terms(table)]
    codes, terms = tuple(code for code, _ in pairs), tuple(term for _, term in pairs)
    words: dict[str, int] = {}
    places = [[words.setdefault(word, len(words)) for word in term.split()] for term in terms]
    grams: dict[str, int] = {}
    spelled = [[grams.setdefault(gram, len(grams)) for gram in _grams(word)] for word in words]
    counts = _counts(places, len(words)) @ _counts(spelled, len(grams))
    counts.data = 1 + np.log(counts.data)
    used = np.bincount(counts.indices, minlength=len(grams))
    idf = (np.log((1 + len(terms)) / (1 + used)) + 1).astype(np.float32)
    counts.data *= idf[counts.indices]
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(lengths, np.diff(counts.indptr))
    rows: dict[str, list[int]] = {}
    for row, code in enumerate(codes):
        rows.setdefault(code, []).append(row)
    return Index(table, codes, rows, terms, grams, idf, counts.T.tocsr(), _rarity(terms))


def _terms(table: Icd10Cm) -> Iterator[tuple[str, str]]:
    for node in table.nodes.values():
        if node.code[0] not in _CAUSES:
            seen = {plain(_SPARE.sub(" ", name)) for name in (node.title, *node.terms)}
            yield from ((node.code, name) for name in sorted(seen) if name)


def _grams(word: str) -> Iterator[str]:
    padded = f" {word} "
    for size in (3, 4):
        yield from (padded[start : start + size] for start in range(len(padded) - size + 1))


def _counts(rows: Sequence[Sequence[int]], width: int) -> sparse.csr_matrix:
    """Lists of column numbers as a matrix of how often each stands in its row."""
    ends = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.fromiter(itertools.chain.from_iterable(rows), np.int32, int(ends[-1]))
    matrix = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(rows), width))
    matrix.sum_duplicates()
    return matrix


def _rarity(terms: Sequence[str]) -> dict[str, float]:
    """Of each stem, the logarithm of how seldom it stands in a term."""
    used: dict[str, int] = {}
    for term in terms:
        for word in stems_of_plain(term):
            used[word] = used.get(word, 0) + 1
    return {word: float(np.log((1 + len(terms)) / (1 + times))) for word, times in used.items()}
