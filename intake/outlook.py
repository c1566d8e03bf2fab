"""The body of a message of Outlook: plain text where it says as much, else HTML, else RTF."""

from __future__ import annotations

from intake.mail_body import STUB
from intake.mapi import BODY, REPORT, Properties
from intake.markup import text_of_html
from intake.raw import RawLeaf
from intake.rtf_body import text_of_rtf


def body_leaf(message: Properties, *, plain: str = "") -> RawLeaf | None:
    """The text of the message, or None when it says nothing; `plain` is one that stands outside its properties."""
    text = (message.text(BODY) or plain or message.text(REPORT)).replace("\r\n", "\n").strip()
    html = message.html.decode("utf-8", "replace")
    if not html and not text:
        try:
            said, is_html = text_of_rtf(message.rtf)
        except ValueError:
            said, is_html = "", False
        html, text = (said, text) if is_html else (html, said.strip())
    seen = text_of_html(html) if html else ""
    if seen and len(text.split()) < STUB * len(seen.split()):
        return RawLeaf(filename="", media_type="text/html", body=True, content=html.encode("utf-8", "replace"))
    if not text:
        return None
    return RawLeaf(filename="", media_type="text/plain", body=True, content=text.encode("utf-8", "replace"))
