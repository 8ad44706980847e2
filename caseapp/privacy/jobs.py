"""What comes back at night: requests that are late, and files of which a term is over."""

from collections.abc import Callable

from caseapp.kernel.work import Work
from caseapp.privacy import actions


def watch(open_work: Callable[[], Work]) -> int:
    """Tell the privacy officers of what is late and what is due, each once; return how many."""
    told = 0
    for look in (actions.note_late, actions.find_due):
        work = open_work()
        number = look(work)
        if number:
            work.commit()
        work.session.close()
        told += number
    return told
