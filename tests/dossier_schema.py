"""A small reader of the dossier schema: just the words of JSON Schema that it uses."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMA = json.loads((Path(__file__).parent / "data" / "dossier.schema.json").read_text("utf-8"))
KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
KNOWN = {
    *("$schema", "$id", "$ref", "$defs", "title", "description", "format"),
    *("type", "const", "enum", "pattern", "minLength", "maxLength", "items"),
    *("minimum", "maximum", "exclusiveMinimum", "multipleOf"),
    *("properties", "additionalProperties", "required", "dependentRequired", "if", "then", "else"),
}


def problems(value: Any, schema: Any = SCHEMA, path: str = "$") -> Iterator[str]:
    """Say with its path everything in which the value breaks the schema."""
    if isinstance(schema, bool):
        yield from () if schema else (f"{path}: not allowed here",)
        return
    if strange := schema.keys() - KNOWN:
        yield f"{path}: this reader does not know {sorted(strange)}"
    if "$ref" in schema:
        yield from problems(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], path)
    yield from _word(value, schema, path)
    if isinstance(value, str):
        yield from _text(value, schema, path)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from problems(item, schema.get("items", {}), f"{path}[{number}]")
    elif isinstance(value, dict):
        yield from _object(value, schema, path)
    else:
        yield from _number(value, schema, path)


def _word(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    kind = schema.get("type")
    truth = isinstance(value, bool)
    if kind and (not isinstance(value, KINDS[kind]) or truth != (kind == "boolean")):
        yield f"{path}: no {kind}"
    if "const" in schema and value != schema["const"]:
        yield f"{path}: not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is no known word"


def _text(value: str, schema: dict[str, Any], path: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value!r} has the wrong form"
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**9):
        yield f"{path}: wrong length"


def _number(value: float, schema: dict[str, Any], path: str) -> Iterator[str]:
    if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{path}: {value} is out of range"
    if value <= schema.get("exclusiveMinimum", value - 1):
        yield f"{path}: {value} is too small"
    if value % schema.get("multipleOf", value or 1):
        yield f"{path}: {value} is no multiple"


def _object(value: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name, each in value.items():
        if name in known:
            yield from problems(each, known[name], f"{path}.{name}")
        elif not schema.get("additionalProperties", True):
            yield f"{path}.{name}: unknown"
    needed = set(schema.get("required", ()))
    for name, others in schema.get("dependentRequired", {}).items():
        if name in value:
            needed.update(others)
    for name in sorted(needed - value.keys()):
        yield f"{path}.{name}: missing"
    if "if" in schema:
        holds = not any(problems(value, schema["if"], path))
        yield from problems(value, schema.get("then" if holds else "else", {}), path)
