"""Rows of the files of the reporting code: of the locations of a protection lead, and of no other place."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from caseapp.accounts import queries as accounts
from caseapp.domain.policy import Role, ScopeKind
from caseapp.kernel.rows import protected_places
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.safety.models import ProtectionAlert, ProtectionEntry, ProtectionFile

CHOOSING = "the protection lead chooses a child of the own location"
NAMING = "the protection lead reads whose file it is"


def _mine(work: Work) -> ColumnElement[bool]:
    return ProtectionFile.location_id.in_(protected_places(work.actor))


def files(work: Work) -> Sequence[ProtectionFile]:
    """Return the files of the own locations, the newest first."""
    return work.session.scalars(
        select(ProtectionFile).where(_mine(work)).order_by(ProtectionFile.id.desc())
    ).all()


def one_file(work: Work, file_id: UUID) -> ProtectionFile | None:
    """Return a file of an own location."""
    return work.session.scalars(
        select(ProtectionFile).where(ProtectionFile.id == file_id, _mine(work))
    ).one_or_none()


def open_file_of(work: Work, child_id: UUID, location_id: UUID) -> ProtectionFile | None:
    """Return the file about a child that is open at an own location."""
    return work.session.scalars(
        select(ProtectionFile).where(
            ProtectionFile.child_id == child_id,
            ProtectionFile.location_id == location_id,
            ProtectionFile.closed_on.is_(None),
            _mine(work),
        )
    ).one_or_none()


def entries(work: Work, file_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[ProtectionEntry]]:
    """Return what was written in files of own locations, in its order."""
    rows = work.session.scalars(
        select(ProtectionEntry)
        .join(ProtectionFile, ProtectionFile.id == ProtectionEntry.file_id)
        .where(ProtectionEntry.file_id.in_(list(file_ids)), _mine(work))
        .order_by(ProtectionEntry.id)
    )
    found: dict[UUID, list[ProtectionEntry]] = {}
    for row in rows:
        found.setdefault(row.file_id, []).append(row)
    return found


def alerts(work: Work, file_id: UUID) -> Sequence[ProtectionAlert]:
    """Return the clocks of a file that were not stopped."""
    return work.session.scalars(
        select(ProtectionAlert)
        .join(ProtectionFile, ProtectionFile.id == ProtectionAlert.file_id)
        .where(ProtectionAlert.file_id == file_id, ProtectionAlert.ended_at.is_(None), _mine(work))
        .order_by(ProtectionAlert.id)
    ).all()


def run_out(work: Work, today: date) -> Sequence[tuple[ProtectionAlert, UUID]]:
    """Return the clocks whose day is there and that nobody was told of, with their location: of all places."""
    rows = work.session.execute(
        select(ProtectionAlert, ProtectionFile.location_id)
        .join(ProtectionFile, ProtectionFile.id == ProtectionAlert.file_id)
        .where(
            ProtectionAlert.from_on <= today,
            ProtectionAlert.told_at.is_(None),
            ProtectionAlert.ended_at.is_(None),
        )
        .order_by(ProtectionAlert.id)
    )
    return [(row[0], row[1]) for row in rows]


def times_told(work: Work, file_id: UUID) -> int:
    """Return how often it was told that a clock of a file ran out."""
    told = ProtectionAlert.told_at.is_not(None)
    return (
        work.session.scalar(
            select(func.count(ProtectionAlert.id)).where(ProtectionAlert.file_id == file_id, told)
        )
        or 0
    )


def leads(work: Work, location_ids: Iterable[UUID]) -> Mapping[UUID, tuple[UUID, ...]]:
    """Return the accounts of the protection leads of these locations."""
    places = [str(one) for one in location_ids]
    found = accounts.holders(work, Role.PROTECTION_LEAD, ScopeKind.LOCATION, places)
    return {UUID(place): tuple(one.id for one in who) for place, who in found.items()}


def children_here(work: Work) -> dict[UUID, Any]:
    """Return the children who live at the own locations now, by name: to choose from."""
    with work.beyond(CHOOSING):
        ids = [
            child_id
            for place in protected_places(work.actor)
            for child_id in work.session.scalars(people.ids_at(work, place))
        ]
        cards = people.cards(work, ids)
    return dict(sorted(cards.items(), key=lambda one: (one[1].name, one[0])))


def place_of(work: Work, child_id: UUID) -> UUID | None:
    """Return the own location where a child lives now; None when it lives elsewhere."""
    with work.beyond(CHOOSING):
        here = people.here(work, [child_id]).get(child_id)
    places = protected_places(work.actor)
    return here.location_id if here is not None and here.location_id in places else None


def child_with(work: Work, v_number: str) -> UUID | None:
    """Return the child with exactly this V-number, when it lives at an own location."""
    index = work.vault.index("v_number", v_number)
    with work.beyond(CHOOSING):
        row = people.by_v_index(work, index)
    return row.id if row is not None and place_of(work, row.id) else None


def names(work: Work, child_ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Return what names the children of files of the own locations."""
    with work.beyond(NAMING):
        return people.cards(work, list(child_ids))
