"""Whom a guardian may act for, and whom nobody may name: refused by every action of this slice."""

from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain.policy import Role
from caseapp.kernel.work import Work


class NobodyNamedError(ValueError):
    """A guardianship names neither an account nor a person."""


class NoGuardianError(ValueError):
    """The account chosen is not one of a guardian."""


class NotYoursError(ValueError):
    """A guardian acts for another guardian; only a coordinator or the guardianship desk may."""


class NotTheirsError(ValueError):
    """A child to hand over is not that colleague's any more."""


class NotYetError(ValueError):
    """Something is said to have happened on a day that has not come yet."""


def refuse_other(work: Work, account_id: UUID | None) -> None:
    """Raise NotYoursError when a guardian acts for anybody else."""
    if work.actor.role is Role.GUARDIAN and account_id != work.actor.account_id:
        raise NotYoursError


def refuse_no_guardian(work: Work, account_id: UUID | None) -> None:
    """Raise NoGuardianError when the account is not one of a guardian."""
    if account_id is None:
        return
    who = accounts.people(work, [account_id]).get(account_id)
    if who is None or who.role is not Role.GUARDIAN:
        raise NoGuardianError
