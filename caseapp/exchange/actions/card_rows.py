"""The card of a child from a row of an occupancy list: as a document, or as a correction."""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from caseapp.domain import codes, facts
from caseapp.domain.intents.people import ChildDetails
from caseapp.domain.lists.intents import AddChild
from caseapp.domain.lists.values import BirthDay
from caseapp.exchange.actions.documents import Arriving
from caseapp.kernel.db import new_id
from caseapp.people.facts import NO_GIVEN_NAMES

_LANGUAGE_CODE: Final = re.compile(r"[a-z]{2,3}")
_RESPONSIBLE: Final = "contact"


def arriving(said: AddChild, location: Any) -> Arriving:
    """Return a new child as a document; the contact person of the location stands in from its first day.

    No earlier stay is invented and the reason of this one is not known (data-model.md 6).
    """
    languages, in_words = _languages(said.language)
    contact = location.contact_account_id
    child = facts.Child(
        ref=str(new_id()),
        v_number=said.v_number,
        given_names=said.given_names or NO_GIVEN_NAMES,
        family_name=said.family_name,
        birth=facts.Birth(said.birth.day, said.birth.precision, codes.BirthStatus.DECLARED),
        unaccompanied=said.unaccompanied,
        sex=said.sex,
        nationality=said.nationality,
        languages=languages,
        application_lodged_on=said.application_lodged_on,
        first_arrival_on=said.first_arrival_on,
    )
    responsible = (facts.Responsible(id=_RESPONSIBLE, start=said.since),) if contact else ()
    return Arriving(
        facts.Dossier(child, placements=(_stay(said, location),), responsible=responsible),
        accounts={f"responsible/{_RESPONSIBLE}": contact} if contact else {},
        family_number=said.family_number,
        language_text=in_words,
    )


def _stay(said: AddChild, location: Any) -> facts.Placement:
    return facts.Placement(
        id="listed",
        location=location.code,
        kind=codes.PlacementKind(location.kind),
        municipality=location.municipality,
        region=codes.Region(location.region),
        start=said.since,
        operator=codes.Operator(location.operator),
        group_size=location.group_size,
    )


def changed(card: Any, more: Any, changes: Mapping[str, Any]) -> ChildDetails:
    """Return a card as it is with what a list says otherwise; a language in words stands beside the codes."""
    known = asdict(card) | asdict(more)
    names = ChildDetails.__dataclass_fields__
    details = ChildDetails(**{name: known[name] for name in names})
    told = dict(changes)
    birth = told.pop("birth", None)
    if isinstance(birth, BirthDay):
        told |= {"birth_date": birth.day, "birth_precision": birth.precision.value}
    if "language" in told:
        codes_told, in_words = _languages(told.pop("language"))
        others = tuple(one for one in details.languages if one not in codes_told)
        told |= {"languages": (*codes_told, *others), "language_text": in_words}
    return replace(details, **told)


def _languages(said: str | None) -> tuple[tuple[str, ...], str | None]:
    """Return a language as its code, or in words when the list has no code for it."""
    if said is None:
        return (), None
    return ((said,), None) if _LANGUAGE_CODE.fullmatch(said) else ((), said)
