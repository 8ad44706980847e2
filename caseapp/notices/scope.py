"""Whose messages and mails somebody can reach."""

from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.kernel.work import Work
from caseapp.notices import queries

if TYPE_CHECKING:
    from caseapp.notices.models import Letter, Notice


def the_own_notice(work: Work, notice_id: UUID) -> "Notice | None":
    """Return a message to the reader; nothing for one to somebody else."""
    row = queries.notice(work, notice_id)
    return row if row is not None and row.account_id == work.actor.account_id else None


def the_letter(work: Work, letter_id: UUID) -> "Letter | None":
    """Return a mail, of whoever it is: who has the right sees to all of them."""
    return queries.letter(work, letter_id)
