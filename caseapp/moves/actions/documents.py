"""The one door for documents: moves, handovers and who was responsible, many children at once."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from caseapp.domain import facts
from caseapp.domain.codes import TransferStatus
from caseapp.domain.incoming import Incoming
from caseapp.domain.promises import promise_key, sources
from caseapp.domain.turnovers import turnovers
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.work import Work
from caseapp.moves.models import (
    Handover,
    Promise,
    PromiseFacts,
    Responsible,
    ResponsibleFacts,
    Transfer,
    TransferFacts,
)


def take_in(work: Work, incoming: Sequence[Incoming]) -> None:
    """Write the moves and the responsibility of many documents; raises Unreadable for a child without a key."""
    insert_all(work, Transfer, [row for one in incoming for row in _transfers(work, one)])
    insert_all(work, Handover, [row for one in incoming for row in _handovers(work, one)])
    insert_all(work, Promise, [row for one in incoming for row in _promises(work, one)])
    insert_all(work, Responsible, [row for one in incoming for row in _responsible(work, one)])


def _transfers(work: Work, document: Incoming) -> Iterator[dict[str, Any]]:
    turned = turnovers(document.dossier)
    for said in document.dossier.transfers:
        left = document.locations.get(said.from_location)
        there = document.locations.get(said.to_location)
        goes_to = None if there == left else there  # the table knows no move to where it begins
        arrived = said.status is TransferStatus.ARRIVED
        more = TransferFacts(
            reason=said.reason.value if said.reason else None,
            term_time_reason=said.term_time_reason,
            from_name=said.from_location if left is None else None,
            to_name=said.to_location if goes_to is None else None,
            turned_nothing_over=arrived and said.id not in turned,
        )
        yield sealed_row(
            work,
            *(Transfer, document.child_id, document.key("transfers", said.id)),
            from_location_id=left,
            to_location_id=goes_to,
            announced_on=said.announced_on,
            announced_known=True,
            planned_on=said.planned_on,
            arrived_on=said.arrived_on,
            status=said.status.value,
            facts=more,
        )


def _given(document: Incoming) -> Iterator[tuple[facts.Transfer, facts.Handover]]:
    for said in document.dossier.transfers:
        if said.handover is not None:
            yield said, said.handover


def _handovers(work: Work, document: Incoming) -> Iterator[dict[str, Any]]:
    for said, handover in _given(document):
        yield sealed_row(
            work,
            Handover,
            document.child_id,
            document.key("handover", said.id),
            transfer_id=document.key("transfers", said.id),
            sent_on=handover.sent_on,
            acknowledged_on=handover.acknowledged_on,
        )


def _promises(work: Work, document: Incoming) -> Iterator[dict[str, Any]]:
    for said, handover in _given(document):
        transfer_id = document.key("transfers", said.id)
        known = _sources(document, transfer_id) if handover.items else {}
        for item in handover.items:
            key = document.key(f"transfers/{said.id}/items", item.id)
            yield sealed_row(
                work,
                *(Promise, document.child_id, key),
                transfer_id=transfer_id,
                topic=item.topic.value,
                outcome=item.outcome.value if item.outcome else None,
                source=known.get(key),
                facts=PromiseFacts(item.text),
            )


def _sources(document: Incoming, transfer_id: UUID) -> dict[UUID, str]:
    """Return by key what a promise of this move is made from: one that comes back is not made again."""
    every = sources(document.dossier, transfer_id, document.key)
    return {promise_key(transfer_id, source): source for source in every}


def _responsible(work: Work, document: Incoming) -> Iterator[dict[str, Any]]:
    for said in document.dossier.responsible:
        account_id = document.accounts.get(f"responsible/{said.id}")
        more = ResponsibleFacts()
        if account_id is None:
            more = ResponsibleFacts(
                said.name,
                said.role.value if said.role else None,
                said.organisation.value if said.organisation else None,
            )
        yield sealed_row(
            work,
            Responsible,
            document.child_id,
            document.key("responsible", said.id),
            child_no=document.child_no,
            account_id=account_id,
            from_on=said.start,
            to_on=said.end,
            facts=more,
        )
