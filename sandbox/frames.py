"""How child and parent talk: a four-byte length, a JSON object, and the raw bytes that it announces ("bytes": n)."""

from __future__ import annotations

import json
import os
import select
import struct
import time
from typing import BinaryIO

HEADER_BYTES = 32 << 20
_LENGTH = struct.Struct(">I")


class BadFrame(Exception):
    """The other side sent something that is no frame of ours."""


class LateFrame(Exception):
    """The other side did not answer in time."""


class EndOfFrames(Exception):
    """The other side has gone."""


def write_frame(stream: BinaryIO, header: dict[str, object], payload: bytes = b"") -> None:
    """Send one frame."""
    if payload:
        header = {**header, "bytes": len(payload)}
    text = json.dumps(header, separators=(",", ":")).encode()
    stream.write(_LENGTH.pack(len(text)))
    stream.write(text)
    stream.write(payload)
    stream.flush()


def standard_input() -> bytes:
    """All of the file that the parent has laid on descriptor 0."""
    size = os.fstat(0).st_size
    buffer = bytearray(size)
    view, have = memoryview(buffer), 0
    while have < size:
        count = os.preadv(0, [view[have:]], have)
        if count == 0:
            break
        have += count
    return bytes(buffer)


class FrameReader:
    """Reads frames from a pipe, never more of one than was allowed, never longer than there is time."""

    def __init__(self, descriptor: int) -> None:
        """Take the reading end of the pipe; it stays the caller's to close."""
        self._descriptor = descriptor
        self.waited_s = 0.0

    def header(self, within_s: float) -> dict[str, object]:
        """The JSON object of the next frame.

        Raises:
            EndOfFrames: nothing more comes.
            LateFrame: it did not come within `within_s` seconds.
            BadFrame: it is too long or no JSON object.
        """
        deadline = time.monotonic() + within_s
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size, deadline))
        if length > HEADER_BYTES:
            raise BadFrame("header too long")
        try:
            header = json.loads(self._exactly(length, deadline), parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise BadFrame("header is no JSON") from None
        if not isinstance(header, dict):
            raise BadFrame("header is no object")
        return header

    def payload(self, header: dict[str, object], most: int, within_s: float) -> bytes:
        """The raw bytes that follow a header; BadFrame when they are more than `most`."""
        size = header.get("bytes", 0)
        if type(size) is not int or not 0 <= size <= most:
            raise BadFrame("payload too long")
        return self._exactly(size, time.monotonic() + within_s)

    def _exactly(self, size: int, deadline: float) -> bytes:
        buffer = bytearray(size)
        view, have = memoryview(buffer), 0
        while have < size:
            self._await(deadline)
            count = os.readv(self._descriptor, [view[have:]])
            if count == 0:
                raise EndOfFrames
            have += count
        return bytes(buffer)

    def _await(self, deadline: float) -> None:
        started = time.monotonic()
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN | select.POLLHUP)
        ready = poll.poll(max(0.0, deadline - started) * 1000)
        self.waited_s += time.monotonic() - started
        if not ready:
            raise LateFrame


def _refuse(constant: str) -> float:
    raise ValueError(constant)
