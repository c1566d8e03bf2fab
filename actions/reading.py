"""Reading the files of a submission: everything that is done before its pages are put into requests."""

from __future__ import annotations

import logging
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pipeline
import sandbox
from actions.means import Means
from actions.page_pool import Readers
from actions.pictures import PictureFolder
from actions.submissions import Arrival
from models.document import Page
from models.parsed import Envelope, ParsedFile, ParsedPage, RejectedFile
from models.problem import SENTENCES, FileCode, NotReady, WritingFailed
from models.reading import Reading
from models.received import SIDECAR
from models.request import Rejection
from models.result import DocumentResult
from sandbox.walls import NoWalls

_LOG = logging.getLogger(__name__)


class Bringer(Protocol):
    """Whatever has the files of a submission."""

    @property
    def name(self) -> str:
        """What the submission is called."""

    def arrivals(self, most: int) -> Iterator[Arrival]:
        """Its files one after the other; one of more than `most` bytes is only counted and hashed."""


def read_submission(
    source: Bringer,
    means: Means,
    *,
    readers: Readers,
    pictures: PictureFolder | None,
    turned: Callable[[], None],
    whole: bool = True,
) -> Reading:
    """Read all files of a submission; `turned` is called after each page, page images go to `pictures`.

    Where these are not the `whole` submission, nothing is said of what the others may explain: a record alone.
    """
    results: list[DocumentResult] = []
    rejected: list[Rejection] = []
    envelopes: list[Envelope] = []
    for arrival in source.arrivals(means.limits.file_bytes):
        if arrival.received is None:
            rejected.append(rejection(source, arrival, arrival.code or FileCode.NOTHING_READABLE))
            continue
        for leaf in sandbox.open_file(arrival.received, limits=means.limits):
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
            # A mail within a mail came to its forwarder; when it came here the outer one tells, or a server's record.
            if leaf.envelope is not None and (leaf.parent is None or leaf.media_type == SIDECAR):
                envelopes.append(leaf.envelope)
            results.append(_read_leaf(leaf, f"d{len(results) + 1}", results, readers, pictures, turned))
    if whole and not any(result.document.pages for result in results):
        rejected.extend(_said_nothing(source, results))
    return Reading(tuple(results), tuple(rejected), tuple(envelopes))


def all_rejected(source: Bringer, means: Means, fault: Exception) -> tuple[Rejection, ...]:
    """A fault of ours costs one submission: its files are listed, to be looked at by a person, and the rest goes on.

    Raises:
        NoWalls, NotReady, WritingFailed: it is not a fault of the submission: nothing more can be done here.
    """
    if isinstance(fault, NoWalls | NotReady | WritingFailed):
        raise fault
    # The message of a fault may quote a document and is left out.
    _LOG.error("A submission was stopped by %s in %s", type(fault).__name__, _where(fault))
    return tuple(
        rejection(source, arrival, FileCode.PARSER_CRASH) for arrival in source.arrivals(means.limits.file_bytes)
    )


def _said_nothing(source: Bringer, results: Sequence[DocumentResult]) -> Iterator[Rejection]:
    """Records of a fax server whose fax did not come: nothing else would tell of them."""
    for document in (result.document for result in results if result.document.media_type == SIDECAR):
        yield Rejection(
            submission=source.name,
            file=document.path,
            sha256=document.sha256,
            code=FileCode.NOTHING_READABLE.value,
            message=SENTENCES[FileCode.NOTHING_READABLE],
        )


def rejection(source: Bringer, arrival: Arrival, code: FileCode) -> Rejection:
    """A whole file of a submission; one that is gone has no sha256."""
    return Rejection(
        submission=source.name, file=arrival.path, sha256=arrival.sha256, code=code.value, message=SENTENCES[code]
    )


def _read_leaf(
    leaf: ParsedFile,
    identifier: str,
    earlier: Sequence[DocumentResult],
    readers: Readers,
    pictures: PictureFolder | None,
    turned: Callable[[], None],
) -> DocumentResult:
    """Read one document; one with the bytes of an earlier document is placed again, not extracted again."""

    def pages(parsed: Iterator[ParsedPage]) -> Iterator[Page]:
        for seen in readers.read(parsed, pictures=pictures is not None):
            if pictures is not None and seen.image is not None:
                pictures.add(identifier, seen.page.number, seen.image)
            turned()
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


def _where(fault: Exception) -> str:
    """File and line of a fault."""
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
