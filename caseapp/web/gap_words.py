"""What people read about a fact that is missing: its name, why it matters, and where it is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import current_app, url_for
from flask_babel import lazy_gettext as _

from caseapp.domain.gaps import Lack
from caseapp.domain.policy import POLICY, Actor, Role
from caseapp.web.guard import Guarded
from caseapp.web.i18n import Words
from caseapp.web.labels import ROLES
from caseapp.web.repairs import allows
from caseapp.web.returning import LIST, PLACE


@dataclass(frozen=True, slots=True)
class Missing:
    """How a missing fact is called in an address and on a page, and on which form it is filled in.

    `part` is what the address of the form calls the record that lacks it; empty: the form is about the child.
    """

    slug: str
    name: Words
    why: Words
    endpoint: str
    field: str = ""
    part: str = ""


MISSING: Final[Mapping[Lack, Missing]] = {
    Lack.PLACE: Missing(
        "woonplek",
        _("Where the child lives"),
        _("Without a place nobody hears that nobody sees the child, or is responsible for it."),
        "placements.add_stay",
    ),
    Lack.EARLIER_PLACE: Missing(
        "eerdere-plek",
        _("Where the child lived before"),
        _(
            "The child was in reception before the first stay on record."
            " So the move is not known, nor the care or school that it broke off."
        ),
        "placements.add_stay",
    ),
    Lack.CARE_END_REASON: Missing(
        "einde-zorg",
        _("Why the care ended"),
        _("The care ended around a move. If the move broke it off, it has to go on."),
        "care.edit",
        "end_reason",
        "line_id",
    ),
    Lack.CARE_START: Missing(
        "start-zorg",
        _("When the care started"),
        _("The child is seen, or has medicine. Without a start the care seems still to be waited for."),
        "care.edit",
        "started_on",
        "line_id",
    ),
    Lack.APPLICATION_DAY: Missing(
        "asielaanvraag",
        _("Day of the asylum application"),
        _("From this day counts how soon a child must have school, a guardian and a look at its needs."),
        "people.edit",
        "application_lodged_on",
    ),
    Lack.ARRIVAL_DAY: Missing(
        "eerste-aankomst",
        _("First day in reception"),
        _("From this day counts how soon somebody must look at the health of the child."),
        "people.edit",
        "first_arrival_on",
    ),
    Lack.SCHOOL_START: Missing(
        "start-school",
        _("First day at school"),
        _("Without a start the child seems never to have gone to this school."),
        "schooling.edit",
        "attending_from",
        "record_id",
    ),
    Lack.SIBLING_PLACE: Missing(
        "plek-broer-of-zus",
        _("Where a brother or sister lives"),
        _("Without it nobody sees that brothers and sisters live apart."),
        "people.edit_relative",
        "location",
        "relative_id",
    ),
    Lack.SIBLING_AGE: Missing(
        "leeftijd-broer-of-zus",
        _("Whether a brother or sister is under 18"),
        _("Without it nobody sees that brothers and sisters live apart."),
        "people.edit_relative",
        "minor",
        "relative_id",
    ),
    Lack.ANNOUNCED_DAY: Missing(
        "aankondiging",
        _("When a move was announced"),
        _("We know the move from a list. When the child heard of it is not written down."),
        "moves.change",
        "announced_on",
        "transfer_id",
    ),
    Lack.BIRTH_DAY: Missing(
        "geboortedag",
        _("Exact day of birth"),
        _("Only the month or the year is known. So what changes with a birthday is seen late."),
        "people.edit",
        "birth_date",
    ),
    Lack.ACTION_DAY: Missing(
        "dag-van-afspraak",
        _("By when an agreed action must be done"),
        _("Without a day nobody sees that it is late."),
        "observations.agree",
        "due_on",
        "row_id",
    ),
    Lack.GROUP_SIZE: Missing(
        "groepsgrootte",
        _("How large the group is"),
        _("Without it nobody sees that a child who came alone lives in too large a group."),
        "reference.edit_location",
        "group_size",
        "location_id",
    ),
}  # fmt: skip
"""One entry a fact."""

BY_SLUG: Final[Mapping[str, Lack]] = {missing.slug: lack for lack, missing in MISSING.items()}

_ASKED: Final = (Role.CPK, Role.COORDINATOR, Role.GUARDIAN, Role.ADMINISTRATOR)
"""Whom a reader can ask who may not fill it in, the nearest first."""


def form_of(
    lack: Lack, actor: Actor, child_id: UUID, record_id: UUID, location_id: UUID | None, place: str
) -> str:
    """Return the address of the form on which a fact is filled in, at its field; empty for who may not.

    `place` is the code of the location whose list led here: the form leads back to it.
    """
    missing = MISSING[lack]
    is_place = missing.part == "location_id"
    if not allows(actor, missing.endpoint) or (is_place and location_id is None):
        return ""
    values: dict[str, Any] = {LIST: missing.slug, PLACE: place or None}
    if missing.part:
        values[missing.part] = location_id if is_place else record_id
    if not is_place:
        values["child_id"] = child_id
    return url_for(missing.endpoint, _anchor=missing.field or None, **values)


def who_can(lack: Lack) -> list[Words]:
    """Return the roles that may fill a fact in, the nearest first."""
    view = current_app.view_functions.get(MISSING[lack].endpoint)
    if not isinstance(view, Guarded):
        return []
    return [ROLES[role] for role in _ASKED if view.permission in POLICY[role]]
