from __future__ import annotations

import pytest

from extractors.form.labels import Label
from extractors.form.sections import Heading, Sections
from extractors.form.targets import Target, target_of
from extractors.form.vocabulary import vocabulary
from models.geometry import Box


def target(text: str, section: str | None = None, before: str | None = None) -> Target:
    meaning = vocabulary().label(text)
    assert meaning is not None, text
    headings = (Heading(section, Box(0, 0, 100, 10), 0, 600),) if section else ()
    return target_of(Label(meaning, text, Box(10, 20, 50, 30), 1.0), Sections(headings), before)


@pytest.mark.parametrize(
    ("text", "section", "before", "path"),
    [
        ("Patient Name", None, None, "patient.name"),
        ("Name", "patient", None, "patient.name"),
        ("Name", "requesting_provider", None, "requesting_provider.name"),
        ("NPI", None, None, "requesting_provider.npi"),
        ("NPI", "facility", None, "facility.npi"),
        ("NPI", None, "patient", "requesting_provider.npi"),
        ("Date of Birth", None, "requesting_provider", "patient.birth_date"),
        ("Date of Birth", "subscriber", None, "coverage.subscriber.birth_date"),
        ("Phone", None, "servicing_provider", "servicing_provider.phone"),
        ("Provider Name", "servicing_provider", None, "servicing_provider.name"),
        ("Patient Name", "requesting_provider", None, "patient.name"),
        ("Facility Name", "servicing_provider", None, "servicing_provider.organization"),
        ("Member ID", "requesting_provider", None, "coverage.member_id"),
        ("City", "patient", None, "patient.address.city"),
        ("Date of request", None, None, "submitted_on"),
    ],
)
def test_whose_leaf_a_label_fills(text: str, section: str | None, before: str | None, path: str) -> None:
    assert target(text, section, before).path == path


@pytest.mark.parametrize(
    ("text", "section"), [("Name", None), ("Phone", None), ("Phone", "pharmacy"), ("NPI", "pharmacy")]
)
def test_where_the_page_does_not_tell_nothing_is_filled(text: str, section: str | None) -> None:
    assert target(text, section) == Target("", "ignore")
