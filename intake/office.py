"""Office documents told by their content: which of the files that look like archives and old containers they are.

Only names that stand open in the file are compared; nothing is unpacked.
"""

from __future__ import annotations

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The entries with which word processors begin a package; an archive that somebody made begins with a file of his.
_FIRST_ENTRIES = (b"[Content_Types].xml", b"_rels/", b"word/", b"docProps/", b"customXml/")
_ODT_ENTRIES = (b"mimetype", b"META-INF/", b"content.xml", b"meta.xml", b"styles.xml", b"settings.xml")
_NAME_AT = 30


def office_type(content: bytes) -> str | None:
    """The media type of a text document of Word or OpenDocument; None for whatever else the file may be.

    Source:
        ECMA-376 part 2 (packages), OpenDocument 1.2 part 3, 3.3 (the entry mimetype), MS-DOC 2.1 (WordDocument),
        MS-OFFCRYPTO 2.3 (EncryptedPackage), MS-OXMSG 2.4 (what mails of Outlook have instead).
    """
    if content.startswith(_ZIP):
        return _type_of_package(content)
    if content.startswith(_OLE):
        names = content.lower()  # which this container compares without case
        if _wide("__properties_version1.0") in names:
            return None
        return DOCX if _wide("encryptedpackage") in names else DOC if _wide("worddocument") in names else None
    return None


def _type_of_package(content: bytes) -> str | None:
    first = content[_NAME_AT : _NAME_AT + int.from_bytes(content[26:28], "little")]
    if first.startswith(_FIRST_ENTRIES):
        return DOCX if b"word/document" in content else None
    if first.startswith(_ODT_ENTRIES) and b"content.xml" in content:
        stated = content[_NAME_AT + len(first) :][: len(ODT) + 40]
        return ODT if first != b"mimetype" or ODT.encode() in stated else None
    return None


def _wide(name: str) -> bytes:
    """A name as the old containers write it."""
    return name.encode("utf-16-le")
