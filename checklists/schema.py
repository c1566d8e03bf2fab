"""JSON schemas of the files people write, made from the models: checklists/schema.json and payers/schema.json."""

from __future__ import annotations

import json

from models.checklist import Checklist
from models.payer import Payer
from models.value import Value


def schema_text(model: type[Value]) -> str:
    """The schema of a file of this model, as the text of schema.json."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(by_alias=True)}
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


SCHEMAS: dict[str, type[Value]] = {"checklists/schema.json": Checklist, "payers/schema.json": Payer}
