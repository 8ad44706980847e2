"""Promises made from the record: each handover that is open says what the record says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from caseapp.continuity import facts, queries
from caseapp.continuity.facts import File
from caseapp.domain.case import Case
from caseapp.domain.codes import TransferStatus
from caseapp.domain.events import HandoverSent, TransferArrived
from caseapp.domain.facts import Transfer
from caseapp.domain.intents.moves import Following
from caseapp.domain.promises import Handed, compare, wanted
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of


def promise(work: Work, files: Mapping[UUID, File]) -> None:
    """Open the handover of every move that is planned or under way, and let it follow the record."""
    moves.follow_record(
        work,
        [
            one
            for child_id, file in files.items()
            if any(_goes_on(move, work.today) for move in file.dossier.transfers)
            for one in _under_way(child_id, file, Case(file.dossier, work.today))
        ],
    )


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
    """React to a child that arrived: nobody planned it, so its handover begins now. A reaction."""
    if event.child_id is not None:
        work.afterwards(_promise_on_arrival, [event.child_id])


def _promise_on_arrival(work: Work, child_ids: Sequence[UUID]) -> None:
    """Open the handover of moves that were never planned, once: later the record of the new place counts."""
    never_planned = moves_of.arrived_without_handover(work, child_ids)
    files = facts.files(work, list(never_planned)) if never_planned else {}
    every: list[Following] = []
    for child_id, file in files.items():
        child = Case(file.dossier, work.today)
        for move in child.transfers:
            if UUID(move.id) in never_planned[child_id] and child.led_here(move):
                every += _following(child_id, file, child, move)
    moves.follow_record(work, every)


def hasten(work: Work, event: HandoverSent) -> None:
    """React to a handover that was sent: with a critical alert in it the receiver has a day. A reaction."""
    child_id, transfer_id = event.child_id, event.object_id
    if child_id and transfer_id and queries.any_critical(work, child_id):
        moves.hasten(work, transfer_id)
