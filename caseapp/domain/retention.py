"""How long each zone of the record is kept, and what is due: found by the clock, decided by a person.

The terms stand in config/retention.toml. Nothing is destroyed because a term is over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from caseapp.domain.calendar import birthdays, plus_days, plus_months
from caseapp.domain.facts import Birth

MONTHS_A_YEAR: Final = 12


class Zone(StrEnum):
    """A part of what is kept that has a term of its own."""

    YOUTH_HELP = "youth_help"
    GUARDIANSHIP = "guardianship"
    RECEPTION = "reception"
    REQUESTS = "requests"
    LOG = "log"
    LISTS = "lists"


class CountsFrom(StrEnum):
    """From what a term counts."""

    LAST_CHANGE = "last_change"
    """Of a file that is closed."""
    BIRTH = "birth"
    WRITTEN = "written"


OF_A_FILE: Final = (Zone.YOUTH_HELP, Zone.RECEPTION, Zone.GUARDIANSHIP)
"""The zones that one file can lie in; it goes only when the last of its terms is over."""

LEAST_YEARS: Final[Mapping[Zone, int]] = {Zone.YOUTH_HELP: 20, Zone.GUARDIANSHIP: 18, Zone.LOG: 5}
"""Below these a term would break the law (Jeugdwet 7.3.8; Stcrt. 2019, 38007)."""


class Decision(StrEnum):
    """What a person decided about something that is due."""

    WAITING = "waiting"
    KEPT = "kept"
    DESTROY = "destroy"


class RetentionError(ValueError):
    """The table of terms is not what it should be."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long a zone is kept: so many years or days from something, and why."""

    zone: Zone
    counts_from: CountsFrom
    basis: str
    years: int = 0
    days: int = 0

    def over_on(self, since: date) -> date:
        """Return the first day on which the term is over, counted from a day."""
        return plus_days(plus_months(since, self.years * MONTHS_A_YEAR), self.days)

    def began_by(self, today: date) -> date:
        """Return the last day from which the term can be counted and be over by today."""
        day = plus_days(plus_months(today, -self.years * MONTHS_A_YEAR), -self.days)
        return plus_days(day, 1) if self.over_on(plus_days(day, 1)) <= today else day


Terms = Mapping[Zone, Term]


def read_terms(table: Mapping[str, Mapping[str, Any]]) -> Terms:
    """Read the terms of all zones; raises RetentionError for one that lacks or is too short."""
    if set(table) != set(Zone):
        raise RetentionError(f"The zones must be: {', '.join(Zone)}.")
    found = {Zone(name): _term(Zone(name), row) for name, row in table.items()}
    for zone, least in LEAST_YEARS.items():
        if found[zone].years < least:
            raise RetentionError(f"{zone}: keep it for {least} years at least.")
    return found


def _term(zone: Zone, row: Mapping[str, Any]) -> Term:
    try:
        term = Term(zone, **(dict(row) | {"counts_from": CountsFrom(row["counts_from"])}))
    except (KeyError, TypeError, ValueError):
        raise RetentionError(f"{zone}: give counts_from, basis, and years or days.") from None
    if bool(term.years) == bool(term.days):
        raise RetentionError(f"{zone}: give either years or days.")
    return term


@dataclass(frozen=True, slots=True)
class Kept:
    """What the terms of one file count from."""

    birth: Birth
    last_change: date
    had_guardian: bool


def over_of(terms: Terms, kept: Kept) -> dict[Zone, date]:
    """Return for each zone that a closed file lies in the day on which its term is over.

    Of a birth date that is not exact the latest counts: nothing goes too early.
    """
    found = {}
    for zone in OF_A_FILE:
        if zone is Zone.GUARDIANSHIP and not kept.had_guardian:
            continue
        term = terms[zone]
        if term.counts_from is CountsFrom.BIRTH:
            found[zone] = birthdays(kept.birth, term.years).last
        else:
            found[zone] = term.over_on(kept.last_change)
    return found
