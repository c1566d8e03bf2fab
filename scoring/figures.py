"""All figures of a measurement as one object of plain values, from the scores of its packets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from typing import TypeAlias

from scoring.confidence import bins, expected_error, sure
from scoring.fields import Judged
from scoring.marks import JudgedMark
from scoring.packet import PacketScore
from scoring.papers import PaperScore, accuracy, of_type, yes
from scoring.papers import total as papers_of
from scoring.rates import rates, share
from scoring.spent import Spent
from scoring.words import total as words_of

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"

# Without these nobody can decide anything (contract: the critical fields).
CRITICAL = (
    "/patient/name/full",
    "/patient/birth_date",
    "/coverage/member_id",
    "/service_lines/*/code",
    "/service_lines/*/text",
    "/service_lines/*/drug/name",
    "/service_lines/*/quantity",
    "/service_lines/*/visits",
    "/service_lines/*/drug/quantity",
    "/service_lines/*/start_on",
    "/service_lines/*/end_on",
    "/level_of_service",
)
_OFTEN = 10
# A design of fewer stated values is no worst one: chance would choose it.
_ENOUGH = 20


def figures(scores: Sequence[PacketScore], spent: Spent) -> dict[str, Plain]:
    """Everything: of all packets, of each channel, design and quality, and of the measuring-only designs apart."""
    return {
        "packets": len(scores),
        "pages": sum(score.pages for score in scores),
        "all": summary(scores),
        "development": summary([score for score in scores if not score.measuring]),
        "measuring": summary([score for score in scores if score.measuring]),
        "channels": _by(scores, lambda score: score.channel),
        "designs": _by([on_design(score) for score in scores], lambda score: score.design),
        "measuring_designs": _list(sorted({score.design for score in scores if score.measuring})),
        "worst_design": worst_design(scores),
        "qualities": _by(scores, lambda score: score.quality),
        "markets": _by(scores, lambda score: score.market),
        "paths": _rates_by(typed(scores), lambda one: one.pattern),
        "groups": _rates_by(typed(scores), lambda one: one.group),
        "handwritten": _rates([one for score in scores for one in score.fields if one.by == "hand"]),
        "confidence": _confidence(typed(scores)),
        "papers": _papers(papers_of(score.papers for score in scores)),
        "marks": _marks(scores),
        "defects": _defects(scores),
        "errors": _errors(scores),
        "speed": _speed(spent),
    }


def summary(scores: Sequence[PacketScore]) -> dict[str, Plain]:
    """The figures of a group of packets in a few numbers."""
    fields = typed(scores)
    placed = [one.placed for one in fields if one.placed is not None]
    papers = papers_of(score.papers for score in scores)
    legible = [one for one in typed([s for s in scores if s.quality == "light"]) if one.expected]
    claims = sure(fields)
    return {
        "packets": len(scores),
        "pages": sum(score.pages for score in scores),
        "fields": _rates(fields),
        "critical": _rates([one for one in fields if one.pattern in CRITICAL]),
        "placed": share(sum(placed), len(placed)),
        "unclear_legible": share(sum(one.verdict == "unclear" for one in legible), len(legible)),
        "sure": _plain(asdict(claims)),
        "page_types": accuracy(papers.types),
        "split": yes(papers.boundaries).f1,
        "request_of_page": share(papers.homes[True], papers.homes.total()),
        "word_recall": words_of(count for score in scores for count in score.words).recall,
        "requests_right": share(sum(score.requests == score.cases for score in scores), len(scores)),
    }


def on_design(score: PacketScore) -> PacketScore:
    """The score with only what its form or letter states, and what was given for it: the chart is no one design's."""
    return replace(score, fields=tuple(one for one in score.fields if one.asking or not one.expected))


def typed(scores: Iterable[PacketScore]) -> tuple[Judged, ...]:
    """The leaves of some packets but for those that were only written by hand."""
    return tuple(one for score in scores for one in score.fields if one.by != "hand")


def worst_design(scores: Sequence[PacketScore]) -> str | None:
    """The design whose fields are read worst, by F1."""
    found = []
    drawn = [on_design(score) for score in scores]
    for name in {score.design for score in drawn}:
        counted = rates(typed([score for score in drawn if score.design == name]))
        if counted.stated >= _ENOUGH and counted.f1 is not None:
            found.append((counted.f1, name))
    return min(found)[1] if found else None


def _by(scores: Sequence[PacketScore], key: Callable[[PacketScore], str]) -> dict[str, Plain]:
    names = sorted({key(score) for score in scores})
    return {name: summary([score for score in scores if key(score) == name]) for name in names}


def _rates(judged: Iterable[Judged]) -> dict[str, Plain]:
    counted = rates(judged)
    return {
        **asdict(counted),
        "stated": counted.stated,
        "precision": counted.precision,
        "recall": counted.recall,
        "f1": counted.f1,
    }


def _rates_by(judged: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, Plain]:
    return {name: _rates([one for one in judged if key(one) == name]) for name in sorted({key(one) for one in judged})}


def _confidence(judged: Sequence[Judged]) -> dict[str, Plain]:
    curve = bins(judged)
    return {
        "curve": [_plain(asdict(one)) for one in curve],
        "expected_error": expected_error(curve),
        "sure": _plain(asdict(sure(judged))),
    }


def _papers(score: PaperScore) -> dict[str, Plain]:
    types = sorted({name for pair in score.types for name in pair})
    boundaries, held = yes(score.boundaries), yes(score.held)
    return {
        "page_accuracy": accuracy(score.types),
        "types": {name: _pair(of_type(score.types, name)) for name in types},
        "mistaken": [
            {"true": true, "found": found, "pages": number}
            for (true, found), number in score.types.most_common()
            if true != found
        ],
        "split": _pair(boundaries),
        "request_of_page": share(score.homes[True], score.homes.total()),
        "held": _pair(held),
        "patients": [{"true": a, "found": b, "papers": n} for (a, b), n in sorted(score.patients.items())],
        "facts": _rates_by(score.facts, lambda one: one.path.removeprefix("/part/")),
    }


def _pair(pair: object) -> dict[str, Plain]:
    names = ("true", "said", "both", "precision", "recall", "f1")
    return {name: getattr(pair, name) for name in names}


def _marks(scores: Sequence[PacketScore]) -> dict[str, Plain]:
    marks = [mark for score in scores for page in score.marks for mark in page.marks]
    return {
        "boxes": len(marks),
        "false": sum(page.false for score in scores for page in score.marks),
        **{f"{'ticked' if ticked else 'empty'}": _states(marks, ticked=ticked) for ticked in (True, False)},
    }


def _states(marks: Sequence[JudgedMark], *, ticked: bool) -> dict[str, Plain]:
    count = Counter(str(mark.state) for mark in marks if mark.ticked == ticked)
    return {state: count[state] for state in ("right", "wrong", "unclear", "missed")}


def _defects(scores: Sequence[PacketScore]) -> dict[str, Plain]:
    every = [defect for score in scores for defect in score.defects]
    return {
        code: {
            "planted": sum(defect.code == code for defect in every),
            "judged": sum(defect.code == code and defect.seen is not None for defect in every),
            "seen": sum(defect.code == code and defect.seen is True for defect in every),
        }
        for code in sorted({defect.code for defect in every})
    }


def _errors(scores: Sequence[PacketScore]) -> list[Plain]:
    """The errors that happen most often, by the path and what went wrong."""
    every = [one for one in typed(scores) if one.verdict not in {"right", "untold"}]
    count = Counter((one.pattern, one.verdict) for one in every)
    found: list[Plain] = []
    for (path, verdict), number in count.most_common(_OFTEN):
        like = [one for one in every if (one.pattern, one.verdict) == (path, verdict)]
        examples: list[Plain] = [{"expected": " or ".join(one.expected), "value": one.value} for one in like[:3]]
        found.append({"path": path, "verdict": verdict, "count": number, "examples": examples})
    return found


def _speed(spent: Spent) -> dict[str, Plain]:
    return {
        "pages_per_s": share(spent.pages, spent.wall_s),
        "cpu_s_per_page": {stage: share(seconds, spent.pages) for stage, seconds in spent.cpu_s.items()},
        "main_mb": spent.main_mb,
        "reader_mb": spent.reader_mb,
    }


def _plain(told: dict[str, object]) -> dict[str, Plain]:
    return {key: value for key, value in told.items() if value is None or isinstance(value, int | float | str)}


def _list(names: Iterable[str]) -> list[Plain]:
    return list(names)
