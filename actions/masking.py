"""What a caller without the right to whole identifiers sees of a request: its numbers masked, whoever wrote them.

What is read off pages is masked before it is stored, by the rules of the version that read it. These are today's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from models.identifiers import mask_hkid, mask_sensitive, mask_ssn
from models.request import AuthorizationRequest

_MASKS = {"hkid": mask_hkid, "ssn": mask_ssn}
# Names of ours, in which a number is part of no text.
_OURS = frozenset({"schema", "id", "document", "sha256", "record", "extractor", "version", "rule", "confirmed_by"})
# A shorter piece of a masked text may stand in it by chance.
_LEAST = 8
# A text with fewer digits holds none of these numbers: an HKID has six and its check, the others more.
_LEAST_DIGITS = 6


def masked(request: AuthorizationRequest) -> AuthorizationRequest:
    """The request with Hong Kong identity, social security and card numbers masked in every text of it."""
    body = json.loads(request.model_dump_json(by_alias=True))
    told = _masked(body, system=None)
    return request if told == body else AuthorizationRequest.model_validate_json(json.dumps(told))


def _masked(node: Any, *, system: str | None, beside: tuple[str, ...] = ()) -> Any:
    """The node masked; `system` is that of the identifier it belongs to, `beside` what else stands in its leaf."""
    if isinstance(node, str):
        return _hidden(node, system, beside)
    if isinstance(node, list):
        return [_masked(item, system=system, beside=beside) for item in node]
    if not isinstance(node, dict):
        return node
    system = node["system"] if isinstance(node.get("system"), str) else system
    if "provenance" in node:
        beside = tuple(text for text in _texts(node) if mask_sensitive(text) != text)
    return {
        key: value if key in _OURS or key == "provenance" else _masked(value, system=system, beside=beside)
        for key, value in node.items()
    }


def _texts(node: Any) -> Iterator[str]:
    """The texts in a node in which such a number could stand."""
    if isinstance(node, str):
        if sum(map(str.isdigit, node)) >= _LEAST_DIGITS:
            yield node
    elif isinstance(node, list):
        for inner in node:
            yield from _texts(inner)
    elif isinstance(node, dict):
        for key, inner in node.items():
            if key not in _OURS:
                yield from _texts(inner)


def _hidden(text: str, system: str | None, beside: tuple[str, ...]) -> str:
    """A text masked by what it says, by the identifier it is, or as the same number is beside it behind its label."""
    if system not in _MASKS and sum(map(str.isdigit, text)) < _LEAST_DIGITS:
        return text
    told = mask_sensitive(text)
    if told != text or "*" in text:
        return told
    if system in _MASKS and any(character.isdigit() for character in text):
        return _MASKS[system](text)
    bare = _bare(text)
    for other in beside if len(bare) >= _LEAST else ():
        at = _bare(other).find(bare)
        found = _bare(mask_sensitive(other))[at : at + len(bare)]
        if at >= 0 and "*" in found:
            return found
    return text


def _bare(text: str) -> str:
    return re.sub(r"[^\w*]|_", "", text)
