from __future__ import annotations

import datetime as dt

from models.code import Code
from tests.extractors.forms import At, fields, form, underline, values

HEADS = (
    At("Procedure", 36, 100), At("Service", 170, 100), At("Dates", 395, 100),
    At("code", 36, 110), At("Mod", 110, 110), At("description", 170, 110), At("Units", 350, 110),
    At("From", 395, 110), At("Through", 485, 110),
)  # fmt: skip
FIRST = (
    At("97110", 36, 130), At("GP", 110, 130), At("Exercises", 170, 130), At("16", 350, 130),
    At("08/03/2026", 395, 130), At("09/14/2026", 485, 130),
)  # fmt: skip


def test_rows_below_heads_of_two_lines_are_read_without_any_rule() -> None:
    said = values(form([*HEADS, *FIRST, At("97140", 36, 146), At("Manual", 170, 146), At("8", 350, 146)]))
    assert said["service_lines.code.0"] == Code(system="CPT", code="97110")
    assert said["service_lines.modifiers.0.0"] == "GP"
    assert said["service_lines.text.1"] == "Manual"
    assert said["service_lines.quantity.value.1"] == "8"
    assert said["service_lines.start_on.0"] == dt.date(2026, 8, 3)
    assert said["service_lines.end_on.0"] == dt.date(2026, 9, 14)


def test_a_text_that_goes_on_below_belongs_to_its_row() -> None:
    said = values(form([*HEADS, *FIRST, At("of the knee", 170, 141)]))
    assert said["service_lines.text.0"] == "Exercises of the knee"


def test_words_below_heads_that_hold_no_code_are_no_row() -> None:
    found = fields(form([*HEADS, At("Send the notes", 36, 130), At("with it", 170, 130)]))
    assert not [one for one in found.values() if one.provenance.rule == "table"]


def test_captions_right_below_lines_are_no_heads() -> None:
    lines = (underline(36, 98, 80), underline(150, 98, 300))
    captions = (At("CPT code", 36, 100, 6), At("service", 150, 100, 6))
    said = values(form([At("97110", 38, 87), *captions, At("97140", 38, 112)], rules=lines))
    assert Code(system="CPT", code="97140") not in said.values()
