"""Registering and correcting children and their families."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import update

from caseapp.domain.events import (
    ChildClosed,
    ChildCorrected,
    ChildRegistered,
    ChildReopened,
    RelativeCorrected,
    RelativeRecorded,
)
from caseapp.domain.intents.people import ChildDetails, RelativeDetails
from caseapp.domain.names import folded
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.people import queries
from caseapp.people.models import (
    Card,
    Child,
    ChildFacts,
    Counter,
    Relative,
    RelativeFacts,
)


class KnownVNumberError(ValueError):
    """A child with this V-number is in our records, perhaps outside the scope of who asks."""


def register(work: Work, details: ChildDetails) -> Child:
    """Register a child under a new data key; raises KnownVNumberError when we have it already."""
    v_index = v_number_index(work, details.v_number)
    if queries.by_v_index(work, v_index) is not None:
        raise KnownVNumberError
    child_id = new_id()
    work.makes(child_id)
    work.vault.make_keys([child_id])
    child = Child(id=child_id, no=next_numbers(work, 1), v_index=v_index)
    work.add(child, card=card_of(details), facts=facts_of(details))
    _index(work, child, details)
    work.record(
        ChildRegistered(object_id=child.id, child_id=child.id, unaccompanied=details.unaccompanied)
    )
    return child


def correct(work: Work, child: Child, version: int, details: ChildDetails) -> None:
    """Correct what is known of the child itself; what was there before stays readable.

    Raises LostRaceError when somebody else was first, KnownVNumberError when the number is another child's.
    """
    v_index = v_number_index(work, details.v_number)
    other = queries.by_v_index(work, v_index)
    if other is not None and other.id != child.id:
        raise KnownVNumberError
    kept = replace(
        facts_of(details),
        closed_reason=child.facts.closed_reason,
        document_ref=child.facts.document_ref,
    )
    changed = work.revise(child, version, card=card_of(details), facts=kept)
    if not changed:
        return
    child.v_index = v_index
    _index(work, child, details)
    work.record(
        ChildCorrected(
            object_id=child.id,
            child_id=child.id,
            fields=changed,
            unaccompanied=details.unaccompanied,
        )
    )


def close(work: Work, child: Child, version: int, on: date, reason: str) -> None:
    """Close a file: nobody follows this child any more."""
    work.revise(child, version, closed_on=on, facts=replace(child.facts, closed_reason=reason))
    work.record(ChildClosed(object_id=child.id, child_id=child.id))


def reopen(work: Work, child: Child, version: int) -> None:
    """Open a closed file again."""
    work.revise(child, version, closed_on=None, facts=replace(child.facts, closed_reason=None))
    work.record(ChildReopened(object_id=child.id, child_id=child.id))


class NoSuchRelativeError(ValueError):
    """A family member was named by a V-number that is not in our records, or is the child's own."""


def record_relative(work: Work, child_id: UUID, said: RelativeDetails) -> Relative:
    """Write down a family member; raises NoSuchRelativeError for a V-number that we do not know."""
    row = Relative(id=new_id(), child_id=child_id, relative_child_id=_linked(work, child_id, said))
    work.add(row, facts=_relative_facts(said, row.relative_child_id is not None))
    work.record(
        RelativeRecorded(
            object_id=row.id, child_id=child_id, relative_child_id=row.relative_child_id
        )
    )
    return row


def correct_relative(work: Work, row: Relative, version: int, said: RelativeDetails) -> None:
    """Correct what is known of a family member; an empty V-number keeps the link that there is.

    Raises NoSuchRelativeError, and LostRaceError when somebody else was first.
    """
    linked = _linked(work, row.child_id, said) or row.relative_child_id
    facts = replace(_relative_facts(said, linked is not None), ref=row.facts.ref)
    changed = work.revise(row, version, relative_child_id=linked, facts=facts)
    if changed:
        work.record(
            RelativeCorrected(
                object_id=row.id, child_id=row.child_id, fields=changed, relative_child_id=linked
            )
        )


def _linked(work: Work, child_id: UUID, said: RelativeDetails) -> UUID | None:
    if said.v_number is None:
        return None
    child = queries.by_v_index(work, v_number_index(work, said.v_number))
    if child is None or child.id == child_id:
        raise NoSuchRelativeError
    return child.id


def _relative_facts(said: RelativeDetails, known: bool) -> RelativeFacts:  # noqa: FBT001 (private, and named where it is called)
    return RelativeFacts(
        relation=said.relation,
        name=said.name,
        minor=said.minor,
        location=None if known else said.location,
        location_since=None if known else said.location_since,
        apart_reason=said.apart_reason,
    )


def card_of(details: ChildDetails) -> Card:
    """Return what names the child, with its names folded for search."""
    return Card(
        v_number=details.v_number,
        given_names=details.given_names,
        family_name=details.family_name,
        birth_date=details.birth_date,
        birth_precision=details.birth_precision,
        birth_status=details.birth_status,
        folded=folded(f"{details.given_names} {details.family_name or ''}"),
    )


def facts_of(details: ChildDetails) -> ChildFacts:
    """Return what else is known of the child."""
    names = ("unaccompanied", "kindgezin", "sex", "nationality", "languages", "language_text", "family_number",
             "application_lodged_on", "first_arrival_on", "needs_assessed_on", "document_ref")  # fmt: skip
    return ChildFacts(**{name: getattr(details, name) for name in names})


def v_number_index(work: Work, v_number: str) -> bytes:
    """Return the keyed hash by which a V-number is found."""
    return work.vault.index("v_number", v_number)


def next_numbers(work: Work, many: int) -> int:
    """Take whole numbers for new children, and return the first of them."""
    last = work.session.execute(
        update(Counter)
        .where(Counter.name == "child")
        .values(value=Counter.value + many)
        .returning(Counter.value)
    ).scalar_one()
    return int(last) - many + 1


def go_on_from(work: Work, first: int) -> None:
    """Let the next new child get this number: it was taken before, for a rehearsal."""
    work.session.execute(update(Counter).where(Counter.name == "child").values(value=first - 1))


def indexes_of(work: Work, details: ChildDetails) -> dict[str, bytes | None]:
    """Return the keyed hashes by which twins of a registration and families are found: equality only."""
    surname = folded(details.family_name or details.given_names).replace(" ", "")
    number = details.family_number
    return {
        "twin_index": work.vault.index("twin", surname, details.birth_date.isoformat()),
        "family_index": work.vault.index("family", number.strip().upper()) if number else None,
    }


def _index(work: Work, child: Child, details: ChildDetails) -> None:
    for name, value in indexes_of(work, details).items():
        setattr(child, name, value)
