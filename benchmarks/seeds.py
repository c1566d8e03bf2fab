"""One small, sound file of every format that offices send, made here: what mutants are made of."""

from __future__ import annotations

import base64
import io
import struct
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw

from samples import demo

TEXT = (
    "Prior authorization request\nMember ID: ZX10318079\nService: 72148, MRI of the lumbar spine\nDiagnosis: M54.16\n"
)
_HTML = (
    "<html><head><title>Request</title></head><body><p>Member ID: ZX10318079</p><table><tr><td>72148</td></tr></table>"
)
# A picture of two black bars, 96 x 64: nothing that we install can write this format.
_HEIC = """
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAT9tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA
AA5waXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAFjAAEAAAAAAAAATgAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEA
AGh2YzEAAAAAv2lwcnAAAAChaXBjbwAAAHVodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMA
AAMAHroCQCEAAQAoQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubAgAAAMACAAAAwAIQCIAAQAHRAHBcrAiQAAAABRpc3BlAAAA
AAAAAGAAAABAAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAoMAAABWbWRhdAAAAEooAa8LYAz0NnapEPqmRKZ8
p7KfuJyS+EKDfgQ9kKaVkRVAtovqzvhWV8r4MrjIjyKyMh3/8zjvka/k5IbE8Lqzyjl9IxOy9KScgA==
"""


def seeds() -> dict[str, bytes]:
    """Name and bytes of each; the same at every call."""
    grey = _picture()
    black = grey.convert("1")
    with TemporaryDirectory() as folder:
        demo.make(Path(folder))
        made = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    made |= {
        "group4.tif": _saved(black, "TIFF", compression="group4", dpi=(204, 196)),
        "group3.tif": _saved(black, "TIFF", compression="group3", dpi=(204, 98)),
        "lzw.tif": _saved(grey, "TIFF", compression="tiff_lzw"),
        "jpeg.tif": _saved(grey, "TIFF", compression="jpeg"),
        "packbits.tif": _saved(grey, "TIFF", compression="packbits", save_all=True, append_images=[grey]),
        "scan.pdf": _saved(black, "PDF", resolution=200.0, save_all=True, append_images=[grey]),
        "page.png": _saved(grey, "PNG", dpi=(200, 200)),
        "photo.jpg": _saved(grey.convert("RGB"), "JPEG", quality=70, exif=_turned()),
        "page.gif": _saved(grey, "GIF"),
        "page.bmp": _saved(grey, "BMP"),
        "page.webp": _saved(grey, "WEBP", quality=50),
        "phone.heic": base64.b64decode(_HEIC),
        "letter.txt": TEXT.encode(),
        "letter.html": (_HTML + "</body></html>").encode(),
        "letter.rtf": b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 " + TEXT.replace("\n", "\\par ").encode() + b"}",
        "letter.docx": _docx(),
        "letter.odt": _odt(),
    }
    small = {name: made[name] for name in ("group4.tif", "letter.txt", "page.png")}
    mailed = _mail(small)
    return made | {
        "scans.zip": packed(small),
        "scans.eml": mailed,
        "two.mbox": b"".join(b"From office@example.org Mon Sep 14 14:03:00 2026\n" + mailed + b"\n" for _ in range(2)),
        "winmail.dat": _tnef(small),
    }


def _picture() -> Image.Image:
    page = Image.new("L", (640, 400), 255)
    draw = ImageDraw.Draw(page)
    for line, text in enumerate(TEXT.splitlines()):
        draw.text((40, 40 + 60 * line), text, fill=0, font_size=24)
    draw.rectangle((40, 320, 60, 340), outline=0, width=2)
    return page


def _saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    """The picture as a file. A PDF's dates are fixed: seeds do not depend on the clock."""
    out = io.BytesIO()
    if kind == "PDF":
        how |= {"creationDate": _NEW_YEAR, "modDate": _NEW_YEAR}
    picture.save(out, kind, **how)
    return out.getvalue()


_NEW_YEAR = time.struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))


def _turned() -> Image.Exif:
    """The note of a camera held sideways."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of these files, without dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _docx() -> bytes:
    """The least that word processors open."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TEXT.splitlines())
    return packed(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}" '
                'Target="word/document.xml"/></Relationships>'
            ).encode(),
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{lines}</w:body></w:document>'.encode(),
        }
    )


def _odt() -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(f"<text:p>{line}</text:p>" for line in TEXT.splitlines())
    return packed(
        {
            "mimetype": kind.encode(),
            "content.xml": (
                f'<office:document-content xmlns:office="{spaces}:office:1.0" xmlns:text="{spaces}:text:1.0" '
                f'office:version="1.2"><office:body><office:text>{lines}</office:text></office:body>'
                "</office:document-content>"
            ).encode(),
            "META-INF/manifest.xml": (
                f'<manifest:manifest xmlns:manifest="{spaces}:manifest:1.0"><manifest:file-entry '
                f'manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry '
                'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
            ).encode(),
        }
    )


def _mail(attachments: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"] = "Office <office@practice.example.org>"
    message["To"] = "authorizations@plan.example.org"
    message["Subject"] = "Prior authorization request"
    message["Date"] = "Mon, 14 Sep 2026 14:03:00 +0000"
    message.set_content(TEXT)
    message.add_alternative(_HTML + "</body></html>", subtype="html")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    message.set_boundary("=_outer_=")
    for part in message.walk():
        if part.get_content_type() == "multipart/alternative":
            part.set_boundary("=_inner_=")
    return message.as_bytes()


def _tnef(attachments: dict[str, bytes]) -> bytes:
    """What Outlook makes of attachments (MS-OXTNEF 2.1.3: level, id, length, data, sum of its bytes)."""

    def attribute(level: int, tag: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, tag, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    parts = [attribute(1, 0x00089006, struct.pack("<I", 0x00010000))]
    parts += [attribute(1, 0x00069007, struct.pack("<II", 1252, 0))]
    for name, content in attachments.items():
        parts += [attribute(2, 0x00069002, struct.pack("<HIIHH", 1, 0xFFFFFFFF, 0, 0, 0))]
        parts += [attribute(2, 0x00018010, name.encode() + b"\0"), attribute(2, 0x0006800F, content)]
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(parts)
