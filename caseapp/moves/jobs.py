"""What comes back by the clock: who is responsible at night, and handovers that nobody answers in time."""

from collections.abc import Callable

from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.actions import lay_down, note_missed


def end_with_rights(open_work: Callable[[], Work]) -> int:
    """End the responsibility of whoever lost the last right by its date; return for how many children.

    A right that ends by its date makes no event, so the night looks; each account is one transaction.
    """
    work = open_work()
    holders = queries.holders(work)
    work.session.close()
    ended = 0
    for account_id in holders:
        work = open_work()
        number = lay_down(work, [account_id])
        if number:
            work.commit()
        work.session.close()
        ended += number
    return ended


def deadlines(open_work: Callable[[], Work]) -> int:
    """Tell the receiving desks of handovers that nobody answered in time, each once; return how many."""
    told = 0
    while True:
        work = open_work()
        number = note_missed(work)
        work.commit()
        work.session.close()
        told += number
        if not number:
            return told
