"""Which record of the weekly look, or break of the trail, an address is about; looking is recorded."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.audit import queries
from caseapp.domain.two_people import SECOND, Together
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.audit.models import AuditBreak
    from caseapp.audit.queries import ToJudge

LOG_VIEWED = "log-viewed"


def the_item(work: Work, item_id: UUID) -> "ToJudge | None":
    """Return one record to look at."""
    found = queries.one_to_judge(work, item_id)
    if found is not None:
        seen = [found.event.child_id] if found.event.child_id else []
        work.saw(LOG_VIEWED, seen, object="log_review_item", object_id=item_id)
    return found


@dataclass(frozen=True, slots=True)
class BreakFound:
    """A break of the trail, and the request to acknowledge it, if somebody made one."""

    row: "AuditBreak"
    waits: bool
    agreed: bool
    asked_by: UUID | None


def the_break(work: Work, break_id: UUID) -> BreakFound | None:
    """Return a break of the trail, for those who may acknowledge one together."""
    row = queries.one_break(work, break_id)
    if row is None or work.actor.role not in SECOND[Together.AUDIT_BREAK].roles:
        return None
    work.saw(LOG_VIEWED, object="audit_break", object_id=break_id)
    return BreakFound(row, *queries.agreement_on(work, row))
