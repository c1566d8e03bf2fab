"""Who signs: the name, credential and specialty under the close of a letter or beside an electronic signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.annotation.lines import Line
from extractors.prose.said import Letter, Said
from models.geometry import Span

_PARTICLE = r"(?:(?:van|von|de|del|della|der|den|la|le|da|di|dos|das|ten|ter|bin|ibn|al|el)\s+)"
_TITLED = rf"(?:Dr\.?\s+)?(?P<name>[A-Z][A-Za-z'.-]*(?:\s+{_PARTICLE}{{0,3}}[A-Z][A-Za-z'.-]*){{1,4}})"
_CREDENTIAL = (
    r"(?:MD|M\.D\.|DO|D\.O\.|NP|N\.P\.|PA-?C?|P\.A\.|FNP(?:-\w+)?|APRN|ARNP|CRNP|DNP|RN|DPM|DDS|DMD|PharmD|PhD|"
    r"PsyD|DC|PT|DPT"
    r"|MBBS|FAAD|FACP|FACG|FAAP|FACR|FACS|FACC|FACOG|FAAOS|FCCP|FAASM|FAAN|FAAFP|FAAPMR|OTR/L|OTR|OT|CCC-SLP|SLP|LCSW"
    r"|LPC|PMHNP(?:-\w+)?|AGNP(?:-\w+)?|ANP(?:-\w+)?|CNP|CNM|CNS|OD|RD|RPT|MBA|MSc|MHS)"
)
_SIGNED_NAME = re.compile(rf"^\W*{_TITLED}\s*(?P<credentials>(?:,?\s*{_CREDENTIAL}(?![A-Za-z])\.?)+)?\s*(?:[,(|-].*)?$")
_CREDENTIALED = re.compile(rf"{_TITLED}\s*,?\s+(?P<credentials>{_CREDENTIAL}(?:\s*,\s*{_CREDENTIAL})*)(?![\w.]*[a-z])")
_SPECIALTY = re.compile(
    r"(?:board[- ]certified(?: in)?\s+)?(?P<specialty>(?:[A-Z][a-z]+(?:\s+(?:and|&)\s+|\s+))*[A-Z]?[a-z]*(?:ology|"
    r"ologist|iatry|iatrist|iatrics|iatrician|medicine|surgery|surgeon|orthopedics|practice|immunology|rehabilitation"
    r"|management|obstetrics|therapy|pain|nursing|genetics))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signer:
    """A name with its credentials as written ("MD, FAAD") and their places in the document's text."""

    name: str
    name_span: Span
    credential: str | None
    credential_span: Span | None

    @property
    def full(self) -> str:
        """The name with its credentials: "Maria Lopez, MD, FAAD"."""
        return self.name if self.credential is None else f"{self.name}, {self.credential}"

    @property
    def full_span(self) -> Span:
        """From the first letter of the name to the last of the credentials."""
        return Span(self.name_span.start, self.credential_span.end if self.credential_span else self.name_span.end)


def specialty_in(text: str) -> str | None:
    """The specialty that a text is, with or without "board certified in" before it."""
    match = _SPECIALTY.fullmatch(text) if len(text.split()) <= 6 else None
    return match["specialty"].strip() if match else None


def find_signer(lines: Sequence[Line]) -> Signer | None:
    """The first of some lines that holds a person's name with credentials, else the first that is a name alone."""
    candidates = [signer for line in lines if (signer := read_signer(line.text, line.span.start))]
    return next((signer for signer in candidates if signer.credential), candidates[0] if candidates else None)


def read_signer(text: str, offset: int, *, within: bool = False) -> Signer | None:
    """The signer a text names; `offset` is its place in the document, `within` looks anywhere in it."""
    match = (_CREDENTIALED.search(text) if within else None) or _SIGNED_NAME.match(text)
    if match is None or not _personal(match["name"]):
        return None
    name, start = match["name"].rstrip(), match.start("name")
    tail = re.search(rf"(?:[\s,]+{_CREDENTIAL})+$", name)
    if tail and not match["credentials"] and len(name[: tail.start()].split()) >= 2:
        credential, at = name[tail.start() :].strip(" ,"), start + len(name) - len(name[tail.start() :].lstrip(" ,"))
        name = name[: tail.start()]
    else:
        credential = match["credentials"].strip(" ,") if match["credentials"] else None
        at = match.start("credentials") + match["credentials"].find(credential) if credential else 0
    return Signer(
        name=" ".join(name.split()),
        name_span=Span(offset + start, offset + start + len(name)),
        credential=credential,
        credential_span=Span(offset + at, offset + at + len(credential)) if credential else None,
    )


def read_foot(letter: Letter) -> Iterator[Said]:
    """The requesting provider as the close of the letter names it."""
    lines = letter.foot()[1:10]
    signer = find_signer(lines)
    if signer is None and letter.close is None and letter.greeting is not None:
        lines = letter.lines[max(letter.greeting + 1, len(letter.lines) - _LAST) :]
        signer = next((one for one in (read_signer(line.text, line.span.start) for line in lines) if one), None)
        signer = signer if signer is not None and signer.credential else None
    if signer is None:
        return
    span = signer.full_span
    sure = 0.92 if signer.credential and not _CLERKS.fullmatch(signer.credential) else 0.8
    yield Said("requesting_provider.name", signer.full, span, "under-the-close", sure)
    for line in lines:
        short = len(line.text.split()) <= 6 and line.span.start > span.start
        match = _SPECIALTY.search(line.text) if short else None
        if match:
            place = Span(line.span.start + match.start("specialty"), line.span.start + match.end("specialty"))
            yield Said("requesting_provider.specialty", match["specialty"].strip(), place, "under-the-close", 0.85)
            return


# Lines. Without a close the signer stands among so many at the end.
_LAST = 7
# Credentials of those who write for a prescriber.
_CLERKS = re.compile(r"(?:RN|LPN|LCSW|MBA|MHS|MSN|BSN|CNS|MA)(?:\s*,\s*(?:RN|BSN|MSN|MBA|MHS|CCM))*")

_NO_NAMES = {
    "sincerely", "regards", "thank", "you", "medical", "center", "clinic", "hospital", "department", "director",
    "health", "group", "associates", "board", "certified", "electronically", "signed", "enclosure", "enclosures",
    "phone", "fax", "npi", "suite", "street", "avenue", "physician", "signature", "date", "dermatology",
    "university", "division", "professor", "assistant", "school", "medicine", "prior", "authorization", "page",
    "office", "attending", "care", "reviewed", "dictated", "transcribed", "services", "children", "childrens", "of",
    "the", "practice", "specialists",
}  # fmt: skip


def _personal(name: str) -> bool:
    words = [word.strip(".,").lower() for word in name.split()]
    return len(words) >= 2 and not any(word in _NO_NAMES or word.endswith("ology") for word in words)
