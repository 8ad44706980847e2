"""The weekly look at the trail: drawn for the privacy officer, judged record by record, and due."""

from datetime import timedelta
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.audit import queries
from caseapp.audit.models import LogReview, LogReviewItem
from caseapp.audit.queries import picked
from caseapp.domain import reviewing
from caseapp.domain.events import ReviewClosed, ReviewJudged, ReviewMade, ReviewOverdue
from caseapp.domain.policy import Role
from caseapp.domain.reviewing import NEEDS_NOTE, Judgement
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

WEEK = timedelta(days=7)


class NoteNeededError(ValueError):
    """What is no ordinary look has to be explained in words."""


def make_review(work: Work) -> LogReview | None:
    """Draw the records of last week, once; None when that was done, or nobody looked at anything."""
    monday = reviewing.monday_of(work.today) - WEEK
    if queries.review_of(work, monday) is not None:
        return None
    found = picked(work, monday)
    if not found:
        return None
    row = LogReview(
        id=new_id(), monday=monday, made_at=work.now, due_on=reviewing.due_on(work.today)
    )
    work.add(row)
    work.flush()
    for one in found:
        work.add(
            LogReviewItem(
                id=new_id(), review_id=row.id, seq=one.seq, account_id=one.account_id,
                pick=one.pick.value, many=one.many,
            )
        )  # fmt: skip
    work.record(ReviewMade(object_id=row.id, told=_officers(work)))
    return row


def judge(work: Work, row: LogReviewItem, judgement: Judgement, note: str | None) -> None:
    """Say something of a record; the last one closes the review. Raises NoteNeededError."""
    if judgement in NEEDS_NOTE and not note:
        raise NoteNeededError
    work.session.refresh(row, with_for_update=True)
    said = {"judgement": judgement.value, "note": note}
    work.revise(row, **said, judged_at=work.now, judged_by=work.actor.account_id)
    work.flush()
    work.record(ReviewJudged(object_id=row.id, fields=(judgement.value,)))
    review = work.session.get(LogReview, row.review_id)
    if review is not None and review.closed_at is None and not queries.left(work).get(review.id):
        review.closed_at = work.now
        work.record(ReviewClosed(object_id=review.id))


def tell_late(work: Work) -> int:
    """Tell once of each review that is overdue, and return of how many."""
    late = [
        row
        for row in queries.open_reviews(work)
        if row.told_late_at is None and reviewing.is_late(row.due_on, row.closed_at, work.today)
    ]
    for row in late:
        row.told_late_at = work.now
        work.record(ReviewOverdue(object_id=row.id, told=_officers(work)))
    return len(late)


def _officers(work: Work) -> tuple[UUID, ...]:
    return tuple(one.id for one in accounts.of_role(work, Role.PRIVACY_OFFICER))
