"""What a letter goes on from: the authorization that it asks to renew, extend or change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.prose.said import Letter, Said
from models.geometry import Span

_KINDS = {
    "renewal": "renewal", "renew": "renewal", "renews": "renewal", "renewing": "renewal", "reauthorization": "renewal",
    "re-authorization": "renewal", "reauthorize": "renewal", "recertification": "renewal",
    "extension": "extension", "extend": "extension", "extends": "extension", "extending": "extension",
    "amendment": "amendment", "amend": "amendment", "amends": "amendment", "amending": "amendment",
    "modification": "amendment",
}  # fmt: skip
_KIND = "|".join(sorted(map(re.escape, _KINDS), key=len, reverse=True))
_NUMBER = (
    r"(?:auth(?:orization)?|authorisation|approval|certification|reference|case)\.?\s*(?:number|no\.?|num\.?|#|id)?"
    r"(?:\s+(?:is|was))?\s*[:#]?\s*(?P<id>(?=[A-Z0-9-]*\d{3})[A-Z0-9][A-Z0-9-]{4,19})(?![\w-])"
)
_FILLED = (
    r"(?:\s+(?:of|to|for|the|our|an?|my|your|this|her|his|their|existing|current|previous|prior|original|expiring"
    r"|earlier))*"
)
_CONTINUES = re.compile(rf"\b(?P<kind>{_KIND})\b{_FILLED}\s+{_NUMBER}", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:request(?:ing|ed|s)?|ask(?:ing)?|seek(?:ing)?|write to|writing to)\b\s+"
    r"(?:(?:is|for|an?|the|to|you|that)\s+)*"
    rf"(?P<kind>{_KIND})\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    rf"\b(?:previous|prior|existing|current|expiring|original|earlier|last)(?:ly\s+(?:approved|authorized)\s+under)?\s+"
    rf"{_NUMBER}|\b(?:approved|authorized)\s+under\s+{_NUMBER.replace('?P<id>', '?P<under>')}",
    re.IGNORECASE,
)


def read_earlier(letter: Letter) -> Iterator[Said]:
    """The kind of certification and the number of the authorization that it follows, the first of each."""
    kind = number = False
    for span in letter.sentences:
        text = letter.slice(span)
        match = _CONTINUES.search(text)
        asked = match or _ASKED.search(text)
        if asked and not kind:
            kind = True
            place = Span(span.start + asked.start("kind"), span.start + asked.end("kind"))
            yield Said("certification_type", _KINDS[asked["kind"].lower()], place, "goes-on", 0.92)
        earlier = match or _EARLIER.search(text)
        if earlier and not number:
            number = True
            group = "id" if earlier["id"] else "under"
            place = Span(span.start + earlier.start(group), span.start + earlier.end(group))
            yield Said("references.previous_authorization_number", earlier[group], place, "goes-on", 0.92)
