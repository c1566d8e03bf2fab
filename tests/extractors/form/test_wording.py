from __future__ import annotations

import pytest

from extractors.form.wording import Wording, caption_of, heading_of


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("member number, as on the card", "coverage.member_id"),
        ("Plan ID on card", "coverage.member_id"),
        ("number of the earlier authorization", "references.previous_authorization_number"),
        ("Reference no. of the earlier approval", "references.previous_authorization_number"),
        ("date on which this request was sent", None),
        ("Valid through", "service_lines.end_on"),
        ("what is asked for", "service_lines.text"),
        ("L / R / B", "service_lines.laterality"),
        ("Visits take place at (if not the office)", "facility.organization"),
        ("UR department fax", "fax"),
        ("Why is it urgent?", "urgency_reason"),
        ("Name, typed or printed", "name"),
        ("visits already used", None),
        ("Issuer Phone #", "ignore"),
        ("case number", None),
    ],
)
def test_a_caption_is_known_by_its_words(text: str, asked: str | None) -> None:
    found = caption_of(text)
    assert (found.asked if found else None) == asked


@pytest.mark.parametrize(
    "text",
    [
        "PRIOR AUTHORIZATION REQUEST", "Lumbar spine", "Low back pain", "Physical therapy", "Total knee replacement",
        "Emeka Example, MD", "Example Medical Associates", "Outpatient hospital", "Who will give the service",
    ],
)  # fmt: skip
def test_what_somebody_wrote_and_titles_are_none(text: str) -> None:
    assert caption_of(text) is None


def test_a_caption_may_say_of_whom_it_speaks() -> None:
    assert caption_of("physician who ordered, if another") == Wording("name", "ordering_provider")
    assert caption_of("Attending physician, if another") == Wording("name", "attending")
    assert caption_of("provider, with credential") == Wording("name", "requesting_provider", general=True)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("ASKED FOR BY", "requesting_provider"),
        ("REFERRED BY (primary care)", "requesting_provider"),
        ("TO BE GIVEN BY", "servicing_provider"),
        ("Who will give the service", "servicing_provider"),
        ("REFERRED TO (specialist)", "servicing_provider"),
        ("ADMITTING FACILITY", "facility"),
        ("DIAGNOSIS OR REASON FOR REFERRAL", "diagnosis"),
        ("SERVICES REFERRED FOR", "service"),
        ("EXAMPLE HOSPITAL", None),
    ],
)
def test_a_heading_is_known_by_its_words(text: str, role: str | None) -> None:
    assert heading_of(text) == role
