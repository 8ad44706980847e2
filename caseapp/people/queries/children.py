"""Reading children, their names and their families."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, or_, select

from caseapp.kernel.bulk import AT_ONCE, among, in_parts
from caseapp.kernel.seals import Unreadable, envelope_of, seal_of
from caseapp.kernel.work import OutOfReachError, Work, reading_past
from caseapp.people.models import Card, Child, Consent, Relative
from caseapp.people.queries.sight import sees_of


def cards(work: Work, child_ids: Collection[UUID]) -> dict[UUID, Card]:
    """Return what names these children, one statement for all; the caller has checked the scope.

    A card that does not open is left out: the page shows the row without a name and says so.
    """
    found: dict[UUID, Card] = {}
    wanted = list(dict.fromkeys(child_ids))
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        rows = work.session.execute(
            select(Child.id, envelope_of(Child, "card")).where(among(work, Child.id, part))
        ).all()
        found.update(open_cards(work, [(row[0], row[1]) for row in rows]))
    return found


def open_cards(work: Work, rows: Iterable[tuple[UUID, Any]]) -> dict[UUID, Card]:
    """Open the cards of many children with one look at the keystore; one that fails is left out."""
    kept = list(rows)
    seal = seal_of(Child, "card")
    work.vault.prefetch(seal.domain, [child_id for child_id, _ in kept])
    found: dict[UUID, Card] = {}
    for child_id, envelope in kept:
        try:
            found[child_id] = work.vault.open(seal.place(child_id, child_id), envelope, Card)
        except Unreadable:
            continue
    return found


@reading_past("a V-number is of one child, whoever sees it")
def by_v_index(work: Work, v_index: bytes) -> Child | None:
    """Return the child with this V-number, also outside the scope: only to refuse a second file."""
    return work.session.scalars(select(Child).where(Child.v_index == v_index)).one_or_none()


@reading_past("a V-number is of one child, whoever sees it")
def known_indexes(work: Work, v_indexes: Sequence[bytes]) -> dict[bytes, UUID]:
    """Return the children that have these V-numbers, by the keyed hash; also outside any scope."""
    found: dict[bytes, UUID] = {}
    for start in range(0, len(v_indexes), AT_ONCE):
        part = v_indexes[start : start + AT_ONCE]
        rows = work.session.execute(select(Child.v_index, Child.id).where(Child.v_index.in_(part)))
        found.update({row[0]: row[1] for row in rows})
    return found


def rows_of(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, Child]:
    """Return the rows of these children, to correct them; the caller has checked the scope."""
    found: dict[UUID, Child] = {}
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        rows = work.session.scalars(select(Child).where(among(work, Child.id, part)))
        found.update({row.id: row for row in rows})
    return found


def there_among(work: Work, child_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these children there are: one that is erased is not."""
    found: set[UUID] = set()
    for part in in_parts(child_ids):
        found.update(work.session.scalars(select(Child.id).where(among(work, Child.id, part))))
    return found


def followed_among(work: Work, child_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these children have a file that is not closed."""
    still_open = or_(Child.closed_on.is_(None), Child.closed_on > work.today)
    found: set[UUID] = set()
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        found.update(
            work.session.scalars(select(Child.id).where(among(work, Child.id, part), still_open))
        )
    return found


def followed_after(work: Work, no: int, most: int | None) -> list[tuple[int, UUID]]:
    """Return number and key of the next children whose file is not closed; `most` is None for all of them."""
    still_open = or_(Child.closed_on.is_(None), Child.closed_on > work.today)
    rows = work.session.execute(
        select(Child.no, Child.id).where(Child.no > no, still_open).order_by(Child.no).limit(most)
    )
    return [(row[0], row[1]) for row in rows]


def closed_by(
    work: Work, until: date, child_ids: Collection[UUID] | None = None
) -> dict[UUID, date]:
    """Return the files, all or of these, that were closed by a day, and when each was."""
    wanted = select(Child.id, Child.closed_on).where(Child.closed_on <= until).order_by(Child.no)
    if child_ids is not None:
        wanted = wanted.where(among(work, Child.id, child_ids))
    return {key: on for key, on in work.session.execute(wanted) if on is not None}


def highest_no(work: Work) -> int:
    """Return the highest whole number that a child has; 0 when there is none."""
    return work.session.scalar(select(func.max(Child.no))) or 0


def relatives(work: Work, child_id: UUID) -> Sequence[Relative]:
    """Return the family members on the file of a child."""
    return work.session.scalars(
        select(Relative).where(Relative.child_id == child_id).order_by(Relative.id)
    ).all()


def relative(work: Work, child_id: UUID, relative_id: UUID) -> Relative | None:
    """Return one family member on the file of a child."""
    return work.session.scalars(
        select(Relative).where(Relative.id == relative_id, Relative.child_id == child_id)
    ).one_or_none()


def naming(work: Work, child_ids: Collection[UUID]) -> Sequence[UUID]:
    """Return the children whose file names one of these children as family: their alerts may change too."""
    return work.session.scalars(
        select(Relative.child_id)
        .where(among(work, Relative.relative_child_id, child_ids))
        .distinct()
        .order_by(Relative.child_id)
    ).all()


def kin(work: Work, child_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return the pairs (who names, who is named) of files that name each other as family, on either side.

    A child that is named without a file of its own is in none.
    """
    found: set[tuple[UUID, UUID]] = set()
    for column in (Relative.child_id, Relative.relative_child_id):
        for part in in_parts(child_ids):
            rows = select(Relative.child_id, Relative.relative_child_id).where(
                among(work, column, part), Relative.relative_child_id.is_not(None)
            )
            found.update(
                cast("tuple[UUID, UUID]", tuple(row)) for row in work.session.execute(rows)
            )
    return found


def consents(work: Work, child_id: UUID) -> Sequence[Consent]:
    """Return the consents on the file of a child."""
    return work.session.scalars(
        select(Consent).where(Consent.child_id == child_id).order_by(Consent.id)
    ).all()


def consent(work: Work, child_id: UUID, consent_id: UUID) -> Consent | None:
    """Return one consent on the file of a child."""
    return work.session.scalars(
        select(Consent).where(Consent.id == consent_id, Consent.child_id == child_id)
    ).one_or_none()


def lock_all(work: Work, child_ids: Collection[UUID]) -> dict[UUID, int]:
    """Lock many children until the end of this work, and return the numbers of those that are there.

    Always in the order of their keys, so that two who lock the same children never wait for each other.
    """
    locked: dict[UUID, int] = work.once(lock, dict)
    missing = sorted(set(child_ids) - set(locked))
    for start in range(0, len(missing), AT_ONCE):
        part = missing[start : start + AT_ONCE]
        wanted = select(Child.id, Child.no).where(among(work, Child.id, part))
        with work.beyond("who waits for a turn is looked at after it"):
            found = work.session.execute(wanted.order_by(Child.id).with_for_update(key_share=True))
        locked.update((row[0], row[1]) for row in found)
    _look_again(work, missing)
    return {child_id: locked[child_id] for child_id in child_ids if child_id in locked}


def lock(work: Work, child_id: UUID) -> int:
    """Lock the row of a child until the end of this work, and return its number.

    Whoever changes periods of a child asks first, so that two cannot check at once. Others may still write rows
    that refer to the child: who lets alerts follow must never wait for this lock. Raises NoResultFound.
    """
    locked: dict[UUID, int] = work.once(lock, dict)
    if child_id not in locked:
        wanted = select(Child.no).where(Child.id == child_id).with_for_update(key_share=True)
        with work.beyond("who waits for a turn is looked at after it"):
            locked[child_id] = work.session.execute(wanted).scalar_one()
        _look_again(work, [child_id])
    return locked[child_id]


def _look_again(work: Work, child_ids: Sequence[UUID]) -> None:
    """Ask once more, now that nobody else can change them, whether the actor still sees these children.

    Raises OutOfReachError: a right that ended between the look and the write is no right (attack 52).
    """
    wanted = set(child_ids) - work.made
    if work.reads_past or not wanted:
        return
    if wanted - sees_of(work, wanted).keys():
        raise OutOfReachError
