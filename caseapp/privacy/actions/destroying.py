"""Asking two people to destroy a file, and closing what was asked when it is gone.

The destroying itself is in erasing.py. Raises RightRefusedError, RefusedError, LostRaceError.
"""

from typing import TYPE_CHECKING

from caseapp.accounts.actions import two_people
from caseapp.audit.queries.breaks import is_broken
from caseapp.domain.events import RequestClosed
from caseapp.domain.privacy_rights import Refusal, RequestState, Right, RightRefusedError
from caseapp.domain.two_people import Together
from caseapp.kernel.work import Work, reading_past
from caseapp.privacy.actions.erasing import erasure_content
from caseapp.privacy.actions.packing import deciders
from caseapp.privacy.actions.registering import refuse_closed, refuse_not_allowed
from caseapp.privacy.queries import DESK

if TYPE_CHECKING:
    from caseapp.accounts.models import TwoPeople
    from caseapp.privacy.models import PrivacyRequest


@reading_past(DESK)
def ask_erasure(work: Work, row: "PrivacyRequest", version: int | None, reason: str) -> "TwoPeople":
    """Ask a second person to destroy the file of the child that a request is about."""
    refuse_erasure(work, row)
    asked = two_people.ask(
        work,
        Together.ERASURE,
        row.child_id,
        erasure_content(row.child_id),
        reason,
        told=deciders(work, row.child_id),
    )
    work.revise(row, version, together_id=asked.id)
    work.flush()
    return asked


def refuse_erasure(work: Work, row: "PrivacyRequest") -> None:
    """Raise RightRefusedError when this request cannot lead to an erasure, or not now."""
    refuse_closed(row)
    if row.right != Right.ERASURE:
        raise RightRefusedError(Refusal.NOT_THIS_RIGHT)
    refuse_not_allowed(row)
    if is_broken(work):
        raise RightRefusedError(Refusal.TRAIL_BROKEN)


@reading_past(DESK)
def close_erased(work: Work, row: "PrivacyRequest") -> None:
    """Close a request of which the file is gone: its words are gone too, so nothing of them is touched."""
    if row.state != RequestState.OPEN:
        return
    work.revise(row, state=RequestState.ANSWERED.value, closed_at=work.now)
    work.flush()
    work.record(RequestClosed(object_id=row.id, child_id=row.child_id, fields=("state", row.state)))
