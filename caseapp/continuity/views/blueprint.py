"""The blueprint, where its forms lead back to, and what the rows of its pages are made of."""

from collections.abc import Collection, Sequence
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.continuity.queries import Listed
from caseapp.domain.codes import Region
from caseapp.domain.policy import Sees
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from caseapp.web.alert_rows import Reading
from caseapp.web.i18n import Words
from caseapp.web.labels import REGIONS

bp: Final = Blueprint("continuity", __name__)

OURS: Final = ("/signaleringen", "/vandaag", "/kinderen")
"""Pages from which an alert is taken or given, and to which its form returns."""


def back_to(asked: str | None, otherwise: str) -> str:
    """Return the page of ours that a form came from; anything else is not followed."""
    parts = urlsplit(asked or "")
    is_ours = not parts.scheme and not parts.netloc and "\\" not in (asked or "")
    is_page = any(parts.path == page or parts.path.startswith(f"{page}/") for page in OURS)
    return asked if asked and is_ours and is_page else otherwise


def reading_of(
    work: Work,
    alerts: Sequence[Listed],
    sees: Sees | None = None,
    also: Sequence[UUID] = (),
) -> Reading:
    """Return what rows of these alerts are made of: a handful of statements, however many rows.

    `sees` says how much is open when that is known of all; `also` names children without an alert.
    """
    children = list(dict.fromkeys((*(alert.child_id for alert in alerts), *also)))
    owners = {alert.owner for alert in alerts if alert.owner}
    opened = dict.fromkeys(children, sees) if sees else people.sees_of(work, children)
    return Reading(
        actor=work.actor,
        today=work.today,
        cards=people.cards(work, children),
        workers=accounts.people(work, owners),
        sees=opened,
        places=places_of(work, children),
        seen=audit.last_opened(work, children, owners),
    )


def places_of(work: Work, child_ids: Collection[UUID]) -> dict[UUID, Words]:
    """Return where children live now in words: the location, or the region of a family."""
    here = people.here(work, child_ids)
    names = reference.location_names(work, [at.location_id for at in here.values()])
    found: dict[UUID, Words] = {}
    for child_id, at in here.items():
        if at.location_id in names:
            found[child_id] = names[at.location_id]
        elif at.region:
            found[child_id] = REGIONS[Region(at.region)]
    return found
