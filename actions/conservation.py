"""No page is lost: each page of each document that was read is in exactly one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from actions.results import Written
from models.problem import DossierError
from models.result import Assembly, DocumentResult

_Page = tuple[str, int]


class ConservationError(DossierError):
    """A fault of the program: pages were lost or counted twice."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of everything that a run received, counted from its sheets.

    `pages` = pages in requests + `held`; `rejected` counts files, `failed` submissions that a fault of ours stopped.
    """

    submissions: int = 0
    pages: int = 0
    requests: int = 0
    held: int = 0
    rejected: int = 0
    failed: int = 0


def check_conservation(results: Iterable[DocumentResult], assembly: Assembly) -> None:
    """Compare the pages that were read with those of the requests and the held ones.

    Raises:
        ConservationError: the sums differ; nothing of the submission may be written.
    """
    received = Counter((result.document.id, page.number) for result in results for page in result.document.pages)
    placed = Counter(
        (document.id, page)
        for request in assembly.requests
        for document in request.documents
        for part in document.parts
        for page in part.pages
    )
    placed.update((held.document, held.page) for held in assembly.held)
    if placed != received:
        lost, twice = sum((received - placed).values()), sum((placed - received).values())
        raise ConservationError(
            f"{lost} pages of a submission were lost and {twice} were placed twice. Please report this."
        )


def check_run(written: Iterable[Written]) -> Tally:
    """Add up the sheets of a run as they lie on the disk.

    Raises:
        ConservationError: a page is in two places or in none, or a file has left no trace.
    """
    tally = Tally()
    for one in written:
        placed = Counter(_placed(one))
        if sum(placed.values()) != one.entry.pages or any(times > 1 for times in placed.values()):
            raise ConservationError(
                f"The sheets hold {sum(placed.values())} pages ({len(placed)} different ones) of a submission "
                f"of {one.entry.pages} pages. Please report this."
            )
        if lost := [file for file in one.entry.files if not any(_comes_from(path, file) for path in _paths(one))]:
            raise ConservationError(f"{len(lost)} files of a submission left no trace. Please report this.")
        tally = Tally(
            tally.submissions + 1,
            tally.pages + one.entry.pages,
            tally.requests + len(one.requests),
            tally.held + len(one.held),
            tally.rejected + len(one.rejected),
            tally.failed + one.entry.failed,
        )
    return tally


def _placed(one: Written) -> Iterable[_Page]:
    for request in one.requests:
        for document in request["documents"]:
            for part in document["parts"]:
                yield from ((document["id"], page) for page in part["pages"])
    yield from ((held["document"], held["page"]) for held in one.held)


def _paths(one: Written) -> Iterable[str]:
    """The paths of all documents, held pages and rejected files of a submission."""
    yield from (document["path"] for request in one.requests for document in request["documents"])
    yield from (told["file"] for told in (*one.held, *one.rejected))


def _comes_from(path: str, file: str) -> bool:
    """Whether a path is that of a received file, or of something inside it."""
    return path == file or path.startswith(f"{file}/")
