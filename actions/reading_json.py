"""What the files of a submission say as one JSON value, and back, unchanged."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

from pydantic import TypeAdapter

from models.reading import Reading

# In JSON a quotation mark within a text is escaped, so these can only be keys of ours.
_NAMES = re.compile(rb'"(document|duplicate_of)":"d(\d+)"|"document":\{"id":"d(\d+)"')


def dump_reading(reading: Reading) -> bytes:
    """The reading as compressed JSON."""
    return zlib.compress(_adapter().dump_json(reading), 6)


def load_reading(content: bytes, *, first: int = 1) -> Reading:
    """The reading that was dumped, its documents numbered from `first` on ("d1", "d2" ...).

    Raises:
        ValueError: it is none, or one of another version of the program.
    """
    try:
        text = zlib.decompress(content)
    except zlib.error:
        raise ValueError("not a reading") from None
    return _adapter().validate_json(_NAMES.sub(lambda found: _moved(found, first - 1), text) if first > 1 else text)


def _moved(found: re.Match[bytes], by: int) -> bytes:
    if found[1] is not None:
        return b'"%s":"d%d"' % (found[1], int(found[2]) + by)
    return b'"document":{"id":"d%d"' % (int(found[3]) + by)


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)
