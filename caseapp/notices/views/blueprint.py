"""The blueprint of messages and mail, and who reads."""

from typing import Final
from uuid import UUID

from flask import Blueprint

from caseapp.kernel.work import Work

bp: Final = Blueprint("notices", __name__)


def me(work: Work) -> UUID:
    """Return the account of the reader."""
    if work.actor.account_id is None:
        raise LookupError("messages are of an account")
    return work.actor.account_id
