"""Services that a letter lists in a table: a row of heads, and under them a row for each service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.annotation.lines import Line
from extractors.form.reader import read_form_page
from extractors.form.rows import read_cell, rows_of
from extractors.form.vocabulary import vocabulary
from extractors.normalize.codes import find_service_codes
from extractors.prose.said import Letter, Said
from models.document import Document
from models.geometry import Span

TABLED = 0.94

# What heads a column of codes.
_HEAD = re.compile(r"\b(?:cpt|hcpcs|codes?|procedures?|services?|items?)\b", re.IGNORECASE)


def read_table(document: Document, letter: Letter) -> Iterator[Said]:
    """The lines of the tables of a letter's pages that have a code, rows counted from 0."""
    at = 0
    for number in letter.part.pages:
        page = document.page(number)
        if page.plain is not None or not _tabular([line for line in letter.lines if line.page == number]):
            continue
        for row in read_form_page(page, vocabulary()).rows:
            readings = [one for column, runs in row.cells for one in read_cell(column.path, runs)]
            if not any(one.path == "service_lines.code" and one.value is not None for one in readings):
                continue
            for one in readings:
                if one.words and one.value is not None and one.path.startswith(("service_lines", "diagnoses")):
                    span = Span(one.words[0].span.start, one.words[-1].span.end)
                    yield Said(one.path, one.value, span, "table", TABLED, rows_of(one, at), repaired=one.repaired)
            at += 1


def _tabular(lines: list[Line]) -> bool:
    """Whether a line opens with a service code below one that could head its column."""
    coded = [line for line in lines if any(found[0] < 4 for found in find_service_codes(line.text))]
    heads = [line for line in lines if _HEAD.search(line.text) and len(line.words) <= _FEW]
    return bool(coded) and any(head.order < line.order for head in heads for line in coded)


# Words. A row of heads has no more.
_FEW = 14
