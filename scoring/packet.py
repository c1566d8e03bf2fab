"""One packet scored: everything that can be said about its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.truth import PacketTruth
from scoring.answer import Answer
from scoring.cases import matched
from scoring.defects import JudgedDefect, judge_defects
from scoring.fields import Judged, judge, pattern
from scoring.found import leaves
from scoring.frames import framed
from scoring.marks import PageMarks, marks_of
from scoring.papers import PaperScore, judge_papers
from scoring.stated import cases_of, pages_of, silent_words, stated_by
from scoring.words import WordCount, words_of


@dataclass(frozen=True, slots=True)
class PacketScore:
    """What a packet's answer is worth. `requests` is how many it has, `cases` how many there are.

    `invented` are leaves given for what the pages say nothing about; `pages` is how many the packet has, `rejected` how
    many of its files were.
    """

    name: str
    design: str
    channel: str
    market: Literal["us", "hk"]
    measuring: bool
    quality: Literal["light", "hard"]
    pages: int
    cases: int
    requests: int
    rejected: int
    fields: tuple[Judged, ...] = ()
    papers: PaperScore = field(default_factory=PaperScore)
    marks: tuple[PageMarks, ...] = ()
    words: tuple[WordCount, ...] = ()
    defects: tuple[JudgedDefect, ...] = ()
    invented: tuple[str, ...] = ()


def score(packet: PacketTruth, answer: Answer) -> PacketScore:
    """Compare an answer with the truth of its packet."""
    packet = framed(packet, answer)
    homes = matched(packet, answer)
    fields = tuple(_fields(packet, answer, homes))
    read = answer.pages()
    pages = tuple((page, read.get((file, number))) for file, number, page, _ in pages_of(packet))
    absent = {pattern(path) for file in packet.files for path in file.absent}
    return PacketScore(
        name=packet.name,
        design=packet.design,
        channel=packet.channel,
        market=packet.market,
        measuring=packet.measuring,
        quality=packet.quality,
        pages=len(pages),
        cases=len(cases_of(packet)),
        requests=len(answer.requests),
        rejected=len(answer.rejected),
        fields=fields,
        papers=judge_papers(packet, answer, homes),
        marks=tuple(marks_of(truth, one.page if one is not None else None) for truth, one in pages),
        words=tuple(words_of(truth, one.page if one is not None else None) for truth, one in pages),
        defects=judge_defects(packet, answer, fields),
        invented=tuple(one.path for one in fields if one.verdict == "extra" and one.pattern in absent),
    )


def _fields(packet: PacketTruth, answer: Answer, homes: Mapping[int, int]) -> Iterator[Judged]:
    """The leaves of every case, and of the requests that are no case's, in which every value is too much."""
    paths, silent = answer.paths(), silent_words(packet)
    for case in cases_of(packet):
        found = leaves(answer.requests[homes[case]]) if case in homes else ()
        yield from judge(found, stated_by(packet, case), paths=paths, silent=silent)
    for number, request in enumerate(answer.requests):
        if number not in homes.values():
            yield from judge(leaves(request), {}, paths=paths)
