"""Which kind of image file some bytes begin.

Kinds whose signature is short are looked at more closely, since a letter may begin with the same characters.
"""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51\x00", "image/jp2"),
    (b"\xb1\x68\xde\x3a", "image/x-dcx"),
    (b"8BPS\x00\x01", "image/vnd.adobe.photoshop"),
    (b"\x59\xa6\x6a\x95", "image/x-sun-raster"),
    (b"/* XPM */", "image/x-xpixmap"),
)
# Sizes of the second header of a BMP, one a version (Windows 3 to 5, OS/2 1 and 2, Adobe's two).
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)
_PNM = re.compile(rb"P[1-6]\s+(?:#[^\n]*\n\s*)*\d{1,6}\s+(?:#[^\n]*\n\s*)*\d{1,6}\s|P[fF]\n\d+ \d+\s|P7\nWIDTH ")
_XBM = re.compile(rb"\s*(?:/\*[^*]*\*/\s*)?#define\s+\w*_?width\s+\d+\s+#define\s+\w*_?height\s+\d+")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"miaf", b"mif2")
_AVIF_BRANDS = (b"avif", b"avis")


def picture_type(head: bytes, filename: str = "") -> str | None:
    """The media type of an image file that begins like this, or None."""
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return _boxed(head)
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    if _PNM.match(head):
        return "image/x-portable-anymap"
    if _XBM.match(head):
        return "image/x-xbitmap"
    return _odd(head, filename.lower())


def _boxed(head: bytes) -> str | None:
    """HEIF and AVIF share a frame with films; the brands tell them apart."""
    size = min(max(int.from_bytes(head[:4], "big"), 16), len(head))
    brands = {head[at : at + 4] for at in (8, *range(16, size, 4))}
    if brands & set(_AVIF_BRANDS):
        return "image/avif"
    return "image/heic" if brands & set(_HEIF_BRANDS) else None


def _odd(head: bytes, filename: str) -> str | None:
    if head[:1] == b"\x0a" and head[1:2] in (b"\x00", b"\x02", b"\x03", b"\x05") and head[2:3] == b"\x01":
        return "image/x-pcx"
    if head[:3] == b"\x01\xda\x00" or (head[:3] == b"\x01\xda\x01" and head[3:4] in (b"\x01", b"\x02")):
        return "image/x-sgi"
    if head[:4] == b"\x00\x00\x01\x00" and 0 < int.from_bytes(head[4:6], "little") <= 64 and len(head) > 22:
        return "image/x-icon"
    # A Targa file has no signature; its name must say it, and its first bytes must make sense.
    if filename.endswith((".tga", ".vda", ".icb", ".vst")) and len(head) > 18:
        return "image/x-tga" if head[1] in (0, 1) and head[2] in (1, 2, 3, 9, 10, 11) else None
    return None
