"""The one door for documents: children, families and consents, many at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from caseapp.domain import facts
from caseapp.domain.incoming import Incoming
from caseapp.domain.intents.people import ChildDetails
from caseapp.domain.policy import Sees
from caseapp.domain.reach import Why
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.people.actions.children import card_of, facts_of, indexes_of, v_number_index
from caseapp.people.models import (
    Child,
    Consent,
    ConsentFacts,
    Reach,
    Relative,
    RelativeFacts,
)


def take_in(work: Work, incoming: Sequence[Incoming]) -> None:
    """Write the children of many documents, with family and consents; their data keys exist already."""
    work.vault.prefetch(Domain.DOSSIER, [document.child_id for document in incoming])
    insert_all(work, Child, [_child_row(work, document) for document in incoming])
    members = [
        _relative_row(work, d, member) for d in incoming for member in d.dossier.family_members
    ]
    insert_all(work, Relative, members)
    consents = [_consent_row(work, d, given) for d in incoming for given in d.dossier.consents]
    insert_all(work, Consent, consents)
    alone = [d.child_id for d in incoming if d.dossier.child.unaccompanied]
    insert_all(work, Reach, [_desk_row(work, child_id) for child_id in alone])


def details_of(
    child: facts.Child, family_number: str | None = None, language_text: str | None = None
) -> ChildDetails:
    """Return what a document says of the child itself, as a person would have typed it."""
    return ChildDetails(
        v_number=child.v_number,
        given_names=child.given_names,
        family_name=child.family_name,
        birth_date=child.birth.date,
        birth_precision=child.birth.precision,
        birth_status=child.birth.status,
        unaccompanied=child.unaccompanied,
        kindgezin=child.kindgezin,
        sex=child.sex,
        nationality=child.nationality,
        languages=child.languages,
        language_text=language_text,
        family_number=family_number,
        application_lodged_on=child.application_lodged_on,
        first_arrival_on=child.first_arrival_on,
        needs_assessed_on=child.needs_assessed_on,
        document_ref=child.ref,
    )


def _child_row(work: Work, document: Incoming) -> dict[str, Any]:
    child = document.dossier.child
    details = details_of(child, document.family_number, document.language_text)
    return sealed_row(
        work,
        Child,
        document.child_id,
        document.child_id,
        card=card_of(details),
        facts=facts_of(details),
        no=document.child_no,
        v_index=v_number_index(work, details.v_number),
        closed_on=document.dossier.child.closed_on,
        **indexes_of(work, details),
    )


def _relative_row(work: Work, document: Incoming, member: facts.FamilyMember) -> dict[str, Any]:
    known = document.relatives.get(member.ref)
    said = RelativeFacts(
        relation=member.relation,
        name=member.name,
        minor=member.minor,
        location=None if known else member.location,
        location_since=None if known else member.location_since,
        apart_reason=member.apart_reason,
        ref=member.ref,
    )
    key = document.key("family_members", member.ref)
    return sealed_row(work, Relative, document.child_id, key, facts=said, relative_child_id=known)


def _consent_row(work: Work, document: Incoming, given: facts.Consent) -> dict[str, Any]:
    said = ConsentFacts(on=given.on, given_by=tuple(given.given_by), scope=given.scope)
    key = document.key("consents", given.id)
    return sealed_row(work, Consent, document.child_id, key, facts=said)


def _desk_row(work: Work, child_id: UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "child_id": child_id,
        "why": Why.DESK,
        "sees": Sees.ALL,
        "desk": "guardianship",
        "from_at": work.now,
    }
