"""Form fields and typed notes of a page made by a program: what they hold counts only where the page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intake.layer_check import Checked, Sight, shows_ink
from intake.likeness import folded, has_figures, likeness
from models.document import HiddenWord
from models.geometry import Box
from models.parsed import Annotation, FormFieldValue

# Likeness 0..1 below which what is drawn in a field is not what it holds; formats ("2026-09-12", "09/12/2026") and
# text that is cut off keep more. Set by hand: benchmarks/text_layers.py prints the false alarms on filled forms.
_OTHER = 0.4


def checked_fields(
    fields: Sequence[FormFieldValue], checked: Checked, sight: Sight
) -> tuple[tuple[FormFieldValue, ...], tuple[HiddenWord, ...]]:
    """The fields, their values taken out where nothing is drawn in them, and values that are not what is drawn."""
    kept, hidden = [], list[HiddenWord]()
    for field in fields:
        if field.kind not in ("text", "choice") or not field.value.strip():
            kept.append(field)
            continue
        drawn = _drawn(field.box, checked)
        inside = field.box.grown(-min(2.0, field.box.height / 4, field.box.width / 4))
        unseen = not drawn and not shows_ink(sight, inside)
        gone = any(field.box.covers(*word.box.middle) for word in checked.hidden)
        if unseen or (not drawn and gone):
            kept.append(replace(field, value=""))
            hidden += [] if gone else [HiddenWord(text, field.box, "invisible") for text in field.value.split()]
            continue
        kept.append(field)
        if field.kind == "text" and drawn and _other(field.value, drawn):
            hidden += [HiddenWord(text, field.box, "unlike") for text in field.value.split()]
    return tuple(kept), tuple(hidden)


def checked_notes(
    annotations: Sequence[Annotation], checked: Checked, sight: Sight
) -> tuple[tuple[Annotation, ...], tuple[HiddenWord, ...]]:
    """Typed notes whose words are to be read from their picture, and words of notes that are not what is drawn."""
    notes, hidden = [], list[HiddenWord]()
    for note in annotations:
        if note.kind != "freetext" or not note.text.strip():
            continue
        drawn = _drawn(note.box.grown(1), checked)
        if all(token in drawn.split() for token in note.text.split()):
            continue
        if drawn and likeness(folded(note.text), folded(drawn)) >= _OTHER and not _other(note.text, drawn):
            continue
        if drawn or not shows_ink(sight, note.box):
            hidden += [HiddenWord(text, note.box, "invisible") for text in note.text.split()]
        else:
            notes.append(note)
    return tuple(notes), tuple(hidden)


def _drawn(box: Box, checked: Checked) -> str:
    """The words of the layer that stand in a box and can be seen."""
    return " ".join(word.text for word in checked.standing if box.covers(*word.box.middle))


def _other(held: str, drawn: str) -> bool:
    """Whether a field holds something else than what is drawn in it, its format and a part cut off aside."""
    one, other = folded(held), folded(drawn)
    if not one or not other or one in other or other in one:
        return False
    if has_figures(held) and has_figures(drawn):
        return sorted(c for c in held if c.isdigit()) != sorted(c for c in drawn if c.isdigit())
    return likeness(one, other) < _OTHER
