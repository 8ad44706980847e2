"""What the record holds: a whole dossier as a document, and what we know beside the rows of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from caseapp.continuity.facts import dossiers
from caseapp.domain.facts import Dossier
from caseapp.domain.lists.known import KnownChild
from caseapp.domain.lists.pipeline import ListRead
from caseapp.domain.lists.report import Report
from caseapp.domain.lists.rows import Layout, Row
from caseapp.domain.lists.words import ListKind
from caseapp.exchange import queries
from caseapp.kernel.work import Work
from caseapp.observations import facts as observations


def whole_dossier(work: Work, child_id: UUID) -> Dossier | None:
    """Return all that the document of a child holds; None when there is no such child.

    The caller says who may; that it was read is noted. Raises Unreadable: half a document is none.
    """
    found = dossiers(work, [child_id]).get(child_id)
    if found is None:
        return None
    work.saw("dossier-exported", [child_id], object_id=child_id)
    read = {"observations": found.observations, "contacts": found.contacts}
    return replace(found, **observations.with_texts(work, child_id, read))


def beside(
    work: Work, kind: ListKind, keys: Mapping[str, UUID], on: date
) -> Mapping[UUID, KnownChild]:
    """Return what we know of children whom rows of a list name, to show it beside what the list says.

    `keys` are the children by V-number whose file is open to who asks. Raises Unreadable.
    """
    if kind is ListKind.LOCATIONS or not keys:
        return {}
    said = ListRead(Report(kind, "", on), _naming(list(keys)))
    found = queries.known(work, said, queries.places(work, kind))
    known = found.known.children
    return {key: known[number] for number, key in keys.items() if number in known}


def _naming(v_numbers: Sequence[str]) -> tuple[Row, ...]:
    """Return rows that name children and say nothing else."""
    return tuple(Row(0, (), Layout({}, {}), mentions=number) for number in v_numbers)
