"""Mails that stand for a document somewhere else: protected messages in a portal, files behind a link.

The rules name what each service's own notices say, not words of ordinary disclaimers: a mail is a notice when one of
these sentences (or files) is there, and a person has to act.

Source:
    The names of files and the wording that such services are known for: Microsoft Purview (message.rpmsg,
    message_v*.rpmsg, "Read the message"), Cisco Registered Envelope (securedoc_*.html), Proofpoint Encryption
    (SecureMessageATT.html), Zix, Virtru, Barracuda, Mimecast, Egress. Not compared with a collection of real notices;
    a rule that fails costs nothing but a problem too few or too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WRAPPERS = re.compile(
    r"(?:securedoc(?:_\w+)?|securemessage(?:att)?|secure[ _-]?mail|message_zdm|zixmessage|encrypted_?message)\.html?\Z"
    r"|message(?:_v\d)?\.rpmsg\Z",
    re.IGNORECASE,
)
_WRAPPER_TYPES = ("application/x-microsoft-rpmsg-message",)
_VERB = r"(?:read|open|view|retrieve|access|unlock|decrypt|pick\s+up|click)"
_MESSAGE = r"(?:secure(?:d)?|encrypted|protected|registered)\s+(?:e-?mail|email|message|envelope|document)s?"
_SECURE = re.compile(
    rf"\b(?:has|have)\s+sent\s+you\s+(?:an?\s+|the\s+)?{_MESSAGE}|"
    rf"\byou(?:\s+have|'ve|\s+just)?\s+(?:received|got)\s+(?:an?\s+|new\s+|\d+\s+|the\s+)*(?:\w+\s+)?{_MESSAGE}|"
    rf"\byou\s+have\s+(?:an?\s+)?(?:new\s+)?{_MESSAGE}\b|"
    rf"\b{_VERB}\s+(?:on\s+)?(?:the|your|this)\s+{_MESSAGE}|"
    rf"\bto\s+{_VERB}\s+(?:the|your|this)\s+(?:message|e-?mail),?\s+(?:please\s+)?"
    r"(?:open\s+the\s+(?:attachment|attached)|sign\s+in|log\s*in|click|use\s+the\s+(?:link|following))|"
    r"\bopen\s+the\s+(?:attachment\s+)?\W*securedoc|"
    r"\bregistered\s+envelope\b|\bpurview\s+message\s+encryption\b|\boffice\s*365\s+message\s+encryption\b|"
    r"\bthis\s+(?:message|e-?mail)\s+(?:is|was)\s+(?:encrypted|secured|protected)\s+(?:by|with|using)\s+"
    r"(?:zix|proofpoint|virtru|cisco|microsoft|barracuda|mimecast|egress|paubox|trend\s*micro|sophos|symantec)|"
    r"\bmessage\s+center\b[^.\n]{0,60}\b(?:sign|log)\s*(?:-|\s)?in\b|"
    r"\b(?:secure|encrypted)\s+message\s+(?:portal|center|notification)\b",
    re.IGNORECASE,
)
_PORTAL_LINK = re.compile(
    r"https?://[^\s\"'<>]{0,80}(?:securemail|secure-mail|securemessag|zixmail|zixport|zixmessagecenter|"
    r"encryptedmail|encryption\.barracudanetworks|securemsg|res\.cisco\.com|secure\.virtru|virtru\.com/secure|"
    r"outlook\.office365\.com/encryption|egress\.com/|protectedmessage)",
    re.IGNORECASE,
)
_DOWNLOAD_LINK = re.compile(
    r"https?://(?:[^\s\"'<>/]{0,60}\.)?(?:sharepoint\.com|1drv\.ms|onedrive\.live\.com|dropbox\.com|box\.com|"
    r"drive\.google\.com|docs\.google\.com|wetransfer\.com|we\.tl|sharefile\.com|sharefile\.eu|hightail\.com|"
    r"efax\.com|myfax\.com|ringcentral\.com|sfax\.com|srfax\.com|onehub\.com|citrixdata\.com)/",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"\b(?:shared\s+(?:a\s+|the\s+|\d+\s+)?(?:file|folder|document)s?|download|view\s+(?:the\s+|your\s+)?"
    r"(?:fax|document|file)|click\s+(?:here|below|the\s+link)|see\s+(?:the\s+)?link|link\s+below|open\s+in\b)",
    re.IGNORECASE,
)
# A notice is short and says it at once; a long letter that speaks of secure mail is a letter.
_HEAD = 4000
_NOTICE_WORDS = 400


def elsewhere(text: str, html: str, *, attached: Iterable[tuple[str, str]], documents: bool) -> tuple[str, ...]:
    """The notes on what lies elsewhere: "secure-message" or "linked-document".

    `text` is what a reader sees of the mail, `html` its HTML for the links; `attached` are (name, media type) of all
    attachments; `documents` says whether something else than such a wrapper is attached.
    """
    if any(kind in _WRAPPER_TYPES or _WRAPPERS.search(name) for name, kind in attached):
        return ("secure-message",)
    head, links = text[:_HEAD], f"{text}\n{html}"
    short = len(text.split()) <= _NOTICE_WORDS
    if short and not documents and (_SECURE.search(head) or _PORTAL_LINK.search(links)):
        return ("secure-message",)
    if not documents and _DOWNLOAD_LINK.search(links) and _SHARED.search(head):
        return ("linked-document",)
    return ()
