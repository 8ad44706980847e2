"""Alerts when a list is undone: what the list ended goes on as it was, and what it began never counted.

A list does all at one moment, so that moment tells which alerts it closed, unmuted and raised.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from caseapp.continuity import queries
from caseapp.continuity.actions.owning import note
from caseapp.continuity.actions.spells import go_on
from caseapp.continuity.actions.turn import Turn
from caseapp.continuity.facts import Surroundings, files
from caseapp.continuity.models import Alert, AlertSpell, AlertStep, Ending, Step
from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.work import Work


def take_back(work: Work, child_ids: Collection[UUID], moment: datetime) -> list[UUID]:
    """Let the alerts go on that facts closed at a moment, and mute those again that facts unmuted then.

    To be done when the facts are as they were, before the rules run again: these close what is not true
    any more. Returns the alerts that go on; those that came back since are left alone.
    """
    resumed = []
    for part in in_parts(child_ids):
        for row in _closed(work, part, moment):
            spell = queries.last_spell(work, row.id)
            if spell is not None and spell.by == Ending.FACTS:
                go_on(row, spell)
                row.opened_at = spell.opened_at
                row.put_off_until = _rests_until(work, row)
                resumed.append(row.id)
                note(work, row, Step.UNDONE)
        for row, judged in _unmuted(work, part, moment):
            row.mistaken_at = judged
            note(work, row, Step.UNDONE)
    work.flush()
    return resumed


def settle_back(
    work: Work, child_ids: Collection[UUID], moment: datetime, resumed: Sequence[UUID]
) -> None:
    """Count the interruptions no more that began at a moment and are over now, and let people look in again.

    To be done when the rules have run again; `resumed` are the alerts that go on.
    """
    for part in in_parts(child_ids):
        _leave_uncounted(work, part, moment)
    going_on = [row for row in queries.rows_of(work, resumed).values() if row.closed_at is None]
    if going_on:
        of = files(work, sorted({row.child_id for row in going_on}))
        Turn(work, Surroundings(work, of)).let_in(*going_on)


def _leave_uncounted(work: Work, child_ids: Sequence[UUID], moment: datetime) -> None:
    """Let stretches be none that began at a moment and are over now: an alert is as if it had not come back."""
    began_then = (AlertSpell.opened_at == moment) & (AlertSpell.closed_at == work.now)
    none = work.session.execute(
        select(AlertSpell, Alert)
        .join(Alert, Alert.id == AlertSpell.alert_id)
        .where(among(work, AlertSpell.child_id, child_ids), began_then)
        .where(AlertSpell.by == Ending.FACTS)
    ).all()
    for spell, _row in none:
        spell.by, spell.days = Ending.UNDONE.value, None
    work.flush()
    for _spell, row in none:
        before = queries.last_spell(work, row.id) if row.times > 1 else None
        if before is not None:
            row.closed_at = before.closed_at


def _closed(work: Work, child_ids: Sequence[UUID], moment: datetime) -> Sequence[Alert]:
    return work.session.scalars(
        select(Alert)
        .where(among(work, Alert.child_id, child_ids), Alert.closed_at == moment)
        .order_by(Alert.id)
    ).all()


def _rests_until(work: Work, row: Alert) -> date | None:
    """Return until which day an alert was put off in this stretch, unless it grew after that."""
    wanted = AlertStep.what.in_((Step.PUT_OFF, Step.CHANGED))
    return work.session.scalars(
        select(AlertStep.until_on)
        .where(AlertStep.alert_id == row.id, AlertStep.spell == row.times, wanted)
        .order_by(AlertStep.at.desc(), AlertStep.id.desc())
        .limit(1)
    ).first()


def _unmuted(
    work: Work, child_ids: Sequence[UUID], moment: datetime
) -> Sequence[tuple[Alert, datetime]]:
    """Return the alerts that were let speak at a moment and did not since, with when they were judged."""
    watched = select(AlertStep.alert_id).where(
        among(work, AlertStep.child_id, child_ids),
        AlertStep.what == Step.WATCHED,
        AlertStep.at == moment,
    )
    judged = (
        select(func.max(AlertStep.at))
        .where(AlertStep.alert_id == Alert.id, AlertStep.what == Step.MISTAKEN)
        .scalar_subquery()
    )
    rows = select(Alert, judged).where(
        Alert.id.in_(watched), Alert.closed_at.is_not(None), Alert.mistaken_at.is_(None)
    )
    return [(row[0], row[1]) for row in work.session.execute(rows.order_by(Alert.id))]
