"""A form that adds something is saved once, however often its button was pressed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from caseapp.accounts.models import SentForm
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

KNOWN_FOR: Final = timedelta(days=2)
"""So long a form that was sent is known: far longer than a page with a form stays of use."""


def only_once(work: Work, key: bytes | None, do: Callable[[], object]) -> None:
    """Do what a form asks the first time it is sent; later times nothing happens.

    The key is kept in the same transaction as what the form saves: nothing saved, nothing kept. Of two
    at the same moment the second waits for the first. Without a key it is done each time.
    """
    if key is None or work.actor.account_id is None or _is_new(work, key):
        do()


def _is_new(work: Work, key: bytes) -> bool:
    account_id = work.actor.account_id
    kept = {"id": new_id(), "account_id": account_id, "key": key, "at": work.now}
    try:
        with work.session.begin_nested():
            work.session.execute(insert(SentForm), [kept])
    except IntegrityError:
        return False
    old = SentForm.at < work.now - KNOWN_FOR
    work.session.execute(delete(SentForm).where(SentForm.account_id == account_id, old))
    return True
