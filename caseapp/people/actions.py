"""Registering and correcting children, and moving the reach that says who may see whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from caseapp.domain import facts
from caseapp.domain.events import (
    ChildClosed,
    ChildCorrected,
    ChildRegistered,
    ChildReopened,
    RelativeCorrected,
    RelativeRecorded,
)
from caseapp.domain.incoming import Incoming
from caseapp.domain.intents.people import ChildDetails, RelativeDetails
from caseapp.domain.names import folded
from caseapp.domain.policy import Sees
from caseapp.domain.reach import Reaching, Why
from caseapp.kernel import clock
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.people import queries
from caseapp.people.models import (
    Card,
    Child,
    ChildFacts,
    Consent,
    ConsentFacts,
    Counter,
    Reach,
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
        (
            row.child_id,
            str(row.why),
            row.location_id,
            row.region,
            row.account_id,
            row.origin_id,
        ): row
        for row in queries.reach_by_place(work, tuple(wanted))
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


def follow_desk(work: Work, event: ChildRegistered | ChildCorrected) -> None:
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


def take_in(work: Work, incoming: Sequence[Incoming]) -> None:
    """Write the children of many documents, with family and consents; their data keys exist already."""
    work.vault.prefetch(Domain.DOSSIER, [document.child_id for document in incoming])
    insert_all(work, Child, [_child_row(work, document) for document in incoming])
    members = [
        _relative_row(work, d, member) for d in incoming for member in d.dossier.family_members
    ]
    insert_all(work, Relative, members)
    consents = [_consent_row(work, d, given) for d in incoming for given in d.dossier.consents]
    insert_all(work, Consent, consents)
    alone = [d.child_id for d in incoming if d.dossier.child.unaccompanied]
    insert_all(work, Reach, [_desk_row(work, child_id) for child_id in alone])


def details_of(
    child: facts.Child, family_number: str | None = None, language_text: str | None = None
) -> ChildDetails:
    """Return what a document says of the child itself, as a person would have typed it."""
    return ChildDetails(
        v_number=child.v_number,
        given_names=child.given_names,
        family_name=child.family_name,
        birth_date=child.birth.date,
        birth_precision=child.birth.precision,
        birth_status=child.birth.status,
        unaccompanied=child.unaccompanied,
        kindgezin=bool(child.kindgezin),
        sex=child.sex,
        nationality=child.nationality,
        languages=child.languages,
        language_text=language_text,
        family_number=family_number,
        application_lodged_on=child.application_lodged_on,
        first_arrival_on=child.first_arrival_on,
        needs_assessed_on=child.needs_assessed_on,
        document_ref=child.ref,
    )


def _child_row(work: Work, document: Incoming) -> dict[str, Any]:
    child = document.dossier.child
    details = details_of(child, document.family_number, document.language_text)
    return sealed_row(
        work,
        Child,
        document.child_id,
        document.child_id,
        card=card_of(details),
        facts=facts_of(details),
        no=document.child_no,
        v_index=v_number_index(work, details.v_number),
        closed_on=document.dossier.child.closed_on,
        **indexes_of(work, details),
    )


def _relative_row(work: Work, document: Incoming, member: facts.FamilyMember) -> dict[str, Any]:
    known = document.relatives.get(member.ref)
    said = RelativeFacts(
        relation=member.relation,
        name=member.name,
        minor=member.minor,
        location=None if known else member.location,
        location_since=None if known else member.location_since,
        apart_reason=member.apart_reason,
        ref=member.ref,
    )
    key = document.key("family_members", member.ref)
    return sealed_row(work, Relative, document.child_id, key, facts=said, relative_child_id=known)


def _consent_row(work: Work, document: Incoming, given: facts.Consent) -> dict[str, Any]:
    said = ConsentFacts(on=given.on, given_by=tuple(given.given_by), scope=given.scope)
    key = document.key("consents", given.id)
    return sealed_row(work, Consent, document.child_id, key, facts=said)


def _desk_row(work: Work, child_id: UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "child_id": child_id,
        "why": Why.DESK,
        "sees": Sees.ALL,
        "desk": "guardianship",
        "from_at": work.now,
    }
