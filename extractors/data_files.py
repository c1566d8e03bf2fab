"""The lists in extractors/data/: read once per process, checked against their types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import TypeAdapter

T = TypeVar("T")

_FOLDER = Path(__file__).parent / "data"


def load_data(name: str, kind: type[T]) -> T:
    """Read `data/<name>.yaml` as a value of `kind`; pydantic's ValidationError says where it is not one."""
    raw = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(kind).validate_json(json.dumps(raw))


def load_arrays(name: str) -> dict[str, NDArray[Any]]:
    """Read the arrays of `data/<name>.npz`; one that holds Python objects is refused (ValueError)."""
    with np.load(_FOLDER / f"{name}.npz", allow_pickle=False) as file:
        return {key: file[key] for key in file.files}
