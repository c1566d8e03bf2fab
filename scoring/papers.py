"""What the pages of a packet were taken for: their types, where papers begin, whose they are, when and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from models.evidence import Sourced
from models.request import RequestPart
from models.truth import PacketTruth, Paper
from scoring.answer import Answer, PageKey
from scoring.fields import Judged, Verdict, spots_of
from scoring.found import Found
from scoring.rates import share
from scoring.sameness import near, same
from scoring.stated import Stated, pages_of

# What stands for the type of a page that was not read at all.
UNREAD = "unread"
# A paper that has one of these says whose it is.
_NAMING = ("/patient/name", "/patient/birth_date")


@dataclass(frozen=True, slots=True)
class PaperScore:
    """A packet's pages and papers beside the truth.

    `types` counts pages by (true type, type found); `boundaries` the places between two pages of one file by (a paper
    begins, a part begins); `homes` pages of a case by whether they stand in its request; `held` pages by (should be
    held, are held); `patients` papers by (the truth's word, or "unnamed" where the paper says nothing of a patient; the
    request's, or "held" where it is in none); `facts` the date, author and signature of each paper.
    """

    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    boundaries: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    homes: Counter[bool] = field(default_factory=Counter)
    held: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    patients: Counter[tuple[str, str]] = field(default_factory=Counter)
    facts: tuple[Judged, ...] = ()


def judge_papers(packet: PacketTruth, answer: Answer, matched: Mapping[int, int]) -> PaperScore:
    """Compare all pages of a packet; `matched` gives the request of each case."""
    read, homes, held = answer.pages(), answer.homes(), answer.held_pages()
    score = PaperScore(facts=tuple(_facts(packet, answer)))
    for file, number, page, paper in pages_of(packet):
        key = (file, number)
        score.types[page.part, read[key].type.value if key in read else UNREAD] += 1
        if paper is None:
            continue
        score.held[paper.patient == "other", key in held] += 1
        if paper.case is not None and paper.case in matched and paper.patient != "other":
            score.homes[homes.get(key) == matched[paper.case]] += 1
    score.boundaries.update(_boundaries(packet, answer))
    score.patients.update(_patients(packet, answer))
    return score


def total(scores: Iterable[PaperScore]) -> PaperScore:
    """The sum over packets."""
    every = tuple(scores)
    together = PaperScore(facts=tuple(fact for score in every for fact in score.facts))
    for score in every:
        together.types.update(score.types)
        together.boundaries.update(score.boundaries)
        together.homes.update(score.homes)
        together.held.update(score.held)
        together.patients.update(score.patients)
    return together


@dataclass(frozen=True, slots=True)
class Pair:
    """How often something is there, was said to be there, and both."""

    true: int
    said: int
    both: int

    @property
    def precision(self) -> float | None:
        """The share of what was said that is so."""
        return share(self.both, self.said)

    @property
    def recall(self) -> float | None:
        """The share of what is so that was said."""
        return share(self.both, self.true)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        return share(2 * self.both, self.true + self.said)


def yes(counts: Mapping[tuple[bool, bool], int]) -> Pair:
    """Of things by (is so, was said): those that are."""
    true = sum(number for (so, _), number in counts.items() if so)
    said = sum(number for (_, so), number in counts.items() if so)
    return Pair(true, said, counts.get((True, True), 0))


def of_type(types: Mapping[tuple[str, str], int], name: str) -> Pair:
    """Of pages by (true type, type found): those of one type."""
    true = sum(number for (so, _), number in types.items() if so == name)
    said = sum(number for (_, so), number in types.items() if so == name)
    return Pair(true, said, types.get((name, name), 0))


def accuracy(counts: Mapping[tuple[str, str], int]) -> float | None:
    """The share of the pairs in which both sides agree."""
    return share(sum(number for (a, b), number in counts.items() if a == b), sum(counts.values()))


def _boundaries(packet: PacketTruth, answer: Answer) -> Iterator[tuple[bool, bool]]:
    """Between each two pages of a file that were read: does a paper begin, does a part?"""
    read = answer.pages()
    for file in packet.files:
        for number in range(1, len(file.pages)):
            before, after = read.get((file.path, number)), read.get((file.path, number + 1))
            if before is not None and after is not None:
                begins = file.pages[number - 1].paper != file.pages[number].paper
                yield begins, (before.document, before.part) != (after.document, after.part)


def _papers(packet: PacketTruth) -> Iterator[tuple[int, Paper, PageKey]]:
    """Each paper about a patient with its number and its first page."""
    seen = set()
    for file, number, page, paper in pages_of(packet):
        about = paper is not None and (paper.case is not None or paper.patient == "other")
        if paper is not None and about and page.paper not in seen:
            seen.add(page.paper)
            yield page.paper, paper, (file, number)


def _patients(packet: PacketTruth, answer: Answer) -> Iterator[tuple[str, str]]:
    parts, held = answer.parts(), answer.held_pages()
    naming = {page.paper for _, _, page, _ in pages_of(packet) if any(v.path.startswith(_NAMING) for v in page.values)}
    for number, paper, key in _papers(packet):
        said = parts[key].patient if key in parts else "held" if key in held else UNREAD
        yield paper.patient if number in naming else "unnamed", said


def _facts(packet: PacketTruth, answer: Answer) -> Iterator[Judged]:
    parts, paths = answer.parts(), answer.paths()
    for _, paper, key in _papers(packet):
        part = parts.get(key)
        told = (paper.dated_on, paper.author, paper.signed) != (None, None, None)
        if part is not None and told:
            said = {
                "dated_on": paper.dated_on.isoformat() if paper.dated_on is not None else None,
                "author": paper.author,
                "signed": paper.signed,
            }
            for name, value in said.items():
                yield from _fact(f"/part/{name}", value, _leaf(part, name), paths)


def _leaf(part: RequestPart, name: str) -> Found | None:
    leaf: Sourced[object] | None = getattr(part, name)
    if leaf is None:
        return None
    value = None if leaf.value is None else str(leaf.value)
    unclear = leaf.unclear or ("illegible" if value == "unclear" else None)
    return Found(f"/part/{name}", value, leaf.confidence, unclear, leaf.evidence)


def _fact(path: str, value: str | None, leaf: Found | None, paths: Mapping[str, str]) -> Iterator[Judged]:
    """A fact of a paper; nothing said about one that has none is no verdict at all."""
    expected = (value,) if value is not None else ()
    if leaf is None:
        if expected:
            yield Judged(path, "missed", "machine", expected)
        return
    spots = tuple(spots_of(leaf.evidence, paths))
    stated = Stated(path, expected, ())
    verdict: Verdict = "unclear" if leaf.unclear else "right" if same(leaf, stated) else "wrong"
    if not expected:
        if leaf.unclear:
            return
        verdict = "extra"
    yield Judged(
        path, verdict, "machine", expected, leaf.value, leaf.confidence, leaf.unclear,
        near=verdict == "wrong" and near(leaf, stated), evidence=spots,
    )  # fmt: skip
