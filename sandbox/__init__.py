"""Untrusted bytes become validated pixels and words in a throw-away process without network, files or home.

`open_file` is the only way in. The child of this package imports it as well and has to start fast, so the heavy
imports wait until the functions are called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sandbox.limits import Limits

if TYPE_CHECKING:
    from models.parsed import ParsedFile, RejectedFile
    from models.received import ReceivedFile

__all__ = ["Limits", "describe", "describe_converter", "open_file"]


def open_file(
    received: ReceivedFile, *, limits: Limits | None = None, dpi: float = 200.0, wanted: Mapping[str, int] | None = None
) -> Iterator[ParsedFile | RejectedFile]:
    """Read one received file: yield its documents in order, a container before what it holds.

    `dpi` is the resolution at which pages without a scanner's image are drawn. Use up `pages` of a file before asking
    for the next one. With `wanted` only the documents of these paths are opened, each from a page on, and the
    containers around them. What cannot be read at all comes as a RejectedFile; nothing is raised for the file's faults.

    Raises:
        NoWalls: this machine offers neither bubblewrap nor seccomp with Landlock; no file is opened without.
    """
    from sandbox.opening import open_received

    return open_received(received, limits=limits or Limits(), dpi=dpi, wanted=wanted)


def describe() -> str:
    """Say in one line which walls stand around the child on this machine."""
    from sandbox.walls import describe_walls

    return describe_walls()


def describe_converter() -> str | None:
    """The program that makes pages of office documents on this machine, or None where they are refused."""
    from sandbox.convert import converter_here

    converter = converter_here()
    return None if converter is None else converter.program[0]
