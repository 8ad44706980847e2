"""Break-glass: three hours of reading in one file beside the own scope, told at once and judged afterwards."""

from caseapp.accounts import queries
from caseapp.accounts.models import Emergency, Grant
from caseapp.domain.calendar import working_days_after
from caseapp.domain.emergency import (
    LASTS,
    OFTEN,
    REVIEW_DAYS,
    SHORTEST_REASON,
    WEEK,
    Judgement,
    is_next_door,
)
from caseapp.domain.events import (
    EmergencyOften,
    EmergencyReviewed,
    EmergencyStarted,
    EmergencyStopped,
    EmergencyUnreviewed,
)
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.intents.emergency import Glass
from caseapp.domain.policy import BREAK_GLASS, Actor, Permission, ScopeKind
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference


def start(work: Work, glass: Glass) -> Emergency:
    """Open one file for three hours, to read only; guardian, coordinator and privacy officer hear of it now.

    Raises RefusedError: the trail is broken, the file is seen already, it is not next to the own scope, or
    the reason says nothing. The caller has proved the second factor.
    """
    actor = work.actor.on_own_rights
    if glass.trail_broken:
        raise RefusedError(Refusal.TRAIL_BROKEN)
    if glass.is_seen:
        raise RefusedError(Refusal.SEES_ALREADY)
    near = is_next_door(
        actor, own_regions(work, actor), glass.region, has_guardian=glass.has_guardian
    )
    if not actor.may(Permission.BREAK_GLASS) or not near:
        raise RefusedError(Refusal.NO_NEIGHBOUR)
    if len(glass.reason.strip()) < SHORTEST_REASON:
        raise RefusedError(Refusal.TOO_SHORT)
    row = _opened(work, actor, glass)
    work.record(
        EmergencyStarted(
            object_id=row.id, child_id=row.child_id, fields=(glass.why.value,), told=glass.told
        )
    )
    often = queries.emergencies_since(work, row.account_id, work.now - WEEK)
    if often > OFTEN:
        work.record(EmergencyOften(object_id=row.account_id, told=glass.told, spell=often))
    return row


def stop(work: Work, row: Emergency) -> None:
    """End a look by hand; raises RefusedError when it is over."""
    work.session.refresh(row, with_for_update=True)
    if row.stopped_at is not None:
        raise RefusedError(Refusal.NOT_WAITING)
    _close(work, row, "by-hand")


def stop_expired(work: Work) -> None:
    """End each look whose time is over, in the trail too: its grant ended by itself, at the second."""
    for row in queries.expired_emergencies(work):
        _close(work, row, "time")


def review(work: Work, row: Emergency, verdict: Judgement, note: str) -> None:
    """Judge a look that is over: somebody else does, who does not stand in for who looked.

    Raises RefusedError. The caller's scope has looked whether a coordinator is of the region.
    """
    work.session.refresh(row, with_for_update=True)
    me = work.actor.account_id
    if me == row.account_id:
        raise RefusedError(Refusal.OWN_EMERGENCY)
    if queries.is_stand_in(work, me, row.account_id, row.started_at):
        raise RefusedError(Refusal.STAND_IN)
    if row.reviewed_at is not None or (row.stopped_at is None and row.ends_at > work.now):
        raise RefusedError(Refusal.NOT_WAITING)
    row.reviewed_by, row.reviewed_at, row.verdict = me, work.now, verdict.value
    if note:
        row.judged = note
    work.flush()
    work.record(
        EmergencyReviewed(
            object_id=row.id, child_id=row.child_id, told=(row.account_id,), fields=(verdict.value,)
        )
    )


def tell_unreviewed(work: Work) -> None:
    """Tell privacy officers and coordinators, once, of each look that nobody judged in time."""
    for row in queries.late_reviews(work):
        row.late_at = work.now
        told = queries.reviewers(work, row.region)
        work.record(EmergencyUnreviewed(object_id=row.id, child_id=row.child_id, told=told))


def own_regions(work: Work, actor: Actor) -> frozenset[str]:
    """Return the regions of somebody's own rights: of a contact person those of the locations."""
    places = (reference.location(work, one) for one in actor.location_ids)
    return frozenset((*actor.regions, *(place.region for place in places if place is not None)))


def _opened(work: Work, actor: Actor, glass: Glass) -> Emergency:
    ends = work.now + LASTS
    grant = Grant(
        account_id=actor.account_id, role=actor.role, scope_kind=ScopeKind.CHILD,
        scope_id=str(glass.child_id), valid_from=work.now, valid_to=ends, origin=BREAK_GLASS,
        asked_at=work.now, needs_approval=False,
    )  # fmt: skip
    work.session.add(grant)
    work.flush()
    row = Emergency(
        id=new_id(), child_id=glass.child_id, account_id=grant.account_id, grant_id=grant.id,
        region=glass.region or "", why=glass.why.value, started_at=work.now, ends_at=ends,
        review_by=working_days_after(work.today, REVIEW_DAYS),
    )  # fmt: skip
    work.add(row, reason=glass.reason.strip())
    work.flush()
    return row


def _close(work: Work, row: Emergency, how: str) -> None:
    row.stopped_at = min(work.now, row.ends_at)
    grant = queries.grant(work, row.grant_id)
    if grant is not None and work.now < row.ends_at:
        grant.revoked_at = work.now
    work.flush()
    work.record(EmergencyStopped(object_id=row.id, child_id=row.child_id, fields=(how,)))
