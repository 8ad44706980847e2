"""Reading observations and contacts."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from caseapp.domain.reach import Why
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.work import Work
from caseapp.observations.models import Contact, Meeting, Observation
from caseapp.people import queries as people

RECENT: Final = 8
"""So many children stand on top of the page where one is chosen."""


def contact_days(
    work: Work, child_ids: Sequence[UUID]
) -> Iterator[tuple[UUID, UUID, date, str, str]]:
    """Yield (child, contact, day, by, mode) for many children: no seal has to be opened for it."""
    columns = select(Contact.child_id, Contact.id, Contact.on_day, Contact.by, Contact.mode)
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        found = work.session.execute(
            columns.where(among(work, Contact.child_id, part)).order_by(Contact.id)
        )
        for row in found:
            yield (row[0], row[1], row[2], row[3], row[4])


def last_seen(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Return for each child the last day on which anybody saw or spoke it."""
    found = last_observed(work, child_ids)
    for child_id, on in _last(work, Contact, child_ids):
        found[child_id] = max(on, found.get(child_id, on))
    return found


def last_observed(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Return for each child the day of its last observation."""
    return dict(_last(work, Observation, child_ids))


def _last(
    work: Work, model: type[Contact | Observation], child_ids: Sequence[UUID]
) -> Iterator[tuple[UUID, date]]:
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        rows = work.session.execute(
            select(model.child_id, func.max(model.on_day))
            .where(among(work, model.child_id, part), model.on_day <= work.today)
            .group_by(model.child_id)
        )
        yield from ((row[0], row[1]) for row in rows)


def observations(work: Work, child_id: UUID, until: date | None = None) -> Sequence[Observation]:
    """Return the observations of a child, newest first; only up to a day when that is given."""
    wanted = select(Observation).where(Observation.child_id == child_id)
    if until is not None:
        wanted = wanted.where(Observation.on_day <= until)
    newest = wanted.order_by(Observation.on_day.desc(), Observation.id.desc())
    return work.session.scalars(newest).all()


def contacts(work: Work, child_id: UUID, until: date | None = None) -> Sequence[Contact]:
    """Return the contacts of a child, newest first; only up to a day when that is given."""
    wanted = select(Contact).where(Contact.child_id == child_id)
    if until is not None:
        wanted = wanted.where(Contact.on_day <= until)
    return work.session.scalars(wanted.order_by(Contact.on_day.desc(), Contact.id.desc())).all()


def observation(work: Work, child_id: UUID, observation_id: UUID) -> Observation | None:
    """Return one observation of a child."""
    return work.session.scalars(
        select(Observation).where(
            Observation.id == observation_id, Observation.child_id == child_id
        )
    ).one_or_none()


def contact(work: Work, child_id: UUID, contact_id: UUID) -> Contact | None:
    """Return one contact of a child."""
    return work.session.scalars(
        select(Contact).where(Contact.id == contact_id, Contact.child_id == child_id)
    ).one_or_none()


def texts(work: Work, child_id: UUID) -> dict[str, tuple[str | None, str | None]]:
    """Return text and words of the child, by the id of the observation; raises Unreadable."""
    return {str(row.id): (row.text, row.child_view) for row in observations(work, child_id)}


def notes(work: Work, child_id: UUID) -> dict[str, str | None]:
    """Return the note of each contact, by its id; raises Unreadable."""
    return {str(row.id): row.note for row in contacts(work, child_id)}


def meetings(work: Work, child_id: UUID) -> Sequence[Meeting]:
    """Return the meetings about a child; their days are sealed, so the caller sorts."""
    return work.session.scalars(
        select(Meeting).where(Meeting.child_id == child_id).order_by(Meeting.id)
    ).all()


def meeting(work: Work, child_id: UUID, meeting_id: UUID) -> Meeting | None:
    """Return one meeting about a child."""
    return work.session.scalars(
        select(Meeting).where(Meeting.id == meeting_id, Meeting.child_id == child_id)
    ).one_or_none()


def recent_children(work: Work) -> list[UUID]:
    """Return the children in scope about whom this actor wrote last, the latest first."""
    last: dict[UUID, datetime] = {}
    for model in (Observation, Contact):
        rows = work.session.execute(
            select(model.child_id, func.max(model.recorded_at).label("at"))
            .where(
                model.recorded_by == work.actor.account_id,
                model.child_id.in_(people.visible_ids(work.actor, work.now)),
            )
            .group_by(model.child_id)
            .order_by(func.max(model.recorded_at).desc())
            .limit(RECENT)
        )
        for child_id, at in rows:
            last[child_id] = max(at, last.get(child_id, at))
    return sorted(last, key=lambda child_id: last[child_id], reverse=True)[:RECENT]


def children_in_scope(work: Work) -> list[UUID]:
    """Return the children whose file is open to this actor now; not for a desk of the whole country."""
    return list(dict.fromkeys(work.session.scalars(people.visible_ids(work.actor, work.now))))


def guardian_now(work: Work, child_id: UUID) -> UUID | None:
    """Return the account of who follows the child as guardian today, as reach tells."""
    return next(
        (
            row.account_id
            for row in people.reach_of(work, child_id)
            if row.why == Why.GUARDIAN
            and row.from_at <= work.now
            and (row.until_at is None or row.until_at > work.now)
        ),
        None,
    )
