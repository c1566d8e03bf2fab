"""Office documents become PDF in a throw-away process of their own, where LibreOffice is installed.

Nothing of the converter is believed: its PDF is opened like any other, by the PDF reader behind its own walls.
"""

from __future__ import annotations

import functools
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from models.problem import DocumentError, FileCode
from sandbox.limits import Limits
from sandbox.process import Child, ChildFailed, ChildKilled, SealedBytes, Start, cpu_seconds
from sandbox.walls import WORKPLACE, NoWalls, converter_command, environment, wall_kind, working_folder

CONVERTED_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-word.document.macroenabled.12": "docm",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template": "dotx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "ott",
    "application/rtf": "rtf",
    "application/msword": "doc",
}
# The workplace: input, profile, output and the pictures that the converter unpacks.
_ROOM = 3


@dataclass(frozen=True, slots=True)
class Converter:
    """A program that takes a file's path as its last argument and writes out/in.pdf; `folders` it needs to read.

    `release` is the file that names its build.
    """

    program: tuple[str, ...]
    folders: tuple[str, ...] = ()
    release: str = ""


def converter_here() -> Converter | None:
    """LibreOffice as it is installed here; None where it is not, or where only the lower walls stand."""
    try:
        return _installed() if wall_kind() == "bubblewrap" else None
    except NoWalls:
        return None


@functools.cache
def _installed() -> Converter | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    folder = Path(found).resolve().parent if found else None
    if folder is None or not (folder / "soffice.bin").exists():
        return None
    options = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault")
    profile = f"-env:UserInstallation=file://{WORKPLACE}/profile"
    target = ("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(WORKPLACE / "out"))
    places = (str(folder.parent), "/etc/libreoffice")
    return Converter(
        program=(str(folder / "soffice.bin"), *options, profile, *target),
        folders=tuple(place for place in places if not place.startswith("/usr/")),
        release=str(folder / "versionrc"),
    )


@dataclass(frozen=True, slots=True)
class _Conversion:
    """The errand of a keeper; see `sandbox.process.Errand`."""

    converter: Converter
    suffix: str

    def start(self, limits: Limits) -> Start:
        """See `Errand`."""
        told = {
            "program": self.converter.program,
            "release": self.converter.release,
            "suffix": self.suffix,
            "workplace": str(WORKPLACE),
            "environment": _environment(self.converter),
            "memory_bytes": limits.memory_bytes,
            "cpu_s": cpu_seconds(limits),
            "file_bytes": limits.file_bytes,
        }
        command = converter_command((json.dumps(told),), self.converter.folders, room_bytes=_ROOM * limits.file_bytes)
        return Start(command, working_folder("bubblewrap"), environment("bubblewrap"))


def converted(content: bytes, media_type: str, *, converter: Converter | None, limits: Limits) -> bytes:
    """The document as PDF, not yet looked at.

    Raises:
        DocumentError: F003 without a converter, else what became of it.
    """
    if converter is None:
        raise DocumentError(FileCode.TYPE_NOT_ALLOWED)
    errand = _Conversion(converter, CONVERTED_SUFFIXES[media_type])
    try:
        try:
            pdf = _pdf(content, errand, limits)
        except ChildKilled:
            pdf = _pdf(content, errand, limits)
    except ChildFailed as failed:
        raise DocumentError(failed.code) from None
    if not pdf.startswith(b"%PDF-"):
        raise DocumentError(FileCode.DAMAGED)
    return pdf


def _pdf(content: bytes, errand: _Conversion, limits: Limits) -> bytes:
    with SealedBytes(content) as sealed, Child(sealed, errand, limits=limits) as keeper:
        keeper.expect("ready", limits.wall_s)
        return keeper.payload(keeper.expect("converted", limits.wall_s), limits.file_bytes, limits.wall_s)


def _environment(converter: Converter) -> dict[str, str]:
    """The converter's whole environment: its home is its workplace."""
    return {
        "HOME": str(WORKPLACE),
        "TMPDIR": str(WORKPLACE),
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "SAL_USE_VCLPLUGIN": "svp",
        # It looks for its libraries beside itself, by a name in /proc, which is not there.
        "LD_LIBRARY_PATH": str(Path(converter.program[0]).parent),
    }
