"""What a list brings is told at once: counted while it comes in, and one notice for each account after."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy import func, update

from caseapp.domain.rules.rule import Severity
from caseapp.kernel.bulk import insert_new
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.notices import queries
from caseapp.notices.models import Bundled, Notice, Told
from caseapp.notices.queries import LIST, UNREAD_LIST

OTHER: Final = "other"
"""What is told that is no alert."""
_WORST_FIRST: Final = sorted(Severity, key=lambda one: -one.weight)

Counted: TypeAlias = dict[UUID, dict[UUID, str]]
"""What is told in a unit of work: of what, to whom, and how serious it is."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """How many alerts of each severity a list brought to each account, and how much else (OTHER)."""

    counts: Mapping[UUID, Counter[str]] = field(default_factory=dict)

    def __add__(self, more: "Bundle") -> "Bundle":
        """Return what both brought: a list comes in by parts."""
        none: Counter[str] = Counter()
        accounts = dict.fromkeys((*self.counts, *more.counts))
        return Bundle(
            {one: self.counts.get(one, none) + more.counts.get(one, none) for one in accounts}
        )


def bundle_of(work: Work) -> Bundle:
    """Return what people are told by this work: to be asked once it is settled and before it is committed."""
    counts: dict[UUID, Counter[str]] = {}
    for told in _counted(work).values():
        for account_id, what in told.items():
            counts.setdefault(account_id, Counter())[what] += 1
    return Bundle(counts)


def count_alert(
    work: Work, child_id: UUID, alert_id: UUID, severity: str | None, accounts: Iterable[UUID]
) -> None:
    """Count an alert once for each account, and let it stand on Today as one of which they were told."""
    to = dict.fromkeys(accounts, severity or Severity.NOTICE.value)
    _counted(work).setdefault(alert_id, {}).update(to)
    rows: list[dict[str, Any]] = work.once(_write, list)
    rows.extend({"alert_id": alert_id, "account_id": one, "child_id": child_id} for one in to)
    work.afterwards(_write, [child_id])


def count_other(work: Work, about: UUID, accounts: Iterable[UUID]) -> None:
    """Count what is told of anything that is no alert: once for each account."""
    _counted(work).setdefault(about, {}).update(dict.fromkeys(accounts, OTHER))


def leave_out(work: Work, alert_id: UUID) -> None:
    """Count an alert no more that was over before anybody was told of it."""
    _counted(work).pop(alert_id, None)


def _counted(work: Work) -> Counted:
    return work.once(Bundle, dict)


def _write(work: Work, _child_ids: Sequence[UUID]) -> None:
    rows: list[dict[str, Any]] = work.once(_write, list)
    insert_new(work, Told, rows)
    rows.clear()


def tell_of_list(work: Work, run_id: UUID, bundle: Bundle) -> None:
    """Tell everybody what a list brought them, in one notice; a second time changes nothing."""
    counts = {one: counted for one, counted in bundle.counts.items() if counted.total()}
    insert_new(work, Notice, [_notice(work, run_id, one, counts[one]) for one in counts])
    made = queries.notices_of_list(work, run_id)
    insert_new(work, Bundled, [_row(made[one], counts[one]) for one in counts])


def _notice(work: Work, run_id: UUID, account_id: UUID, counted: Counter[str]) -> dict[str, Any]:
    gravest = next((one.value for one in _WORST_FIRST if counted[one]), None)
    return {
        "id": new_id(),
        "account_id": account_id,
        "object_id": run_id,
        "event": LIST,
        "severity": gravest,
        "spell": 1,
        "at": work.now,
    }


def _row(notice_id: UUID, counted: Counter[str]) -> dict[str, Any]:
    return {"notice_id": notice_id} | {str(what): counted[what] for what in (*Severity, OTHER)}


def settle_list(work: Work, run_id: UUID) -> None:
    """Let what was told of a list rest when the list is undone: nobody needs to read it any more."""
    rests = {
        "read_at": work.now,
        "mailed_at": func.coalesce(Notice.mailed_at, work.now),
        "handed_up_at": func.coalesce(Notice.handed_up_at, work.now),
    }
    of_it = (Notice.object_id == run_id) & Notice.event.in_((LIST, UNREAD_LIST))
    work.session.execute(update(Notice).where(of_it, Notice.read_at.is_(None)).values(**rests))
