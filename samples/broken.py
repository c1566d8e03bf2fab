"""Files that arrive broken: what a good file becomes on a bad day, and files that never were paperwork."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable

import pikepdf

Breaking = Callable[[bytes, random.Random], bytes]


def empty(content: bytes, rng: random.Random) -> bytes:
    """Nothing arrived."""
    del content, rng
    return b""


def cut_off(content: bytes, rng: random.Random) -> bytes:
    """The line broke in the first twentieth: not one page is whole."""
    return content[: max(16, len(content) // rng.randint(20, 40))]


def garbled(content: bytes, rng: random.Random) -> bytes:
    """As long as the file, but noise from its first byte on."""
    return rng.randbytes(len(content))


def locked(content: bytes, rng: random.Random) -> bytes:
    """A PDF behind a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=f"{rng.random()}", user="a password"), deterministic_id=False)
    return out.getvalue()


def bomb(content: bytes, rng: random.Random) -> bytes:
    """A PDF whose first page unpacks to a gigabyte."""
    del rng
    squeezer, blank = zlib.compressobj(9), b" " * (1 << 20)
    stream = b"".join(squeezer.compress(blank) for _ in range(1024)) + squeezer.flush()
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        swollen = pdf.make_stream(b"")
        swollen.write(stream, filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].Contents = swollen
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def escaping(content: bytes, rng: random.Random) -> bytes:
    """A ZIP that wants to write outside the folder it is unpacked in."""
    del rng
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("../../form.pdf", (2026, 9, 14, 8, 0, 0)), content)
    return out.getvalue()


def program(content: bytes, rng: random.Random) -> bytes:
    """A program with the name of a paper."""
    return b"MZ\x90\x00" + rng.randbytes(min(len(content), 4096))


KINDS: tuple[tuple[str, Breaking], ...] = (
    ("empty.pdf", empty),
    ("cut-off.pdf", cut_off),
    ("garbled.tif", garbled),
    ("locked.pdf", locked),
    ("bomb.pdf", bomb),
    ("escaping.zip", escaping),
    ("program.pdf", program),
)
"""Each way with the name under which such a file arrives; all are given a good PDF."""
