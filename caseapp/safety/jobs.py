"""The nightly look at the clocks of the reporting code."""

from collections.abc import Callable

from caseapp.kernel.work import Work
from caseapp.safety import actions


def watch(open_work: Callable[[], Work]) -> None:
    """Tell the protection leads of what ran out; a second time on a day changes nothing."""
    work = open_work()
    actions.watch(work)
    work.commit()
    work.session.close()
