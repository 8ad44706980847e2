"""Promises made from the record: each handover that is open says what the record says."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from caseapp.continuity import queries
from caseapp.continuity.facts import File
from caseapp.domain.case import Case
from caseapp.domain.codes import TransferStatus
from caseapp.domain.events import HandoverSent, TransferArrived
from caseapp.domain.facts import Transfer
from caseapp.domain.intents.moves import Following
from caseapp.domain.promises import Handed, compare, wanted
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves


def promise(work: Work, files: Mapping[UUID, File]) -> set[UUID]:
    """Open the handover of every move that is planned or under way, or arrived unplanned; let each follow.

    Returns the children whose facts have to be read anew: a promise of an earlier arrival may be overdue.
    """
    every = [
        one
        for child_id, file in files.items()
        if any(_goes_on(move, work.today) for move in file.dossier.transfers)
        for one in _under_way(child_id, file, Case(file.dossier, work.today))
    ]
    late = set()
    for child_id in [one for one in files if one in _just_arrived(work)]:
        _just_arrived(work).discard(child_id)
        child = Case(files[child_id].dossier, work.today)
        for move in _never_planned(files[child_id], child):
            every += _following(child_id, files[child_id], child, move)
            if move.arrived_on != work.today:
                late.add(child_id)
    moves.follow_record(work, every)
    return late


def _never_planned(file: File, child: Case) -> Iterator[Transfer]:
    """Yield the moves that arrived here without a handover; once there is one, it is left as it is."""
    for move in child.transfers:
        opened = file.handed.get(UUID(move.id), Handed()).opened
        if move.status is TransferStatus.ARRIVED and not opened and child.led_here(move):
            yield move


def _goes_on(move: Transfer, today: date) -> bool:
    """Say whether a move is not over: most children have none, and cost nothing more than this."""
    to_come = move.arrived_on is not None and move.arrived_on > today
    return to_come or move.status not in {TransferStatus.ARRIVED, TransferStatus.CANCELLED}


def _under_way(child_id: UUID, file: File, child: Case) -> Iterator[Following]:
    if child.watched:
        for move in child.underway:
            yield from _following(child_id, file, child, move)


def _following(child_id: UUID, file: File, child: Case, move: Transfer) -> Iterator[Following]:
    """Yield what has to be done for one handover; nothing when it says what the record says."""
    key = UUID(move.id)
    handed = file.handed.get(key, Handed())
    changes = compare(handed.kept, wanted(child, move))
    if changes or not handed.opened:
        yield Following(child_id, key, handed.opened, changes)


def on_arrival(work: Work, event: TransferArrived) -> None:
    """React to a child that arrived: when nobody planned it, its handover begins with the look that follows."""
    if event.child_id is not None:
        _just_arrived(work).add(event.child_id)


def _just_arrived(work: Work) -> set[UUID]:
    """Return the children that arrived in this unit of work, and were not looked at since."""
    return work.once(on_arrival, set)


def hasten(work: Work, event: HandoverSent) -> None:
    """React to a handover that was sent: with a critical alert in it the receiver has a day. A reaction."""
    child_id, transfer_id = event.child_id, event.object_id
    if child_id and transfer_id and queries.any_critical(work, child_id):
        moves.hasten(work, transfer_id)
