from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from actions.chart import bars, reliability, svg
from scoring.confidence import Bin


def circles(drawing: str) -> list[tuple[float, float, float]]:
    found = ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}circle")  # noqa: S314 - drawn by us
    return [(float(one.attrib["cx"]), float(one.attrib["cy"]), float(one.attrib["r"])) for one in found]


def test_what_claims_as_much_as_is_right_lies_on_the_line() -> None:
    curve = (Bin(0.7, 0.8, 100, 75, 0.75), Bin(0.96, 0.98, 50, 40, 0.97))
    honest, proud = circles(svg([reliability(curve)], width=400, height=390))
    assert abs((honest[0] - 56) / 300 - (334 - honest[1]) / 300) < 1e-3
    assert (334 - proud[1]) / 300 < (proud[0] - 56) / 300
    assert honest[2] > proud[2]


def test_bars_are_as_long_as_their_share_and_their_names_are_escaped() -> None:
    drawing = svg([bars([("a<b", 0.5, False), ("none", None, True)], title="F1")], width=400, height=100)
    ET.fromstring(drawing)  # noqa: S314 - drawn by us
    assert re.findall(r'<rect x="138" y="\d+" width="([\d.]+)"', drawing) == ["100.0"]
    assert "a&lt;b" in drawing
