"""Reading the rows of alerts: of many children for the rules, of one for its pages."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from caseapp.continuity.models import Alert, AlertFacts, AlertSpell, AlertStep, Step, Watermark
from caseapp.domain.continuity import OpenAlert
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.seals import envelope_of, seal_of
from caseapp.kernel.work import Work

RANKS: Final = {Severity.CRITICAL: 3, Severity.WARNING: 2, Severity.NOTICE: 1}


@dataclass(frozen=True, slots=True)
class Known:
    """An alert that is on record, open or closed, and who owns it."""

    alert: OpenAlert
    is_open: bool
    owner: UUID | str | None
    """An account, or a desk."""
    is_taken: bool
    """A person took it or was given it: it does not follow the table of owners by itself."""


def known_alerts(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, list[Known]]:
    """Return all alerts of these children. Raises Unreadable."""
    seal = seal_of(Alert, "facts")
    columns = select(
        Alert.child_id, Alert.id, Alert.rule, Alert.subject, Alert.severity, Alert.closed_at,
        Alert.owner_account_id, Alert.owner_desk, Alert.taken_at, envelope_of(Alert, "facts"),
    )  # fmt: skip
    found: dict[UUID, list[Known]] = {}
    for part in in_parts(child_ids):
        work.vault.prefetch(seal.domain, part)
        for row in work.session.execute(columns.where(among(work, Alert.child_id, part))):
            child_id, key, rule, subject, severity, closed_at, account, desk, taken_at, sealed = row
            facts: AlertFacts = work.vault.open(seal.place(child_id, key), sealed, AlertFacts)
            alert = OpenAlert(
                str(key), rule, subject, Severity(severity), facts.since, facts.due, facts.detail
            )
            known = Known(alert, closed_at is None, account or desk, taken_at is not None)
            found.setdefault(child_id, []).append(known)
    return found


def rows_of(work: Work, alert_ids: Collection[UUID]) -> dict[UUID, Alert]:
    """Return alerts by their keys."""
    found: dict[UUID, Alert] = {}
    for part in in_parts(list(dict.fromkeys(alert_ids))):
        rows = work.session.scalars(select(Alert).where(among(work, Alert.id, part)))
        found.update({row.id: row for row in rows})
    return found


def open_spells(work: Work, alert_ids: Collection[UUID]) -> dict[UUID, AlertSpell]:
    """Return the stretch that is going on of each of these alerts."""
    found: dict[UUID, AlertSpell] = {}
    for part in in_parts(list(dict.fromkeys(alert_ids))):
        rows = work.session.scalars(
            select(AlertSpell).where(
                among(work, AlertSpell.alert_id, part),
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


def in_parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Yield keys in parts that one statement takes."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def last_done(work: Work, job: str) -> date | None:
    """Return the last day for which a job was completed."""
    row = watermark(work, job)
    return row.day if row is not None and row.done_at is not None else None


def children_owned_by(work: Work, account_id: UUID) -> Sequence[UUID]:
    """Return the children with an open alert of this account."""
    return work.session.scalars(
        select(Alert.child_id)
        .where(Alert.owner_account_id == account_id, Alert.closed_at.is_(None))
        .distinct()
        .order_by(Alert.child_id)
    ).all()


def left_lying(work: Work, rules: Collection[str], before: datetime) -> Sequence[Alert]:
    """Return the serious alerts that nobody took and that have stood as they are since before a moment.

    Those that climbed already, since they were raised, are left out.
    """
    stirred = select(AlertStep.id).where(
        AlertStep.alert_id == Alert.id,
        AlertStep.what.in_((Step.RAISED, Step.CAME_BACK, Step.CHANGED)),
        AlertStep.at > before,
    )
    climbed = select(AlertStep.id).where(
        AlertStep.alert_id == Alert.id,
        AlertStep.what == Step.CLIMBED,
        AlertStep.at >= Alert.opened_at,
    )
    return work.session.scalars(
        select(Alert)
        .where(
            Alert.closed_at.is_(None),
            Alert.severity == Severity.CRITICAL.value,
            Alert.taken_at.is_(None),
            Alert.rule.in_(rules),
            ~stirred.exists(),
            ~climbed.exists(),
        )
        .order_by(Alert.opened_at, Alert.id)
    ).all()
