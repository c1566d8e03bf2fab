from __future__ import annotations

import datetime as dt
import json

import pytest

from models.geometry import Box
from models.truth import (
    Defect,
    FileTruth,
    PacketTruth,
    PageTruth,
    Paper,
    PlacedFact,
    PlacedMark,
    PlacedSignature,
    PlacedValue,
    PlacedWord,
)
from models.truth_json import dump, load

BOX = Box(10.25, 20, 30.5, 31.75)
PAGE = PageTruth(
    "prior-authorization-form",
    612.0,
    792.0,
    words=(PlacedWord("Mary", BOX, "value"),),
    values=(PlacedValue("/patient/name/full", "Mary Reed", "REED, MARY", (BOX, BOX), planted="second-patient"),),
    marks=(PlacedMark("Expedited", BOX, True, "/level_of_service", "urgent"), PlacedMark("No", BOX, False)),
    signatures=(PlacedSignature(BOX, "pen"),),
    facts=(PlacedFact("conservative-care", "failed", dt.date(2026, 8, 2), "eight weeks", (BOX,)),),
    turn=180,
    again=True,
)
PACKET = PacketTruth(
    "p001.tif",
    "boxed",
    "fax-204x98",
    "us",
    measuring=True,
    quality="hard",
    papers=(Paper("prior-authorization-form", request=True, dated_on=dt.date(2026, 9, 14), signed="signed"),
            Paper("blank", case=None)),
    files=(FileTruth("p001.tif", (PAGE, PageTruth("blank", 612.0, 792.0, paper=1)), absent=("/patient/phone",)),),
    defects=(Defect("second-patient", "a page of somebody else"),),
)  # fmt: skip


def test_a_packet_comes_back_as_it_was() -> None:
    assert load(json.loads(json.dumps(dump(PACKET)))) == PACKET


def test_what_belongs_to_no_case_stays_so() -> None:
    assert load(dump(PACKET)).papers[1].case is None


def test_boxes_are_four_sides_in_hundredths() -> None:
    packet = PacketTruth("a", "b", "c", "us", measuring=False, quality="light", papers=(), files=(
        FileTruth("a", (PageTruth("blank", 612.004, 792.0, words=(PlacedWord("x", Box(1.239, 2, 3, 4), "printed"),)),)),
    ))  # fmt: skip
    page = dump(packet)["files"][0]["pages"][0]  # type: ignore[index]
    assert page["words"] == [{"text": "x", "box": [1.24, 2, 3, 4], "kind": "printed"}]
    assert page["width"] == 612.0


def test_what_is_no_packet_is_refused_by_its_place() -> None:
    told = dump(PACKET)
    told["quality"] = "fair"
    with pytest.raises(ValueError, match="quality"):
        load(told)
