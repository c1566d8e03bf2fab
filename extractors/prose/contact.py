"""Whom to call about a letter: the office's contact that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.annotation.patients import read_name
from extractors.prose.said import Letter, Said
from models.geometry import Span

_CUE = re.compile(
    r"\b(?i:(?:our|my|the)\s+(?:office(?:'s)?\s+)?(?:contact|authorization coordinator|referral coordinator|coordinator"
    r"|authorization specialist|nurse|assistant|case manager|office manager)(?:\s+person)?"
    r"(?:\s+for\s+(?:this|the)\s+\w+)?\s*(?:is|,|:)\s+"
    r"|(?:contact|call|reach|speak with|ask for|questions (?:may be directed )?to)\s+(?:my|our)\s+(?:\w+\s+){1,3}?,?\s*"
    r"|(?:please\s+)?(?:contact|call|telephone|ask for|speak with|direct (?:any )?questions to|reach)\s+)"
    r"(?P<name>[A-Z][\w'’-]+(?:\s+(?:de|la|van|von|der|den|del|di|da)){0,2}\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)"
    r"(?=\s*(?:,|at\b|in\b|on\b|by\b|\(|\.|of\b|with\b|if\b|for\b|from\b))"
)


def read_contact(letter: Letter) -> Iterator[Said]:
    """The first person of the writer's office whom a sentence tells to call."""
    for span in letter.sentences:
        text = letter.slice(span)
        match = _CUE.search(text)
        name = read_name(match["name"]) if match else None
        if match is None or name is None:
            continue
        place = Span(span.start + match.start("name"), span.start + match.start("name") + len(match["name"]))
        yield Said("requesting_provider.contact_name", " ".join(match["name"].split()), place, "to-be-called", 0.88)
        return
