"""Text that runs down a column and goes on over as many sheets as it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from samples.faces import face
from samples.page import Sheet, wrapped
from samples.papers.look import Look
from samples.papers.shade import shade
from samples.prose import Prose, parse


@dataclass(frozen=True, slots=True)
class Column:
    """Where text may stand on a sheet; points."""

    sheet: Sheet
    box: Box


class Flow:
    """A place to write that moves down, and to the next column when this one is full. `y` is where the next line's
    room begins.
    """

    def __init__(self, first: Column, *, turn: Callable[[int], Column], look: Look) -> None:
        """Start at the top of `first`; `turn` opens the column of a page, pages being counted from 1."""
        self.look = look
        self.page = 1
        self._turn = turn
        self._enter(first)

    @property
    def baseline(self) -> float:
        """Where a line of the look's size stands whose room begins at `y`."""
        return self.y + 0.8 * self.look.leading

    def next(self) -> None:
        """Go on in the next column."""
        self.page += 1
        self._enter(self._turn(self.page))

    def need(self, height: float) -> None:
        """Go on in the next column unless `height` points are left in this one."""
        if self.y + height > self.box.bottom and not self.fresh:
            self.next()

    def paragraph(
        self,
        text: str,
        *,
        lead: str = "",
        indent: float = 0.0,
        after: float = 5.0,
    ) -> None:
        """Write running text whose marks tell what it states; `lead` stands before it in bold, `indent` moves it in.

        A mark is kept on one sheet where that is possible. New lines in the text begin new lines on the page.
        """
        for part in text.split("\n"):
            self._run(parse(part), lead, indent)
            lead = ""
        self.y += after

    def heading(self, text: str) -> None:
        """Write a heading; it is kept together with the lines that follow."""
        look = self.look
        text = text.upper() if look.capitals else text
        self.need(look.leading * 3.5)
        if look.heading == "band":
            shade(self.sheet, Box(self.x, self.y, self.x + self.width, self.y + look.leading + 1))
        self.sheet.text(
            self.x + (3 if look.heading == "band" else 0), self.baseline, text, font=look.bold, size=look.label
        )
        if look.heading == "underlined":
            end = self.x + stringWidth(text, look.bold, look.label)
            self.sheet.line(self.x, self.baseline + 2.2, end, self.baseline + 2.2, weight=0.6)
        if look.heading == "ruled":
            self.sheet.line(self.x, self.baseline + 3, self.x + self.width, self.baseline + 3, weight=0.5)
        self.y += look.leading + (3 if look.heading in {"band", "ruled", "underlined"} else 0.5)

    def section(self, heading: str, text: str) -> None:
        """Write a heading and what stands under it."""
        if self.look.heading == "run-in":
            self.need(self.look.leading * 2)
            self.paragraph(text, lead=f"{heading.upper()}:")
        else:
            self.heading(heading)
            self.paragraph(text, indent=3 if self.look.heading == "band" else 0)

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Write labelled lines, the first and second, the third and fourth side by side where both are short."""
        for start in range(0, len(facts), 2):
            pair = facts[start : start + 2]
            if len(pair) == 2 and all(self._wide(*fact) < self.width / 2 - 14 for fact in pair):
                self.need(self.look.leading)
                for fact, x in zip(pair, (self.x, self.x + self.width / 2), strict=True):
                    self._fact(x, fact)
                self.y += self.look.leading
                continue
            for label, text in pair:
                self.paragraph(text, lead=f"{label}:", after=0)
        self.y += 5 if facts else 0

    def _enter(self, column: Column) -> None:
        self.sheet, self.box = column.sheet, column.box
        self.x, self.width = column.box.x0, column.box.width
        self.y, self.fresh = column.box.top, True

    def _wide(self, label: str, text: str) -> float:
        plain = parse(text).plain
        return stringWidth(f"{label}: ", self.look.bold, self.look.label) + stringWidth(
            plain, face(self.look.font), self.look.size
        )

    def _fact(self, x: float, fact: tuple[str, str]) -> None:
        label, text = fact
        self.sheet.text(x, self.baseline, f"{label}:", font=self.look.bold, size=self.look.label)
        x += stringWidth(f"{label}: ", self.look.bold, self.look.label)
        look = self.look
        self.sheet.paragraph(x, self.baseline, text, width=self.width, font=look.font, size=look.size, kind=look.kind)
        self.fresh = False

    def _run(self, prose: Prose, lead: str, indent: float) -> None:
        words, at = prose.plain.split(), 0
        font, size, leading, kind = face(self.look.font), self.look.size, self.look.leading, self.look.kind
        before = stringWidth(f"{lead} ", self.look.bold, self.look.label) if lead else 0.0
        while at < len(words) or lead:
            lines = wrapped(" ".join(words[at:]), self.width - indent, font=font, size=size, indent=before) or [""]
            count = self._fitting(lines, at, prose)
            if count == 0:
                self.next()
                continue
            if lead:
                self.sheet.text(self.x + indent, self.baseline, lead, font=self.look.bold, size=self.look.label)
            boxes: list[Box] = []
            for line in lines[:count]:
                boxes += self.sheet.text(self.x + indent + before, self.baseline, line, font=font, size=size, kind=kind)
                before, self.y, self.fresh = 0.0, self.y + leading, False
            self._tell(prose, at, boxes)
            at, lead = at + len(boxes), ""

    def _fitting(self, lines: Sequence[str], at: int, prose: Prose) -> int:
        """How many of the lines to write here, the first of which begins with word `at`; 0: begin the next column."""
        room = int((self.box.bottom - self.y) / self.look.leading + 0.01)
        if len(lines) <= room:
            return len(lines)
        starts = [at]
        for line in lines:
            starts.append(starts[-1] + len(line.split()))
        whole = [
            count
            for count in range(2, room + 1)
            if not any(told.first < starts[count] <= told.last for told in prose.told)
        ]
        if whole:
            return whole[-1]
        return max(1, room) if self.fresh else 0

    def _tell(self, prose: Prose, at: int, boxes: Sequence[Box]) -> None:
        for told in prose.told:
            here = boxes[max(0, told.first - at) : max(0, told.last + 1 - at)]
            if here:
                self.sheet.tell(told, here, kind=self.look.kind)
