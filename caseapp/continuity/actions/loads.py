"""Alerts over more than one child: raised, changed and closed by what is counted; taken by a coordinator."""

from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.continuity import queries
from caseapp.continuity.actions.owning import AlertClosedError
from caseapp.continuity.models import LoadAlert
from caseapp.domain.events import Event, LoadChanged, LoadMended, LoadRaised, LoadTaken
from caseapp.domain.events.alerts import OfALoad
from caseapp.domain.load import Load
from caseapp.domain.recipients import GUARDIANSHIP
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.db import new_id
from caseapp.kernel.work import LostRaceError, Work


def on_load_change(work: Work, _event: Event) -> None:
    """React to who guards and who works where: count again, once, when all has been written."""
    work.afterwards(_count_again, [UUID(int=0)])


def _count_again(work: Work, _nobody: object) -> None:
    follow_loads(work)


def follow_loads(work: Work) -> int:
    """Let the alerts over many children follow what is counted; return how many changed."""
    known = {(row.rule, row.subject_id): row for row in queries.every_load(work)}
    found = {load.identity: load for load in queries.loads_now(work)}
    changed = 0
    for identity, load in sorted(found.items(), key=lambda one: (one[0][0], one[0][1].int)):
        row = known.get(identity)
        changed += (
            _raise(work, load, row) if row is None or row.closed_at else _change(work, load, row)
        )
    for identity, row in known.items():
        if row.closed_at is None and identity not in found:
            changed += _mend(work, row)
    return changed


def take_load(work: Work, row: LoadAlert, version: int) -> None:
    """Make the actor the owner; raises AlertClosedError, LostRaceError."""
    if row.closed_at is not None:
        raise AlertClosedError
    if row.version != version:
        raise LostRaceError
    row.owner_account_id, row.owner_desk = work.actor.account_id, None
    row.taken_at = work.now
    work.record(LoadTaken(object_id=row.id))


def _raise(work: Work, load: Load, row: LoadAlert | None) -> bool:
    if row is None:
        row = LoadAlert(id=new_id(), rule=load.rule, subject_id=load.subject_id, times=0)
        work.session.add(row)
    row.times += 1
    row.severity, row.children, row.desk = load.severity, load.children, load.desk
    row.since, row.opened_at, row.closed_at = work.today, work.now, None
    row.owner_account_id, row.owner_desk, row.taken_at = None, load.desk, None
    work.record(_said(LoadRaised, row, _told(work, load)))
    return True


def _change(work: Work, load: Load, row: LoadAlert) -> bool:
    if (row.severity, row.children, row.desk) == (load.severity, load.children, load.desk):
        return False
    graver = load.severity.weight > Severity(row.severity).weight
    if row.owner_desk is not None:
        row.owner_desk = load.desk
    row.severity, row.children, row.desk = load.severity, load.children, load.desk
    work.record(_said(LoadChanged, row, _told(work, load) if graver else ()))
    return True


def _mend(work: Work, row: LoadAlert) -> bool:
    row.closed_at = work.now
    work.record(_said(LoadMended, row))
    return True


def _told(work: Work, load: Load) -> tuple[UUID, ...]:
    """Return the desk concerned; the national desk too when it is serious (rules.md 4)."""
    desk = (
        accounts.guardianship_desk(work)
        if load.desk == GUARDIANSHIP
        else accounts.coordinators(work, [load.desk]).get(load.desk, [])
    )
    national = accounts.national_desk(work) if load.severity is Severity.CRITICAL else []
    return tuple(dict.fromkeys(one.id for one in (*desk, *national)))


def _said(kind: type[OfALoad], row: LoadAlert, told: tuple[UUID, ...] = ()) -> OfALoad:
    return kind(object_id=row.id, rule=row.rule, severity=row.severity, told=told, spell=row.times)
