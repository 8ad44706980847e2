"""What comparing a row with what we know gives."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from caseapp.domain.lists.among_rows import Key
from caseapp.domain.lists.intents import Intent
from caseapp.domain.lists.known import Known, KnownChild
from caseapp.domain.lists.problems import Problem
from caseapp.domain.lists.rows import Row
from caseapp.domain.lists.words import Reason, Severity, Verdict

Taken = Mapping[int, Collection[Reason]]
"""The doubts that a person decided to take, by row number."""

NEVER_TAKEN: Final = frozenset({Reason.PERHAPS_BSN})
"""Doubts that nobody can set aside: the row does not tell of whom it speaks."""

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Setting:
    """What every comparison may look at: the day, what we know, the keys in this file."""

    on: date
    known: Known
    keys: Collection[Key] = frozenset()
    taken: Taken = field(default_factory=dict)

    def child(self, row: Row) -> KnownChild | None:
        """Return the child that a row speaks of, as we know it."""
        v_number = row.text("v_number")
        return None if v_number is None else self.known.children.get(v_number)

    def keeps_out(self, number: int, problems: Iterable[Problem]) -> bool:
        """Say whether a problem keeps a row out that no person has decided to take."""
        taken = set(self.taken.get(number, ())) - NEVER_TAKEN
        return any(
            problem.keeps_out
            and (problem.severity is Severity.REFUSED or problem.reason not in taken)
            for problem in problems
        )

    def waits(self, row: Row) -> bool:
        """Say whether a row is kept out by what it says itself, whatever we know."""
        return self.keeps_out(row.number, row.problems)

    def is_closed(self, location: str | None, day: date | None) -> bool:
        """Say whether a location that we know is not open on a day."""
        found = self.known.locations.get(location or "")
        return found is not None and day is not None and not found.is_open(day)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row is to us, what there is to say, and what applying it does.

    The intents also stand there when the row is doubtful: they are what taking it would do; one
    that is not `takeable` cannot be carried out, whoever decides.
    """

    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
    intents: tuple[Intent, ...] = ()
    takeable: bool = True

    @property
    def possible(self) -> bool:
        """Whether it can be carried out at all, also when a person decides so."""
        return self.takeable or not any(problem.keeps_out for problem in self.problems)


def unknown_child(row: Row) -> Outcome:
    """Return the outcome of a row about a child that we do not know."""
    problem = row.problem("v_number", Severity.REFUSED, Reason.UNKNOWN_CHILD)
    return Outcome(Verdict.REFUSED, (problem,), takeable=False)


def column_names(row: Row, names: Iterable[str]) -> tuple[str, ...]:
    """Return the Dutch column names of fields, in the order of the list."""
    wanted = set(names)
    return tuple(column.name for name, column in row.layout.columns.items() if name in wanted)


def filled(made: type[_Made], row: Row, **given: object) -> _Made:
    """Make an intent with the values of a row; what is given goes before what the row says."""
    values: dict[str, Any] = {name: row.values.get(name) for name in _names_of(made)}
    return made(**(values | given | {"row": row.number}))


def _names_of(made: Any) -> tuple[str, ...]:
    return tuple(made.__dataclass_fields__)
