"""A house whose clock the test moves: minutes of the worker, without the worker."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as accounts_of
from caseapp.domain.events import HandoverAccepted
from caseapp.domain.mailing import Choice
from caseapp.kernel import jobs
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from caseapp.kernel.mail import Post
from caseapp.kernel.work import Work
from caseapp.notices import actions
from caseapp.notices.jobs import Round, compose, hand_up, send_due
from caseapp.notices.models import Letter, Notice
from tests.world import NOW

ANY_HOUR = Choice(quiet_from=0, quiet_to=0)
LINK = "https://caseapp.example.org"


@dataclass
class Outbox:
    """The jobs of mail in a house, at a moment that the test moves on."""

    machine: Machine
    at: datetime = NOW
    rounds: list[Round] = field(default_factory=list)

    def work(self) -> Work:
        """Begin a unit of work now."""
        return jobs.opened(replace(self.machine, now=lambda: self.at), "test")

    def later(self, **time: float) -> "Outbox":
        """Move the clock on."""
        self.at += timedelta(**time)
        return self

    def make(self) -> int:
        """Make the mails that may be made now."""
        return compose(self.work)

    def send(self, post: Post | None) -> Round:
        """Send the mails whose time has come."""
        return send_due(self.work, post, LINK)

    def go(self, post: Post | None, minutes: int) -> None:
        """Let this many minutes of the worker pass."""
        for _minute in range(minutes):
            self.make()
            self.send(post)
            self.later(minutes=1)

    def hand_up(self) -> int:
        """Let what reached nobody become the coordinator's."""
        return hand_up(self.work)

    def quiet(self) -> "Outbox":
        """Let nobody have a message, as after a long holiday."""
        self.do(update(Notice).values(read_at=NOW, mailed_at=NOW))
        return self

    def tell(
        self,
        *accounts: UUID,
        child: UUID | None = None,
        severity: str | None = None,
        about: UUID | None = None,
    ) -> None:
        """Tell these accounts of something new about a child."""
        work = self.work()
        row = {
            "child_id": child,
            "event": HandoverAccepted.__name__,
            "severity": severity,
            "at": self.at,
        }
        work.session.add_all(
            Notice(account_id=one, object_id=about or new_id(), **row) for one in accounts
        )
        work.commit()
        work.session.close()

    def resend_all(self) -> None:
        """Do what the desk does: let all that was given up go again."""
        work = self.work()
        actions.resend_all(work)
        work.commit()
        work.session.close()

    def choose(self, account_id: UUID, choice: Choice) -> None:
        """Let somebody choose how to be mailed."""
        work = self.work()
        actions.choose(work, account_id, choice)
        work.commit()
        work.session.close()

    def read(self, account_id: UUID) -> None:
        """Let somebody read everything."""
        work = self.work()
        actions.read(work, account_id)
        work.commit()
        work.session.close()

    def close(self, account_id: UUID) -> None:
        """Close the account of somebody who leaves."""
        work = self.work()
        row = accounts_of.account(work, account_id)
        assert row is not None
        accounts.close_account(work, row)
        work.commit()
        work.session.close()

    def do(self, statement: Any) -> None:
        """Change rows past the application."""
        with self.machine.engine.begin() as db:
            db.execute(statement)

    def letters(self) -> list[Letter]:
        """Return all mails, the oldest first."""
        work = self.work()
        rows = list(work.session.scalars(select(Letter).order_by(Letter.made_at, Letter.id)))
        work.session.close()
        return rows

    def notices(self, account_id: UUID) -> list[Notice]:
        """Return what somebody was told, the oldest first."""
        work = self.work()
        rows = work.session.scalars(
            select(Notice).where(Notice.account_id == account_id).order_by(Notice.at, Notice.id)
        )
        found = list(rows)
        work.session.close()
        return found
