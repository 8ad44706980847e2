"""Lines of care as the rules read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.care import queries
from caseapp.care.models import CareContact, CareFacts, CareLine
from caseapp.domain import facts as domain
from caseapp.domain.case import waiting
from caseapp.domain.chains import Chains, counted
from caseapp.domain.differences import known_until
from caseapp.domain.states import CareState, care_state
from caseapp.kernel.bulk import opened
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child its lines of care with the days on which it was seen; raises Unreadable."""
    seen: dict[UUID, list[Any]] = {}
    for _, _, facts, line_id, counts in opened(
        work, CareContact, "facts", child_ids, CareContact.care_line_id, CareContact.counts
    ):
        if counts:
            seen.setdefault(line_id, []).append(facts.on)
    found: dict[UUID, list[domain.CareLine]] = {child_id: [] for child_id in child_ids}
    for child_id, key, facts, continues in opened(
        work, CareLine, "facts", child_ids, CareLine.continues_id
    ):
        found[child_id].append(line(key, facts, continues, tuple(sorted(seen.get(key, ())))))
    return {child_id: {"care": tuple(lines)} for child_id, lines in found.items()}


def line(
    key: UUID, facts: CareFacts, continues: UUID | None, seen: tuple[Any, ...]
) -> domain.CareLine:
    """Return one line of care as the rules read it."""
    return domain.CareLine(
        id=str(key),
        kind=facts.kind,
        place_bound=facts.place_bound,
        referred_on=facts.referred_on,
        provider=facts.provider,
        continues=str(continues) if continues else None,
        intake_on=facts.intake_on,
        started_on=facts.started_on,
        ended_on=facts.ended_on,
        end_reason=facts.end_reason,
        contacts_on=seen,
        next_contact_on=facts.next_contact_on,
        medication_until=facts.medication_until,
        waiting_kept_on=facts.waiting_kept_on,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chapter: a line of care and how it stands, or the reference of one that does not open.

    `waiting_since` is the first referral of its chain: a move or a new referral never resets it. The days
    of waiting run from `counted_from`: the same day, unless care began in between.
    """

    id: UUID
    line: domain.CareLine | None
    state: CareState | None = None
    waiting_since: date | None = None
    counted_from: date | None = None
    reference: str = ""
    waits: bool = False
    """Whether it waits now, also after a move broke the waiting off."""
    goes_on: bool = False
    """Whether another line goes on from it."""


def history(work: Work, child_id: UUID, until_on: date | None = None) -> list[Entry]:
    """Return the lines of care of a child, the newest first; those that do not open stand on top.

    With `until_on` only what was known on that day: how it stood then, and nothing unreadable.
    """
    seen = seen_days(work, child_id)
    found: list[domain.CareLine] = []
    broken: list[Entry] = []
    for row in queries.lines(work, child_id):
        facts = readable(row, "facts")
        if isinstance(facts, Unreadable):
            broken.append(Entry(row.id, None, reference=facts.reference))
            continue
        if until_on is not None:
            if facts.referred_on > until_on:
                continue
            facts = known_until(facts, until_on)
        days = (day for day in seen.get(row.id, ()) if until_on is None or day <= until_on)
        found.append(line(row.id, facts, row.continues_id, tuple(days)))
    whole = _entries(found, until_on or work.today)
    return whole if until_on is not None else broken + whole


def _entries(lines: Sequence[domain.CareLine], today: date) -> list[Entry]:
    since, followed = _waiting_since(lines), {one.continues for one in lines}
    newest = sorted(lines, key=lambda one: (one.referred_on, one.id), reverse=True)
    return [
        Entry(
            UUID(one.id),
            one,
            care_state(one, today),
            *since[one.id],
            waits=waiting(one, today),
            goes_on=one.id in followed,
        )
        for one in newest
    ]


def _waiting_since(lines: Sequence[domain.CareLine]) -> dict[str, tuple[date, date]]:
    """Return for each line its first referral, and the day from which the waiting counts."""
    found: dict[str, tuple[date, date]] = {}
    for chain in Chains(lines):
        for place, one in enumerate(chain):
            behind = chain[: place + 1]
            found[one.id] = behind[0].referred_on, (counted(behind) or behind)[0].referred_on
    return found


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of a provider; facts that do not open are the Unreadable in their place."""

    id: UUID
    facts: Any

    @property
    def unreadable(self) -> str:
        """Return the reference of facts that do not open, or nothing."""
        return self.facts.reference if isinstance(self.facts, Unreadable) else ""


def answers(work: Work, child_id: UUID, until_on: date | None = None) -> dict[UUID, list[Answered]]:
    """Return for each line of a child what the provider answered, the latest first."""
    found: dict[UUID, list[Answered]] = {}
    for row in queries.answers_about(work, child_id):
        one = Answered(row.id, readable(row, "facts"))
        if until_on is None or not (one.unreadable or one.facts.on > until_on):
            found.setdefault(row.care_line_id, []).append(one)
    for about in found.values():
        about.sort(key=lambda one: date.max if one.unreadable else one.facts.on, reverse=True)
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a letter to a provider says of the waiting: since when, on which lists, and what was promised."""

    line: domain.CareLine
    since: date
    """The first referral."""
    counted_from: date
    """The day from which the days run: later than the first referral when care began in between."""
    days: int
    earlier: tuple[domain.CareLine, ...]
    promised: tuple[Any, ...]


def waiting_of(work: Work, child_id: UUID, line_id: UUID) -> Waiting:
    """Return how long a child waits for this care, through every provider; the line itself opens."""
    lines = [entry.line for entry in history(work, child_id) if entry.line is not None]
    chain = next(c for c in Chains(lines) if any(one.id == str(line_id) for one in c))
    until = next(place for place, one in enumerate(chain) if one.id == str(line_id))
    behind = chain[: until + 1]
    told = answers(work, child_id)
    said = (one for line in behind for one in told.get(UUID(line.id), ()) if not one.unreadable)
    promised = sorted((one.facts for one in said if one.facts.counts), key=lambda one: one.on)
    since = (counted(behind) or behind)[0].referred_on
    return Waiting(
        line=behind[-1],
        since=behind[0].referred_on,
        counted_from=since,
        days=((behind[-1].started_on or work.today) - since).days,
        earlier=tuple(behind[:-1]),
        promised=tuple(promised),
    )


def seen_days(work: Work, child_id: UUID) -> dict[UUID, tuple[date, ...]]:
    """Return for each line the days on which the child was seen, the first one first.

    A day that does not open is left out: it counts for nothing, so an alert stays rather than goes.
    """
    found: dict[UUID, list[date]] = {}
    for row in queries.contacts(work, child_id):
        seen = readable(row, "facts")
        if not isinstance(seen, Unreadable):
            found.setdefault(row.care_line_id, []).append(seen.on)
    return {line_id: tuple(sorted(days)) for line_id, days in found.items()}


def needs(work: Work, child_id: UUID) -> dict[UUID, str | Unreadable]:
    """Return the practical needs of each line that has them; only for who may read about health."""
    found = {row.id: readable(row, "needs") for row in queries.lines(work, child_id)}
    return {line_id: said for line_id, said in found.items() if said is not None}
