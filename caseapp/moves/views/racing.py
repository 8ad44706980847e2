"""After a lost race over a move: what somebody else did meanwhile, in a sentence on the form."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.domain.codes import TransferStatus
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.web.choices import VersionField
from caseapp.web.filters import day_in_sentence
from caseapp.web.forms import Form
from caseapp.web.labels import TRANSFER_STATUSES

if TYPE_CHECKING:
    from caseapp.moves.models import Transfer


def raced(work: Work, form: Form, row: "Transfer") -> str:
    """Drop what was tried and return what the move is now, and by whom.

    The form then counts from that version: sending it again is a choice.
    """
    work.undo()
    work.session.refresh(row)
    for field in form:
        if isinstance(field, VersionField):
            field.typed = str(row.version)
    who = accounts.names(work, [row.recorded_by]).get(row.recorded_by) if row.recorded_by else None
    if who is None:
        return _(
            "Meanwhile this move was changed. %(now)s Nothing was saved yet.", now=_now(work, row)
        )
    return _(
        "Meanwhile %(who)s changed this move. %(now)s Nothing was saved yet.",
        who=who,
        now=_now(work, row),
    )


def over(work: Work, row: "Transfer") -> str:
    """Return how a move ended that nothing can be changed about any more; nothing for one that goes on."""
    if row.status in queries.OPEN:
        return ""
    return _("This move is over. %(now)s Nothing can be changed about it.", now=_now(work, row))


def _now(work: Work, row: "Transfer") -> str:
    status = TransferStatus(row.status)
    day = day_in_sentence(row.arrived_on or row.planned_on, work.today)
    if status is TransferStatus.ARRIVED:
        return _("The child arrived on %(day)s.", day=day)
    if status is TransferStatus.CANCELLED:
        return _("It was cancelled.")
    return _("It is %(state)s now, for %(day)s.", state=TRANSFER_STATUSES[status], day=day)
