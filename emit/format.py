"""What an output format is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.page_image import PageImages
from models.request import AuthorizationRequest


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a request: `run` makes the bytes of DIR/<request id>/<name>.<extension>.

    `once_a_run` formats are written once for all requests of a run, not for each.
    """

    name: str
    extension: str
    run: Callable[[AuthorizationRequest, PageImages], bytes]
    once_a_run: bool = False
