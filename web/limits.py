"""How much the web takes from whom: what is set (models.limits), and what is not."""

from __future__ import annotations

import math

from actions.installation import Installation
from models.limits import UploadLimits, WebLimits


class Limits(WebLimits):
    """Limits of the web. Sizes are bytes, times seconds.

    Of an upload a file has at most `file_bytes`, and all that is around its files `around_bytes`; the body of any other
    call has `body_bytes`. A stream of events ends after `stream_s`, and looks every `tick_s`.
    """

    upload: UploadLimits = UploadLimits()
    file_bytes: int = 100_000_000
    around_bytes: int = 1024**2
    body_bytes: int = 1024**2
    stream_s: float = 600.0
    tick_s: float = 1.0


def limits_of(installation: Installation) -> Limits:
    """The limits that an installation has set."""
    file_bytes = installation.means.limits.file_bytes
    return Limits(upload=installation.upload, file_bytes=file_bytes, **dict(installation.web))


def megabytes(count: int) -> str:
    """Bytes as people are told their limit: "100" for 100,000,000, "0.5" for half of one; never more than may come."""
    return f"{math.floor(count / 100_000) / 10:g}"
