"""The line that a sending machine writes over the top edge of a fax: it is nobody's answer to anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.runs import Run
from models.document import Page

# Sending machines write within the topmost quarter of an inch (ITU-T T.30 leaves the place to the maker); a form's own
# first line is rarely so high.
_TOP = 26.0
_SIGNS = re.compile(
    r"\bfax\b|\bfrom\s*:|\bto\s*:|\bpage\s*\d|\bp\.?\s?\d{1,3}\s?/|\d{1,3}\s*(?:/|of)\s*\d{1,3}\s*$|\d{1,2}:\d{2}|\d{3}.?\d{3}.?\d{4}",
    re.IGNORECASE,
)


def without_fax_header(page: Page, runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs without those of a scanned page's fax header: its topmost line, if two signs or more speak for one."""
    if page.source in ("text_layer", "form_field", "plain"):
        return tuple(runs)
    top = [run for run in runs if run.box.bottom < _TOP]
    text = " ".join(run.text for run in top)
    return tuple(run for run in runs if run not in top) if len(_SIGNS.findall(text)) >= 2 else tuple(runs)
