"""How a stretch during which an alert is open ends, and how it goes on when it ended by mistake."""

from caseapp.continuity.models import Alert, AlertSpell, Ending
from caseapp.domain.reach import Why
from caseapp.kernel import clock
from caseapp.kernel.work import Work
from caseapp.people import actions as people


def end(work: Work, row: Alert, spell: AlertSpell | None, by: Ending) -> None:
    """Close an alert, keep how long the interruption lasted, and let nobody look in because of it."""
    row.closed_at = work.now
    row.put_off_until = None
    if spell is not None:
        spell.closed_at = work.now
        spell.by = by
        began = row.facts.since if row.times == 1 else clock.local_day(spell.opened_at)
        spell.days = max(0, (work.today - began).days)
    people.end_reach(work, row.child_id, [Why.TOLD], work.now, origin_id=row.id)


def go_on(row: Alert, spell: AlertSpell) -> None:
    """Open an alert again as if it had never closed: whose it was, how often it was put off."""
    row.closed_at = None
    row.mistaken_at = None
    spell.closed_at = None
    spell.days = None
    spell.by = None
