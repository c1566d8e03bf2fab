"""ICD-10-CM as it comes with Dossier: the public tabular list inside the package simple-icd-10-cm (MIT).

The list is read off the package's data file directly: 0.7 s of CPU and 60 MB against 1.8 s and 200 MB for the package's
own tree of all codes (benchmarks/icd_linking.py). Seventh characters are put on when a code is looked up.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import importlib.metadata
import re
import xml.etree.ElementTree as ET  # the file is part of a pinned package, not of what anyone sends
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.code import CodeSystem
from models.code_table import CodeEntry

PACKAGE = "simple-icd-10-cm"
_TABULAR = re.compile(r"tabular-(?P<month>[A-Z][a-z]+)-(?P<day>\d+)-(?P<year>\d{4})\.xml$")
_LIST = re.compile(r"code-list-.*\.txt$")

Sevenths = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the tabular list; `children` are code texts, `sevenths` the seventh characters it takes, with words."""

    code: str
    title: str
    terms: tuple[str, ...]
    children: tuple[str, ...]
    sevenths: Sevenths = ()

    def extended(self, seventh: str) -> str:
        """The code with placeholders and this seventh character."""
        bare = self.code.replace(".", "").ljust(6, "X") + seventh
        return f"{bare[:3]}.{bare[3:]}"


@dataclass(frozen=True, slots=True)
class Icd10Cm:
    """The tabular list of one release. `nodes` by code with its dot; `excluded`: extended codes that do not exist."""

    release: str
    effective_on: dt.date
    nodes: Mapping[str, Node]
    excluded: frozenset[str]
    system: CodeSystem = "ICD-10-CM"

    def find(self, code: str) -> CodeEntry | None:
        """The entry of a code with its dot, seventh character and all."""
        node = self.nodes.get(code)
        if node is not None:
            return CodeEntry(code, node.title, not node.children and not node.sevenths, terms=node.terms)
        base = self.base(code)
        if base is None or code in self.excluded:
            return None
        return CodeEntry(code, f"{base.title}, {dict(base.sevenths)[code[-1]]}", terms=base.terms)

    def base(self, code: str) -> Node | None:
        """The line that a code stands on, without its seventh character; None for what is no code."""
        node = self.nodes.get(code)
        if node is not None or len(code) != 8:
            return node
        stem = code[:7]
        while stem and stem not in self.nodes:
            if stem[-1] not in "X.":
                return None
            stem = stem[:-1]
        node = self.nodes.get(stem)
        fits = node is not None and any(seventh == code[7] for seventh, _ in node.sevenths)
        return node if fits and node is not None and node.extended(code[7]) == code else None

    def billable_under(self, code: str) -> tuple[str, ...]:
        """All codes at or below this one that may stand on a claim, in the order of the list."""
        return tuple(self._below(code))

    def _below(self, code: str) -> Iterator[str]:
        node = self.nodes.get(code)
        if node is None:
            if self.find(code) is not None:
                yield code
            return
        if node.sevenths:
            extended = (node.extended(seventh) for seventh, _ in node.sevenths)
            yield from (known for known in extended if known not in self.excluded)
        elif not node.children:
            yield code
        for child in node.children:
            yield from self._below(child)


@functools.cache
def icd10cm() -> Icd10Cm:
    """The release that the installed package holds; read once a process.

    Raises:
        FileNotFoundError: the package holds no tabular list, or not under the name it has had so far.
    """
    tabular, confirmed = _files()
    stamp = _TABULAR.search(tabular.name)
    if stamp is None:
        raise FileNotFoundError(f"The tabular list of {PACKAGE} has an unknown name: {tabular.name}.")
    month = list(calendar.month_name).index(stamp["month"])
    effective = dt.date(int(stamp["year"]), month, int(stamp["day"]))
    nodes = {node.code: node for node in _nodes(tabular)}
    known = frozenset(confirmed.read_text(encoding="utf-8").split())
    extended = (node.extended(seventh) for node in nodes.values() for seventh, _ in node.sevenths)
    excluded = frozenset(code for code in extended if code.replace(".", "") not in known)
    return Icd10Cm(f"{stamp['month']} {stamp['year']}", effective, nodes, excluded)


def _files() -> tuple[Path, Path]:
    """The package's tabular list and list of codes. Found by name: importing the package would load its own tree."""
    paths = [Path(str(file.locate())) for file in importlib.metadata.files(PACKAGE) or ()]
    tabular = next((path for path in paths if path.suffix == ".xml"), None)
    confirmed = next((path for path in paths if _LIST.search(path.name)), None)
    if tabular is None or confirmed is None:
        raise FileNotFoundError(f"The package {PACKAGE} holds no tabular list.")
    return tabular, confirmed


def _nodes(tabular: Path) -> Iterator[Node]:
    for _, element in ET.iterparse(tabular):  # noqa: S314 - see the import
        if element.tag == "section":
            for diagnosis in element.iterfind("diag"):
                yield from _walk(diagnosis, ())
            element.clear()


def _walk(element: ET.Element, inherited: Sevenths) -> Iterator[Node]:
    """A line and all below it; seventh characters are set for a whole branch and put on its last lines only."""
    extensions = element.findall("sevenChrDef/extension")
    sevenths = tuple((one.get("char", ""), one.text or "") for one in extensions) or inherited
    children = element.findall("diag")
    notes = (*element.iterfind("inclusionTerm/note"), *element.iterfind("includes/note"))
    yield Node(
        code=element.findtext("name", ""),
        title=element.findtext("desc", ""),
        terms=tuple(note.text for note in notes if note.text),
        children=tuple(child.findtext("name", "") for child in children),
        sevenths=() if children else sevenths,
    )
    for child in children:
        yield from _walk(child, sevenths)
