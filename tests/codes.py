"""The second factor of people in tests: a code app for an account, and the code that it shows now."""

from uuid import UUID

from caseapp.accounts import actions, queries
from caseapp.accounts.models import Factor
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work

TEST = Actor(account_id=None, name="test", everywhere=True)


def give_app(work: Work, account_id: UUID, name: str = "phone") -> Factor:
    """Give an account a code app that is ready."""
    row = actions.begin_app(work, account_id, account_id, name)
    actions.confirm(work, row)
    return row


def full_session(machine: Machine, account_id: UUID, device: str = "test") -> str:
    """Begin a session with both factors proved now, and return its token."""
    work = machine.work(TEST)
    try:
        token = actions.begin_session(work, account_id, device)
        work.commit()
        return token
    finally:
        work.session.close()


def with_app(machine: Machine, account_id: UUID) -> UUID:
    """Give an account a code app, save it, and return its key."""
    work = machine.work(TEST)
    try:
        row = give_app(work, account_id)
        work.commit()
        return row.id
    finally:
        work.session.close()


def code_of(machine: Machine, account_id: UUID) -> str:
    """Return the code that the app of an account shows now."""
    work = machine.work(TEST, writes=False)
    try:
        row = queries.app_of(work, account_id)
        assert row is not None, "this account has no code app"
        return queries.code_at(row, work.now)
    finally:
        work.session.close()
