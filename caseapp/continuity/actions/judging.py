"""Saying that an alert is a mistake, with a reason, and taking that back.

The rule keeps quiet about it for as long as the facts stay as they are and it grows no graver. It stays
counted: the share of mistakes says how precise a rule is.
"""

from caseapp.continuity import queries
from caseapp.continuity.actions.owning import NotTheOwnerError, may_put_off, note, refuse_stale
from caseapp.continuity.actions.spells import end, go_on
from caseapp.continuity.actions.turn import Turn
from caseapp.continuity.actions.turns import hold
from caseapp.continuity.facts import Surroundings, files
from caseapp.continuity.models import Alert, Ending, Step
from caseapp.domain.events import AlertMistaken, AlertRestored
from caseapp.kernel.work import LostRaceError, Work


class NotMistakenError(ValueError):
    """The alert is not muted as a mistake (any more): the facts changed, or somebody took it back."""


def call_mistaken(work: Work, row: Alert, version: int, reason: str) -> None:
    """Close an alert as a mistake; raises AlertClosedError, LostRaceError, NotTheOwnerError."""
    refuse_stale(row, version)
    if not may_put_off(work, row.owner_account_id):
        raise NotTheOwnerError
    end(work, row, queries.open_spells(work, [row.id]).get(row.id), Ending.MISTAKEN)
    row.mistaken_at = work.now
    note(work, row, Step.MISTAKEN, reason=reason)
    work.record(AlertMistaken(object_id=row.id, child_id=row.child_id, rule=row.rule))


def call_right(work: Work, row: Alert, version: int) -> None:
    """Open an alert again that was no mistake after all.

    Raises NotMistakenError, LostRaceError, NotTheOwnerError.
    """
    hold(work, [row.child_id])
    spell = queries.last_spell(work, row.id)
    if row.mistaken_at is None or spell is None:
        raise NotMistakenError
    if row.version != version:
        raise LostRaceError
    if not may_put_off(work, row.owner_account_id):
        raise NotTheOwnerError
    go_on(row, spell)
    note(work, row, Step.RESTORED)
    Turn(work, Surroundings(work, files(work, [row.child_id]))).let_in(row)
    work.record(AlertRestored(object_id=row.id, child_id=row.child_id, rule=row.rule))
