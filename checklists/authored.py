"""YAML files written by people: read strictly, with the file and line of every defect."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from models.problem import PolicyError
from models.value import Value

V = TypeVar("V", bound=Value)


def read_authored(path: Path, model: type[V]) -> V:
    """Read one YAML file as a value of `model`.

    Raises:
        PolicyError: the file is no YAML, repeats a key, has an unknown or missing key or a value of the wrong kind. The
            message names file, line, key and what to do.
    """
    root = _compose(path)
    _refuse_repeats(path, root)
    data = yaml.SafeLoader("").construct_document(root)
    try:
        return model.model_validate_json(json.dumps(data, default=_plain))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(name) for name in first["loc"]) or "the file"
        line = line_of(root, tuple(first["loc"]))
        raise PolicyError(f"{path.name}, line {line}: {key}: {first['msg']}. {_advice(first['type'])}") from None


def defect(path: Path, where: tuple[str | int, ...], message: str) -> PolicyError:
    """The error for a defect of meaning at a place of a file ("items", 2, "need"); `message` says what to do."""
    return PolicyError(f"{path.name}, line {line_of(_compose(path), where)}: {message}")


def line_of(root: yaml.Node, where: tuple[str | int, ...]) -> int:
    """The line (from 1) of a place in the file, or of the nearest thing around it that is there."""
    node, line = root, root.start_mark.line + 1
    for name in where:
        found = _child(node, name)
        if found is None:
            return line
        node, line = found
    return line


def _compose(path: Path) -> yaml.Node:
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise PolicyError(f"{path.name}, line {line}: this is not valid YAML. Check indentation and quotes.") from None
    except UnicodeDecodeError:
        raise PolicyError(f"{path.name}, line 1: the file is not UTF-8. Save it as UTF-8.") from None
    if root is None:
        raise PolicyError(f"{path.name}, line 1: the file is empty. Write it or remove it.")
    return root


def _refuse_repeats(path: Path, node: yaml.Node) -> None:
    for mapping in _mappings(node):
        seen: set[str] = set()
        for key, _ in mapping.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise PolicyError(f"{path.name}, line {line}: the key {key.value!r} stands twice. Keep one of them.")
            seen.add(key.value)


def _mappings(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for member in node.value:
            yield from _mappings(member)


def _child(node: yaml.Node, name: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(name):
                return value, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode) and isinstance(name, int) and name < len(node.value):
        member = node.value[name]
        return member, member.start_mark.line + 1
    return None


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot stand in such a file")


def _advice(kind: str) -> str:
    return {
        "missing": "Add the key.",
        "extra_forbidden": "Remove the key or correct its name.",
        "string_type": "Put the value in quotes.",
    }.get(kind, "Correct the value; schema.json beside the file lists what is allowed.")
