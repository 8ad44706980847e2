"""Where the button of an alert leads: the page that mends it, for whoever may use that page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import current_app, url_for

from caseapp.domain.policy import Actor, Permission, Sees
from caseapp.domain.rules.rule import Shown
from caseapp.web.guard import Guarded
from caseapp.web.i18n import Words
from caseapp.web.sentences import REPAIRS, TELLINGS, record_of

SIBLING: Final = "sibling:"


@dataclass(frozen=True, slots=True)
class Way:
    """A page that mends an alert: what its reader needs besides, and how much of the file it opens with."""

    endpoint: str
    needs: Permission | None = None
    sees: Sees = Sees.ALL


WAYS: Final[Mapping[str, Way]] = {
    "PLA-1": Way("moves.plan"),
    "PLA-2": Way("moves.decide_for_child"),
    "PLA-3": Way("moves.decide"),
    "PLA-4": Way("moves.change"),
    "PLA-5": Way("people.edit_relative"),
    "PLA-6": Way("placements.add_stay"),
    "AMV-1": Way("moves.plan"),
    "AMV-2": Way("moves.plan"),
    "AMV-3": Way("moves.plan"),
    "TRF-1": Way("moves.handover", Permission.HANDOVER_ACCEPT, Sees.HANDOVER),
    "TRF-2": Way("moves.arrive"),
    "TRF-3": Way("moves.take_over"),
    "TRF-4": Way("moves.settle_promise"),
    "SCH-1": Way("schooling.add"),
    "SCH-2": Way("schooling.add"),
    "SCH-3": Way("schooling.add_report"),
    "SCH-4": Way("schooling.add"),
    "SCH-5": Way("schooling.add"),
    "SCH-6": Way("schooling.edit"),
    "SCH-7": Way("schooling.add"),
    "CAR-1": Way("care.appointment"),
    "CAR-2": Way("care.edit"),
    "CAR-3": Way("care.keep_waiting"),
    "CAR-4": Way("care.appointment"),
    "CAR-5": Way("care.add"),
    "CAR-6": Way("care.add"),
    "CAR-7": Way("people.needs"),
    "GUA-1": Way("guardianship.assign"),
    "GUA-2": Way("observations.contact"),
    "GUA-3": Way("guardianship.add_plan"),
    "OBS-1": Way("observations.record_for"),
    "OBS-2": Way("observations.agree"),
    "OBS-3": Way("observations.add_meeting"),
    "OBS-4": Way("observations.finish"),
    "SAF-1": Way("placements.back_again"),
    "SAF-2": Way("placements.police_report"),
    "AGE-1": Way("guardianship.runway"),
    "AGE-2": Way("guardianship.support_add"),
    "AGE-3": Way("guardianship.support_add"),
    "AGE-4": Way("guardianship.support_edit"),
    "AGE-5": Way("casefile.add_consent"),
    "AGE-6": Way("people.edit"),
    "AFT-1": Way("observations.contact"),
}
"""Per rule; one that no page can mend (another guardian) is not here."""


@dataclass(frozen=True, slots=True)
class Mending:
    """The words of the button and its address; both empty when this reader cannot mend it."""

    words: Words = ""
    href: str = ""


def mending(shown: Shown, subject: str, child_id: UUID, actor: Actor, sees: Sees) -> Mending:
    """Return the button of an alert for a reader: none where it would lead to a closed door."""
    way = WAYS.get(shown.rule)
    if way is None or sees.rank < way.sees.rank or not allows(actor, way.endpoint):
        return Mending()
    if way.needs is not None and not actor.may(way.needs):
        return Mending()
    values: dict[str, Any] = {"child_id": child_id}
    names = _rest_of_address(way.endpoint)
    records = _records(shown, subject)
    if len(names) > len(records):
        return Mending()
    values |= dict(zip(names, records, strict=False))
    values["signalering"] = shown.rule
    words = REPAIRS[TELLINGS[shown.rule].repair]
    return Mending(words, url_for(way.endpoint, **values))


def allows(actor: Actor, endpoint: str) -> bool:
    """Say whether a page exists and this reader's role may use it: no link leads to a closed door."""
    view = current_app.view_functions.get(endpoint)
    if not isinstance(view, Guarded):
        return False
    return view.permission is not None and actor.may(view.permission)


def _rest_of_address(endpoint: str) -> list[str]:
    """Return which records an address names after the child, in its order."""
    rule = next(iter(current_app.url_map.iter_rules(endpoint)))
    return sorted(set(rule.arguments) - {"child_id"}, key=rule.rule.index)


def _records(shown: Shown, subject: str) -> list[UUID]:
    """Return the records that an alert is about: of a chain its last line, of a promise its move too."""
    named = str(shown.detail.get("line", "")) or record_of(subject).removeprefix(SIBLING)
    try:
        return [UUID(one) for one in named.split(":")]
    except ValueError:
        return []
