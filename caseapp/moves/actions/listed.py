"""Moves as a list tells them: written down in the state that they have, and followed on.

A list speaks of its own day, so nothing here asks what day it is today. What is impossible was found
when the list was compared; the constraints of the database are the last guard.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.domain.codes import TransferStatus
from caseapp.domain.events import (
    Event,
    TransferArrived,
    TransferCancelled,
    TransferChanged,
    TransferDeparted,
    TransferPlanned,
)
from caseapp.domain.intents.moves import ListedMove, ListedStep
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.moves.models import Transfer, TransferFacts
from caseapp.people import queries as people


def take_listed(work: Work, moves: Sequence[ListedMove]) -> list[UUID]:
    """Write down many moves with one statement and return their keys; the stays of who arrived turn over."""
    work.vault.prefetch(Domain.DOSSIER, [said.child_id for said in moves])
    keys = [new_id() for _ in moves]
    insert_all(
        work, Transfer, [_row(work, key, said) for key, said in zip(keys, moves, strict=True)]
    )
    for key, said in zip(keys, moves, strict=True):
        for event in _events(key, said):
            work.record(event)
    return keys


def follow_list(work: Work, row: Transfer, said: ListedStep) -> None:
    """Let a move that we know go on as a list tells; raises LostRaceError when somebody else was first."""
    people.lock(work, row.child_id)
    values: dict[str, Any] = {"facts": _told(row.facts, said)}
    if said.from_location_id is not None:
        values["from_location_id"] = said.from_location_id
    if said.announced_on is not None:
        values |= {"announced_on": said.announced_on, "announced_known": True}
    if said.status is not None:
        values["status"] = said.status.value
    if said.status is TransferStatus.ARRIVED:
        values["arrived_on"] = said.on
    if said.status is TransferStatus.DEPARTED:
        # A child leaves once at a time: the move with which it came has to be written as arrived by now.
        work.flush()
    changed = work.revise(row, None, **values)
    if changed:
        work.record(_step(row, said, changed))


def _row(work: Work, key: UUID, said: ListedMove) -> dict[str, Any]:
    left = said.status is TransferStatus.DEPARTED
    arrived = said.status is TransferStatus.ARRIVED
    facts = TransferFacts(
        reason=said.reason.value if said.reason else None,
        reason_text=said.reason_text,
        departed_on=said.planned_on if left else None,
        turned_nothing_over=arrived and not said.turns_over,
    )
    return sealed_row(
        work,
        Transfer,
        said.child_id,
        key,
        from_location_id=said.from_location_id,
        to_location_id=said.to_location_id,
        announced_on=said.announced_on,
        announced_known=said.announced_known,
        planned_on=said.planned_on,
        arrived_on=said.arrived_on,
        status=said.status.value,
        facts=facts,
    )


def _events(key: UUID, said: ListedMove) -> Iterator[Event]:
    if said.status is TransferStatus.ARRIVED and said.arrived_on is not None:
        yield TransferArrived(
            object_id=key,
            child_id=said.child_id,
            on=said.arrived_on,
            to_location_id=said.to_location_id,
            reason=said.reason.value if said.reason else None,
            turns_over=said.turns_over,
        )
        return
    yield TransferPlanned(object_id=key, child_id=said.child_id)
    if said.status is TransferStatus.DEPARTED:
        yield TransferDeparted(object_id=key, child_id=said.child_id)
    if said.status is TransferStatus.CANCELLED:
        yield TransferCancelled(object_id=key, child_id=said.child_id)


def correct_arrival(work: Work, row: Transfer, on: date) -> None:
    """Let a move have arrived on another day, as the stay that began with it did."""
    people.lock(work, row.child_id)
    left = row.facts.departed_on
    facts = replace(row.facts, departed_on=min(left, on) if left else None)
    changed = work.revise(row, arrived_on=on, facts=facts)
    if changed:
        work.record(TransferChanged(object_id=row.id, child_id=row.child_id, fields=changed))


def _told(was: TransferFacts, said: ListedStep) -> TransferFacts:
    """Return the facts of a move with what the list adds; it cannot arrive before it left."""
    facts = was
    if said.reason_text is not None:
        facts = replace(
            facts, reason=said.reason.value if said.reason else None, reason_text=said.reason_text
        )
    if said.status is TransferStatus.DEPARTED:
        facts = replace(facts, departed_on=said.on)
    if said.status is TransferStatus.ARRIVED:
        left = facts.departed_on
        facts = replace(
            facts,
            departed_on=min(left, said.on) if left else None,
            turned_nothing_over=not said.turns_over,
        )
    return facts


def _step(row: Transfer, said: ListedStep, changed: tuple[str, ...]) -> Event:
    about: dict[str, Any] = {"object_id": row.id, "child_id": row.child_id, "fields": changed}
    if said.status is TransferStatus.ARRIVED:
        return TransferArrived(
            **about,
            on=said.on,
            to_location_id=row.to_location_id,
            reason=row.facts.reason,
            turns_over=said.turns_over,
        )
    if said.status is TransferStatus.DEPARTED:
        return TransferDeparted(**about)
    if said.status is TransferStatus.CANCELLED:
        return TransferCancelled(**about)
    return TransferChanged(**about)
