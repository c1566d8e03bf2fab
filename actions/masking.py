"""Masking what people typed: what was read off pages is masked before it is stored, their own words are not."""

from __future__ import annotations

import json
from typing import Any

from models.identifiers import mask_hkid, mask_sensitive, mask_ssn
from models.request import AuthorizationRequest

_MASKS = {"hkid": mask_hkid, "ssn": mask_ssn}


def masked(request: AuthorizationRequest) -> AuthorizationRequest:
    """The request with Hong Kong identity, social security and card numbers masked where a person gave the value."""
    body = request.model_dump_json(by_alias=True)
    if '"confirmed_by":"' not in body:
        return request
    told = json.loads(body)
    _mask(told, system=None)
    return AuthorizationRequest.model_validate_json(json.dumps(told))


def _mask(node: Any, *, system: str | None) -> None:
    """Mask the confirmed leaves under a node; `system` is that of the identifier it belongs to."""
    if isinstance(node, list):
        for item in node:
            _mask(item, system=system)
    elif isinstance(node, dict):
        if node.get("confirmed_by") is not None:
            node["value"] = _hidden(node["value"], system)
            return
        for value in node.values():
            _mask(value, system=node.get("system", system) if isinstance(node.get("system"), str) else system)


def _hidden(value: Any, system: str | None) -> Any:
    if isinstance(value, str):
        return _MASKS[system](value) if system in _MASKS and "*" not in value else mask_sensitive(value)
    if isinstance(value, dict):
        return {key: _hidden(inner, system) for key, inner in value.items()}
    return value
