"""Who else a letter names: the provider or facility that will do what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.prose.said import Letter, Said
from extractors.prose.signer import read_signer
from models import identifiers
from models.geometry import Span

IN_PROSE = 0.92
_KINDS = (
    r"(?:provider|physician|clinician|surgeon|therapist|supplier|practice|pharmacy|company|specialist|laboratory|lab)"
)
_CUES = (
    ("servicing_provider", re.compile(
        rf"\b(?:servicing|rendering|performing|dispensing|supplying|consulting|[Tt]he|[Oo]ur|[Mm]y|[Hh]er|[Hh]is|DME)"
        rf"\s+{_KINDS}\s*(?:is|will be|would be|:)\s*(?=(?:Dr\.?\s+)?[A-Z])"
        r"|\b(?:will|to|would) be (?:provided|supplied|dispensed|delivered|furnished|administered) by\s+"
        r"|\b(?:refer(?:ring|red)?|referral)\s+(?:(?:him|her|them|the patient"
        r"|this patient)\s+)?to\s+(?=(?:Dr\.?\s+)?[A-Z])"
        r"|\b(?:will|to|would) be (?:performed|done|carried out|seen|treated) by\s+"
        r"|\b(?:consultation|visits?|evaluation|appointments?|therapy|care|surgery)\s+(?:with|by)\s+"
        r"(?=(?:Dr\.?\s+)?[A-Z][\w'’-]+\s(?:[\w'’.-]+\s){0,2}?[A-Z][\w'’-]+,\s[A-Z]{2})")),
    ("facility", re.compile(
        r"\b(?:[Tt]he |[Ss]ervice |[Tt]reating |[Ss]urgical )?(?:facility|hospital|surgery center|place of service)\s*"
        r"(?:is|will be|would be|:)\s*"
        r"|\b(?:performed|done|scheduled|admitted|carried out|take place|administered|admission)\s+(?:at"
        r"|to)\s+(?=[A-Z])")),
)  # fmt: skip
_NPI = re.compile(r"\bNPI\s*(?:number|no\.?|#)?\s*(?:is)?\s*:?\s*\(?(?P<npi>\d{10})(?!\d)", re.IGNORECASE)
_ORGANIZATION = re.compile(
    r"(?P<name>[A-Z0-9][\w.&'’-]*(?:\s+(?:&|of|the|and|at|for|in|[A-Z0-9][\w.&'’-]*)){0,8}"
    r"(?:\s?,\s(?:LLC|L\.L\.C\.|Inc\.?|Ltd\.?|Corp\.?|LLP|PLLC|PC|P\.C\.|PA|P\.A\.|LP)(?!\w))?)"
)
# A surname before the given name: "Hale, Miriam MD".
_TURNED = re.compile(
    r"[A-Z][\w'’ -]+,\s+[A-Z][\w'’.-]*(?:\s[A-Z]\.?)?,?\s"
    r"(?:MD|DO|NP|PA-C|PA|FNP-\w+|FNP|APRN|DPM|DC|DPT|PT|OT|PhD|CRNP|DDS|DMD)(?=[,.;\s]|$)"
    r"(?:,\s(?:MD|DO|DPT|PhD|DNP|MPH|MS|MSN|FACS|FACP|RN|APRN)(?=[,.;\s]|$))*"
)
# How much of a text after the cue may speak of the one who was named.
_REACH = 220


def read_providers(letter: Letter) -> Iterator[Said]:
    """The servicing provider and the facility that the sentences of a letter name, the first of each."""
    done: set[str] = set()
    for span in letter.sentences:
        text = letter.slice(span)
        for role, cue in _CUES:
            match = cue.search(text) if role not in done else None
            if match is None:
                continue
            start = span.start + match.end()
            found = list(read_named(role, letter.text[start : min(start + _REACH, letter.sentences[-1].end)], start))
            if found:
                done.add(role)
                yield from found


def read_named(role: str, text: str, offset: int) -> Iterator[Said]:
    """The person, the organization and the NPI at the start of a text."""
    npi = _NPI.search(text)
    head = text[: npi.start()] if npi else re.split(r"(?<!\bCo)(?<!\bInc)(?<!\bDr)(?<!\bSt)\.\s|;", text, maxsplit=1)[0]
    at = 0
    turned = _TURNED.match(head)
    if turned:
        yield Said(f"{role}.name", turned[0], Span(offset, offset + turned.end()), "named-in-prose", IN_PROSE)
        at = turned.end()
    person = None if turned else re.match(r"[^,]+,\s*[A-Z][A-Za-z.-]{1,6}(?=,|\s|$)", head)
    signer = read_signer(person[0], offset) if person else None
    if signer is not None and signer.credential and person:
        span = Span(signer.name_span.start, offset + person.end())
        yield Said(f"{role}.name", f"{signer.name}, {signer.credential}", span, "named-in-prose", IN_PROSE)
        at = person.end()
    lead = re.compile(r"[\s,]*(?:(?:of|at|with|from)\s+(?:the\s+)?)?").match(head, at)
    at = lead.end() if lead else at
    organization = _ORGANIZATION.match(head, at)
    name = organization["name"].rstrip(" ,") if organization else ""
    # "Co." and "Inc." keep their dot; that of a sentence is not the name's.
    name = name if re.search(r"\b(?:Co|Inc|Ltd|Corp)\.$", name) else name.rstrip(".")
    name = re.sub(r"(?:\s+(?:&|of|the|and|at|for|in))+$", "", name)
    if len(name.split()) >= 2:
        yield Said(f"{role}.organization", name, Span(offset + at, offset + at + len(name)), "named-in-prose", IN_PROSE)
    if npi and (signer or turned or name) and npi.start() < 160:
        digits = npi["npi"]
        good = identifiers.npi_ok(digits)
        yield Said(
            f"{role}.npi", digits if good else None, Span(offset + npi.start("npi"), offset + npi.end("npi")),
            "named-in-prose", IN_PROSE, unclear=None if good else "invalid",
        )  # fmt: skip
