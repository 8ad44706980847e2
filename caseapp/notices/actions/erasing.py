"""What was told of a child that is erased."""

from sqlalchemy import delete, select

from caseapp.domain.events import ChildErased
from caseapp.kernel.work import Work
from caseapp.notices.models import Bundled, Notice


def forget_told(work: Work, event: ChildErased) -> None:
    """Let go of how much the notices about a child stand for; the notices go with the rows of the child."""
    about = select(Notice.id).where(Notice.child_id == event.child_id)
    work.session.execute(delete(Bundled).where(Bundled.notice_id.in_(about)))
