"""The rules, one function each, in files by theme; RULES holds them all by code."""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Final

from caseapp.domain.rules import (
    alone,
    attendance,
    birthdays,
    care,
    follow_up,
    growing_up,
    guardianship,
    intake,
    observation,
    placement,
    school,
    transfer,
    whereabouts,
)
from caseapp.domain.rules.rule import Rule


def gathered(themes: Iterable[ModuleType]) -> Mapping[str, Rule]:
    """Return every rule of the themes by its code, in the order of codes; a code is taken once."""
    rules = [one for theme in themes for one in vars(theme).values() if isinstance(one, Rule)]
    table = {one.code: one for one in sorted(rules, key=lambda one: one.code)}
    if len(table) != len(rules):
        raise ValueError("Two rules have the same code.")
    return table


THEMES: Final = (
    alone,
    attendance,
    birthdays,
    care,
    follow_up,
    growing_up,
    guardianship,
    intake,
    observation,
    placement,
    school,
    transfer,
    whereabouts,
)
"""The files of rules."""

RULES: Final = gathered(THEMES)
"""Every rule by its code."""
