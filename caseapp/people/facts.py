"""What people knows of a child, as the rules read it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseapp.domain import codes
from caseapp.domain import facts as domain
from caseapp.domain.care_codes import ConsentBy
from caseapp.kernel.seals import Domain, envelope_of, seal_of
from caseapp.kernel.work import Work
from caseapp.people.models import (
    Card,
    Child,
    ChildFacts,
    Consent,
    ConsentFacts,
    Relative,
    RelativeFacts,
)

AT_ONCE = 500


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child what goes into its Dossier: child, family_members, consents.

    The child lacks what other slices know (transition plan, support declined). A family member whom we
    follow too comes without a place: `linked` tells whose. Raises Unreadable.
    """
    found: dict[UUID, dict[str, Any]] = {}
    for start in range(0, len(child_ids), AT_ONCE):
        found.update(_gather(work, child_ids[start : start + AT_ONCE]))
    return found


def _gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    work.vault.prefetch(Domain.DOSSIER, child_ids)
    card, facts = seal_of(Child, "card"), seal_of(Child, "facts")
    columns = select(
        Child.id, Child.closed_on, envelope_of(Child, "card"), envelope_of(Child, "facts")
    )
    found: dict[UUID, dict[str, Any]] = {}
    for key, closed_on, card_sealed, facts_sealed in work.session.execute(
        columns.where(Child.id.in_(child_ids))
    ):
        named = work.vault.open(card.place(key, key), card_sealed, Card)
        known = work.vault.open(facts.place(key, key), facts_sealed, ChildFacts)
        found[key] = {
            "child": _child(key, named, known, closed_on),
            "family_members": (),
            "consents": (),
        }
    _add_family(work, child_ids, found)
    _add_consents(work, child_ids, found)
    return found


def _child(key: UUID, card: Card, facts: ChildFacts, closed_on: Any) -> domain.Child:
    return domain.Child(
        ref=str(key),
        v_number=card.v_number,
        given_names=card.given_names,
        family_name=card.family_name,
        birth=domain.Birth(
            card.birth_date,
            codes.Precision(card.birth_precision),
            codes.BirthStatus(card.birth_status),
        ),
        unaccompanied=facts.unaccompanied,
        kindgezin=facts.kindgezin or None,
        sex=codes.Sex(facts.sex) if facts.sex else None,
        nationality=facts.nationality,
        languages=facts.languages,
        application_lodged_on=facts.application_lodged_on,
        first_arrival_on=facts.first_arrival_on,
        needs_assessed_on=facts.needs_assessed_on,
        closed_on=closed_on,
    )


def _add_family(work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]) -> None:
    seal = seal_of(Relative, "facts")
    columns = select(
        Relative.id, Relative.child_id, Relative.relative_child_id, envelope_of(Relative, "facts")
    )
    members: dict[UUID, list[domain.FamilyMember]] = {}
    linked: dict[UUID, dict[str, UUID]] = {}
    rows = work.session.execute(
        columns.where(Relative.child_id.in_(child_ids)).order_by(Relative.id)
    )
    for key, child_id, relative_id, sealed in rows:
        facts = work.vault.open(seal.place(child_id, key), sealed, RelativeFacts)
        ref = str(key)
        members.setdefault(child_id, []).append(_member(ref, facts))
        if relative_id is not None:
            linked.setdefault(child_id, {})[ref] = relative_id
    for child_id, listed in members.items():
        found[child_id]["family_members"] = tuple(listed)
    for child_id, links in linked.items():
        found[child_id]["linked"] = links


def _member(ref: str, facts: RelativeFacts) -> domain.FamilyMember:
    return domain.FamilyMember(
        ref=ref,
        relation=codes.Relation(facts.relation),
        name=facts.name,
        minor=facts.minor,
        location=facts.location,
        location_since=facts.location_since,
        apart_reason=facts.apart_reason,
    )


def _add_consents(work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]) -> None:
    seal = seal_of(Consent, "facts")
    columns = select(Consent.id, Consent.child_id, envelope_of(Consent, "facts"))
    given: dict[UUID, list[domain.Consent]] = {}
    for key, child_id, sealed in work.session.execute(
        columns.where(Consent.child_id.in_(child_ids)).order_by(Consent.id)
    ):
        facts = work.vault.open(seal.place(child_id, key), sealed, ConsentFacts)
        by = tuple(ConsentBy(code) for code in facts.given_by)
        given.setdefault(child_id, []).append(
            domain.Consent(id=str(key), on=facts.on, given_by=by, scope=facts.scope)
        )
    for child_id, listed in given.items():
        found[child_id]["consents"] = tuple(listed)
