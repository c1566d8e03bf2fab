"""Writes docs/schema/authorization-request-1.json and docs/examples/request.json, the machine-readable contract."""

from __future__ import annotations

import json
from pathlib import Path

from docs.example_request import example
from models.request import AuthorizationRequest

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = "docs/schema/authorization-request-1.json"
EXAMPLE = "docs/examples/request.json"


def schema() -> str:
    """The JSON Schema (draft 2020-12) of one line of requests.jsonl."""
    made = AuthorizationRequest.model_json_schema(by_alias=True)
    return _json(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "authorization-request-1.json"} | made
    )


def request() -> str:
    """One full example of such a line, indented."""
    return _json(json.loads(example().model_dump_json(by_alias=True)))


def write() -> None:
    """Write both files anew."""
    for name, text in ((SCHEMA, schema()), (EXAMPLE, request())):
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write()
