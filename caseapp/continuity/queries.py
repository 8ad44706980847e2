"""Reading alerts: of many children for the rules, in a scope for people."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from caseapp.continuity.models import Alert, AlertFacts, AlertSpell, AlertStep, Watermark
from caseapp.domain.continuity import OpenAlert
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.bulk import AT_ONCE
from caseapp.kernel.seals import envelope_of, seal_of
from caseapp.kernel.work import Work

RANKS: Final = {Severity.CRITICAL: 3, Severity.WARNING: 2, Severity.NOTICE: 1}


def known_alerts(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, list[tuple[OpenAlert, bool]]]:
    """Return all alerts of these children, and whether each is open. Raises Unreadable."""
    seal = seal_of(Alert, "facts")
    columns = select(
        Alert.child_id, Alert.id, Alert.rule, Alert.subject, Alert.severity, Alert.closed_at,
        envelope_of(Alert, "facts"),
    )  # fmt: skip
    found: dict[UUID, list[tuple[OpenAlert, bool]]] = {}
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        work.vault.prefetch(seal.domain, part)
        rows = work.session.execute(columns.where(Alert.child_id.in_(part)))
        for child_id, key, rule, subject, severity, closed_at, envelope in rows:
            facts: AlertFacts = work.vault.open(seal.place(child_id, key), envelope, AlertFacts)
            alert = OpenAlert(
                str(key), rule, subject, Severity(severity), facts.since, facts.due, facts.detail
            )
            found.setdefault(child_id, []).append((alert, closed_at is None))
    return found


def rows_of(work: Work, alert_ids: Collection[UUID]) -> dict[UUID, Alert]:
    """Return alerts by their keys."""
    wanted = list(dict.fromkeys(alert_ids))
    found: dict[UUID, Alert] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        found.update(
            {row.id: row for row in work.session.scalars(select(Alert).where(Alert.id.in_(part)))}
        )
    return found


def open_spells(work: Work, alert_ids: Collection[UUID]) -> dict[UUID, AlertSpell]:
    """Return the stretch that is going on of each of these alerts."""
    wanted = list(dict.fromkeys(alert_ids))
    found: dict[UUID, AlertSpell] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = work.session.scalars(
            select(AlertSpell).where(
                AlertSpell.alert_id.in_(wanted[start : start + AT_ONCE]),
                AlertSpell.closed_at.is_(None),
            )
        )
        found.update({row.alert_id: row for row in rows})
    return found


def alert(work: Work, child_id: UUID, alert_id: UUID) -> Alert | None:
    """Return one alert of a child."""
    return work.session.scalars(
        select(Alert).where(Alert.id == alert_id, Alert.child_id == child_id)
    ).one_or_none()


def alerts_of(work: Work, child_id: UUID) -> Sequence[Alert]:
    """Return the alerts of a child, open and closed; worst first."""
    return work.session.scalars(
        select(Alert)
        .where(Alert.child_id == child_id)
        .order_by(
            Alert.closed_at.is_not(None), Alert.rank.desc(), Alert.due, Alert.opened_at, Alert.id
        )
    ).all()


def steps_of(work: Work, alert_id: UUID) -> Sequence[AlertStep]:
    """Return what happened to an alert, the first thing first."""
    return work.session.scalars(
        select(AlertStep).where(AlertStep.alert_id == alert_id).order_by(AlertStep.at, AlertStep.id)
    ).all()


def spells_of(work: Work, alert_id: UUID) -> Sequence[AlertSpell]:
    """Return every stretch during which an alert was open, the first one first."""
    return work.session.scalars(
        select(AlertSpell).where(AlertSpell.alert_id == alert_id).order_by(AlertSpell.opened_at)
    ).all()


def watermark(work: Work, job: str) -> Watermark | None:
    """Return how far a job came."""
    return work.session.get(Watermark, job)


def in_parts(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield keys in parts that one statement takes."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def last_done(work: Work, job: str) -> date | None:
    """Return the last day for which a job was completed."""
    row = watermark(work, job)
    return row.day if row is not None and row.done_at is not None else None
