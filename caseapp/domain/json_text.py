"""Strict JSON: what a lenient reader would let pass, or fall over, is a plain error here."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 16_000_000
"""The greatest size of one document."""


class JsonTextError(ValueError):
    """The text is no JSON that we take; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Doubled:
    """Stands where an object names a key twice: no shape takes it."""

    key: str


@dataclass(frozen=True, slots=True)
class NoNumber:
    """Stands where NaN or Infinity was written: no shape takes it."""


def read_json(data: bytes) -> object:
    """Return the value that a JSON text in UTF-8 holds; raises JsonTextError."""
    if len(data) > MOST_BYTES:
        raise JsonTextError(f"This is larger than {MOST_BYTES // 1_000_000} megabytes.")
    try:
        text = data.decode("utf-8-sig")
        value: object = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise JsonTextError(f"This is not UTF-8, from byte {error.start + 1} on.") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise JsonTextError(f"This is not JSON: it goes wrong at {place}.") from None
    except RecursionError:
        raise JsonTextError("This is nested too deeply.") from None
    except ValueError:
        raise JsonTextError("This holds a number with too many digits.") from None
    return value


def _object(pairs: list[tuple[str, object]]) -> object:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    times = Counter(key for key, _ in pairs)
    return Doubled(next(key for key in times if times[key] > 1))


def _constant(_: str) -> NoNumber:
    return NoNumber()
