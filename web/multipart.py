"""A multipart body as it comes: which parts begin, what they hold, and where they end."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from web.problems import Refusal

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a part: its kind, the name of its field, that of its file if it is one, and its type."""

    kind: str
    name: str
    filename: str | None
    declared_type: str | None


# A part begins, holds these bytes, or ends.
Event = Head | bytes | None


class Multipart:
    """The reader of one body. Between a head and its end the bytes of a part come piece by piece."""

    def __init__(self, content_type: str | None) -> None:
        """Begin a body of this type.

        Raises:
            Refusal: it is another kind of body, or one without a usable boundary.
        """
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data":
            raise Refusal("unsupported-media-type", "Send the files as multipart/form-data.")
        if not options.get(b"boundary"):
            raise Refusal("malformed", "The content type names no boundary.")
        self._events: list[Event] = []
        self._headers: dict[bytes, bytes] = {}
        self._name, self._value = bytearray(), bytearray()
        self._over = False
        with _properly():
            self._parser = MultipartParser(options[b"boundary"], self._callbacks())

    def feed(self, chunk: bytes) -> list[Event]:
        """What a chunk of the body tells.

        Raises:
            Refusal: the body is broken.
        """
        with _properly():
            self._parser.write(chunk)
        events, self._events = self._events, []
        return events

    def close(self) -> None:
        """Say that nothing more comes.

        Raises:
            Refusal: the body has not come to its end.
        """
        if not self._over:
            raise Refusal("malformed", "The body ends too early. Send it again.")

    def _callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._headers.clear,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header,
            "on_headers_finished": lambda: self._events.append(self._head()),
            "on_part_data": lambda data, start, end: self._events.append(data[start:end]),
            "on_part_end": lambda: self._events.append(None),
            "on_end": self._end,
        }

    def _header(self) -> None:
        self._headers[bytes(self._name).lower()] = bytes(self._value)
        self._name.clear()
        self._value.clear()

    def _head(self) -> Head:
        kind, options = parse_options_header(self._headers.get(b"content-disposition"))
        told = {key.decode("latin-1"): value.decode("utf-8", "replace") for key, value in options.items()}
        declared = self._headers.get(b"content-type", b"").decode("utf-8", "replace")[:200] or None
        return Head(kind.decode("latin-1"), told.get("name", ""), told.get("filename"), declared)

    def _end(self) -> None:
        self._over = True


@contextlib.contextmanager
def _properly() -> Iterator[None]:
    try:
        yield
    except FormParserError:
        raise Refusal("malformed", "The body is not proper multipart/form-data. Send it again.") from None
