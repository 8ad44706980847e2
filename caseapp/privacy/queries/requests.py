"""Reading requests of children and parents, and finding the child that one is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.privacy_rights import RequestState
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.privacy.models import PrivacyRequest

DESK: Final = "the privacy desk"
FAR: Final = 200
"""As many closed requests are listed; older ones are found at the child."""


@dataclass(frozen=True, slots=True)
class Found:
    """A child as the privacy desk may know it: name, birth date, whether the file is closed. No more."""

    child_id: UUID
    card: Any | None
    """What names it (people.models.Card); None when it does not open, as after erasure."""
    closed_on: date | None = None


def found(work: Work, *, v_number: str = "", child_id: UUID | None = None) -> Found | None:
    """Return the child with exactly this V-number, or this key; None when there is none."""
    with work.beyond(DESK):
        if v_number:
            row = people.by_v_index(work, work.vault.index("v_number", v_number))
        else:
            row = people.rows_of(work, [child_id]).get(child_id) if child_id else None
        if row is None:
            return None
        card = people.cards(work, [row.id]).get(row.id)
    return Found(row.id, card, row.closed_on)


def request(work: Work, request_id: UUID) -> PrivacyRequest | None:
    """Return a request."""
    with work.beyond(DESK):
        return work.session.get(PrivacyRequest, request_id)


def of_child(work: Work, child_id: UUID) -> Sequence[PrivacyRequest]:
    """Return the requests about a child, the newest first."""
    with work.beyond(DESK):
        return work.session.scalars(
            select(PrivacyRequest)
            .where(PrivacyRequest.child_id == child_id)
            .order_by(PrivacyRequest.received_on.desc(), PrivacyRequest.id.desc())
        ).all()


def open_requests(work: Work, *, closed: bool = False) -> Sequence[PrivacyRequest]:
    """Return the open requests, the one that is due first on top; or the latest closed ones."""
    is_open = PrivacyRequest.state == RequestState.OPEN
    wanted = select(PrivacyRequest)
    if closed:
        wanted = wanted.where(~is_open).order_by(PrivacyRequest.closed_at.desc()).limit(FAR)
    else:
        wanted = wanted.where(is_open).order_by(PrivacyRequest.due_on, PrivacyRequest.id)
    with work.beyond(DESK):
        return work.session.scalars(wanted).all()


def late(work: Work) -> Sequence[PrivacyRequest]:
    """Return the open requests of which the day went by and that nobody was told of."""
    with work.beyond(DESK):
        return work.session.scalars(
            select(PrivacyRequest)
            .where(
                PrivacyRequest.state == RequestState.OPEN,
                PrivacyRequest.due_on < work.today,
                PrivacyRequest.overdue_at.is_(None),
            )
            .order_by(PrivacyRequest.id)
        ).all()
