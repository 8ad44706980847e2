"""Which facts of a record changed: names for the trail, never values."""

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")


def changed_fields(was: D, now: D) -> tuple[str, ...]:
    """Return the names of the fields that differ between two versions of the same facts."""
    names = (field.name for field in fields(now))
    return tuple(name for name in names if getattr(was, name) != getattr(now, name))


def known_until(facts: D, last: date) -> D:
    """Return the facts without the days after `last`: who sees a file up to a day sees no later one."""
    later: dict[str, Any] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, date) and value > last:
            later[field.name] = None
    return replace(facts, **later)
