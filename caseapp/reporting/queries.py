"""Figures over the whole country: counts without children, hidden below a number."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from caseapp.continuity.models import Alert
from caseapp.domain.rules import RULES
from caseapp.kernel.work import Work, reading_past

HIDDEN_BELOW: Final = 10
"""A figure of fewer children is not shown: somebody might recognise them (security.md 3.4)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many children have an open alert of a rule; None: fewer than may be shown."""

    rule: str
    children: int | None


@reading_past("figures of the whole country, small numbers hidden")
def open_alerts(work: Work) -> list[Figure]:
    """Return for every rule how many children have an open alert of it now, small numbers hidden.

    Zero is hidden too: that nobody is concerned says something about everybody.
    """
    rows = work.session.execute(
        select(Alert.rule, func.count(Alert.child_id.distinct()))
        .where(Alert.closed_at.is_(None))
        .group_by(Alert.rule)
    )
    known = {row[0]: row[1] for row in rows}
    return [Figure(rule, hidden_when_small(known.get(rule, 0))) for rule in RULES]


def hidden_when_small(number: int) -> int | None:
    """Return a number of children as it may be shown."""
    return number if number >= HIDDEN_BELOW else None
