"""Frames pass through a pipe unharmed; what is no frame, too long or late is told apart."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator

import pytest

from sandbox.frames import BadFrame, EndOfFrames, FrameReader, LateFrame, write_frame


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


def test_there_and_back(pipe: tuple[int, int]) -> None:
    out = io.BytesIO()
    write_frame(out, {"is": "page", "text": "Größe 陳"}, b"pixels")
    write_frame(out, {"is": "done"})
    os.write(pipe[1], out.getvalue())
    reader = FrameReader(pipe[0])
    header = reader.header(1)
    assert header == {"is": "page", "text": "Größe 陳", "bytes": 6}
    assert reader.payload(header, 6, 1) == b"pixels"
    assert reader.payload(reader.header(1), 0, 1) == b""


@pytest.mark.parametrize(
    "sent",
    [
        struct.pack(">I", 1 << 31),
        struct.pack(">I", 3) + b"abc",
        struct.pack(">I", 2) + b"[]",
        struct.pack(">I", 9) + b'{"a":NaN}',
        struct.pack(">I", 100_000) + b"[" * 100_000,
    ],
)
def test_what_is_no_frame(pipe: tuple[int, int], sent: bytes) -> None:
    os.set_blocking(pipe[1], False)
    import fcntl

    fcntl.fcntl(pipe[1], fcntl.F_SETPIPE_SZ, 1 << 18)
    os.write(pipe[1], sent)
    with pytest.raises(BadFrame):
        FrameReader(pipe[0]).header(1)


@pytest.mark.parametrize("announced", [7, -1, True, "6", 1e3])
def test_payloads_that_were_not_allowed(pipe: tuple[int, int], announced: object) -> None:
    with pytest.raises(BadFrame):
        FrameReader(pipe[0]).payload({"bytes": announced}, 6, 1)


def test_silence_and_the_end(pipe: tuple[int, int]) -> None:
    reader = FrameReader(pipe[0])
    with pytest.raises(LateFrame):
        reader.header(0.05)
    assert 0.04 < reader.waited_s < 1
    os.write(pipe[1], b"\x00\x00")
    os.close(pipe[1])
    with pytest.raises(EndOfFrames):
        reader.header(1)
