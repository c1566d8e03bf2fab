from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from samples.envelope import STYLES, Sending, Style, header_line, sidecar, stamped

AT = dt.datetime(2026, 9, 14, 14, 3, 15, tzinfo=dt.UTC)
SENDING = Sending("A & B Clinic", "2165550192", "8005550100", AT, 5)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
def test_a_line_is_written_over_the_edge_alone(style: Style, dpi_y: float) -> None:
    page = np.full((round(11 * dpi_y), 1728), 255, np.uint8)
    made = stamped(page, header_line(style, SENDING, 2), dpi=(204.0, dpi_y), style=style)
    assert set(np.unique(made)) == {0, 255}
    rows = np.flatnonzero((made == 0).any(axis=1))
    assert rows.max() / dpi_y * 72 < 20
    assert (page == 255).all()


def test_there_are_a_dozen_makers_and_their_names_differ() -> None:
    assert len({style.name for style in STYLES}) == len(STYLES) >= 12


def test_a_sidecar_escapes_what_it_tells() -> None:
    content = sidecar(SENDING, kind="xml", received_at=AT)
    assert b"<CSID>A &amp; B CLINIC</CSID>" in content
    assert b"2026-09-14T14:03:15" in sidecar(SENDING, kind="ini", received_at=AT)
