"""The machine room: what one process opens once, and from which every unit of work is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from caseapp.domain.events import Event
from caseapp.domain.limits import LimitBook
from caseapp.domain.policy import Actor
from caseapp.kernel.db import reading
from caseapp.kernel.keys import Keyring
from caseapp.kernel.seals import Vault
from caseapp.kernel.work import Reaction, Work
from caseapp.settings import Settings


@dataclass(frozen=True, slots=True)
class Machine:
    """Settings, database, keys, limits and consequences of one running process."""

    settings: Settings
    engine: Engine
    keyring: Keyring
    find_limits: Callable[[Work], LimitBook]
    reactions: Mapping[type[Event], tuple[Reaction, ...]]
    write_trail: Callable[[Work], None]
    now: Callable[[], datetime]

    def work(
        self, actor: Actor, *, writes: bool = True, route: str = "", now: datetime | None = None
    ) -> Work:
        """Begin a unit of work; one that only reads takes no write lock."""
        bind = self.engine if writes else reading(self.engine)
        return Work(
            session=Session(bind=bind, autoflush=False, expire_on_commit=False),
            actor=actor,
            now=now or self.now(),
            vault=Vault(self.keyring),
            find_limits=self.find_limits,
            reactions=self.reactions,
            write_trail=self.write_trail,
            route=route,
        )

    def finish(self, work: Work) -> None:
        """Write what was seen, before the answer leaves; whatever was not committed is dropped."""
        work.note_failures()
        seen = list(work.trail)
        work.undo()
        work.session.close()
        if not seen:
            return
        last = self.work(work.actor, route=work.route, now=work.now)
        last.access, last.trace_id = work.access, work.trace_id
        last.trail.extend(entry for entry in seen if not isinstance(entry, Event))
        try:
            last.commit()
        finally:
            last.session.close()
