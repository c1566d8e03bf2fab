"""The main job: files in, requests out. Every page ends in a request, is held, or its file is rejected."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pipeline
from actions.conservation import Tally, check_conservation, check_run
from actions.directories import Directories
from actions.machine import check_machine
from actions.means import Means
from actions.page_pool import PagePool, Readers
from actions.pictures import PictureFolder
from actions.reading import all_rejected, read_submission
from actions.reception import receipt_of
from actions.results import ResultFolder
from actions.sidecars import faxes_of
from actions.submissions import Source, sources
from emit.format import AnyFormat, Format, RunFormat
from models.directory import Known
from models.document import Document
from models.problem import WritingFailed
from models.reading import Reading
from models.request import AuthorizationRequest, Rejection
from models.result import Assembly, DocumentResult, Submission
from pipeline import PIPELINE_VERSION, Context

# Submissions under way at a time: while one is understood, the pages of the next keep the readers busy. More would only
# fill the memory.
_UNDER_WAY = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be processed, and how; `resume` goes on with what an earlier run has left in `out`."""

    paths: tuple[Path, ...]
    out: Path
    each: bool
    context: Context
    formats: tuple[AnyFormat, ...]
    received_at: dt.datetime | None = None
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one submission; `failed` by a fault of the program. `results` is what was read on the way."""

    assembly: Assembly
    rejected: tuple[Rejection, ...]
    pages: int
    failed: bool = False
    results: tuple[DocumentResult, ...] = ()


class Watcher(Protocol):
    """Whoever wants to see a run go on. `page` is called from several threads."""

    def begin(self, submissions: int, done: int) -> None:
        """So many submissions in all, so many of them done by an earlier run."""

    def page(self) -> None:
        """A page was read."""

    def end(self, source: Source, outcome: Outcome) -> None:
        """A submission is done and written."""


def process(
    order: Order,
    means: Means,
    *,
    now: dt.datetime,
    watcher: Watcher,
    cpu_s: dict[str, float] | None = None,
    directories: Directories | None = None,
) -> Tally:
    """Process all submissions and write their results, in the order of the paths; nothing is kept in memory.

    `cpu_s` receives the seconds of computing of the stages "read" and "understand"; `directories` are asked for the
    members, providers and authorizations that the requests speak of.

    Raises:
        UsageError: a path is missing, or the output folder is not empty (or, to resume, not that of the same order).
        NoWalls, NotReady: this machine cannot open files safely, or cannot read them; nothing is processed.
        ConservationError: at the end of the run the sums do not agree.
    """
    found = sources(order.paths, each=order.each)
    start = ResultFolder.go_on if order.resume else ResultFolder.begin
    with start(order.out, options=_options(order, directories), now=now) as folder:
        check_machine(means)
        left = [source for source in found if not folder.has(source)]
        watcher.begin(len(found), len(found) - len(left))
        with PagePool(means.tessdata, means.jobs) as readers:
            run = _Run(order, means, readers, folder, watcher, directories)
            for source, reading in _in_order(left, run.read):
                run.finish(source, reading)
            if cpu_s is not None:
                cpu_s.update(readers.cpu_s)
        for chosen in order.formats:
            if isinstance(chosen, RunFormat):
                folder.put_once(f"requests.{chosen.extension}", chosen.run(folder.requests()))
        return check_run(folder.written())


def _options(order: Order, directories: Directories | None) -> dict[str, str]:
    """What two runs must share so that their results may stand in one folder."""
    context = order.context
    return {
        "version of the program": PIPELINE_VERSION,
        "payer": context.payer.id if context.payer else "",
        "market": context.market,
        "time of receipt": order.received_at.isoformat() if order.received_at else "",
        "list of formats": ",".join(chosen.name for chosen in order.formats),
        "directories": directories.signature if directories else "",
    }


@dataclass(frozen=True, slots=True)
class _Read:
    """A submission that was read, or the fault that stopped the reading, and the folder of its page images."""

    pictures: PictureFolder
    reading: Reading | Exception


@dataclass(frozen=True, slots=True)
class _Run:
    """What all submissions of a run share."""

    order: Order
    means: Means
    readers: Readers
    folder: ResultFolder
    watcher: Watcher
    directories: Directories | None = None

    def read(self, source: Source) -> _Read:
        """The long half, done in a thread of its own: nothing is written yet."""
        try:
            pictures = PictureFolder.new(self.folder.work)
        except OSError as failure:
            raise WritingFailed(str(self.order.out), failure.strerror or "unknown") from None
        wanted = any(chosen.name == "html" for chosen in self.order.formats)
        try:
            reading = read_submission(
                source,
                self.means,
                readers=self.readers,
                pictures=pictures if wanted else None,
                turned=self.watcher.page,
            )
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with one submission, the others go on
            return _Read(pictures, fault)
        return _Read(pictures, reading)

    def finish(self, source: Source, read: _Read) -> None:
        """The short half, in the order of the submissions: requests are made and written."""
        try:
            if isinstance(read.reading, Exception):
                raise read.reading
            outcome = self._assemble(source, read.reading)
            self._write(outcome.assembly, read.pictures)
        except WritingFailed:
            raise
        except Exception as fault:  # noqa: BLE001 - as above; a page that would be lost is such a fault, too
            outcome = Outcome(Assembly((), ()), all_rejected(source, self.means, fault), 0, failed=True)
        read.pictures.remove()
        assembly = outcome.assembly
        self.folder.add(
            source,
            assembly.requests,
            assembly.held,
            rejected=outcome.rejected,
            pages=outcome.pages,
            failed=outcome.failed,
        )
        self.watcher.end(source, outcome)

    def _assemble(self, source: Source, reading: Reading) -> Outcome:
        context = self.order.context
        documents = [result.document for result in reading.results]
        faxes = faxes_of(reading.envelopes, [document.filename for document in documents])
        receipt = receipt_of(
            source.name,
            reading.envelopes,
            stated=self.order.received_at,
            now=self.folder.started_at,
            zone=context.payer.zone if context.payer else None,
            faxes=faxes,
            documents=documents,
            date_order=context.date_order,
        )
        assembly = Assembly((), ())
        if reading.pages:
            submission = Submission(receipt, reading.results, reading.rejected, faxes, self._earlier(documents))
            assembly = pipeline.assemble_requests(submission, context, self._known(submission))
        check_conservation(reading.results, assembly)
        return Outcome(assembly, reading.rejected, reading.pages, results=reading.results)

    def _formats_of(self, request: AuthorizationRequest) -> tuple[Format, ...]:
        """What is written of each request; what is written once a run waits for its end."""
        each = (chosen for chosen in self.order.formats if isinstance(chosen, Format))
        return tuple(chosen for chosen in each if chosen.wanted(request))

    def _known(self, submission: Submission) -> tuple[Known, ...]:
        """What the directories say of those whom the requests speak of."""
        if self.directories is None:
            return ()
        return tuple(self.directories.answer(asked) for asked in pipeline.questions(submission, self.order.context))

    def _earlier(self, documents: Sequence[Document]) -> dict[str, str]:
        """Which of the documents an earlier submission of the run brought, too: its name by their sha256."""
        return {d.sha256: self.folder.brought[d.sha256] for d in documents if d.sha256 in self.folder.brought}

    def _write(self, assembly: Assembly, images: PictureFolder) -> None:
        """Write all formats of all requests, or none of them."""
        try:
            for request in assembly.requests:
                for chosen in self._formats_of(request):
                    self.folder.put(request, f"{chosen.name}.{chosen.extension}", chosen.run(request, images))
        except Exception:
            for request in assembly.requests:
                self.folder.drop(request)
            raise


def _in_order(found: Sequence[Source], work: Callable[[Source], _Read]) -> Iterator[tuple[Source, _Read]]:
    """Work on a few submissions at a time, and hand them over in their order."""
    waiting: deque[tuple[Source, Future[_Read]]] = deque()
    with ThreadPoolExecutor(_UNDER_WAY) as threads:
        try:
            for source in found:
                waiting.append((source, threads.submit(work, source)))
                if len(waiting) > _UNDER_WAY:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            for _, future in waiting:
                future.cancel()
