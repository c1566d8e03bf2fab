"""Examine the machine: what the work needs, whether it is here, and what to do where it is not."""

from __future__ import annotations

import platform
import shutil
import sys
from dataclasses import dataclass

import sandbox
from actions.means import Means
from intake.engines import ENGINES
from intake.ocr import EngineMissing

_NO_OFFICE = (
    "Word, RTF and OpenDocument files are refused: apt-get install bubblewrap libreoffice-writer-nogui "
    "fonts-liberation fonts-crosextra-carlito"
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `detail` says what was found, or what to do."""

    name: str
    ok: bool
    detail: str


def examine(means: Means) -> tuple[Check, ...]:
    """Look at everything `process` needs on this machine."""
    return (_python(), *_engines(means), _traineddata(means), *_walls())


def _python() -> Check:
    ok = (3, 11) <= sys.version_info[:2] <= (3, 12)
    return Check("python", ok, platform.python_version() + ("" if ok else ": use Python 3.11 or 3.12"))


def _engines(means: Means) -> tuple[Check, ...]:
    """One engine is enough; the others are told about."""
    found = []
    for name, opener in ENGINES:
        try:
            found.append((name, opener(means.tessdata, "eng").name))
        except EngineMissing as missing:
            found.append((name, f"not usable: {missing}"))
    usable = any(not text.startswith("not usable") for _, text in found)
    return tuple(Check(f"ocr {name}", usable, text) for name, text in found)


def _traineddata(means: Means) -> Check:
    languages = sorted(path.stem for path in means.tessdata.glob("*.traineddata"))
    if "eng" in languages:
        return Check("traineddata", ok=True, detail=f"{', '.join(languages)} in {means.tessdata}")
    return Check("traineddata", ok=False, detail=f"no eng in {means.tessdata}: apt-get install tesseract-ocr-eng")


def _walls() -> tuple[Check, ...]:
    walls = sandbox.describe()
    path = shutil.which("bwrap")
    return (
        Check("sandbox", not walls.startswith("none"), walls),
        Check("office documents", ok=True, detail=sandbox.describe_converter() or _NO_OFFICE),
        Check("bubblewrap", ok=True, detail=path or "not installed: apt-get install bubblewrap for the higher walls"),
    )
