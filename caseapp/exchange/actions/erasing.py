"""What lists keep of a child that is erased."""

from sqlalchemy import select

from caseapp.domain.events import ChildErased
from caseapp.exchange.actions.forgetting import let_go
from caseapp.exchange.models import ListChild, ListRun
from caseapp.kernel import tombstones
from caseapp.kernel.work import Work


def forget_in_lists(work: Work, event: ChildErased) -> None:
    """Let the keys of all lists that wrote in the file go with it: their rows name the child, in backups too.

    The lists keep their counts and codes.
    """
    wrote = select(ListChild.run_id).where(ListChild.child_id == event.child_id)
    runs = work.session.scalars(
        select(ListRun)
        .where(ListRun.id.in_(wrote), ListRun.key_gone_at.is_(None))
        .order_by(ListRun.id)
        .with_for_update()
    ).all()
    for run in runs:
        let_go(work, run)
    tombstones.also(work, [run.id for run in runs])
