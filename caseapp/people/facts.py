"""What people knows of a child, as the rules read it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from caseapp.domain import codes
from caseapp.domain import facts as domain
from caseapp.domain.care_codes import ConsentBy
from caseapp.domain.lists.known import KnownChild
from caseapp.domain.lists.values import BirthDay
from caseapp.kernel.bulk import AT_ONCE, among, opened
from caseapp.kernel.seals import Domain, envelope_of, seal_of
from caseapp.kernel.work import Work
from caseapp.people.models import Card, Child, ChildFacts, Consent, Relative, RelativeFacts

NO_GIVEN_NAMES: Final = "-"
"""What stands for the given names when a list gives none: a card must name a child."""


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
        columns.where(among(work, Child.id, child_ids))
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
        kindgezin=facts.kindgezin,
        sex=codes.Sex(facts.sex) if facts.sex else None,
        nationality=facts.nationality,
        languages=facts.languages,
        application_lodged_on=facts.application_lodged_on,
        first_arrival_on=facts.first_arrival_on,
        needs_assessed_on=facts.needs_assessed_on,
        closed_on=closed_on,
    )


def _add_family(work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]) -> None:
    rows = opened(work, Relative, "facts", child_ids, Relative.relative_child_id)
    for child_id, key, facts, relative_id in rows:
        about = found[child_id]
        about["family_members"] += (_member(str(key), facts),)
        if relative_id is not None:
            about.setdefault("linked", {})[str(key)] = relative_id


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
    for child_id, key, facts in opened(work, Consent, "facts", child_ids):
        if not facts.counts:
            continue
        by = tuple(ConsentBy(code) for code in facts.given_by)
        found[child_id]["consents"] += (domain.Consent(str(key), facts.on, by, facts.scope),)


def known(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, KnownChild]:
    """Return the cards of children as a list is held against them; raises Unreadable.

    A child whose file is closed is there too: its V-number is taken.
    """
    found: dict[UUID, KnownChild] = {}
    card, facts = seal_of(Child, "card"), seal_of(Child, "facts")
    columns = select(Child.id, envelope_of(Child, "card"), envelope_of(Child, "facts"))
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        work.vault.prefetch(Domain.DOSSIER, part)
        for key, card_sealed, facts_sealed in work.session.execute(
            columns.where(among(work, Child.id, part))
        ):
            named = work.vault.open(card.place(key, key), card_sealed, Card)
            more = work.vault.open(facts.place(key, key), facts_sealed, ChildFacts)
            found[key] = _known(named, more)
        work.vault.release(Domain.DOSSIER, part)
    return found


def _known(card: Card, facts: ChildFacts) -> KnownChild:
    given = card.given_names
    return KnownChild(
        v_number=card.v_number,
        family_name=card.family_name,
        birth=_birth_day(card.birth_date, codes.Precision(card.birth_precision)),
        unaccompanied=facts.unaccompanied,
        given_names=None if given == NO_GIVEN_NAMES else given,
        sex=codes.Sex(facts.sex) if facts.sex else None,
        nationality=facts.nationality,
        language=facts.language_text or next(iter(facts.languages), None),
        family_number=facts.family_number,
        application_lodged_on=facts.application_lodged_on,
        first_arrival_on=facts.first_arrival_on,
    )


def _birth_day(day: date, precision: codes.Precision) -> BirthDay:
    """Return a birth date with 1 for what its precision does not cover."""
    if precision is codes.Precision.DAY:
        return BirthDay(day)
    month = day.month if precision is codes.Precision.MONTH else 1
    return BirthDay(day.replace(month=month, day=1), precision)
