"""What stands in the columns of lists that commands print: a line for each thing, columns separated by tabs."""

from __future__ import annotations

import datetime as dt


def day(moment: float) -> str:
    """The day of a moment (seconds since 1970) as YYYY-MM-DD, in UTC."""
    return dt.datetime.fromtimestamp(moment, dt.UTC).date().isoformat()


def plain(text: str) -> str:
    """What somebody typed, without the white space that would make it look like another column or line."""
    return " ".join(text.split())
