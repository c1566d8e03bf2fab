from __future__ import annotations

import pytest

from extractors.form.parties import is_place, names_both
from tests.extractors.forms import form, values


@pytest.mark.parametrize(
    ("name", "place"),
    [("Three Creeks Diagnostic Imaging", True), ("Mill Pond Community Hospital", True), ("Larkfield Oxygen", False)],
)
def test_places_are_known_by_their_names(name: str, place: bool) -> None:
    assert is_place(name) is place


def test_a_heading_may_ask_for_either() -> None:
    assert names_both("Service Provider or Facility")
    assert not names_both("Servicing Provider")


def test_a_place_below_such_a_heading_is_the_facility() -> None:
    lines = ["SERVICE PROVIDER OR FACILITY", "Name:", "Organization: Three Creeks Imaging", "NPI: 1234567893"]
    said = values(form(lines))
    assert said["facility.organization"] == "Three Creeks Imaging"
    assert said["facility.npi"] == "1234567893"


def test_where_the_page_asks_for_the_facility_apart_the_place_is_the_provider() -> None:
    lines = [
        "SERVICE PROVIDER OR FACILITY", "Name:", "Organization: Three Creeks Imaging", "NPI: 1234567893",
        "PLACE OF SERVICE", "Facility Name: Mill Pond Hospital",
    ]  # fmt: skip
    said = values(form(lines))
    assert said["servicing_provider.organization"] == "Three Creeks Imaging"
    assert said["facility.organization"] == "Mill Pond Hospital"


def test_who_attends_gives_the_service_where_another_requests() -> None:
    lines = ["Requesting Physician: Bo Example MD", "Attending Physician: Ann Sample MD"]
    said = values(form(lines))
    assert said["requesting_provider.name"] == "Bo Example MD"
    assert said["servicing_provider.name"] == "Ann Sample MD"
    alone = values(form(lines[1:]))
    assert alone["requesting_provider.name"] == "Ann Sample MD"
