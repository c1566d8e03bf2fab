"""A file's pages as they come out of the child; a child that dies costs the page it was reading.

Where the reader knows a more careful way, the page that it died on is first read once more in that way. A child that
was killed from outside costs nothing the first times.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from types import TracebackType
from typing import Self

from models.parsed import ParsedPage
from models.problem import DocumentError, FileCode, Problem
from sandbox.frames import BadFrame
from sandbox.limits import Limits
from sandbox.messages import BadMessage, Header, notes_of, page_count_of, page_of, pixels_announced
from sandbox.process import Child, ChildFailed, ChildKilled, Order, SealedBytes, code_of

_WHY = {
    FileCode.TOO_MANY_PIXELS: "it is larger than can be taken",
    FileCode.INFLATES_TOO_MUCH: "it unpacks to far more data than a page holds",
    FileCode.TIME_LIMIT: "it took too long",
    FileCode.MEMORY_LIMIT: "it needs more memory than is allowed",
}


class PageStream:
    """Yields every page of a file once and in order, whatever becomes of the children; a context manager."""

    def __init__(self, sealed: SealedBytes, order: Order, *, limits: Limits) -> None:
        """Nothing is started yet."""
        self._sealed = sealed
        self._order = order
        self._limits = limits
        self._child: Child | None = None
        self._ahead: deque[ParsedPage] = deque()
        self._next = order.first_page
        self._starts = 0
        self._careful = 0
        self._second_tries = 0
        self._killed = 0
        self._waited_s = 0.0
        self._over = False
        self.page_count = 0
        self.notes: tuple[str, ...] = ()

    @property
    def first(self) -> ParsedPage:
        """The first page that could be read (before any page was taken)."""
        return self._ahead[-1]

    def open(self) -> None:
        """Read up to the first readable page.

        Raises:
            DocumentError: there is none, with the code of what happened first.
        """
        try:
            self._first_start()
        except ChildFailed as failed:
            raise DocumentError(failed.code) from None
        first_code: FileCode | None = None
        while self._next <= self.page_count:
            page, code = self._read()
            self._ahead.append(page)
            if code is None:
                return
            first_code = first_code or code
        raise DocumentError(first_code or FileCode.DAMAGED)

    def __iter__(self) -> PageStream:
        return self

    def __next__(self) -> ParsedPage:
        if self._over:
            raise RuntimeError("the pages of a file must be used before the next file is asked for")
        if self._ahead:
            return self._ahead.popleft()
        if self._next > self.page_count:
            self._end_child()
            raise StopIteration
        return self._read()[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = bool(self._ahead) or self._next <= self.page_count
        self._end_child()

    def _read(self) -> tuple[ParsedPage, FileCode | None]:
        """The next page, or a damaged one and why."""
        number = self._next
        self._next += 1
        page, code = self._try(number)
        if code is FileCode.PARSER_CRASH and self._may_try_again():
            self._end_child()
            self._careful = number
            self._second_tries += 1
            page, code = self._try(number)
        return page, code

    def _may_try_again(self) -> bool:
        return self._order.reader.careful and self._second_tries < self._limits.restarts

    def _try(self, number: int) -> tuple[ParsedPage, FileCode | None]:
        try:
            if self._child is None:
                self._restart(number)
            return self._hear_page(number)
        except ChildFailed as failed:
            self._end_child()
            if self._not_its_fault(failed):
                return self._try(number)
            return _damaged(number, failed.code), failed.code

    def _first_start(self) -> None:
        try:
            self._start()
        except ChildFailed as failed:
            self._end_child()
            if not self._not_its_fault(failed):
                raise
            self._first_start()

    def _not_its_fault(self, failed: ChildFailed) -> bool:
        """Whether the child was killed from outside, and not too often for that to be chance."""
        if not isinstance(failed, ChildKilled) or self._killed >= self._limits.restarts:
            return False
        self._killed += 1
        return True

    def _hear_page(self, number: int) -> tuple[ParsedPage, FileCode | None]:
        child = self._child
        assert child is not None  # noqa: S101 - _read has started one
        header = child.hear(self._patience())
        try:
            if header.get("number") != number or header.get("is") not in ("page", "damaged"):
                raise BadMessage("not the page that was due")
            if header.get("is") == "damaged":
                code = code_of(header.get("code"))
                return _damaged(number, code), code
            return self._page(child, header), None
        except BadMessage as bad:
            raise child.failed(BadFrame(str(bad))) from None

    def _page(self, child: Child, header: Header) -> ParsedPage:
        announced = pixels_announced(header, self._limits)
        pixels = child.payload(header, announced, self._patience())
        return page_of(header, pixels, limits=self._limits)

    def _restart(self, number: int) -> None:
        """A new child for the rest of the file; ChildFailed when there were enough."""
        if self._starts - self._second_tries - self._killed > self._limits.restarts:
            raise ChildFailed(FileCode.PARSER_CRASH)
        self._start(number)

    def _start(self, number: int | None = None) -> None:
        self._starts += 1
        options = replace(self._order.options, careful=self._careful)
        order = replace(self._order, options=options, first_page=number or self._next)
        child = self._child = Child(self._sealed, order, limits=self._limits)
        child.expect("ready", self._patience())
        header = child.expect("document", self._patience())
        try:
            count, notes = page_count_of(header, self._limits), notes_of(header)
            if self.page_count not in (0, count):
                raise BadMessage("another number of pages than before")
        except BadMessage as bad:
            raise child.failed(BadFrame(str(bad))) from None
        self.page_count, self.notes = count, notes

    def _patience(self) -> float:
        """Seconds that the next message may take."""
        waited = self._waited_s + (self._child.frames.waited_s if self._child else 0.0)
        return max(0.0, min(self._limits.wall_s, self._limits.wall_for(self.page_count) - waited))

    def _end_child(self) -> None:
        if self._child is not None:
            self._waited_s += self._child.frames.waited_s
            self._child.close()
            self._child = None


def _damaged(number: int, code: FileCode) -> ParsedPage:
    why = _WHY.get(code, "it is damaged")
    problem = Problem(
        stage="parse",
        code=FileCode.DAMAGED_PARTLY.value,
        severity="error",
        page=number,
        message=f"Page {number} could not be read: {why}.",
    )
    return ParsedPage(number=number, width=612.0, height=792.0, raster=None, damaged=True, problems=(problem,))
