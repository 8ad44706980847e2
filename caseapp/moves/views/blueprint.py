"""What all pages about moves share: the blueprint, and how a move, its places and people are shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.accounts import queries as accounts
from caseapp.domain.codes import TransferStatus
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.scope import MoveOf
from caseapp.reference import queries as reference
from caseapp.web.frame import say
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.moves.models import Handover, Transfer, TransferFacts

bp = Blueprint("moves", __name__)

STATUSES = (
    TransferStatus.PLANNED,
    TransferStatus.CONFIRMED,
    TransferStatus.DEPARTED,
    TransferStatus.ARRIVED,
)
"""The course of a move, in its order."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A move as a page shows it: places by name, its sealed facts when they open."""

    row: "Transfer"
    left: str
    goes_to: str
    facts: "TransferFacts | None"
    fault: str
    handover: "Handover | None"

    @property
    def status(self) -> TransferStatus:
        """Return the state."""
        return TransferStatus(self.row.status)

    @property
    def is_open(self) -> bool:
        """Say whether the move is not over yet."""
        return self.status in queries.OPEN

    @property
    def step(self) -> int:
        """Return how far it is in the course of a move, from 0; a cancelled one is nowhere."""
        return STATUSES.index(self.status) if self.status in STATUSES else -1

    @property
    def sent(self) -> bool:
        """Say whether the handover was sent."""
        return self.handover is not None and self.handover.sent_on is not None

    @property
    def refused(self) -> bool:
        """Say whether the receiver could not accept it, and it was not sent anew."""
        return self.handover is not None and self.handover.refused_at is not None

    @property
    def is_late(self) -> bool:
        """Say whether nobody answered in time, and the desk was told."""
        return self.handover is not None and self.handover.missed_at is not None

    @property
    def accepted(self) -> bool:
        """Say whether the handover was accepted."""
        return self.handover is not None and self.handover.acknowledged_on is not None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who is responsible now."""

    name: str
    is_me: bool = False
    phone: str = ""
    organisation: str = ""


def shown(work: Work, row: "Transfer") -> Shown:
    """Return a move with the names of its places and its handover."""
    places = reference.location_names(work, [row.from_location_id, row.to_location_id])
    handover = queries.handover(work, row.id)
    return shown_with(row, places, handover)


def shown_with(row: "Transfer", places: dict[UUID, str], handover: "Handover | None") -> Shown:
    """Return a move as it is shown, with names that were fetched for many at once."""
    facts = readable(row, "facts")
    fault = facts.reference if isinstance(facts, Unreadable) else ""
    opened = None if fault else facts
    left = places.get(row.from_location_id) if row.from_location_id else None
    goes_to = places.get(row.to_location_id) if row.to_location_id else None
    return Shown(
        row=row,
        left=left or (opened.from_name if opened else None) or "?",
        goes_to=goes_to or (opened.to_name if opened else None) or "?",
        facts=opened,
        fault=fault,
        handover=handover,
    )


def bearer(work: Work, child_id: UUID) -> Bearer | None:
    """Return who is responsible for a child today."""
    row = queries.responsible_on(work, child_id, work.today)
    if row is None:
        return None
    who = accounts.people(work, [row.account_id]).get(row.account_id) if row.account_id else None
    if who is not None:
        is_me = who.id == work.actor.account_id
        return Bearer(who.name, is_me, who.phone or "", who.organisation or "")
    facts = readable(row, "facts")
    return Bearer("?" if isinstance(facts, Unreadable) else facts.name or "?", is_me=False)


def to_move(work: Work, move: MoveOf, words: Words) -> ResponseReturnValue:
    """Commit, say what was done, and go to the page of the move."""
    work.commit()
    say("good", words)
    return redirect(url_for("moves.transfer", child_id=move.child.id, transfer_id=move.row.id), 303)


def to_handover(work: Work, move: MoveOf, words: Words) -> ResponseReturnValue:
    """Commit, say what was done, and go to the handover."""
    work.commit()
    say("good", words)
    return redirect(url_for("moves.handover", child_id=move.child.id, transfer_id=move.row.id), 303)
