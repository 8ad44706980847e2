"""Guardianship, plans, support and the runway: as the rules read them, and as the chapter shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain import facts as domain
from caseapp.domain.calendar import covers
from caseapp.domain.case import Case
from caseapp.domain.policy import Sees
from caseapp.domain.runway import Milestone, milestones
from caseapp.guardianship import queries
from caseapp.guardianship.models import Guardianship, Plan, Runway, RunwayFacts, Support
from caseapp.kernel.bulk import opened
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child its guardianship, plans and support; `runway` holds two days of the child itself.

    `worker` is besides the account of who is guardian today, else of who gives support. Raises Unreadable.
    """
    found: dict[UUID, dict[str, Any]] = {
        child_id: {"guardianship": (), "plans": (), "support": (), "worker": None}
        for child_id in child_ids
    }
    _add_support(work, child_ids, found)
    _add_guardians(work, child_ids, found)
    for child_id, key, facts in opened(work, Plan, "facts", child_ids):
        if facts.counts:
            found[child_id]["plans"] += (domain.Plan(str(key), facts.on, facts.kind),)
    for child_id, _, facts in opened(work, Runway, "facts", child_ids):
        found[child_id]["runway"] = facts
    return found


def _add_guardians(
    work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]
) -> None:
    columns = (Guardianship.account_id, Guardianship.from_on, Guardianship.to_on)
    held = list(opened(work, Guardianship, "facts", child_ids, *columns))
    names = accounts.names(work, {row[3] for row in held if row[3]})
    for child_id, key, facts, account_id, start, end in held:
        who = names.get(account_id) if account_id else facts.name
        guardian = domain.Guardianship(str(key), start, end, who, facts.kind)
        found[child_id]["guardianship"] += (guardian,)
    _add_workers(work, held, found)


def _add_support(work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]) -> None:
    columns = (Support.worker_account_id, Support.from_on, Support.to_on)
    given = list(opened(work, Support, "facts", child_ids, *columns))
    for child_id, key, facts, _account_id, start, end in given:
        support = domain.Support(str(key), facts.regime, start, end, facts.organisation)
        found[child_id]["support"] += (support,)
    _add_workers(work, given, found)


def _add_workers(work: Work, rows: Iterable[Any], found: dict[UUID, dict[str, Any]]) -> None:
    """Note whose account a period of today is; of several the one that began last."""
    now = [
        (start, key, child_id, account_id)
        for child_id, key, _facts, account_id, start, end in rows
        if account_id is not None and covers(start, end, work.today)
    ]
    for _start, _key, child_id, account_id in sorted(now):
        found[child_id]["worker"] = account_id


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of the chapter; facts that do not open are the Unreadable in their place."""

    row: Any
    facts: Any
    who: str = ""
    to_on: date | None = None
    """The end, as far as this reader may know it."""

    @property
    def unreadable(self) -> str:
        """Return the reference of facts that do not open, or nothing."""
        return self.facts.reference if isinstance(self.facts, Unreadable) else ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Guardians, plans and support of a child, the newest first, as far as this reader may know them."""

    guardians: list[Line]
    plans: list[Line]
    supports: list[Line]


def chapter(work: Work, child_id: UUID, sees: Sees, until_on: date | None = None) -> Chapter:
    """Return what the chapter shows: who only receives sees the guardian of today, and nothing else."""
    held = list(queries.guardianships(work, child_id))
    if sees.rank < Sees.UNTIL_DEPARTURE.rank:
        now = [row for row in held if covers(row.from_on, row.to_on, work.today)]
        return Chapter(_lines(work, now, "account_id", None), [], [])
    helped = _begun(queries.supports(work, child_id), until_on)
    return Chapter(
        _lines(work, _begun(held, until_on), "account_id", until_on),
        _plan_lines(work, child_id, until_on),
        _lines(work, helped, "worker_account_id", until_on),
    )


def _begun(rows: Iterable[Any], until_on: date | None) -> list[Any]:
    return [row for row in rows if until_on is None or row.from_on <= until_on]


def _lines(work: Work, rows: Iterable[Any], account: str, until_on: date | None) -> list[Line]:
    listed = list(reversed(list(rows)))
    names = accounts.names(work, {getattr(row, account) for row in listed})
    return [_line(row, names.get(getattr(row, account), ""), until_on) for row in listed]


def _line(row: Any, name: str, until_on: date | None) -> Line:
    facts = readable(row, "facts")
    typed = getattr(facts, "name", None)
    is_known = row.to_on is None or until_on is None or row.to_on <= until_on
    return Line(row, facts, name or typed or "", row.to_on if is_known else None)


def _plan_lines(work: Work, child_id: UUID, until_on: date | None = None) -> list[Line]:
    found = [Line(row, readable(row, "facts")) for row in queries.plans(work, child_id)]
    dated = [line for line in found if not line.unreadable]
    open_now = [one for one in dated if until_on is None or one.facts.on <= until_on]
    closed = [line for line in found if line.unreadable] if until_on is None else []
    return closed + sorted(open_now, key=lambda line: line.facts.on, reverse=True)


def has_plan(work: Work, child_id: UUID) -> bool:
    """Say whether a plan of the guardian is known that was not taken back."""
    return any(not line.unreadable and line.facts.counts for line in _plan_lines(work, child_id))


def road(work: Work, child_id: UUID, birth: domain.Birth) -> tuple[Milestone, ...] | None:
    """Return how it stands at 16, 18, 21 and 23; nothing when a fact that is needed does not open."""
    try:
        known = gather(work, [child_id])[child_id]
    except Unreadable:
        return None
    days = known.get("runway") or RunwayFacts()
    child = domain.Child(
        ref="",
        v_number="",
        given_names="",
        birth=birth,
        unaccompanied=True,
        transition_plan_on=days.transition_plan_on,
        support_declined_on=days.support_declined_on,
    )
    case = Case(domain.Dossier(child, support=known["support"]), work.today)
    return milestones(case, work.limits.on(work.today))
