"""The bytes of a value inside a seal: a tag that says what it is, canonical JSON, padding."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from math import isfinite
from typing import Any, Final, TypeVar, cast
from uuid import UUID

import msgspec

from caseapp.kernel.padding import RECORD, SMALL, pad, unpad

T = TypeVar("T")

TAGS: Final = {str: "text", date: "day", int: "whole", float: "number", bool: "truth", UUID: "id"}
"""The tags of plain kinds. Other kinds bear __sealed_as__, or else the name of their class."""

WRITER: Final = msgspec.json.Encoder(order="sorted")


class NotSealableError(TypeError):
    """The value is not of the declared kind, or would not come back as it was; it is not shown."""


class NotThisKindError(ValueError):
    """The bytes hold something else than was asked for."""


@dataclass(frozen=True, slots=True)
class Codec:
    """What is needed to write and read one kind of value."""

    prefix: bytes
    bucket: int
    read: Callable[[bytes], Any]


@cache
def codec(kind: type) -> Codec:
    """Return how a kind is written; raises NotSealableError for a kind that cannot be."""
    plain = kind in TAGS or issubclass(kind, Enum)
    if not (plain or is_dataclass(kind)):
        raise NotSealableError(f"{kind.__name__} cannot be sealed")
    tag = TAGS.get(kind) or vars(kind).get("__sealed_as__") or kind.__name__
    name = cast("str", tag).encode()
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind)
    return Codec(bytes((len(name),)) + name, SMALL if plain else RECORD, decoder.decode)


def encode(kind: type, value: object) -> bytes:
    """Return the padded bytes; raises NotSealableError unless they give the same value back."""
    form = codec(kind)
    json = _written(form, value)
    if json is None:  # not inside the handler: the error that was met may hold the value
        raise NotSealableError(f"this value would not come back as the same {kind.__name__}")
    return pad(form.prefix + json, form.bucket)


def _written(form: Codec, value: object) -> bytes | None:
    """Return the JSON of a value, or None when it does not give the same value back."""
    try:
        json = WRITER.encode(value)
        as_is = json.isascii() or unicodedata.is_normalized("NFC", json.decode())
        if not as_is:
            json = WRITER.encode(_composed(msgspec.to_builtins(value)))
        back = form.read(json)
    except (TypeError, ValueError, OverflowError, msgspec.MsgspecError):
        return None
    return None if as_is and back != value else json


def decode(kind: type[T], padded: bytes) -> T:
    """Return the value; raises NotThisKindError for other tags and for what does not decode."""
    asked: type = kind  # mypy takes a type[T] for unhashable
    form = codec(asked)
    try:
        content = unpad(padded)
        if content.startswith(form.prefix):
            return cast("T", form.read(content[len(form.prefix) :]))
    except (ValueError, msgspec.MsgspecError):
        raise NotThisKindError(kind.__name__) from None
    raise NotThisKindError(kind.__name__)


def _composed(value: object) -> object:
    """Bring each text in a tree into NFC: in JSON a mark could compose with an escape."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: _composed(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_composed(part) for part in value]
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("JSON has no such number")
    return value
