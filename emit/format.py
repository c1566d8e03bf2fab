"""What an output format is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models.page_image import PageImages
from models.request import AuthorizationRequest


def _always(request: AuthorizationRequest) -> bool:  # noqa: ARG001 - whatever the request
    return True


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a request: `run` makes the bytes of DIR/<request id>/<name>.<extension>.

    `wanted` says whether there is anything to write of a request: no letter where nothing is missing.
    """

    name: str
    extension: str
    run: Callable[[AuthorizationRequest, PageImages], bytes]
    wanted: Callable[[AuthorizationRequest], bool] = _always
    once_a_run = False


@dataclass(frozen=True, slots=True)
class RunFormat:
    """A way to write all requests of a run, in their order: `run` makes the bytes of DIR/requests.<extension>."""

    name: str
    extension: str
    run: Callable[[Iterable[AuthorizationRequest]], bytes]
    once_a_run = True


AnyFormat = Format | RunFormat
