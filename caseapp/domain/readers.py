"""Readers of JSON values: each takes one shape, says plainly what is wrong, and writes it back."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol, TypeVar

from caseapp.domain.json_text import Doubled

_DAY: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KEY_SHOWN: Final = 60
_WRITTEN: Final = {"start": "from", "end": "to"}


class DocumentError(ValueError):
    """A document is not what the format says: `path` is where, `sentence` is what to people."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(path, sentence)
        self.path = path
        self.sentence = sentence

    def within(self, step: str) -> "DocumentError":
        """Return the same error as seen from one step higher."""
        join = "" if not self.path or self.path.startswith("[") else "."
        return DocumentError(f"{step}{join}{self.path}", self.sentence)


class Reader(Protocol):
    """Reads one JSON value, and writes it back."""

    def read(self, value: object) -> object:
        """Return the value as a fact; raises DocumentError."""

    def write(self, fact: object) -> object:
        """Return the fact as JSON."""


@dataclass(frozen=True, slots=True)
class Text:
    """Text of 1 to `most` characters, or of one pattern."""

    most: int = 0
    pattern: re.Pattern[str] | None = None
    otherwise: str = ""

    def read(self, value: object) -> str:
        """Return the text."""
        if type(value) is not str:
            raise DocumentError("", "This must be text.")
        if self.pattern is not None:
            if not self.pattern.fullmatch(value):
                raise DocumentError("", self.otherwise)
            return value
        if not 0 < len(value) <= self.most:
            raise DocumentError("", f"This must be text of 1 to {self.most} characters.")
        if not value.isascii() and any("\ud800" <= mark <= "\udfff" for mark in value):
            raise DocumentError("", "This holds half a character (a lone surrogate).")
        if "\0" in value:
            raise DocumentError("", "This holds a character that cannot be kept (NUL).")
        return value

    def write(self, fact: object) -> object:
        """Return the text."""
        return fact


class Day:
    """A day as YYYY-MM-DD."""

    def read(self, value: object) -> date:
        """Return the day."""
        if type(value) is not str or not _DAY.fullmatch(value):
            raise DocumentError("", "This must be a day, written as YYYY-MM-DD.")
        return _day(value)

    def write(self, fact: object) -> object:
        """Return YYYY-MM-DD."""
        return fact.isoformat() if isinstance(fact, date) else fact


@lru_cache(maxsize=1 << 15)
def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DocumentError("", "The calendar has no such day.") from None


class Code:
    """One word of a fixed list."""

    def __init__(self, words: type[StrEnum]) -> None:
        self._words: Mapping[object, StrEnum] = {word.value: word for word in words}

    def read(self, value: object) -> StrEnum:
        """Return the word."""
        word = self._words.get(value) if type(value) is str else None
        if word is None:
            raise DocumentError("", f"This must be one of: {', '.join(map(str, self._words))}.")
        return word

    def write(self, fact: object) -> object:
        """Return the word as plain text."""
        return str(fact)


class Flag:
    """True or false."""

    def read(self, value: object) -> bool:
        """Return it."""
        if type(value) is not bool:
            raise DocumentError("", "This must be true or false.")
        return value

    def write(self, fact: object) -> object:
        """Return it."""
        return fact


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least` to `most` in steps (0: any step); `above`: more than `least`."""

    least: float
    most: float
    step: float = 0
    above: bool = False

    def read(self, value: object) -> float:
        """Return it; whole numbers come back as int when the step is 1."""
        if type(value) is not int and type(value) is not float:
            raise DocumentError("", "This must be a number.")
        low = value > self.least if self.above else value >= self.least
        if not (low and value <= self.most):
            start = "more than" if self.above else "from"
            raise DocumentError("", f"This must be {start} {self.least:g} up to {self.most:g}.")
        if self.step and value % self.step:
            raise DocumentError("", f"This must be in steps of {self.step:g}.")
        return int(value) if self.step == 1 else float(value)

    def write(self, fact: object) -> object:
        """Return it, without a needless .0."""
        return int(fact) if isinstance(fact, float) and fact.is_integer() else fact


@dataclass(frozen=True, slots=True)
class Many:
    """A list; `unique` names the attribute that may occur only once in it."""

    of: Reader
    unique: str | None = None

    def read(self, value: object) -> tuple[object, ...]:
        """Return the items."""
        if type(value) is not list:
            raise DocumentError("", "This must be a list.")
        items: list[object] = []
        for place, item in enumerate(value):
            try:
                items.append(self.of.read(item))
            except DocumentError as error:
                raise error.within(f"[{place}]") from None
        if self.unique is not None:
            self._refuse_doubles(items, self.unique)
        return tuple(items)

    @staticmethod
    def _refuse_doubles(items: list[object], key: str) -> None:
        seen: set[object] = set()
        for place, item in enumerate(items):
            identity = getattr(item, key)
            if identity in seen:
                raise DocumentError(f"[{place}].{key}", "This occurs twice in the list.")
            seen.add(identity)

    def write(self, fact: object) -> object:
        """Return the items as a list."""
        return [self.of.write(item) for item in fact] if isinstance(fact, tuple) else fact


@dataclass(frozen=True, slots=True)
class Ratings:
    """An object of which each key is a word of one list and each value of another."""

    keys: type[StrEnum]
    values: Code

    def read(self, value: object) -> Mapping[StrEnum, StrEnum]:
        """Return the words by key."""
        known = {word.value: word for word in self.keys}
        read: dict[StrEnum, StrEnum] = {}
        for key, item in pairs(value).items():
            if key not in known:
                raise unknown(key)
            try:
                read[known[key]] = self.values.read(item)
            except DocumentError as error:
                raise error.within(key) from None
        return read

    def write(self, fact: object) -> object:
        """Return plain words by key."""
        return (
            {str(key): str(word) for key, word in fact.items()} if isinstance(fact, dict) else fact
        )


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Record:
    """An object with named keys; `made` builds the fact, `check` looks at keys together."""

    made: Callable[..., object]
    must: Mapping[str, Reader]
    may: Mapping[str, Reader] = field(default_factory=dict)
    check: Callable[[Mapping[str, object]], None] | None = None

    def read(self, value: object) -> object:
        """Return the fact."""
        given = pairs(value)
        facts = {key: self._item(key, item) for key, item in given.items()}
        for key in self.must:
            if key not in given:
                raise DocumentError(key, "This is missing.")
        if self.check is not None:
            self.check(facts)
        for attribute, key in _WRITTEN.items():
            if key in facts:
                facts[attribute] = facts.pop(key)
        return self.made(**facts)

    def _item(self, key: str, item: object) -> object:
        reader = self.must.get(key) or self.may.get(key)
        if reader is None:
            raise unknown(key)
        try:
            return reader.read(item)
        except DocumentError as error:
            raise error.within(key) from None

    def write(self, fact: object) -> dict[str, object]:
        """Return the fact as an object; what is unknown or empty is left out."""
        written: dict[str, object] = {}
        named = {key: attribute for attribute, key in _WRITTEN.items()}
        for key, reader in (*self.must.items(), *self.may.items()):
            value = getattr(fact, named.get(key, key))
            if key in self.must or (value is not None and value not in ((), {})):
                written[key] = reader.write(value)
        return written


def pairs(value: object) -> Mapping[str, object]:
    """Return the keys and values of an object; raises DocumentError when it is none."""
    if isinstance(value, Doubled):
        raise DocumentError(shown(value.key), "This key occurs twice.")
    if type(value) is not dict:
        raise DocumentError("", "This must be an object.")
    return value


def unknown(key: str) -> DocumentError:
    """Return the error of a key that has no place here."""
    return DocumentError(shown(key), "This key is not known here.")


def shown(key: str) -> str:
    """Return a key as a step of a path; an odd one is quoted, so that a path is one line."""
    return key if _PLAIN_KEY.fullmatch(key) else json.dumps(key[:_KEY_SHOWN])
