"""What the worker does for the trail: checkpoints, looks at it, and what happens when it is broken."""

from collections.abc import Callable

from caseapp.audit import actions, queries
from caseapp.audit.queries import Found
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work

Opener = Callable[[], Work]


def vouch(open_work: Opener, machine: Machine) -> None:
    """Append a signed checkpoint to the file outside the database when it is time."""
    work = open_work()
    made = actions.vouch(work, machine.settings.checkpoints_file)
    work.session.close()
    if made is not None and machine.settings.audit_syslog:
        actions.tell_syslog(made)


def look(open_work: Opener, machine: Machine, *, full: bool) -> Found:
    """Look at the trail, at all of it or since the last look, and do what has to be done when it is broken."""
    work = open_work()
    before = None if full else queries.last_look(work)
    file = machine.settings.checkpoints_file
    found = queries.verify(work, file, before.upto if before else None)
    actions.note_look(work, found)
    actions.declare_broken(work, found, file, machine.settings.instance)
    work.commit()
    work.session.close()
    return found


def draw(open_work: Opener) -> None:
    """Draw the records of last week for the privacy officer, and tell of weeks that are overdue."""
    work = open_work()
    actions.make_review(work)
    actions.tell_late(work)
    work.commit()
    work.session.close()
