"""Reading the rows of alerts: of many children for the rules, of one for its pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, or_, select

from caseapp.continuity.models import (
    Alert,
    AlertFacts,
    AlertSpell,
    AlertStep,
    Ending,
    Step,
    Watermark,
)
from caseapp.domain.continuity import Standing, StoredAlert
from caseapp.domain.rules.rule import Severity
from caseapp.kernel import clock
from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.seals import envelope_of, seal_of
from caseapp.kernel.work import Work

RANKS: Final = {Severity.CRITICAL: 3, Severity.WARNING: 2, Severity.NOTICE: 1}


@dataclass(frozen=True, slots=True)
class Known:
    """An alert that is on record, open or closed, and who owns it."""

    alert: StoredAlert
    owner: UUID | str | None
    """An account, or a desk."""
    is_taken: bool
    """A person took it or was given it: it does not follow the table of owners by itself."""


def known_alerts(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, list[Known]]:
    """Return all alerts of these children. Raises Unreadable."""
    seal = seal_of(Alert, "facts")
    columns = select(
        Alert.child_id, Alert.id, Alert.rule, Alert.subject, Alert.severity, Alert.opened_at,
        Alert.closed_at, Alert.mistaken_at, Alert.owner_account_id, Alert.owner_desk,
        Alert.taken_at, envelope_of(Alert, "facts"),
    )  # fmt: skip
    found: dict[UUID, list[Known]] = {}
    for part in in_parts(child_ids):
        work.vault.prefetch(seal.domain, part)
        for row in work.session.execute(columns.where(among(work, Alert.child_id, part))):
            child_id, key, rule, subject, severity, *moments, account, desk, taken_at, sealed = row
            facts: AlertFacts = work.vault.open(seal.place(child_id, key), sealed, AlertFacts)
            alert = StoredAlert(
                str(key), rule, subject, Severity(severity), facts.since, facts.due, facts.detail,
                *_standing(*moments),
            )  # fmt: skip
            known = Known(alert, account or desk, taken_at is not None)
            found.setdefault(child_id, []).append(known)
    return found


def _standing(
    opened_at: datetime, closed_at: datetime | None, mistaken_at: datetime | None
) -> tuple[Standing, date]:
    """Return how an alert stands, and the day on which it last opened or closed."""
    if closed_at is None:
        return Standing.OPEN, clock.local_day(opened_at)
    standing = Standing.MISTAKEN if mistaken_at else Standing.MENDED
    return standing, clock.local_day(closed_at)


def any_critical(work: Work, child_id: UUID) -> bool:
    """Say whether a critical alert of a child is open."""
    grave = Alert.rank == RANKS[Severity.CRITICAL]
    found = select(Alert.id).where(Alert.child_id == child_id, Alert.closed_at.is_(None), grave)
    return work.session.scalar(found.limit(1)) is not None


def rows_of(work: Work, alert_ids: Collection[UUID]) -> dict[UUID, Alert]:
    """Return alerts by their keys."""
    found: dict[UUID, Alert] = {}
    for part in in_parts(list(dict.fromkeys(alert_ids))):
        rows = work.session.scalars(
            select(Alert)
            .where(among(work, Alert.id, part))
            .execution_options(populate_existing=True)  # the turn may have come after it was read
        )
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


def last_spell(work: Work, alert_id: UUID) -> AlertSpell | None:
    """Return the latest stretch during which an alert was open; one of an undone list was none."""
    real = func.coalesce(AlertSpell.by, "") != Ending.UNDONE
    return work.session.scalars(
        select(AlertSpell)
        .where(AlertSpell.alert_id == alert_id, real)
        .order_by(AlertSpell.opened_at.desc(), AlertSpell.id.desc())
        .limit(1)
    ).first()


def watermark(work: Work, job: str) -> Watermark | None:
    """Return how far a job came, locked until the end of this work when it writes."""
    return work.session.get(Watermark, job, populate_existing=True, with_for_update=True)


def last_done(work: Work, job: str) -> date | None:
    """Return the last day for which a job was completed."""
    return work.session.scalar(
        select(Watermark.day).where(Watermark.job == job, Watermark.done_at.is_not(None))
    )


def children_owned_by(work: Work, account_id: UUID) -> Sequence[UUID]:
    """Return the children with an open alert of this account."""
    return work.session.scalars(
        select(Alert.child_id)
        .where(Alert.owner_account_id == account_id, Alert.closed_at.is_(None))
        .distinct()
        .order_by(Alert.child_id)
    ).all()


def owned_by(work: Work, account_id: UUID, child_ids: Collection[UUID]) -> list[Alert]:
    """Return the open alerts that an account owns about these children, to be changed."""
    found: list[Alert] = []
    for part in in_parts(sorted(child_ids)):
        found += work.session.scalars(
            select(Alert)
            .where(
                Alert.owner_account_id == account_id,
                Alert.closed_at.is_(None),
                among(work, Alert.child_id, part),
            )
            .order_by(Alert.id)
        )
    return found


def left_lying(work: Work, rules: Collection[str], first: date) -> Sequence[Alert]:
    """Return the serious alerts that nobody took and that have stood as they are since before a day.

    Those that climbed already in this spell are left out. Putting off counts as taking up: the days count anew
    from the day on which it is back.
    """
    stirred = select(AlertStep.id).where(
        AlertStep.alert_id == Alert.id,
        AlertStep.what.in_((Step.RAISED, Step.CAME_BACK, Step.CHANGED, Step.RESTORED)),
        AlertStep.at > clock.midnight(first),
    )
    climbed = select(AlertStep.id).where(
        AlertStep.alert_id == Alert.id,
        AlertStep.what == Step.CLIMBED,
        AlertStep.spell == Alert.times,
    )
    return work.session.scalars(
        select(Alert)
        .where(
            Alert.closed_at.is_(None),
            Alert.severity == Severity.CRITICAL.value,
            Alert.taken_at.is_(None),
            or_(Alert.put_off_until.is_(None), Alert.put_off_until < first),
            Alert.rule.in_(rules),
            ~stirred.exists(),
            ~climbed.exists(),
        )
        .order_by(Alert.opened_at, Alert.id)
    ).all()


def steps_among(work: Work, step_ids: Collection[UUID]) -> set[UUID]:
    """Return the alerts of which one of these steps was written: another may have been first."""
    found: set[UUID] = set()
    for part in in_parts(list(step_ids)):
        found.update(
            work.session.scalars(select(AlertStep.alert_id).where(among(work, AlertStep.id, part)))
        )
    return found
