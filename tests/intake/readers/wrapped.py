"""Containers made by hand: signed messages, TNEF streams, messages of Outlook."""

from __future__ import annotations

import struct

SIGNED, ENVELOPED = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d010703")
_DATA = bytes.fromhex("2a864886f70d010701")


def element(tag: int, value: bytes) -> bytes:
    """An element of DER."""
    size = len(value)
    if size < 0x80:
        return bytes([tag, size]) + value
    packed = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(packed)]) + packed + value


def signed(content: bytes | None, kind: bytes = SIGNED) -> bytes:
    """A PKCS #7 message around some content, without certificates; None for a signature alone."""
    held = element(0x06, _DATA)
    if content is not None:
        held += element(0xA0, element(0x04, content))
    data = element(0x30, element(0x02, b"\x01") + element(0x31, b"") + element(0x30, held))
    return element(0x30, element(0x06, kind) + element(0xA0, data))


def streamed(content: bytes) -> bytes:
    """The same in BER, as it is written by programs that do not know the length beforehand."""
    pieces = b"".join(element(0x04, content[at : at + 10]) for at in range(0, len(content), 10))
    octets = b"\xa0\x80\x24\x80" + pieces + b"\x00\x00\x00\x00"
    inner = b"\x30\x80" + element(0x06, _DATA) + octets + b"\x00\x00"
    data = b"\x30\x80" + element(0x02, b"\x01") + element(0x31, b"") + inner + b"\x00\x00"
    return b"\x30\x80" + element(0x06, SIGNED) + b"\xa0\x80" + data + b"\x00\x00\x00\x00"


def attribute(level: int, kind: int, value: bytes) -> bytes:
    """An attribute of TNEF."""
    return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(*values: tuple[int, int, bytes]) -> bytes:
    """A block of MAPI properties of variable length: (tag, type, value)."""
    out = struct.pack("<I", len(values))
    for tag, kind, value in values:
        out += struct.pack("<HHII", kind, tag, 1, len(value)) + value + bytes(-len(value) % 4)
    return out


def winmail(*attributes: bytes) -> bytes:
    """A TNEF stream."""
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def compound(tree: dict[str, object]) -> bytes:
    """A compound file (MS-CFB, version 3) of streams (bytes) and storages (dicts); every stream in whole sectors."""
    entries: list[tuple[str, int, int, int, bytes, int]] = []  # name, type, child, right, content, -
    add_entry(entries, "Root Entry", 5, tree)
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(content: bytes) -> int:
        start = len(sectors)
        count = max(1, -(-len(content) // 512))
        sectors.extend(content[at * 512 : at * 512 + 512].ljust(512, b"\0") for at in range(count))
        fat.extend([*range(start + 1, start + count), 0xFFFFFFFE])
        return start

    directory = b""
    for name, kind, child, right, content, _ in entries:
        padded = content.ljust(4096, b"\0") if kind == 2 else b""
        start = store(padded) if kind == 2 else 0xFFFFFFFE if kind == 5 else 0
        wide = name.encode("utf-16-le") + b"\0\0"
        directory += wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, right, child)
        directory += bytes(16 + 4 + 16) + struct.pack("<IQ", start, len(padded))
    first = store(directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    tables = -(-(len(fat) + 8) // 128)
    places = list(range(len(sectors), len(sectors) + tables))
    fat += [0xFFFFFFFD] * tables
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(tables * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, first, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *places, *[0xFFFFFFFF] * (109 - tables))
    return header + b"".join(sectors) + table


def add_entry(entries: list[tuple[str, int, int, int, bytes, int]], name: str, kind: int, inside: object) -> int:
    """Add an entry and what is inside it; its number. Siblings form a chain to the right."""
    number = len(entries)
    content = inside if isinstance(inside, bytes) else b""
    entries.append((name, kind, 0xFFFFFFFF, 0xFFFFFFFF, content, 0))
    before = None
    ordered = (
        sorted(inside.items(), key=lambda item: (len(item[0]), item[0].upper())) if isinstance(inside, dict) else []
    )
    for child_name, child in ordered:
        child_number = add_entry(entries, child_name, 2 if isinstance(child, bytes) else 1, child)
        if before is None:
            entries[number] = (*entries[number][:2], child_number, *entries[number][3:])
        else:
            entries[before] = (*entries[before][:3], child_number, *entries[before][4:])
        before = child_number
    return number


def message(skipped: int, texts: dict[int, str], **inside: object) -> dict[str, object]:
    """A message of Outlook: its texts by tag, and its attachments; `skipped` bytes stand before its properties."""
    tree: dict[str, object] = {"__properties_version1.0": bytes(skipped)}
    for tag, text in texts.items():
        tree[f"__substg1.0_{tag:04X}001F"] = text.encode("utf-16-le")
    for number, attached in enumerate(inside.values()):
        tree[f"__attach_version1.0_#{number:08X}"] = attached
    return tree
