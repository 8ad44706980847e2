"""One unit of work: session, actor, moment and what happened; it saves everything or nothing."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from caseapp.domain.events import Event
from caseapp.domain.limits import LimitBook
from caseapp.domain.policy import Actor
from caseapp.kernel import before, clock, digests, door, rows
from caseapp.kernel.access import Access
from caseapp.kernel.before import Before
from caseapp.kernel.db import Base, Versioned
from caseapp.kernel.log import tell_trail
from caseapp.kernel.seals import Vault

R = TypeVar("R", bound=Base)
T = TypeVar("T")
P = ParamSpec("P")
Reaction = Callable[["Work", Any], None]
Afterwards = Callable[["Work", Sequence[UUID]], object]


class LostRaceError(RuntimeError):
    """Somebody else changed this row in the meantime."""


class OutOfReachError(RuntimeError):
    """The actor does not see this child (any more): as good as not there."""


class TrailError(RuntimeError):
    """The trail could not be written, so nothing may happen."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Personal data that was shown: a code for what, and of which children."""

    code: str
    child_ids: tuple[UUID, ...] = ()
    object: str = "child"
    object_id: UUID | None = None
    fields: tuple[str, ...] = ()
    outcome: str = "ok"


@dataclass(slots=True)
class Work:
    """Session, actor, moment and limits of one unit of work, and what happened in it."""

    session: Session
    actor: Actor
    now: datetime
    vault: Vault
    find_limits: Callable[["Work"], LimitBook]
    reactions: Mapping[type[Event], tuple[Reaction, ...]]
    write_trail: Callable[["Work"], None]
    route: str = ""
    trace_id: str | None = None
    access: Access = field(default_factory=Access)
    occasion: UUID | None = None
    """What many things happen for at once, such as a list: people are told of it once."""
    trail: list[Event | Sighting] = field(default_factory=list)
    past: list[Before] = field(default_factory=list)
    opened: set[UUID] = field(default_factory=set)
    """The children whom this work fetched through the door: their files may be read."""
    made: set[UUID] = field(default_factory=set)
    """The children whom this work registers: nobody reaches them yet."""
    written: digests.Digests = field(default_factory=dict)
    """What the rows of a file are that were written: the trail keeps it (caseapp.kernel.digests)."""
    committed: bool = False
    _pending: deque[Event] = field(default_factory=deque)
    _afterwards: dict[Afterwards, dict[UUID, None]] = field(default_factory=dict)
    _known: dict[Hashable, Any] = field(default_factory=dict)
    _beyond: bool = False

    def __post_init__(self) -> None:
        """Tie the session to this work: its vault opens seals, its flushes leave before-images."""
        self.session.info["vault"] = self.vault
        self.session.info["work"] = self
        if not self.session.info.get("watched"):
            for watching in (before, door, rows):
                watching.watch(self.session)
            self.session.info["watched"] = True

    @property
    def today(self) -> date:
        """Return the calendar day in the Netherlands of this work."""
        return clock.local_day(self.now)

    @property
    def limits(self) -> LimitBook:
        """Return the numbers of the rules, as they hold while this work lasts."""
        return self.once("limits", lambda: self.find_limits(self))

    def add(self, row: R, **sealed: object) -> R:
        """Add a row, stamp it, and seal the values that need its keys."""
        self._stamp(row)
        self.session.add(row)
        for name, value in sealed.items():
            setattr(row, name, value)
        return row

    def revise(self, row: R, version: int | None = None, /, **values: object) -> tuple[str, ...]:
        """Change a row that people edit and return the names of what really changed.

        Raises LostRaceError when `version` (what the person saw) is not the row's version any more.
        """
        if version is not None and getattr(row, "version", None) != version:
            raise LostRaceError
        changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            self._stamp(row)
        return changed

    def _stamp(self, row: Any) -> None:
        """Say on a row that people edit who wrote it and when."""
        if isinstance(row, Versioned):
            row.recorded_at = self.now
            row.recorded_by = self.actor.account_id

    def record(self, event: Event) -> None:
        """Note what happened; its reactions run at the commit, in order."""
        self._pending.append(event)

    def afterwards(self, do: Afterwards, child_ids: Iterable[UUID]) -> None:
        """Do something once for each child, when all that happened has had its reactions."""
        self._afterwards.setdefault(do, {}).update(dict.fromkeys(child_ids))

    def once(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Answer a question once in this unit of work: for what stays as it is while it lasts."""
        if question not in self._known:
            self._known[question] = ask()
        return cast("T", self._known[question])

    @contextmanager
    def beyond(self, why: str) -> Iterator[None]:
        """Read past what the actor sees while this lasts, and say what for: figures, a rule, a system page."""
        if self.reads_past:
            yield
            return
        self._beyond = True
        rows.widen(self.session)
        try:
            yield
        finally:
            self._beyond = False
            rows.narrow(self.session)

    @property
    def reads_past(self) -> bool:
        """Say whether reading goes past what a person sees: a system actor, a rule, or on purpose."""
        return self._beyond or self.actor.everywhere or self.actor.sees_all

    def act_as(self, actor: Actor) -> None:
        """Go on as somebody else: what was opened for the one before is closed again."""
        self.actor = actor
        self.opened.clear()
        rows.tell_again(self.session)

    def makes(self, child_id: UUID) -> None:
        """Say that a child is being registered in this work: its file is open to who registers it."""
        self.made.add(child_id)
        self.opened.add(child_id)
        rows.tell_children(self.session)

    def saw(self, code: str, child_ids: Iterable[UUID] = (), **about: Any) -> None:
        """Note which personal data is being shown; the row is written before the answer leaves."""
        self.trail.append(Sighting(code=code, child_ids=tuple(child_ids), **about))

    def note_failures(self) -> None:
        """Put every seal that did not open on the trail: where it stands, never what it holds."""
        for failure in self.vault.failures:
            place = failure.place
            self.saw(
                "crypto-failure",
                [place.subject_id],
                object=place.table,
                object_id=place.row_id,
                fields=(place.column, failure.code.value, failure.reference),
                outcome="failed",
            )
        self.vault.failures.clear()

    def react(self) -> None:
        """Run the reactions to what happened so far; what has to be done afterwards waits."""
        while self._pending:
            event = self._pending.popleft()
            self.flush()
            self.trail.append(event)
            for react in self.reactions[type(event)]:
                react(self, event)

    def settle(self) -> None:
        """Run all reactions and all that has to be done afterwards, without saving yet."""
        with self.beyond("what happened has its consequences, whoever sees them"):
            while self._pending or self._afterwards:
                self.react()
                if self._afterwards:
                    do = next(iter(self._afterwards))
                    self.flush()
                    do(self, tuple(self._afterwards.pop(do)))

    def flush(self) -> None:
        """Send the changes to the database; raises LostRaceError when a row was changed by another."""
        try:
            self.session.flush()
        except StaleDataError:
            raise LostRaceError from None

    def undo(self) -> None:
        """Drop all that was not committed, what was seen excepted: a form can then say why it cannot be."""
        self.session.rollback()
        self._pending.clear()
        self._afterwards.clear()
        self._known.clear()
        self.past.clear()
        self.written.clear()
        self.trail[:] = [entry for entry in self.trail if isinstance(entry, Sighting)]

    def commit(self) -> None:
        """Run the reactions, write the trail, then save everything, or nothing."""
        self.settle()
        self.flush()
        self.note_failures()
        self.write_trail(self)
        self.session.commit()
        tell_trail(self.trail, self.actor.account_id)
        self.trail.clear()
        self.past.clear()
        self.written.clear()
        self._known.clear()
        self.committed = True


def reading_past(why: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let a function, whose first argument is its work, read past what the actor sees; `why` says what for."""

    def widened(do: Callable[P, T]) -> Callable[P, T]:
        @wraps(do)
        def anyway(*args: P.args, **kwargs: P.kwargs) -> T:
            with cast("Work", args[0]).beyond(why):
                return do(*args, **kwargs)

        return anyway

    return widened
