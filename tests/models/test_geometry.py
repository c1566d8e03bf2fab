"""Changes of frame, affine and projective, can be joined and undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.geometry import Affine, Box, Projective

PHOTO = Projective(1.1, 0.1, 20, -0.05, 0.9, 40, 0.0002, 0.0001, 1.0)
PLACES = st.floats(0, 800)


@given(PLACES, PLACES)
def test_a_projective_change_comes_back(x: float, y: float) -> None:
    assert PHOTO.inverse().point(*PHOTO.point(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(PLACES, PLACES)
def test_joining_is_doing_one_after_the_other(x: float, y: float) -> None:
    turn = Affine.turning(30).then(Affine.moving(5, 7))
    assert PHOTO.then(turn).point(x, y) == pytest.approx(turn.point(*PHOTO.point(x, y)), abs=1e-6)
    assert turn.then(PHOTO).point(x, y) == pytest.approx(PHOTO.point(*turn.point(x, y)), abs=1e-6)
    assert Projective.of(turn).point(x, y) == pytest.approx(turn.point(x, y))


def test_a_box_becomes_the_rectangle_around_its_corners() -> None:
    box = PHOTO.box(Box(100, 100, 200, 120))
    corners = [PHOTO.point(x, y) for x in (100, 200) for y in (100, 120)]
    assert box == Box(
        min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners)
    )


def test_a_flat_change_has_no_way_back() -> None:
    with pytest.raises(ValueError, match="no inverse"):
        Projective(1, 0, 0, 1, 0, 0, 0, 0, 1).inverse()
