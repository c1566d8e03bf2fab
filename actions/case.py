"""Putting together what came in for a case, from what was read off its files; no page is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pipeline
from actions.conservation import check_conservation
from actions.directories import Directories
from actions.reading_json import load_reading
from actions.reception import receipt_of
from actions.sidecars import faxes_of
from checklists.payers import find_payer
from models.directory import Known
from models.parsed import Envelope
from models.problem import UsageError
from models.reading import Reading
from models.received import Channel, Receipt
from models.request import Rejection
from models.result import Assembly, DocumentResult, Submission
from pipeline import Context
from store.blobs import Blobs
from store.cases import StoredCase, StoredFile, StoredSubmission

# Of these the time of receipt is what its channel says; others may be told by the files themselves (a fax's record).
_TOLD = frozenset({"option", "mail-received", "sidecar"})


class StaleReading(Exception):
    """What was read off a file was written by another version of the program: it has to be read again."""

    def __init__(self, file: str) -> None:
        """Name the file by its id."""
        super().__init__(file)
        self.file = file


@dataclass(frozen=True, slots=True)
class CaseReading:
    """What all files of a case say, the documents numbered through; `owners` gives each document's file."""

    submission: Submission
    owners: dict[str, StoredFile]


def read_case(case: StoredCase, blobs: Blobs, context: Context) -> CaseReading:
    """Fetch what was read off the files of a case, as one submission: the first one's, with the answers to it.

    Raises:
        StaleReading: a file has to be read again first.
    """
    results: list[DocumentResult] = []
    rejected: list[Rejection] = []
    owners: dict[str, StoredFile] = {}
    answers: dict[str, str] = {}
    envelopes: list[Envelope] = []
    for number, submission in enumerate(case.submissions):
        for file, reading in _readings(submission, blobs, first=lambda: len(results) + 1):
            for result in reading.results:
                results.append(_once(result, results))
                owners[result.document.id] = file
                if number:
                    answers[result.document.id] = submission.id
            rejected.extend(reading.rejected)
            envelopes.extend(reading.envelopes if not number else ())
    documents = [result.document for result in results]
    faxes = faxes_of(envelopes, [document.filename for document in documents])
    first = case.submissions[0]
    told = first.received_at_source in _TOLD
    receipt = receipt_of(
        first.id,
        envelopes,
        stated=first.received_at if told else None,
        now=first.received_at,
        zone=context.payer.zone if context.payer else None,
        faxes=faxes,
        documents=[document for document in documents if document.id not in answers],
        date_order=context.date_order,
    )
    receipt = Receipt(receipt.submission, _channel(first, receipt), receipt.received_at, receipt.source)
    return CaseReading(
        Submission(
            receipt, tuple(results), tuple(rejected), faxes, answers=answers, corrections=case.corrections,
            identity=tuple(file.sha256 for file in first.files)
        ),
        owners,
    )  # fmt: skip


def assemble_case(reading: CaseReading, context: Context, directories: Directories | None) -> Assembly:
    """The requests and held pages of a case.

    Raises:
        ConservationError: a fault of ours: a page would be lost or counted twice.
    """
    submission = reading.submission
    if not any(result.document.pages for result in submission.results):
        return Assembly((), ())
    known: tuple[Known, ...] = ()
    if directories is not None:
        known = tuple(directories.answer(asked) for asked in pipeline.questions(submission, context))
    assembly = pipeline.assemble_requests(submission, context, known)
    check_conservation(submission.results, assembly)
    return assembly


def context_of(case: StoredCase, context: Context) -> Context:
    """By whose rules a case is put together: those of the payer that its sender named, if that is one."""
    name = case.submissions[0].payer
    if name is None:
        return context
    try:
        payer = find_payer(name, context.policies.payers)
    except UsageError:
        return context
    return replace(context, payer=payer, market=payer.market)


def _readings(
    submission: StoredSubmission, blobs: Blobs, *, first: Callable[[], int]
) -> Iterator[tuple[StoredFile, Reading]]:
    """What was read off each file; `first` is the number of its first document when its turn comes."""
    for file in submission.files:
        if file.result is not None:
            content = blobs.get(file.tenant, file.result)
            try:
                reading = load_reading(content, first=first())
            except ValueError:
                raise StaleReading(file.id) from None
            yield file, reading


def _once(result: DocumentResult, earlier: list[DocumentResult]) -> DocumentResult:
    """The result; without what it says where an earlier document has the same bytes."""
    twin = next((one for one in earlier if one.document.sha256 == result.document.sha256 and one.document.pages), None)
    if twin is None or result.duplicate_of is not None:
        return result
    document = replace(result.document, problems=())
    return replace(result, document=document, mentions=(), problems=(), duplicate_of=twin.document.id)


def _channel(first: StoredSubmission, receipt: Receipt) -> Channel:
    """How it came: what the files say beats what brought them, for a fax may come in by a folder."""
    return first.channel if receipt.channel == "cli" else receipt.channel
