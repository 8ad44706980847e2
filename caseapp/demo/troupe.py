"""Who plays the stories: accounts of the demo world at work on a day and an hour, through actions only."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.demo.cast import World
from caseapp.demo.loading import Keys
from caseapp.kernel import clock
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves_of
from caseapp.people import queries as people
from caseapp.people.actions import v_number_index

if TYPE_CHECKING:
    from caseapp.moves.models import Transfer


@dataclass(frozen=True, slots=True)
class Troupe:
    """The accounts and places of a world, and the children whose stories are played."""

    open_work: Callable[[], Work]
    world: World
    keys: Keys
    children: dict[str, UUID] = field(default_factory=dict)

    def day(self, days_ago: int) -> date:
        """Return the day so many days ago; a negative number lies ahead."""
        return self.world.today - timedelta(days=days_ago)

    def weekday(self, days_ahead: int) -> date:
        """Return the day so many days ahead, or the working day next to it in a weekend."""
        day = self.day(-days_ahead)
        return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))

    def at(self, days_ago: int, hour: int) -> datetime:
        """Return the moment of an hour on the clock, so many days ago."""
        return clock.midnight(self.day(days_ago)) + timedelta(hours=hour)

    @contextmanager
    def acting(self, who: str, at: datetime | None = None) -> Iterator[Work]:
        """Give a unit of work of somebody at a moment, now without one, and commit it at the end."""
        with self.unattended(at) as work:
            account = accounts.account(work, self.keys.accounts[who])
            if account is None:
                raise LookupError(who)
            work.act_as(accounts.actor_of(work.session, account, work.now))
            yield work

    @contextmanager
    def unattended(self, at: datetime | None = None) -> Iterator[Work]:
        """Give a unit of work of nobody in particular, as at night, and commit it at the end."""
        work = self.open_work()
        if at is not None:
            work.now = at
        try:
            yield work
            work.commit()
        finally:
            work.session.close()

    def opener(self, at: datetime) -> Callable[[], Work]:
        """Return what opens a unit of work at a moment, for what makes its own transactions."""

        def opened() -> Work:
            work = self.open_work()
            work.now = at
            return work

        return opened

    def find(self, work: Work, numbers: Mapping[str, str]) -> None:
        """Look up the keys of children by their V-numbers."""
        for name, number in numbers.items():
            child = people.by_v_index(work, v_number_index(work, number))
            if child is not None:
                self.children[name] = child.id

    def move_of(self, work: Work, name: str) -> "Transfer":
        """Return the move of a child that is to come."""
        child_id = self.children[name]
        return moves_of.planned(work, [child_id])[child_id][0]
