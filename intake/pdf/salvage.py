"""A PDF whose table of objects is gone: its objects are found by their own words, and a new table is written."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_OBJECT = re.compile(rb"(?<![\d.])(\d{1,10})[\s\0]+(\d{1,5})[\s\0]+obj\b")
_END = re.compile(rb"\bendobj\b")
_STREAM = re.compile(rb"stream\r?\n")
_ROOT = re.compile(rb"/Root\s+(\d{1,10})\s+(\d{1,5})\s+R")
_ENCRYPT = re.compile(rb"/Encrypt\s*(\d{1,10}\s+\d{1,5}\s+R|<<)")
# What only the dictionary of a password handler holds.
_HANDLER = re.compile(rb"/Filter\s*/Standard\b|/AuthEvent\s*/DocOpen\b|/CFM\s*/(?:AESV[23]|V2)\b")
_ID = re.compile(rb"/ID\s*(\[\s*<[0-9A-Fa-f]*>\s*<[0-9A-Fa-f]*>\s*\])")
_CATALOG = re.compile(rb"/Type\s*/Catalog\b")
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_MEMBERS = re.compile(rb"/Type\s*/ObjStm\b")
_NUMBER = rb"/%s\s+(\d{1,9})"
# More objects than a document within the size limit has.
_MOST = 500_000
_UNPACKED = 64 << 20


@dataclass(slots=True)
class _Parts:
    """The last version of every object: its text from after "obj"."""

    bodies: dict[int, bytes] = field(default_factory=dict)
    roots: list[int] = field(default_factory=list)


def is_encrypted(content: bytes) -> bool:
    """Whether the file, damaged or not, says that it is encrypted."""
    return _ENCRYPT.search(content) is not None or _HANDLER.search(content) is not None


def is_cut_off(content: bytes) -> bool:
    """Whether the file ends before its end: after its last object no table of objects is named any more."""
    ended = content.rfind(b"endobj")
    starts = [found.start() for found in _OBJECT.finditer(content, max(0, ended))]
    return content.rfind(b"startxref") < (starts[-1] if starts else ended)


def salvaged(content: bytes) -> bytes | None:
    """The file written anew from the objects found in it; None where no page is among them.

    One that is encrypted stays so, and its streams of objects are not opened.
    """
    parts, locked = _Parts(), is_encrypted(content)
    for number, body in _objects(content):
        parts.bodies[number] = body
        if not locked and _MEMBERS.search(body[:500]):
            for inner, text in _members(body):
                parts.bodies.setdefault(inner, text)
    parts.roots = [int(found[1]) for found in _ROOT.finditer(content)]
    root = _root(parts)
    return None if root is None else _written(parts.bodies, root, _lock(content, parts.bodies) if locked else b"")


def _objects(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each object's number and text. One without an end lasts until the next begins."""
    starts = []
    for found in _OBJECT.finditer(content):
        starts.append((int(found[1]), found.start(), found.end()))
        if len(starts) >= _MOST:
            break
    for place, (number, _, start) in enumerate(starts):
        limit = starts[place + 1][1] if place + 1 < len(starts) else len(content)
        end = _END.search(content, start, limit)
        body = content[start : end.start() if end else limit]
        yield number, body if end else _cut_short(body)


def _cut_short(body: bytes) -> bytes:
    """An object that was cut off: a stream is given its end, a dictionary its last brackets."""
    if _STREAM.search(body):
        return body if b"endstream" in body else body + b"\nendstream"
    body = re.split(rb"\b(?:xref|trailer|startxref)\b", body, maxsplit=1)[0]
    return body + b" >>" * max(0, body.count(b"<<") - body.count(b">>"))


def _members(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects inside an object stream."""
    start = _STREAM.search(body)
    first, count = re.search(_NUMBER % b"First", body), re.search(_NUMBER % b"N", body)
    if start is None or first is None or count is None:
        return
    try:
        plain = zlib.decompressobj().decompress(body[start.end() :], _UNPACKED)
    except zlib.error:
        return
    numbers = [int(one) for one in re.findall(rb"\d+", plain[: int(first[1])])][: 2 * int(count[1])]
    places = [int(first[1]) + offset for offset in numbers[1::2]] + [len(plain)]
    for number, begin, end in zip(numbers[::2], places, places[1:], strict=False):
        yield number, plain[begin:end]


def _root(parts: _Parts) -> int | None:
    """The catalogue's number; a new one for the pages that are there, where none is left."""
    bodies = parts.bodies
    for number in reversed(parts.roots):
        if number in bodies and re.search(rb"/Pages\s+(\d+)", bodies[number]):
            pages = re.search(rb"/Pages\s+(\d+)", bodies[number])
            if pages is not None and int(pages[1]) in bodies:
                return number
    for number, body in bodies.items():
        pages = re.search(rb"/Pages\s+(\d+)\s+\d+\s+R", body[:2000]) if _CATALOG.search(body[:2000]) else None
        if pages is not None and int(pages[1]) in bodies:
            return number
    return _new_root(bodies)


def _new_root(bodies: dict[int, bytes]) -> int | None:
    """A catalogue and a flat list of all pages, in the order of the file."""
    kids = [number for number, body in bodies.items() if _PAGE.search(_dictionary(body))]
    if not kids:
        return None
    tree, root = max(bodies) + 1, max(bodies) + 2
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    bodies[tree] = b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 612 792]>>" % (len(kids), listed)
    for kid in kids:
        bodies[kid] = re.sub(rb"/Parent\s+\d+\s+\d+\s+R", b"/Parent %d 0 R" % tree, bodies[kid])
    bodies[root] = b"<</Type/Catalog/Pages %d 0 R>>" % tree
    return root


def _lock(content: bytes, bodies: dict[int, bytes]) -> bytes:
    """The entries of a trailer that lead to the keys."""
    said, named = _ENCRYPT.search(content), _ID.search(content)
    place = said[1] if said is not None and said[1] != b"<<" else None
    if place is None:
        place = next((b"%d 0 R" % number for number, body in bodies.items() if _HANDLER.search(body)), None)
    if place is None:
        return b""
    return b"/Encrypt " + place + (b"/ID" + named[1] if named else b"/ID[<><>]")


def _dictionary(body: bytes) -> bytes:
    start = _STREAM.search(body)
    return b"" if start else body


def _written(bodies: dict[int, bytes], root: int, more: bytes) -> bytes:
    out, places = bytearray(_HEADER), dict[int, int]()
    for number, body in bodies.items():
        places[number] = len(out)
        out += b"%d 0 obj%s\nendobj\n" % (number, body if body[:1].isspace() else b" " + body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(places):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    out += b"trailer <</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, root, more, start)
    return bytes(out)
