"""ZIP archives: names of all countries, locked, damaged and dangerous entries, each by itself."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from intake.raw import RawLeaf, ReadOptions, Unreadable
from intake.readers.archive import load
from intake.sniff import media_type_of


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in entries:
            file.writestr(name, content)
    return out.getvalue()


def leaves(content: bytes, options: ReadOptions | None = None) -> list[RawLeaf]:
    assert media_type_of(content, "x.zip") == "application/zip"
    return list(load(content, options or ReadOptions()).leaves())


def told(content: bytes) -> list[tuple[str, bytes, str | None]]:
    return [(leaf.filename, leaf.content, leaf.refused) for leaf in leaves(content)]


def test_entries_in_order_without_what_systems_leave() -> None:
    litter = ("__MACOSX/._form.pdf", ".DS_Store", "scans/Thumbs.db", "desktop.ini", "._x")
    content = packed(
        ("form.pdf", b"%PDF"), ("scans/", b""), ("scans/1.tif", b"II*\0"), *((name, b"x") for name in litter)
    )
    assert told(content) == [("form.pdf", b"%PDF", None), ("scans/1.tif", b"II*\0", None)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods(method: int) -> None:
    assert told(packed(("a.txt", b"words " * 50), method=method)) == [("a.txt", b"words " * 50, None)]


@pytest.mark.parametrize(
    ("encoding", "name"), [("big5", "病人申請表.pdf"), ("gbk", "病人申请表.pdf"), ("cp932", "患者さんのデータ.pdf")]
)
def test_names_as_windows_of_east_asia_writes_them(encoding: str, name: str) -> None:
    raw = name.encode(encoding)
    content = packed(("x" * len(raw), b"%PDF")).replace(b"x" * len(raw), raw)
    assert told(content)[0][0] == name


def test_names_in_utf8_and_of_dos() -> None:
    assert told(packed(("Größe 陳.pdf", b"x")))[0][0] == "Größe 陳.pdf"
    raw = "Größe.pdf".encode("cp437")
    assert told(packed(("x" * len(raw), b"y")).replace(b"x" * len(raw), raw))[0][0] == "Größe.pdf"


@pytest.mark.parametrize("name", ["../form.pdf", "/etc/form.pdf", "a/../../b.pdf", "C:\\form.pdf", "..\\form.pdf"])
def test_names_that_lead_elsewhere_are_refused_and_the_rest_goes_on(name: str) -> None:
    found = told(packed((name, b"%PDF"), ("good.pdf", b"%PDF")))
    assert [refused for _, _, refused in found] == ["F016", None]


def test_links_are_refused() -> None:
    link = zipfile.ZipInfo("form.pdf")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert told(packed((link, b"/etc/passwd"))) == [("form.pdf", b"", "F016")]


def test_locked_entries() -> None:
    content = bytearray(packed(("a.pdf", b"%PDF"), ("b.pdf", b"%PDF")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert [(name, refused) for name, _, refused in told(bytes(content))] == [("a.pdf", "F005"), ("b.pdf", None)]


def test_a_bad_checksum_costs_its_entry() -> None:
    content = packed(("a.txt", b"one"), ("b.txt", b"two"), method=zipfile.ZIP_STORED).replace(b"one", b"0ne")
    assert [(name, refused) for name, _, refused in told(content)] == [("a.txt", "F006"), ("b.txt", None)]


def test_white_pages_pack_well_and_bombs_better() -> None:
    assert told(packed(("white.tif", bytes(15_000_000))))[0][2] is None
    assert told(packed(("bomb", bytes(30_000_000)), ("a.pdf", b"%PDF")))[0][2] == "F016"


def test_a_size_that_lies() -> None:
    content = bytearray(packed(("bomb", bytes(30_000_000))))
    for at in (22, content.index(b"PK\x01\x02") + 24):
        content[at : at + 4] = struct.pack("<I", 100)
    assert told(bytes(content))[0][2] in ("F016", "F006")


@pytest.mark.parametrize(
    ("content", "options"),
    [
        (packed(*((f"{number}.txt", b"x") for number in range(201))), ReadOptions()),
        (packed(("a", bytes(1000)), ("b", bytes(1000))), ReadOptions(unpacked=1500)),
    ],
)
def test_archives_that_are_too_much(content: bytes, options: ReadOptions) -> None:
    with pytest.raises(Unreadable, match="F016"):
        leaves(content, options)


def test_entries_that_share_their_bytes() -> None:
    content = bytearray(packed(("aa.txt", b"x" * 100), ("ab.txt", b"x" * 100)))
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = struct.pack("<I", 1)
    with pytest.raises(Unreadable, match="F016"):
        leaves(bytes(content))


def test_large_entries_are_too_large() -> None:
    assert leaves(packed(("a", b"abc" * 100)), ReadOptions(leaf_bytes=100))[0].refused == "F002"


@pytest.mark.parametrize("streamed", [False, True])
def test_a_directory_that_is_torn_off(streamed: bool) -> None:
    out = io.BytesIO()
    target = _NoSeeking(out) if streamed else out
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.pdf", b"%PDF one" * 10)
        file.writestr("b.pdf", b"%PDF two" * 10)
    whole = out.getvalue()
    torn = whole[: whole.index(b"PK\x01\x02")]
    assert load(torn, ReadOptions()).notes == ("F007",)
    assert told(torn) == [("a.pdf", b"%PDF one" * 10, None), ("b.pdf", b"%PDF two" * 10, None)]
    assert [refused for _, _, refused in told(torn[: -20 if streamed else -5])] == [None, "F006"]


def test_a_bomb_without_directory() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(bytes(20_000_000)) + packer.flush()
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(data), 100, 1, 0) + b"a" + data
    assert [leaf.refused for leaf in leaves(local, ReadOptions(leaf_bytes=1_000_000))] == ["F016"]


def test_packages_are_no_archives() -> None:
    parts = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
    assert media_type_of(packed(*((name, b"<x/>") for name in parts)), "a.xlsx") == "application/x-package"
    inner = packed(*((name, b"<x/>") for name in parts))
    assert media_type_of(packed(("a.xlsx", inner), method=zipfile.ZIP_STORED), "a.zip") == "application/zip"


class _NoSeeking(io.RawIOBase):
    def __init__(self, out: io.BytesIO) -> None:
        self._out = out

    def write(self, data: object) -> int:
        return self._out.write(data)  # type: ignore[arg-type]

    def writable(self) -> bool:
        return True

    def flush(self) -> None:
        self._out.flush()
