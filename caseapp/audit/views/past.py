"""What stood in a record before it was corrected, for the page that shows or corrects it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.audit.queries import Earlier
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import Work
from caseapp.web.forms import Form
from caseapp.web.past import Was, what_was

Values: TypeAlias = Mapping[str, object]
"""What a record says, by the name of the field in its form."""


def what_stood(
    work: Work,
    form: Form,
    now: Values,
    record: tuple[str, UUID],
    values_of: Callable[[Earlier], Values | Unreadable],
    columns: Collection[str] = ("facts",),
) -> list[Was]:
    """Return what stood in a record (table and key) before, in the words of its form, the latest first.

    Only the sealed `columns` that are asked for are opened: who may not read one does not name it.
    """
    entries = audit.past_of(work, *record, columns)
    names = accounts.names(work, {one.by for one in entries})
    return what_was(form, now, entries, values_of, names)


def by_facts(values_of: Callable[[Any], Values]) -> Callable[[Earlier], Values | Unreadable]:
    """Return how to read an earlier version of a record of which the facts say everything."""

    def read(entry: Earlier) -> Values | Unreadable:
        return entry.facts if isinstance(entry.facts, Unreadable) else values_of(entry.facts)

    return read
