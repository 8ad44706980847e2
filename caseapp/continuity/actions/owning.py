"""What people do with an alert: take it, give it to somebody, put it off.

Each asks for the version that the person saw; raises LostRaceError when somebody else was first, and
AlertClosedError when the facts mended it in the meantime.
"""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.accounts.queries import Someone
from caseapp.continuity.models import Alert, AlertStep, Step
from caseapp.domain.codes import Region
from caseapp.domain.events import AlertAssigned, AlertPutOff, AlertTaken
from caseapp.domain.policy import Permission
from caseapp.guardianship import queries as guarding
from caseapp.kernel.db import new_id
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import queries as people

FARTHEST: Final = timedelta(days=28)
"""How far ahead an alert may be put off."""
MOST_TIMES: Final = 2
"""How often one alert may be put off while it lasts."""


class AlertClosedError(ValueError):
    """The facts mended this alert: there is nothing left to take, give or put off."""


class NotAChoiceError(ValueError):
    """An alert may not be given to this account: it does not stand by this child."""


class NotTheOwnerError(ValueError):
    """Only the owner, or a coordinator, puts an alert off."""


class PutOffTooOftenError(ValueError):
    """The alert was put off twice already."""


class PutOffTooFarError(ValueError):
    """An alert is put off to a day after today, at most 28 days ahead."""


def take(work: Work, row: Alert, version: int) -> None:
    """Make the actor the owner of an alert, of a desk's or of somebody else's."""
    refuse_stale(row, version)
    me = work.actor.account_id
    _own(work, row, me)
    note(work, row, Step.TAKEN, to_account_id=me)
    work.record(AlertTaken(object_id=row.id, child_id=row.child_id))


def assign(work: Work, row: Alert, version: int, to: UUID) -> None:
    """Give an alert to somebody who stands by this child; raises NotAChoiceError for anyone else."""
    if to == work.actor.account_id:
        take(work, row, version)
        return
    refuse_stale(row, version)
    if to not in {one.id for one in candidates(work, [row.child_id])[row.child_id]}:
        raise NotAChoiceError
    _own(work, row, to)
    note(work, row, Step.ASSIGNED, to_account_id=to)
    work.record(
        AlertAssigned(
            object_id=row.id,
            child_id=row.child_id,
            rule=row.rule,
            account_id=to,
            severity=row.severity,
            spell=row.times,
        )
    )


def put_off(work: Work, row: Alert, version: int, until: date, reason: str) -> None:
    """Let an alert rest until a day: it is counted still, shown apart, and comes back on that day.

    Raises PutOffTooFarError, PutOffTooOftenError, NotTheOwnerError.
    """
    refuse_stale(row, version)
    if not may_put_off(work, row.owner_account_id):
        raise NotTheOwnerError
    if not work.today < until <= work.today + FARTHEST:
        raise PutOffTooFarError
    if row.put_off_count >= MOST_TIMES:
        raise PutOffTooOftenError
    row.put_off_until = until
    row.put_off_count += 1
    note(work, row, Step.PUT_OFF, until_on=until, reason=reason)
    work.record(AlertPutOff(object_id=row.id, child_id=row.child_id, until=until))


def may_put_off(work: Work, owner: UUID | None) -> bool:
    """Say whether this actor may put off an alert of this owner (None: a desk)."""
    return owner in work.actor.account_ids or work.actor.may(Permission.ALERT_ASSIGN)


def candidates(work: Work, child_ids: list[UUID]) -> dict[UUID, list[Someone]]:
    """Return for each child to whom an alert can be given: oneself first, then who stands by it.

    The contact persons of the place, the guardian, the coordinators of the region and of the country.
    """
    here = people.here(work, child_ids)
    guardians = guarding.workers_now(work, child_ids)
    named = accounts.people(work, [work.actor.account_id, *guardians.values()])
    cpks = accounts.cpks(work, {at.location_id for at in here.values() if at.location_id})
    coordinators = accounts.coordinators(work, [region.value for region in Region])
    national = accounts.national_desk(work)
    found = {}
    for child_id in child_ids:
        at = here.get(child_id)
        near = [
            named[who] for who in (work.actor.account_id, guardians.get(child_id)) if who in named
        ]
        if at is not None:
            near += cpks.get(at.location_id, []) if at.location_id else []
            near += coordinators.get(at.region or "", [])
        found[child_id] = list({one.id: one for one in (*near, *national)}.values())
    return found


def refuse_stale(row: Alert, version: int) -> None:
    """Raise AlertClosedError for an alert that closed, LostRaceError for one that is not as it was seen."""
    if row.closed_at is not None:
        raise AlertClosedError
    if row.version != version:
        raise LostRaceError


def _own(work: Work, row: Alert, account_id: UUID | None) -> None:
    row.owner_account_id, row.owner_desk = account_id, None
    row.taken_at = work.now


def note(work: Work, row: Alert, what: Step, **about: object) -> None:
    """Keep a step that somebody took with an alert, and the reason if there is one."""
    reason = about.pop("reason", None)
    step = AlertStep(
        id=new_id(),
        alert_id=row.id,
        child_id=row.child_id,
        at=work.now,
        by=work.actor.account_id,
        what=what,
        spell=row.times,
        **about,
    )
    work.add(step, **({"reason": reason} if reason else {}))
