"""Checks of what people and jobs have to keep doing: keys, trail, clock, backups, drills and reviews."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.audit import queries as audit
from caseapp.audit.queries.watched import last_moment, reviews_overdue
from caseapp.doctor.finding import Finding, ok, red, refuse
from caseapp.domain.policy import Actor
from caseapp.kernel import clock
from caseapp.kernel.keys import Keyring
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import KeyRefusal
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.work import Work

BACKUP: Final = "backup.json"
DRILL: Final = "drill.json"
"""Records in the instance folder: of the last backup, and of the last drill."""

BACKUP_HOURS: Final = 26
DRILL_DAYS: Final = 92
LOOK_HOURS: Final = 26
SET_BACK: Final = timedelta(minutes=1)


def keys(machine: Machine) -> Finding:
    """Refuse keys that are not those of the register: every one is opened and held to its check value."""
    try:
        Keyring.open(root_key(machine.settings), machine.keyring.keystore)
    except KeyRefusal as refusal:
        return refuse(_("Keys are refused: %(why)s.", why=str(refusal)))
    return ok(_("Every key opens and is the one of the register."))


def trail(machine: Machine) -> Finding:
    """Say when the trail is broken, or was not verified since yesterday."""
    with _reading(machine) as work:
        if audit.is_broken(work):
            return red(_("The trail is broken, and two people have not acknowledged it."))
        look = audit.last_look(work)
        looked_at = None if look is None else look.at
    if looked_at is None or looked_at < machine.now() - timedelta(hours=LOOK_HOURS):
        return red(_("The trail was not verified since yesterday: does the worker run?"))
    return ok(_("The trail was verified and is whole."))


def time(machine: Machine) -> Finding:
    """Refuse a clock that is before the last record: rights would last longer, and the trail would lie."""
    with _reading(machine) as work:
        last = last_moment(work)
    if last is not None and machine.now() < last - SET_BACK:
        return refuse(_("The clock stands before the last record of the trail."))
    return ok(_("The clock stands after the last record of the trail."))


def backup(machine: Machine) -> Finding:
    """Say when the last backup is older than a day."""
    last = _kept(machine, BACKUP)
    if last is None:
        return red(_("There is no backup yet: run caseapp backup."))
    if machine.now() - last > timedelta(hours=BACKUP_HOURS):
        return red(_("The last backup is %(hours)s hours old.", hours=_hours(machine, last)))
    return ok(_("The last backup is %(hours)s hours old.", hours=_hours(machine, last)))


def drill(machine: Machine) -> Finding:
    """Say when nobody tried for a quarter of a year whether a backup can be restored."""
    last = _kept(machine, DRILL)
    if last is None or machine.now() - last > timedelta(days=DRILL_DAYS):
        return red(
            _("Restoring was not tried in the last three months: run caseapp restore drill.")
        )
    return ok(_("Restoring was tried in the last three months."))


def review(machine: Machine) -> Finding:
    """Say when a weekly look at the trail waits for longer than it may."""
    with _reading(machine) as work:
        waiting = reviews_overdue(work, work.today)
    if waiting:
        return red(_("Weekly reviews of the trail that are overdue: %(count)s.", count=waiting))
    return ok(_("No weekly review of the trail is overdue."))


@contextmanager
def _reading(machine: Machine) -> Iterator[Work]:
    work = machine.work(Actor(account_id=None, name="doctor", everywhere=True), writes=False)
    try:
        yield work
    finally:
        work.session.rollback()
        work.session.close()


def _kept(machine: Machine, name: str) -> datetime | None:
    """Return the moment in a record; nothing when there is none, or it does not say."""
    try:
        said = json.loads((machine.settings.instance / name).read_text("utf-8"))
        at = datetime.fromisoformat(said["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=clock.AMSTERDAM)


def _hours(machine: Machine, since: datetime) -> int:
    return round((machine.now() - since).total_seconds() / 3600)
