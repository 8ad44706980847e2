"""A list in one line: which, of which day, from which file, who brought it, how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask_babel import gettext as _

from caseapp.domain.lists.course import RunState
from caseapp.domain.lists.sentences import KINDS, VERDICTS
from caseapp.domain.lists.words import ListKind, Verdict
from caseapp.exchange.views.words import STATES, State
from caseapp.kernel.seals import Unreadable, readable
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun


@dataclass(frozen=True, slots=True)
class Heading:
    """A list as pages head it; without a name of the file when that cannot be read any more."""

    id: UUID
    kind: ListKind
    name: Words
    on: date
    at: datetime
    who: str
    state: RunState
    shown: State
    counts: tuple[tuple[Words, int], ...]
    file_name: str | None = None
    reference: str = ""


def heading_of(row: "ListRun", names: Mapping[UUID, str]) -> Heading:
    """Return the heading of a list; `names` has those of the accounts that brought lists in."""
    kind, state = ListKind(row.list_kind), RunState(row.state)
    gone = row.key_gone_at is not None
    file_name = None if gone else readable(row, "file_name")
    return Heading(
        id=row.id,
        kind=kind,
        name=_(KINDS[kind]),
        on=row.on_day,
        at=row.at,
        who=names.get(row.account_id, "") if row.account_id else "",
        state=state,
        shown=STATES[state],
        counts=tuple((_(VERDICTS[one]), row.counts.get(one.value, 0)) for one in Verdict),
        file_name=None if isinstance(file_name, Unreadable) else file_name,
        reference=file_name.reference if isinstance(file_name, Unreadable) else "",
    )
