"""The main job: files in, requests out. Every page ends in a request, is held, or its file is rejected."""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pipeline
import sandbox
from actions.conservation import check_conservation
from actions.machine import check_machine
from actions.means import Means
from actions.page_pool import PagePool, Readers
from actions.pictures import PictureFolder
from actions.reception import receipt_of
from actions.submissions import Source, sources
from emit.format import Format
from models.document import Page
from models.page_image import PageImages
from models.parsed import MailEnvelope, ParsedFile, ParsedPage, RejectedFile
from models.problem import SENTENCES, FileCode, NotReady, UsageError
from models.received import ReceivedFile
from models.request import Rejection
from models.result import Assembly, DocumentResult, Submission
from pipeline import Context
from sandbox.walls import NoWalls

# Submissions under way at a time: while one is understood and written, the pages of the next keep the readers busy.
_UNDER_WAY = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be processed, and how."""

    paths: tuple[Path, ...]
    out: Path
    each: bool
    context: Context
    formats: tuple[Format, ...]
    received_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one submission; `failed` by a fault of the program."""

    assembly: Assembly
    rejected: tuple[Rejection, ...]
    pages: int
    failed: bool = False


_LOG = logging.getLogger(__name__)
Progress = Callable[[Source, Outcome], None]


def process(order: Order, means: Means, *, now: dt.datetime, progress: Progress) -> tuple[Outcome, ...]:
    """Process all submissions and write their results, in the order of the paths; `progress` hears of each as it ends.

    Raises:
        UsageError: a path is missing, or the output folder is not empty.
        NoWalls, NotReady: this machine cannot open files safely, or cannot read them; nothing is processed.
    """
    found = sources(order.paths, each=order.each)
    if order.out.exists() and not order.out.is_dir():
        raise UsageError(f"{order.out} is a file. Give an empty or new folder for the results.")
    if order.out.exists() and any(order.out.iterdir()):
        raise UsageError(f"The folder {order.out} is not empty. Give an empty or new folder for the results.")
    try:
        order.out.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise UsageError(f"The folder {order.out} cannot be made ({failure.strerror}). Give another one.") from None
    check_machine(means)
    outcomes = []
    with PagePool(means.tessdata, means.jobs) as readers, ExitStack() as files:
        sheets = {
            name: files.enter_context((order.out / f"{name}.jsonl").open("w", encoding="utf-8"))
            for name in ("requests", "held", "rejected")
        }
        for source, outcome in _in_order(found, lambda source: _guarded(source, order, means, readers, now)):
            for name, values in (
                ("requests", outcome.assembly.requests),
                ("held", outcome.assembly.held),
                ("rejected", outcome.rejected),
            ):
                sheets[name].writelines(value.model_dump_json(by_alias=True) + "\n" for value in values)
                sheets[name].flush()
            progress(source, outcome)
            outcomes.append(outcome)
    return tuple(outcomes)


def _in_order(found: Sequence[Source], work: Callable[[Source], Outcome]) -> Iterator[tuple[Source, Outcome]]:
    with ThreadPoolExecutor(_UNDER_WAY) as threads:
        yield from zip(found, threads.map(work, found), strict=True)


def _guarded(source: Source, order: Order, means: Means, readers: Readers, now: dt.datetime) -> Outcome:
    """A fault of ours costs one submission: its files are listed as rejected, to be looked at, and the rest goes on.

    A page that would be lost (ConservationError) is such a fault, too. A machine without walls or engine stops the run.
    """
    try:
        return _process_one(source, order, means, readers, now)
    except (NoWalls, NotReady):
        raise
    except Exception as fault:  # noqa: BLE001 - whatever is wrong with one submission, the others go on
        _LOG.error("A submission was stopped by %s in %s", type(fault).__name__, _where(fault))
        lost = tuple(_lost(source, path, received, FileCode.PARSER_CRASH) for path, received in source.received())
        return Outcome(Assembly((), ()), lost, 0, failed=True)


def _lost(source: Source, path: str, received: ReceivedFile | None, code: FileCode) -> Rejection:
    """A whole file of a submission; without its bytes it has no sha256."""
    sha256 = received.sha256 if received is not None else ""
    return Rejection(submission=source.name, file=path, sha256=sha256, code=code.value, message=SENTENCES[code])


def _where(fault: Exception) -> str:
    """File and line of a fault; its message may quote a document and is left out."""
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"


def _process_one(source: Source, order: Order, means: Means, readers: Readers, now: dt.datetime) -> Outcome:
    """One submission, from its files to its written requests."""
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        images = PictureFolder(Path(folder))
        results, rejected, envelopes = _read_files(source, order, means, readers, images)
        payer = order.context.payer
        receipt = receipt_of(
            source.name, envelopes, stated=order.received_at, now=now, zone=payer.zone if payer else None
        )
        assembly = Assembly((), ())
        if any(result.document.pages for result in results):
            assembly = pipeline.assemble_requests(Submission(receipt, tuple(results), tuple(rejected)), order.context)
        check_conservation(results, assembly)
        _write(assembly, order, images)
        return Outcome(assembly, tuple(rejected), sum(len(result.document.pages) for result in results))


def _read_files(
    source: Source, order: Order, means: Means, readers: Readers, images: PictureFolder
) -> tuple[list[DocumentResult], list[Rejection], list[MailEnvelope]]:
    results: list[DocumentResult] = []
    rejected: list[Rejection] = []
    envelopes: list[MailEnvelope] = []
    pictures = images if any(chosen.name == "html" for chosen in order.formats) else None
    for path, received in source.received():
        if received is None:
            rejected.append(_lost(source, path, received, FileCode.NOTHING_READABLE))
            continue
        for leaf in _leaves(received, means):
            if isinstance(leaf, RejectedFile):
                rejected.append(
                    Rejection(
                        submission=source.name,
                        file=leaf.path,
                        sha256=leaf.sha256,
                        code=leaf.code.value,
                        message=leaf.message,
                    )
                )
                continue
            # A mail within a mail came to its forwarder; only the outer one tells when it came here.
            if leaf.envelope is not None and leaf.parent is None:
                envelopes.append(leaf.envelope)
            results.append(_read_leaf(leaf, f"d{len(results) + 1}", results, readers, pictures))
    return results, rejected, envelopes


def _leaves(received: ReceivedFile, means: Means) -> Iterator[ParsedFile | RejectedFile]:
    return sandbox.open_file(received, limits=means.limits)


def _read_leaf(
    leaf: ParsedFile,
    identifier: str,
    earlier: Sequence[DocumentResult],
    readers: Readers,
    pictures: PictureFolder | None,
) -> DocumentResult:
    """Read one document; one with the bytes of an earlier document is placed again, not extracted again."""

    def pages(parsed: Iterator[ParsedPage]) -> Iterator[Page]:
        for seen in readers.read(parsed, pictures=pictures is not None):
            if pictures is not None and seen.image is not None:
                pictures.add(identifier, seen.page.number, seen.image)
            yield seen.page

    twin = next((result for result in earlier if result.document.sha256 == leaf.sha256 and result.document.pages), None)
    if twin is not None and len(twin.document.pages) == leaf.page_count:
        deque(leaf.pages, maxlen=0)
        return _again(twin, leaf, identifier, pictures)
    document = pipeline.read(leaf, identifier, pages)
    return readers.understand(document)


def _again(twin: DocumentResult, leaf: ParsedFile, identifier: str, pictures: PictureFolder | None) -> DocumentResult:
    """The result of the same bytes under another name."""
    document = replace(
        twin.document, id=identifier, path=leaf.path, filename=leaf.filename, parent=leaf.parent, problems=()
    )
    if pictures is not None:
        for page in document.pages:
            if (twin.document.id, page.number) in pictures:
                pictures.add(identifier, page.number, pictures[twin.document.id, page.number])
    return replace(twin, document=document, mentions=(), problems=(), duplicate_of=twin.document.id)


def _write(assembly: Assembly, order: Order, images: PageImages) -> None:
    for request in assembly.requests:
        folder = order.out / request.id
        folder.mkdir(exist_ok=True)
        for chosen in order.formats:
            (folder / f"{chosen.name}.{chosen.extension}").write_bytes(chosen.run(request, images))
