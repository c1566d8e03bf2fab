"""The text of a mail: which of its parts are that text, and how it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake.markup import text_of_html
from intake.mime import Part

# A plain text with fewer than a quarter of the words of the HTML beside it is a stub ("This mail needs a viewer for
# HTML"), not the same letter.
STUB = 0.25
# New words of one rendering of a letter that a mail program may have added ("view in browser"); set by hand.
_FEW = 8
_WORD = re.compile(r"\w+(?:[./-]\w+)*")
_LINK = re.compile(r"\w+://\S+|<[^>]*>|\[[^\]]*\]")
_TEXTS = ("text/plain", "text/html")
# Other renderings of the same letter.
_RENDERINGS = ("text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html")


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a mail as a reader of it sees it, and the parts it was taken from; `html` when all of it was HTML."""

    text: str
    html: str | None
    parts: tuple[Part, ...]


def body_of(parts: tuple[Part, ...]) -> Body:
    """Join the texts of a mail: of alternatives the plain one where it says as much, else the HTML, else both."""
    used = tuple(part for part in parts if _is_body_part(part))
    chosen: list[tuple[bool, str]] = []
    for group in _groups(used):
        plain = "\n\n".join(text for part in group if not _is_html(part) if (text := plain_text(part).strip()))
        html = "\n".join(part.text for part in group if _is_html(part))
        seen = text_of_html(html) if html else ""
        if plain and not (seen and (len(plain.split()) < STUB * len(seen.split()) or _says_more(seen, plain))):
            chosen.append((False, plain))
        elif seen:
            chosen += [(False, plain)] if _says_more(plain, seen) else []
            chosen.append((True, html))
    if chosen and all(is_html for is_html, _ in chosen):
        html = "\n".join(text for _, text in chosen)
        return Body(text_of_html(html), html, used)
    text = "\n\n".join(text_of_html(text) if is_html else text for is_html, text in chosen)
    return Body(text, None, used)


def _says_more(text: str, other: str) -> bool:
    """Whether a text holds figures, or more than a few words, that the other one lacks; addresses of links aside."""
    said, known = ({*_WORD.findall(_LINK.sub(" ", each).casefold())} for each in (text, other))
    new = said - known
    return len(new) > _FEW or any(any(char.isdigit() for char in word) for word in new)


def plain_text(part: Part) -> str:
    """A plain part's text; lines that a mail program has broken are whole again (RFC 3676)."""
    text = part.text.replace("\r\n", "\n")
    if (part.parameter("format") or "").lower() != "flowed":
        return text
    return unflowed(text, delete_space=(part.parameter("delsp") or "").lower() == "yes")


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Text of format=flowed as it was written: a line that ends with a blank goes on in the next one, if it is quoted
    as deep; the line "-- " before a signature does not.

    Source:
        RFC 3676, 4.
    """
    lines: list[str] = []
    depth_before, goes_on = -1, False
    for line in text.split("\n"):
        said = line.lstrip(">")
        depth = len(line) - len(said)
        said = said.removeprefix(" ")
        flows = said.endswith(" ") and said != "-- "
        kept = said[:-1] if flows and delete_space else said
        if goes_on and depth == depth_before and said != "-- ":
            lines[-1] += kept
        else:
            lines.append(f"{'>' * depth} {kept}" if depth else kept)
        depth_before, goes_on = depth, flows
    return "\n".join(lines)


def _is_html(part: Part) -> bool:
    return part.media_type == "text/html"


def _is_body_part(part: Part) -> bool:
    """A text without a name that is not attached; also a multipart whose boundary cannot be found."""
    if part.too_deep or part.disposition == "attachment" or part.filename:
        return False
    kind = part.media_type
    among = any(subtype == "alternative" for _, subtype, _ in part.around)
    return kind in _TEXTS or kind.startswith("multipart/") or (kind in _RENDERINGS and among)


def _groups(parts: tuple[Part, ...]) -> list[list[Part]]:
    """The texts, those that are alternatives of one another together; renderings of them left out."""
    groups: dict[object, list[Part]] = {}
    for number, part in enumerate(parts):
        one_of = next((around[0] for around in part.around if around[1] == "alternative"), None)
        groups.setdefault(("part", number) if one_of is None else ("one of", one_of), []).append(part)
    return [_without_renderings(group) for group in groups.values()]


def _without_renderings(group: list[Part]) -> list[Part]:
    return [part for part in group if part.media_type not in _RENDERINGS]


_DATA = re.compile(
    r"""<(?:img|embed|object|iframe)\b[^>]{0,2000}?(?:src|data)\s*=\s*["']?data:([a-z]+/[a-z0-9.+-]+)(?:;[a-z0-9=-]+)*;base64,([A-Za-z0-9+/=\s%]+)""",
    re.IGNORECASE,
)


def pictures_in(html: str) -> tuple[tuple[str, str], ...]:
    """Media type and base64 of each picture or document that stands in HTML itself (RFC 2397)."""
    return tuple((match[1].lower(), match[2]) for match in _DATA.finditer(html)) if "base64," in html else ()
