"""Moving the reach that says who may see whom."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from caseapp.domain.events import (
    ChildCorrected,
    ChildRegistered,
    ChildRestored,
)
from caseapp.domain.policy import Sees
from caseapp.domain.reach import Reaching, Why
from caseapp.kernel import clock
from caseapp.kernel.bulk import insert_all
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.people import queries
from caseapp.people.models import (
    Reach,
)


def open_reach(
    work: Work, child_id: UUID, why: Why, sees: Sees, from_at: datetime, **to: object
) -> Reach:
    """Let a place, a person or a desk see a child from a moment on."""
    row = Reach(child_id=child_id, why=why, sees=sees, from_at=from_at, **to)
    work.session.add(row)
    return row


def end_reach(
    work: Work, child_id: UUID, whys: Iterable[Why], at: datetime, origin_id: UUID | None = None
) -> None:
    """End what is open of these kinds for a child at a moment; only of one origin when that is given."""
    kinds = set(whys)
    for row in queries.reach_of(work, child_id):
        is_open = row.until_at is None or row.until_at > at
        if row.why in kinds and is_open and (origin_id is None or row.origin_id == origin_id):
            row.until_at = max(at, row.from_at)


def keep_reach(work: Work, wanted: Mapping[UUID, Sequence[Reaching]]) -> None:
    """Make the reach of these children by place and responsibility what it has to be.

    What goes on stays as it is, so that a row tells since when; what is over ends at once.
    """
    present: dict[tuple[object, ...], Any] = {
        _key(row): row for row in queries.reach_by_place(work, tuple(wanted))
    }
    new: list[dict[str, object]] = []
    for child_id, rows in wanted.items():
        for one in rows:
            values = _reach_values(work, one)
            row = present.get((child_id, *one.key))
            if row is None or (one.start and row.from_at <= work.now):
                new.append({"id": new_id(), "child_id": child_id} | values)
            else:
                del present[(child_id, *one.key)]
                _keep(work, row, values)
    over = [row.id for row in present.values() if row.from_at <= work.now]
    if over:
        work.session.execute(update(Reach).where(Reach.id.in_(over)).values(until_at=work.now))
    never = [row.id for row in present.values() if row.from_at > work.now]
    if never:
        work.session.execute(delete(Reach).where(Reach.id.in_(never)))
    insert_all(work, Reach, new)


def _key(row: Any) -> tuple[object, ...]:
    """Return by what a row of reach is known again: child, why, place, person and origin."""
    place = (row.location_id, row.region)
    return (row.child_id, str(row.why), *place, row.account_id, row.origin_id)


def _keep(work: Work, row: Any, values: dict[str, object]) -> None:
    """Change what differs in a row that goes on; one that began does not begin anew."""
    if row.from_at <= work.now:
        values.pop("from_at")
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if changed:
        work.session.execute(update(Reach).where(Reach.id == row.id).values(changed))


def _reach_values(work: Work, one: Reaching) -> dict[str, object]:
    from_at, until_at = _reach_period(work, one)
    return {
        "why": one.why.value,
        "sees": one.sees.value,
        "location_id": one.location_id,
        "region": one.region,
        "account_id": one.account_id,
        "origin_id": one.origin_id,
        "until_on": one.until_on,
        "from_at": from_at,
        "until_at": until_at,
    }


def set_reach(work: Work, child_id: UUID, one: Reaching) -> None:
    """Make the reach that comes from one record, such as a guardianship, what it has to be.

    When another account holds the record now, the row of the earlier one ends at once.
    """
    wanted = _reach_values(work, one) if goes_on(work, one) else {}
    for row in queries.reach_of(work, child_id):
        over = row.until_at is not None and row.until_at <= work.now
        if row.origin_id != one.origin_id or row.why != one.why or over:
            continue
        if wanted and row.account_id == one.account_id:
            row.from_at, row.until_at = _reach_period(work, one)
            wanted = {}
        elif row.from_at > work.now:
            work.session.delete(row)
        else:
            row.until_at = work.now
    if wanted:
        work.session.add(Reach(child_id=child_id, **wanted))


def take_in_reach(work: Work, wanted: Iterable[tuple[UUID, Reaching]]) -> None:
    """Write the reach that comes from the records of many documents; what is over is left out."""
    rows = [
        {"id": new_id(), "child_id": child_id} | _reach_values(work, one)
        for child_id, one in wanted
        if goes_on(work, one)
    ]
    insert_all(work, Reach, rows)


def goes_on(work: Work, one: Reaching) -> bool:
    """Say whether a reach holds somebody, now or later."""
    return one.account_id is not None and (one.end is None or one.end > work.today)


def _reach_period(work: Work, one: Reaching) -> tuple[datetime, datetime | None]:
    from_at = clock.midnight(one.start) if one.start else work.now
    return from_at, clock.midnight(one.end) if one.end else None


def follow_desk(work: Work, event: ChildRegistered | ChildCorrected | ChildRestored) -> None:
    """Keep the guardianship desk's reach equal to whether the child is, or was, unaccompanied."""
    if event.child_id is None:
        return
    is_open = any(
        row.why == Why.DESK and row.until_at is None
        for row in queries.reach_of(work, event.child_id)
    )
    if event.unaccompanied and not is_open:
        open_reach(work, event.child_id, Why.DESK, Sees.ALL, work.now, desk="guardianship")
    elif is_open and not event.unaccompanied:
        end_reach(work, event.child_id, [Why.DESK], work.now)
