"""Reading pages and understanding documents on several cores, in processes that keep their engines.

A page whose process dies is tried once more alone; if it kills that one, too, it is marked as damaged and the rest
goes on.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

import pipeline
from actions.pictures import picture_of
from intake.page import Eyes, open_eyes, read_page
from models.annotations import Annotations, Part, PartType
from models.document import Document, Page
from models.page_image import PageImage
from models.parsed import ParsedPage
from models.problem import FileCode, Problem
from models.result import DocumentResult

T = TypeVar("T")

_WATCH_S = 2.0

# A fork of a process that runs threads may inherit a lock that nobody will open: later processes come from a server
# that runs none, and has everything loaded.
_LATER = "forkserver"


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page that was read and, where pictures are wanted, its image as received; `cpu_s` is what reading it took."""

    page: Page
    image: PageImage | None
    cpu_s: float = 0.0


class Readers(Protocol):
    """Whoever reads the pages of a run."""

    def read(self, pages: Iterator[ParsedPage], *, pictures: bool) -> Iterator[SeenPage]:
        """Read pages, in their order."""

    def understand(self, document: Document) -> DocumentResult:
        """Annotate and extract."""


class PagePool:
    """`jobs` processes that read pages; with 0 this process reads, and dies with a page. Use as a context manager.

    `cpu_s` sums the seconds of computing by stage, "read" and "understand".
    """

    def __init__(self, tessdata: Path, jobs: int) -> None:
        """Processes start at once, before the caller starts threads of its own, and so may be forks."""
        self.cpu_s: dict[str, float] = {}
        self._tessdata = tessdata
        self._jobs = jobs
        self._lock = threading.Lock()
        self._pool = self._start("fork") if jobs else None

    def __enter__(self) -> Self:
        """The pool itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let running pages end, then stop the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def read(self, pages: Iterator[ParsedPage], *, pictures: bool) -> Iterator[SeenPage]:
        """Read pages, in their order; at most two a process lie in memory at a time."""
        work = functools.partial(_read, str(self._tessdata), pictures)
        for seen in self._seen(pages, work):
            self._count("read", seen.cpu_s)
            yield seen

    def _seen(self, pages: Iterator[ParsedPage], work: Callable[[ParsedPage], SeenPage]) -> Iterator[SeenPage]:
        if self._pool is None:
            yield from (work(page) for page in pages)
            return
        waiting: deque[tuple[ParsedPage, Future[SeenPage]]] = deque()
        for page in pages:
            waiting.append((page, self._submit(work, page)))
            if len(waiting) > 2 * self._jobs:
                yield self._result(*waiting.popleft(), work=work)
        while waiting:
            yield self._result(*waiting.popleft(), work=work)

    def understand(self, document: Document) -> DocumentResult:
        """Annotate and extract in a process of the pool, if that dies in one alone; then its pages are kept unread."""
        result, cpu_s = self._understood(document)
        self._count("understand", cpu_s)
        return result

    def _understood(self, document: Document) -> tuple[DocumentResult, float]:
        if self._pool is None:
            return _understand(document)
        try:
            return self._submit(_understand, document).result()
        except BrokenProcessPool:
            self._renew()
        try:
            with ProcessPoolExecutor(1, mp_context=_context(_LATER)) as alone:
                return alone.submit(_understand, document).result()
        except BrokenProcessPool:
            return _not_understood(document), 0.0

    def _count(self, stage: str, cpu_s: float) -> None:
        with self._lock:
            self.cpu_s[stage] = self.cpu_s.get(stage, 0.0) + cpu_s

    def _result(
        self, page: ParsedPage, future: Future[SeenPage], *, work: Callable[[ParsedPage], SeenPage]
    ) -> SeenPage:
        try:
            return future.result()
        except BrokenProcessPool:
            self._renew()
        try:
            with ProcessPoolExecutor(1, mp_context=_context(_LATER)) as alone:
                return alone.submit(work, page).result()
        except BrokenProcessPool:
            return SeenPage(_lost(page, "ended the process that did it"), None)

    def _submit(self, work: Callable[[Any], T], value: object) -> Future[T]:
        with self._lock:
            if self._pool is None:
                raise RuntimeError("this pool reads in its own process")
            try:
                return self._pool.submit(work, value)
            except BrokenProcessPool:
                self._pool = self._start(_LATER)
                return self._pool.submit(work, value)

    def _renew(self) -> None:
        with self._lock:
            if self._pool is not None and self._pool._broken:  # noqa: SLF001 - there is no public way to ask
                self._pool = self._start(_LATER)

    def _start(self, method: str) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(
            self._jobs, mp_context=_context(method), initializer=_end_with, initargs=(os.getpid(),)
        )
        for started in [pool.submit(_ready) for _ in range(self._jobs)]:
            started.result()
        return pool


def _context(method: str) -> multiprocessing.context.BaseContext:
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload([__name__])
    return context


def _end_with(parent: int) -> None:
    """Let this process end when its parent does, however that ends: a thread looks every few seconds."""

    def watch() -> None:
        while Path(f"/proc/{parent}").exists():
            time.sleep(_WATCH_S)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def _ready() -> bool:
    return True


@functools.lru_cache(maxsize=1)
def _eyes(tessdata: str) -> Eyes:
    return open_eyes(Path(tessdata))


def _read(tessdata: str, pictures: bool, page: ParsedPage) -> SeenPage:
    eyes, started = _eyes(tessdata), time.process_time()
    try:
        seen = read_page(page, eyes)
    except Exception as fault:  # noqa: BLE001 - a fault of ours costs the page it happens on, not the document
        return SeenPage(_lost(page, f"stopped with {type(fault).__name__}"), None)
    cpu_s = time.process_time() - started
    if not pictures:
        return SeenPage(seen, None, cpu_s)
    hidden = [seen.received(word.box) for card in seen.payment_words() for word in card if word.box is not None]
    return SeenPage(seen, picture_of(page, seen.rotation, hidden=hidden), cpu_s)


def _understand(document: Document) -> tuple[DocumentResult, float]:
    started = time.process_time()
    return pipeline.understand(document), time.process_time() - started


def _not_understood(document: Document) -> DocumentResult:
    """A document that ends every process that looks into it: all its pages are kept, as one part of no known type."""
    problem = Problem(
        stage="extract",
        code="understanding-died",
        severity="error",
        document=document.id,
        message="Looking into this document ended the program; its pages are kept and a person must read them.",
    )
    pages = tuple(page.number for page in document.pages)
    part = Part(type=PartType.OTHER, pages=pages, title=None, confidence=0.0)
    return DocumentResult(document, Annotations(parts=(part,) if pages else ()), (), (problem,))


def _lost(page: ParsedPage, how: str) -> Page:
    """A page that was received and could not be read by us: kept, with a problem that does not blame its sender."""
    problem = Problem(
        stage="read",
        code=FileCode.DAMAGED_PARTLY.value,
        severity="error",
        page=page.number,
        message=f"Reading this page {how}, a fault of the program; the page is kept and a person must read it.",
    )
    return Page(page.number, page.width, page.height, "ocr", damaged=True, problems=(*page.problems, problem))
