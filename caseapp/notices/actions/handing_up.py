"""What reached nobody becomes the coordinator's: serious and unread for a working day, or not to be mailed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import update

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.domain.events import NoticeHandedUp
from caseapp.kernel.work import Work
from caseapp.notices import queries
from caseapp.notices.models import Notice
from caseapp.notices.queries import LIST, NOT_MAILED, UNREAD, UNREAD_LIST, Unreached
from caseapp.people import queries as people


def hand_up(work: Work) -> int:
    """Tell the coordinators of what reached nobody, once for each message; return how many messages.

    Of the region of the child, else of the whole country. Who opened the file since has seen it. What a list
    brought is of no single child: it becomes the national desk's, and its alerts climb by rules of their own.
    """
    found = [(NOT_MAILED, one) for one in queries.not_mailed(work)]
    known = {one.id for _why, one in found}
    found += [
        (UNREAD_LIST if one.event == LIST else UNREAD, one)
        for one in queries.unread_too_long(work)
        if one.id not in known
    ]
    if not found:
        return 0
    desk = _Desk(work, [one for _why, one in found])
    return sum(_hand_up(work, why, one, desk) for why, one in found)


class _Desk:
    """Who coordinates where these children are, and when they were looked at by who was told."""

    def __init__(self, work: Work, messages: Sequence[Unreached]) -> None:
        child_ids = {one.child_id for one in messages if one.child_id}
        self.here = people.here(work, child_ids)
        regions = {at.region for at in self.here.values() if at.region}
        self.coordinators: Mapping[str, Sequence[Any]] = accounts.coordinators(work, regions)
        self.national = [one.id for one in accounts.national_desk(work)]
        self.opened = audit.last_opened(work, child_ids, {one.account_id for one in messages})

    def of(self, one: Unreached) -> tuple[UUID, ...]:
        """Return whose a message becomes: never of who did not read it."""
        at = self.here.get(one.child_id) if one.child_id else None
        near = self.coordinators.get(at.region or "", ()) if at else ()
        told = [who.id for who in near if who.id != one.account_id]
        return tuple(told or (who for who in self.national if who != one.account_id))

    def saw(self, one: Unreached) -> bool:
        """Say whether somebody opened the file of the child after the message came."""
        at = self.opened.get((one.child_id, one.account_id)) if one.child_id else None
        return at is not None and at >= one.at


def _hand_up(work: Work, why: str, one: Unreached, desk: _Desk) -> bool:
    saw = desk.saw(one)
    rests = {"handed_up_at": work.now} | ({"read_at": work.now} if saw else {})
    done = work.session.execute(
        update(Notice).where(Notice.id == one.id, Notice.handed_up_at.is_(None)).values(**rests)
    )
    if saw or not done.rowcount:  # type: ignore[attr-defined]
        return False
    work.record(
        NoticeHandedUp(
            object_id=one.id,
            child_id=one.child_id,
            reason=why,
            told=desk.of(one),
            alert_id=one.alert_id,
            about_id=None if one.alert_id else one.object_id or one.id,
            rule=one.rule,
            severity=one.severity,
            spell=one.spell,
        )
    )
    return True
