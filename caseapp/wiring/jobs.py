"""What comes back by the clock: one table."""

from collections.abc import Callable, Sequence
from datetime import time, timedelta
from typing import Final

from caseapp.accounts import actions as accounts
from caseapp.accounts.actions import emergency
from caseapp.audit.actions import tell_failures
from caseapp.audit.jobs import draw, vouch
from caseapp.audit.jobs import look as look_at_trail
from caseapp.continuity.jobs import reassess_all
from caseapp.exchange.actions import forget_removed
from caseapp.exchange.jobs import JOB as LISTS
from caseapp.exchange.jobs import forget_old, lists
from caseapp.kernel.jobs import MINUTE, Job
from caseapp.kernel.machine import Machine
from caseapp.kernel.mail import post_of
from caseapp.kernel.work import Work
from caseapp.moves.jobs import deadlines, end_with_rights
from caseapp.notices.jobs import compose, hand_up, send_due
from caseapp.privacy import jobs as privacy
from caseapp.privacy.actions import finish as finish_erasures
from caseapp.safety import jobs as safety


def _night(open_work: Callable[[], Work], machine: Machine) -> None:
    """Do what a new day asks for: twice on a day changes nothing more."""
    forget_old(machine)
    end_with_rights(open_work)
    privacy.watch(open_work)
    safety.watch(open_work)
    reassess_all(open_work)
    work = open_work()
    accounts.sweep(work)
    accounts.forget_sessions(work)
    work.commit()
    forget_removed(work)
    work.session.close()
    draw(open_work)


def _emergencies(open_work: Callable[[], Work]) -> None:
    """Write the end of looks whose time is over, and tell of those that nobody judged in time."""
    work = open_work()
    emergency.stop_expired(work)
    emergency.tell_unreviewed(work)
    work.commit()
    work.session.close()


def _failures(open_work: Callable[[], Work]) -> None:
    """Tell the administrators of values that did not open."""
    work = open_work()
    tell_failures(work)
    work.commit()
    work.session.close()


def _send(open_work: Callable[[], Work], machine: Machine) -> None:
    """Send the letters whose turn has come."""
    settings = machine.settings
    send_due(open_work, post_of(settings), settings.base_url)


JOBS: Final[Sequence[Job]] = (
    Job(LISTS, MINUTE, lambda _open_work, machine: lists(machine), lease=None),
    Job("vouch", MINUTE, vouch),
    Job(
        "look-hourly",
        timedelta(hours=1),
        lambda open_work, machine: look_at_trail(open_work, machine, full=False),
    ),
    Job(
        "look-nightly",
        time(3),
        lambda open_work, machine: look_at_trail(open_work, machine, full=True),
        lease=timedelta(hours=2),
    ),
    Job("broken-seals", MINUTE, lambda open_work, _machine: _failures(open_work)),
    Job("compose", MINUTE, lambda open_work, _machine: compose(open_work)),
    Job("send", MINUTE, _send),
    Job("emergencies", MINUTE, lambda open_work, _machine: _emergencies(open_work)),
    Job("deadlines", MINUTE, lambda open_work, _machine: deadlines(open_work)),
    Job("erasing", MINUTE, lambda _open_work, machine: finish_erasures(machine)),
    Job("hand-up", timedelta(minutes=10), lambda open_work, _machine: hand_up(open_work)),
    Job("night", time(4), _night, lease=timedelta(hours=2)),
)
"""What the worker does by the clock; each does nothing more when it is done twice."""
