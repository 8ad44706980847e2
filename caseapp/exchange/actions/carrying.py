"""What the accepted rows of a list say, carried out through the doors of the record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Final
from uuid import UUID

from caseapp.domain.codes import MoveReason, TransferStatus
from caseapp.domain.intents.moves import ListedMove, ListedStep
from caseapp.domain.lists import intents as i
from caseapp.domain.lists.reasons import reason_of
from caseapp.domain.lists.words import ListKind
from caseapp.exchange.actions import card_rows, record_rows
from caseapp.exchange.actions.documents import import_documents
from caseapp.exchange.queries import Snapshot
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.people import actions as people
from caseapp.people import queries as people_of
from caseapp.reference import queries as reference

AT_ONCE: Final = 500
"""Things that are done before what follows from them: children in memory at a time."""


@dataclass(frozen=True, slots=True)
class Carrying:
    """One list that is being carried out."""

    work: Work
    snapshot: Snapshot

    def child(self, v_number: str) -> UUID:
        """Return the key of a child that we knew before this list."""
        return self.snapshot.keys[v_number]

    def location(self, code: str) -> UUID:
        """Return the key of a location."""
        return self.snapshot.places.keys[code]


def carry_out(work: Work, kind: ListKind, intents: Sequence[i.Intent], snapshot: Snapshot) -> None:
    """Do what the accepted rows say, and then once for each child all that follows from it.

    Moves go in the order of their days; for the other lists the order does not matter, so that things of
    one kind go together. Raises LostRaceError when something is not any more as it was compared.
    """
    carrying = Carrying(work, snapshot)
    if kind is not ListKind.TRANSFERS:
        intents = sorted(intents, key=lambda intent: _ORDER[type(intent)])
    for made, alike in groupby(intents, key=type):
        for part in _parts(alike):
            _DOES[made](carrying, part)
            work.react()
    work.settle()


def _parts(intents: Iterator[i.Intent]) -> Iterator[list[i.Intent]]:
    while part := list(islice(intents, AT_ONCE)):
        yield part


def _add_children(carrying: Carrying, said: Sequence[i.AddChild]) -> None:
    keys = [carrying.location(intent.location) for intent in said]
    rows = reference.locations_of(carrying.work, keys)
    import_documents(
        carrying.work,
        [card_rows.arriving(intent, rows[key]) for intent, key in zip(said, keys, strict=True)],
    )


def _change_children(carrying: Carrying, said: Sequence[i.ChangeChild]) -> None:
    rows = people_of.rows_of(carrying.work, [carrying.child(one.v_number) for one in said])
    for intent in said:
        row = rows[carrying.child(intent.v_number)]
        details = card_rows.changed(row.card, row.facts, intent.changes)
        people.correct(carrying.work, row, row.version, details)


def _move_unannounced(carrying: Carrying, said: Sequence[i.RecordUnannouncedMove]) -> None:
    moves.take_listed(
        carrying.work,
        [
            ListedMove(
                child_id=carrying.child(one.v_number),
                from_location_id=_place(carrying, one.from_location),
                to_location_id=carrying.location(one.to_location),
                planned_on=one.on,
                announced_on=one.on,
                announced_known=False,
                status=TransferStatus.ARRIVED,
                arrived_on=one.on,
                turns_over=True,
                reason=MoveReason.UNANNOUNCED,
            )
            for one in said
        ],
    )


def _arrive(carrying: Carrying, said: Sequence[i.ArriveTransfer]) -> None:
    for one in said:
        row = _transfer(carrying, one.v_number, one.ref)
        step = ListedStep(on=one.on, status=TransferStatus.ARRIVED, turns_over=True)
        moves.follow_list(carrying.work, row, step)


def _add_transfers(carrying: Carrying, said: Sequence[i.AddTransfer]) -> None:
    moves.take_listed(
        carrying.work,
        [
            ListedMove(
                child_id=carrying.child(one.v_number),
                from_location_id=_place(carrying, one.from_location),
                to_location_id=carrying.location(one.to_location),
                planned_on=one.planned_on,
                announced_on=one.announced_on,
                announced_known=one.announced_known,
                status=one.status,
                arrived_on=one.planned_on if one.status is TransferStatus.ARRIVED else None,
                turns_over=one.turns_over,
                reason=reason_of(one.reason) if one.reason else None,
                reason_text=one.reason,
            )
            for one in said
        ],
    )


def _change_transfers(carrying: Carrying, said: Sequence[i.ChangeTransfer]) -> None:
    for one in said:
        told: Mapping[str, Any] = one.changes
        left, reason = told.get("from_location"), told.get("reason")
        step = ListedStep(
            on=one.planned_on,
            status=told.get("status"),
            turns_over=one.turns_over,
            from_location_id=_place(carrying, left),
            announced_on=told.get("announced_on"),
            reason=reason_of(reason) if reason else None,
            reason_text=reason,
        )
        moves.follow_list(carrying.work, _transfer(carrying, one.v_number, one.ref), step)


def _place(carrying: Carrying, code: str | None) -> UUID | None:
    """Return the key of a location; a place that is none of ours is not kept."""
    return carrying.snapshot.places.keys.get(code) if code else None


def _transfer(carrying: Carrying, v_number: str, ref: str) -> Any:
    row = moves_of.transfer(carrying.work, carrying.child(v_number), UUID(ref))
    if row is None:
        raise LostRaceError
    return row


def _each(
    do: Callable[[Work, Snapshot, Any], None],
) -> Callable[[Carrying, Sequence[Any]], None]:
    def all_of(carrying: Carrying, said: Sequence[Any]) -> None:
        do(carrying.work, carrying.snapshot, said)

    return all_of


_DOES: Final[Mapping[type[i.Intent], Callable[[Carrying, Sequence[Any]], None]]] = {
    i.AddLocation: _each(record_rows.add_locations),
    i.ChangeLocation: _each(record_rows.change_locations),
    i.AddChild: _add_children,
    i.ChangeChild: _change_children,
    i.CorrectStay: _each(record_rows.correct_stays),
    i.ArriveTransfer: _arrive,
    i.RecordUnannouncedMove: _move_unannounced,
    i.AddTransfer: _add_transfers,
    i.ChangeTransfer: _change_transfers,
    i.AddCare: _each(record_rows.add_care),
    i.ChangeCare: _each(record_rows.change_care),
    i.AddSchool: _each(record_rows.add_school),
    i.ChangeSchool: _each(record_rows.change_school),
}
_ORDER: Final[Mapping[type[i.Intent], int]] = {made: at for at, made in enumerate(_DOES)}
