"""How a submission ended over HTTP, held against the contract and against what `dossier process` makes of its files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.problem import FileCode

_CODES = frozenset(code.value for code in FileCode)
_PLACES = ("request", "held", "returned", "rejected")

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ended:
    """How one submission ended.

    `door`: the code of the problem with which it was refused, if it was. `files`: by their state; `codes`: of refused
    documents; `places`: pages by where they are; `faults`: what the contract forbids, in words without content.
    """

    name: str
    group: str
    door: str = ""
    files: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    faults: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """All pages that were received."""
        return sum(self.places.values())


@dataclass(slots=True)
class Made:
    """What `dossier process` made of the same files; `submissions` is more than 1 where a mailbox was split."""

    submissions: set[str] = field(default_factory=set)
    requests: int = 0
    pages: int = 0
    held: int = 0
    codes: Counter[str] = field(default_factory=Counter)


def ended(
    name: str, group: str, submission: Told, *, requests: Mapping[str, Told], codes: Sequence[str], pages: int
) -> Ended:
    """Judge what the API told; `codes` are those of refused documents and `pages` their sum, as the store has them."""
    return Ended(
        name,
        group,
        files=Counter(file["state"] for file in submission["files"]),
        codes=Counter(codes),
        places=Counter(page["state"] for file in submission["files"] for page in file["pages"]),
        requests=len(submission["requests"]),
        faults=(*_unfinished(submission), *_uncoded(submission, codes), *_misplaced(submission, requests, pages)),
    )


def differences(ending: Ended, made: Made) -> Iterator[str]:
    """In what the API's results differ from those of the command; a mailbox is one submission only over HTTP."""
    pairs: list[tuple[str, object, object]] = [
        ("pages in requests", ending.places["request"], made.pages),
        ("pages held", ending.places["held"], made.held),
        ("codes", _sorted(ending.codes), _sorted(made.codes)),
    ]
    if len(made.submissions) <= 1:
        pairs.append(("requests", ending.requests, made.requests))
    for what, ours, theirs in pairs:
        if ours != theirs:
            yield f"{what}: {ours}, by dossier process {theirs}"


def made_by_process(out: Path, received: Path) -> dict[str, Made]:
    """What a folder of results says of each direct child of `received`, by its name."""
    found: dict[str, Made] = {}

    def of(submission: str) -> Made:
        name = submission.removeprefix(f"{received}/").partition("/")[0]
        made = found.setdefault(name, Made())
        made.submissions.add(submission)
        return made

    for request in _lines(out / "requests.jsonl"):
        made = of(request["submissions"][0])
        made.requests += 1
        made.pages += sum(len(part["pages"]) for document in request["documents"] for part in document["parts"])
    for held in _lines(out / "held.jsonl"):
        of(held["submission"]).held += 1
    for rejected in _lines(out / "rejected.jsonl"):
        of(rejected["submission"]).codes[rejected["code"]] += 1
    return found


def table(endings: Sequence[Ended], groups: Sequence[str]) -> Iterator[str]:
    """The endings by format, and all of them."""
    yield (
        f"{'format':8}{'sent':>6}{'door':>6}{'read':>6}{'rej.':>6}{'kept':>6}{'requests':>10}{'pages':>7}"
        f"{'placed':>8}{'held':>6}{'faults':>8}  codes of rejected documents"
    )
    for group in (*groups, "all"):
        these = [ending for ending in endings if group in (ending.group, "all")]
        if these:
            yield _row(group, these)


def sentence(endings: Sequence[Ended], *, gap: int, compared: int) -> str:
    """The figures, as a page of the documentation quotes them."""
    total = _Sum(endings)
    door = sum(bool(ending.door) for ending in endings)
    faults = sum(bool(ending.faults) for ending in endings)
    return (
        f"{len(endings)} submissions of {sum(total.files.values())} files over HTTP ({door} refused at the door): "
        f"{total.files['read']} files read, {total.files['rejected']} rejected ({_sorted(total.codes)}), "
        f"{total.files['quarantined']} in quarantine; {total.pages} pages = {total.places['request']} in "
        f"{total.requests} requests + {total.places['held']} held, conservation gap {gap}; "
        f"{faults} submissions with a fault; {compared} compared with dossier process."
    )


class _Sum:
    def __init__(self, endings: Sequence[Ended]) -> None:
        self.files = sum((ending.files for ending in endings), Counter[str]())
        self.codes = sum((ending.codes for ending in endings), Counter[str]())
        self.places = sum((ending.places for ending in endings), Counter[str]())
        self.pages = sum(ending.pages for ending in endings)
        self.requests = sum(ending.requests for ending in endings)


def _row(group: str, these: Sequence[Ended]) -> str:
    total = _Sum(these)
    return (
        f"{group:8}{len(these):6}{sum(bool(ending.door) for ending in these):6}{total.files['read']:6}"
        f"{total.files['rejected']:6}{total.files['quarantined']:6}{total.requests:10}{total.pages:7}"
        f"{total.places['request']:8}{total.places['held']:6}{sum(bool(ending.faults) for ending in these):8}"
        f"  {_sorted(total.codes)}"
    )


def _unfinished(submission: Told) -> Iterator[str]:
    if submission["state"] != "done":
        yield f"the submission is {submission['state']}"
    for file in submission["files"]:
        if file["state"] not in {"read", "rejected"}:
            yield f"a file is {file['state']}"
    if all(file["state"] == "read" and not file["pages"] for file in submission["files"]):
        yield "nothing came of it, and no code says why"


def _uncoded(submission: Told, codes: Sequence[str]) -> Iterator[str]:
    for file in submission["files"]:
        if file["state"] == "rejected" and file["code"] not in _CODES:
            yield f"a file is rejected with the code {file['code']}"
    for code in {*codes, *(file["code"] for file in submission["files"] if file["code"])}:
        if code == FileCode.PARSER_CRASH.value:
            yield f"{code}: a parser died"


def _misplaced(submission: Told, requests: Mapping[str, Told], pages: int) -> Iterator[str]:
    """Every page must be in one place, and a request must have the pages that are said to be in it."""
    listed = [page for file in submission["files"] for page in file["pages"]]
    if len(listed) != pages:
        yield f"{len(listed)} pages are listed, {pages} were received"
    if astray := [page for page in listed if page["state"] not in _PLACES]:
        yield f"{len(astray)} pages are {astray[0]['state']}"
    placed = Counter((page["request"], page["document"], page["page"]) for page in listed if page["state"] == "request")
    said = Counter(
        (identifier, document["key"], page)
        for identifier, request in requests.items()
        for document in request["documents"]
        for part in document["parts"]
        for page in part["pages"]
    )
    if placed != said:
        lost, more = sum((placed - said).values()), sum((said - placed).values())
        yield f"{lost} pages are not in the request that they are said to be in, {more} are in one besides"


def _sorted(codes: Counter[str]) -> str:
    return "  ".join(f"{code} {times}" for code, times in sorted(codes.items()))


def _lines(file: Path) -> Iterator[Any]:
    if file.exists():
        with file.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)
