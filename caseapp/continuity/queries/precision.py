"""How often a rule was right: of all interruptions that ended, how many were no mistake."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from caseapp.continuity.models import Alert, AlertSpell, Ending
from caseapp.domain.rules import RULES
from caseapp.kernel.work import Work, reading_past

ENOUGH: Final = 20
"""With fewer interruptions than this a share says nothing: one mistake would be more than 5 %."""


@dataclass(frozen=True, slots=True)
class Precision:
    """Of one rule: how many interruptions ended, and how many of them were closed as a mistake."""

    rule: str
    ended: int
    mistaken: int

    @property
    def share(self) -> float | None:
        """Return which part was no mistake; nothing while there are too few to say so."""
        return (self.ended - self.mistaken) / self.ended if self.ended >= ENOUGH else None


@reading_past("how precise a rule is, without children")
def precision(work: Work, since: datetime) -> list[Precision]:
    """Return for each rule of which an interruption ended since a moment how precise it was.

    Over the whole country, without children: a rule is the same everywhere, and one region sees too few.
    What came of a list that was undone is not counted.
    """
    mistaken = func.count().filter(AlertSpell.by == Ending.MISTAKEN)
    rows = work.session.execute(
        select(Alert.rule, func.count(), mistaken)
        .join(Alert, Alert.id == AlertSpell.alert_id)
        .where(AlertSpell.closed_at >= since)
        .where(func.coalesce(AlertSpell.by, Ending.FACTS.value) != Ending.UNDONE)
        .group_by(Alert.rule)
    )
    known = {rule: Precision(rule, ended, wrong) for rule, ended, wrong in rows}
    return [known[rule] for rule in RULES if rule in known]
