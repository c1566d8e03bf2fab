"""Whether what was planted for a reviewer to find was seen, each kind of defect by its own signs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from models.truth import PacketTruth
from scoring.answer import Answer
from scoring.fields import Judged
from scoring.stated import cases_of, pages_of

Sign = Callable[[PacketTruth, Answer, tuple[Judged, ...]], bool]


@dataclass(frozen=True, slots=True)
class JudgedDefect:
    """A planted defect: `seen` is None where nobody has said yet what would show it."""

    code: str
    seen: bool | None


def judge_defects(packet: PacketTruth, answer: Answer, judged: tuple[Judged, ...]) -> tuple[JudgedDefect, ...]:
    """Look for the signs of each defect of a packet; one of them is enough."""
    return tuple(JudgedDefect(defect.code, _seen(defect.code, packet, answer, judged)) for defect in packet.defects)


def flagged(*codes: str) -> Sign:
    """A request carries one of these flags."""
    return lambda _, answer, __: any(flag.code in codes for request in answer.requests for flag in request.flags)


def caused(*causes: str) -> Sign:
    """A checklist's item has one of these causes."""
    return lambda _, answer, __: any(
        finding.cause in causes for request in answer.requests for finding in request.findings
    )


def missing(_: PacketTruth, answer: Answer, __: tuple[Judged, ...]) -> bool:
    """Something is asked for that a checklist does not find."""
    return any(request.missing_items for request in answer.requests)


def found_unsigned(packet: PacketTruth, answer: Answer, _: tuple[Judged, ...]) -> bool:
    """Every part that the truth has as unsigned is said to be."""
    parts = answer.parts()
    first = {page.paper: (file, number) for file, number, page, _ in reversed(tuple(pages_of(packet)))}
    wanted = [first[n] for n, paper in enumerate(packet.papers) if paper.signed == "unsigned" and n in first]
    leaves = [parts[key].signed if key in parts else None for key in wanted]
    return bool(leaves) and all(leaf is not None and leaf.value == "unsigned" for leaf in leaves)


def doubted(_: PacketTruth, __: Answer, judged: tuple[Judged, ...]) -> bool:
    """A leaf whose stated value was planted is left unclear."""
    return any(one.planted and one.unclear is not None for one in judged)


def others_held(packet: PacketTruth, answer: Answer, _: tuple[Judged, ...]) -> bool:
    """Every page of another patient is held, or in a part that is said to be another's."""
    held, parts = answer.held_pages(), answer.parts()
    keys = [(file, n) for file, n, _, paper in pages_of(packet) if paper is not None and paper.patient == "other"]
    return bool(keys) and all(key in held or (key in parts and parts[key].patient == "other") for key in keys)


def a_request_each(packet: PacketTruth, answer: Answer, _: tuple[Judged, ...]) -> bool:
    """There are as many requests as cases."""
    return len(answer.requests) == len(cases_of(packet))


def repeats_known(packet: PacketTruth, answer: Answer, _: tuple[Judged, ...]) -> bool:
    """Every page that was sent again is known as a repeat, or its whole file is."""
    pages = answer.pages()
    twins = {document.id for request in answer.requests for document in request.documents if document.duplicate_of}
    told = {
        (problem.document, problem.page)
        for request in answer.requests
        for problem in request.problems
        if problem.code == "duplicate-page"
    }
    keys = [(file, number) for file, number, page, _ in pages_of(packet) if page.again]
    read = [pages.get(key) for key in keys]
    return bool(keys) and all(
        one is not None and (one.document in twins or (one.document, one.page.number) in told) for one in read
    )


def read_upright(packet: PacketTruth, answer: Answer, _: tuple[Judged, ...]) -> bool:
    """Every turned page was turned back by the right angle, and is known for what it is."""
    pages = answer.pages()
    turned = [(pages.get((file, n)), page) for file, n, page, _ in pages_of(packet) if page.turn]
    return bool(turned) and all(
        one is not None and one.page.rotation == page.turn and one.type.value == page.part for one, page in turned
    )


# By the beginning of the defect's code. A code of no entry is counted as planted, and as neither seen nor missed.
SIGNS: Mapping[str, tuple[Sign, ...]] = {
    "near-miss": (flagged("invalid-identifier", "conflict", "repaired-identifier"), doubted),
    "mistyped": (flagged("invalid-identifier", "repaired-identifier"), doubted),
    "unsigned": (flagged("signature-missing"), caused("unsigned"), found_unsigned),
    "second-patient": (flagged("mixed-patient"), others_held),
    "conflicting": (flagged("conflict"), caused("conflicting"), doubted),
    "upside-down": (read_upright,),
    "turned": (read_upright,),
    "re-sent": (repeats_known, flagged("duplicate-of")),
    "second-form": (a_request_each,),
    "missing": (missing, flagged("pages-missing")),
    "expired": (caused("expired"),),
    "wrong-side": (caused("wrong-side"), flagged("laterality-conflict")),
}


def _seen(code: str, packet: PacketTruth, answer: Answer, judged: tuple[Judged, ...]) -> bool | None:
    signs = next(_signs(code), None)
    return None if signs is None else any(sign(packet, answer, judged) for sign in signs)


def _signs(code: str) -> Iterator[tuple[Sign, ...]]:
    for start in sorted(SIGNS, key=len, reverse=True):
        if code.startswith(start):
            yield SIGNS[start]
