"""Recording and correcting locations, schools and the limits of the rules."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from caseapp.domain.events import (
    LimitChanged,
    LocationCorrected,
    LocationRecorded,
    LocationRemoved,
    LocationRestored,
    SchoolListCorrected,
    SchoolListed,
)
from caseapp.domain.intents.reference import LimitWish, LocationDetails, SchoolDetails
from caseapp.domain.limits import LimitBook, LimitChange, out_of_step
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.reference import queries
from caseapp.reference.models import LimitSet, Location, School


class KnownCodeError(ValueError):
    """Another location or school has this code."""


class ClosesBeforeOpeningError(ValueError):
    """A location would close before it opens."""


class LimitTooEarlyError(ValueError):
    """A number that is chosen by today holds from today on at the earliest; none begins before its rule."""


class LimitsOutOfStepError(ValueError):
    """A warning would come after what is serious; `names` are the two limits."""

    def __init__(self, names: tuple[str, str]) -> None:
        super().__init__(*names)
        self.names = names


def book_with(work: Work, wish: LimitWish) -> LimitBook:
    """Return the limits as they would be with another number.

    Raises LookupError for a rule or a name that is not there, LimitTooEarlyError, LimitsOutOfStepError.
    """
    book = work.limits
    numbers = book.on(max(work.today, wish.valid_from), wish.valid_from).get(wish.rule, {})
    if wish.name not in numbers:
        raise LookupError(wish.name)
    by_lodging = any(block.by_lodging for block in book.blocks if block.rule == wish.rule)
    if wish.valid_from < (book.begins(wish.rule) if by_lodging else work.today):
        raise LimitTooEarlyError
    wrong = out_of_step({**numbers, wish.name: wish.value})
    if wrong is not None:
        raise LimitsOutOfStepError(wrong)
    return book.with_changes([LimitChange(wish.rule, wish.name, wish.value, wish.valid_from)])


def set_limit(work: Work, wish: LimitWish) -> LimitSet:
    """Set a number of a rule from a day on; what was set before stays on record. Raises as `book_with`."""
    book_with(work, wish)
    row = LimitSet(
        id=new_id(),
        rule=wish.rule,
        name=wish.name,
        value=wish.value,
        valid_from=wish.valid_from,
        reason=wish.reason,
        set_at=work.now,
        set_by=work.actor.account_id,
    )
    work.add(row)
    work.record(LimitChanged(object_id=row.id, rule=wish.rule, limit=wish.name))
    return row


def record_location(work: Work, details: LocationDetails) -> Location:
    """Add a location; raises KnownCodeError, ClosesBeforeOpeningError."""
    values = _location_values(work, details, None)
    row = work.add(Location(**values))
    work.flush()
    work.record(LocationRecorded(object_id=row.id))
    return row


def correct_location(
    work: Work, row: Location, version: int | None, details: LocationDetails
) -> tuple[str, ...]:
    """Correct a location and return what changed; its contact person has a question of its own.

    Raises LostRaceError, KnownCodeError, ClosesBeforeOpeningError.
    """
    values = _location_values(work, details, row.id)
    del values["contact_account_id"]
    changed = work.revise(row, version, **values)
    if changed:
        work.flush()
        work.record(LocationCorrected(object_id=row.id, fields=changed))
    return changed


def set_contact(work: Work, row: Location, version: int | None, account_id: UUID | None) -> None:
    """Say who is responsible for the children of a location when nobody else is."""
    changed = work.revise(row, version, contact_account_id=account_id)
    if changed:
        work.record(LocationCorrected(object_id=row.id, fields=changed))


def remove_location(work: Work, row: Location) -> None:
    """Remove a location that nobody used, with the list that added it; the database refuses any other."""
    work.session.delete(row)
    work.flush()
    work.record(LocationRemoved(object_id=row.id))


def restore_location(work: Work, row: Location, was: Mapping[str, object]) -> None:
    """Make a location what it was before a list that is undone, and of whom; `was` has its columns."""
    changed = tuple(name for name, value in was.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, was[name])
    work.flush()
    work.record(LocationRestored(object_id=row.id, fields=changed))


def list_school(work: Work, details: SchoolDetails) -> School:
    """Put a school on the list; raises KnownCodeError for a BRIN that is there."""
    row = work.add(School(**_school_values(work, details, None)))
    work.flush()
    work.record(SchoolListed(object_id=row.id))
    return row


def correct_school(work: Work, row: School, version: int | None, details: SchoolDetails) -> None:
    """Correct a school on the list; raises LostRaceError, KnownCodeError."""
    changed = work.revise(row, version, **_school_values(work, details, row.id))
    if changed:
        work.flush()
        work.record(SchoolListCorrected(object_id=row.id, fields=changed))


def _location_values(work: Work, details: LocationDetails, own: UUID | None) -> dict[str, object]:
    code = details.code.strip().upper()
    known = queries.by_code(work, code)
    if known is not None and known.id != own:
        raise KnownCodeError
    if details.open_from and details.open_to and details.open_to < details.open_from:
        raise ClosesBeforeOpeningError
    return asdict(details) | {
        "code": code,
        "kind": details.kind.value,
        "operator": details.operator.value,
        "region": details.region.value,
        "municipality": details.municipality.strip().upper(),
    }


def _school_values(work: Work, details: SchoolDetails, own: UUID | None) -> dict[str, object]:
    brin = details.brin.strip().upper() if details.brin else None
    known = queries.school_by_brin(work, brin) if brin else None
    if known is not None and known.id != own:
        raise KnownCodeError
    place = details.municipality.strip().upper() if details.municipality else None
    return {"name": details.name.strip(), "brin": brin, "municipality": place}
