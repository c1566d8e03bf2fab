"""Whether a page looks like a form: labelled blanks among ruled lines and boxes to tick, whatever its title says."""

from __future__ import annotations

from extractors.form.labels import read_labels
from extractors.form.vocabulary import vocabulary
from extractors.layout.runs import runs
from models.document import Page

# A note's or letter's head has up to six labels (patient, date of birth, member id, date, phone, fax) and few rules;
# the sparsest request form of the samples has fourteen. benchmarks/quality.py prints the values of a form that is not
# known as one as missed.
_LABELS = 7
_RULES = 4
# Labels of anything but the patient: an order has up to six, the sparsest request form of the samples eight.
_MORE = 8
_POINTS, _MOST = 0.9, 12.0


def form_points(page: Page) -> float:
    """Points 0..12 for a request form by its look alone; 0 for plain text and for pages with few labels or rules."""
    if len(page.rules) + len(page.checkboxes) < _RULES:
        return 0.0
    labels, _ = read_labels(runs(page), vocabulary())
    asked = {
        (label.meaning.path, label.meaning.role, label.meaning.attribute)
        for label in labels
        if label.meaning.path != "ignore"
    }
    more = sum(not _of_the_patient(path, role, attribute) for path, role, attribute in asked)
    return min(_MOST, _POINTS * len(asked)) if len(asked) >= _LABELS and more >= _MORE else 0.0


def _of_the_patient(path: str | None, role: str | None, attribute: str | None) -> bool:
    """Whether a label says who the patient is, as the head of every note does."""
    bare = path is None and role is None and attribute is None
    return bare or role == "patient" or (path or "").startswith(("patient", "coverage"))
