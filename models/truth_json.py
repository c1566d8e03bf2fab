"""The truth about a packet as JSON: one object, boxes as [x0, top, x1, bottom] in hundredths of a point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from models.geometry import Box
from models.truth import PacketTruth

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_SIDES = ("x0", "top", "x1", "bottom")


def dump(packet: PacketTruth) -> dict[str, object]:
    """The packet as JSON values; what has its default value is left out where it is empty or None."""
    return _fields(packet)


def load(told: Mapping[str, object]) -> PacketTruth:
    """The packet that `dump` wrote; its numbers are rounded to hundredths.

    Raises:
        ValueError: the object is no packet; the message names the place.
    """
    return _adapter().validate_python(_placed(told))


@cache
def _adapter() -> TypeAdapter[PacketTruth]:
    return TypeAdapter(PacketTruth)


def _plain(value: object) -> object:
    if isinstance(value, Box):
        return [round(side, 2) for side in (value.x0, value.top, value.x1, value.bottom)]
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return round(value, 2) if isinstance(value, float) else value


def _fields(value: DataclassInstance) -> dict[str, object]:
    told = ((one, getattr(value, one.name)) for one in fields(value))
    return {one.name: _plain(item) for one, item in told if not _missing(item, one.default)}


def _missing(value: object, default: object) -> bool:
    return value == default and (value is None or value == ())


def _placed(value: Any) -> Any:
    """The same with every box by its sides."""
    if isinstance(value, list):
        return [_placed(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    told = {key: _placed(item) for key, item in value.items()}
    if "box" in told:
        told["box"] = _sides(told["box"])
    if "boxes" in told:
        told["boxes"] = [_sides(box) for box in told["boxes"]]
    return told


def _sides(corners: Any) -> Any:
    return dict(zip(_SIDES, corners, strict=True)) if isinstance(corners, list) else corners
