"""Requests of children and parents: written down, extended, closed, and told of when they are late.

Raises RightRefusedError when it cannot be, LostRaceError when somebody else was first.
"""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain.events import (
    RequestClosed,
    RequestExtended,
    RequestOverdue,
    RequestRegistered,
)
from caseapp.domain.facts import Birth
from caseapp.domain.intents.privacy import RequestDetails
from caseapp.domain.policy import Role
from caseapp.domain.privacy_rights import (
    Refusal,
    RequestState,
    RightRefusedError,
    due_on,
    may_extend,
    standing,
)
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work, reading_past
from caseapp.privacy import queries
from caseapp.privacy.models import PrivacyRequest, RequestFacts
from caseapp.privacy.queries import DESK

if TYPE_CHECKING:
    from datetime import date


@reading_past(DESK)
def register(work: Work, child_id: UUID, birth: Birth, said: RequestDetails) -> PrivacyRequest:
    """Write a request down; its month begins on the day of receipt.

    Also one that no law allows: it has to be answered as well, with a refusal that says why.
    """
    may = standing(said.asker, birth, said.received_on)
    row = PrivacyRequest(
        id=new_id(),
        child_id=child_id,
        right=said.right.value,
        asker=said.asker.value,
        identity=said.identity.value,
        state=RequestState.OPEN.value,
        received_on=said.received_on,
        due_on=due_on(said.received_on),
    )
    facts = RequestFacts(
        said.asked, said.asker_name, said.identity_note, may.by_care_law, may.by_data_law
    )
    work.add(row, facts=facts)
    work.flush()
    work.record(RequestRegistered(object_id=row.id, child_id=child_id))
    return row


@reading_past(DESK)
def extend(work: Work, row: PrivacyRequest, version: int | None, because: str) -> None:
    """Give a request two months more: within its first month, once, with a reason that is told."""
    refuse_closed(row)
    if row.extended_on is not None:
        raise RightRefusedError(Refusal.EXTENDED_ALREADY)
    if not may_extend(row.received_on, work.today):
        raise RightRefusedError(Refusal.TOO_LATE_TO_EXTEND)
    until: date = due_on(row.received_on, extended=True)
    work.revise(
        row,
        version,
        extended_on=work.today,
        due_on=until,
        facts=replace(row.facts, extended_because=because),
    )
    work.flush()
    work.record(
        RequestExtended(object_id=row.id, child_id=row.child_id, fields=("due_on", "facts"))
    )


@reading_past(DESK)
def close(
    work: Work, row: PrivacyRequest, version: int | None, how: RequestState, answer: str
) -> None:
    """Close a request: answered, refused with reasons, or taken back by who asked."""
    refuse_closed(row)
    if how is RequestState.ANSWERED:
        refuse_not_allowed(row)
    work.revise(
        row,
        version,
        state=how.value,
        closed_at=work.now,
        facts=replace(row.facts, answer=answer),
    )
    work.flush()
    work.record(RequestClosed(object_id=row.id, child_id=row.child_id, fields=("state", how.value)))


def refuse_closed(row: PrivacyRequest) -> None:
    """Raise RightRefusedError for a request that is over."""
    if row.state != RequestState.OPEN:
        raise RightRefusedError(Refusal.CLOSED)


def refuse_not_allowed(row: PrivacyRequest) -> None:
    """Raise RightRefusedError for a request that neither law allowed this person."""
    if not (row.facts.by_care_law or row.facts.by_data_law):
        raise RightRefusedError(Refusal.NOT_ALLOWED)


def note_late(work: Work) -> int:
    """Tell the privacy officers of every request that is late, each once; return of how many."""
    rows = queries.late(work)
    told = accounts.in_role(work, Role.PRIVACY_OFFICER) if rows else ()
    for row in rows:
        work.revise(row, overdue_at=work.now)
        work.record(RequestOverdue(object_id=row.id, told=told))
    return len(rows)
