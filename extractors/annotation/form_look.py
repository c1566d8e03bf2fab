"""Whether a page looks like a form: labelled blanks among ruled lines and boxes to tick, whatever its title says."""

from __future__ import annotations

from extractors.form.labels import read_labels
from extractors.form.vocabulary import Meaning, vocabulary
from extractors.layout.runs import runs
from models.document import Page

_LABELS = 7
_RULES = 4
# Labels of what is asked for and of those who provide it. Ruled heads of notes have up to two of them, lists of drugs
# four, orders and tabular letters six; the sparsest second sheet of the samples' request forms has seven.
_ASKED, _FEW = 7, 5
_POINTS, _MOST = 0.9, 12.0
# Blanks that only a provider has; beside a letterhead's name, address and numbers they ask for nothing by themselves.
_PROVIDERS = frozenset({"npi", "tin", "dea", "specialty", "contact_name", "npi_tin", "dea_tin", "npi_dea"})


def form_points(page: Page) -> float:
    """Points 0..12 for a request form by its look alone; 0 for plain text and for pages with few labels or rules.

    A page that asks for little has half of them: it may be an order.
    """
    if len(page.rules) + len(page.checkboxes) < _RULES:
        return 0.0
    labels, _ = read_labels(runs(page), vocabulary())
    meanings = {label.meaning for label in labels if label.meaning.path != "ignore"}
    blanks = {(meaning.path, meaning.role, meaning.attribute) for meaning in meanings}
    asked = len({what for meaning in meanings if (what := _asked(meaning))})
    if len(blanks) < _LABELS or asked < _FEW:
        return 0.0
    points = min(_MOST, _POINTS * len(blanks))
    return points if asked >= _ASKED else points / 2


def _asked(meaning: Meaning) -> tuple[str | None, str | None] | None:
    """What a label asks for beyond the patient, the cover and the day, which the head of every note has, too."""
    path, role, attribute = meaning.path, meaning.role, meaning.attribute
    if path is not None:
        return None if path == "date" or path.startswith(("patient", "coverage")) else (path, None)
    if role is not None:
        return None if role == "patient" or meaning.general else (role, attribute)
    return (None, attribute) if attribute in _PROVIDERS else None
