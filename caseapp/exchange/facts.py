"""A whole dossier as a document: what the record holds of one child, with its texts."""

from dataclasses import replace
from uuid import UUID

from caseapp.continuity.facts import dossiers
from caseapp.domain.facts import Dossier
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
