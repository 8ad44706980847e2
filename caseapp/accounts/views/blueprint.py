"""The blueprint, what it tells the frame, and how a right is put into words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from flask import Blueprint, Flask, current_app
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_login import current_user

from caseapp.accounts import queries
from caseapp.accounts.queries import Standing
from caseapp.domain.codes import Region
from caseapp.domain.policy import Role, ScopeKind
from caseapp.kernel import clock
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference
from caseapp.web.frame import frame_sources
from caseapp.web.i18n import Words
from caseapp.web.labels import ORGANISATIONS, REGIONS, ROLES
from caseapp.web.login import SignedIn
from caseapp.web.request import current_work

if TYPE_CHECKING:
    from caseapp.accounts.models import Grant

bp: Final = Blueprint("accounts", __name__)

CARRIED: Final = "caseapp.carried"
Carried = Callable[[Work, UUID], int]


def tell_carried(app: Flask, count: Carried) -> None:
    """Let the page that closes an account ask the slices above how many children it carries: a count only."""
    app.extensions[CARRIED] = count


def carried_by(work: Work, account_id: UUID) -> int:
    """Return how many children an account is responsible for, guardian of, or helps after 18."""
    count: Carried | None = current_app.extensions.get(CARRIED)
    return count(work, account_id) if count is not None else 0


BADGES: Final[Mapping[Standing, str]] = {
    Standing.WAITING: "warning",
    Standing.VALID: "good",
    Standing.TO_COME: "notice",
    Standing.ENDED: "plain",
    Standing.TAKEN_BACK: "plain",
}


@dataclass(frozen=True, slots=True)
class RightLine:
    """A right as a line on a page."""

    grant: "Grant"
    where: Words
    standing: Standing
    first_day: date
    last_day: date | None
    asked_by: str
    approved_by: str

    @property
    def is_over(self) -> bool:
        """Say whether nothing can be done with it any more."""
        return self.standing in {Standing.ENDED, Standing.TAKEN_BACK}

    @property
    def badge(self) -> tuple[str, str]:
        """Return the kind of badge and its words."""
        return BADGES[self.standing], standing_words(self.standing)


def this_session() -> UUID | None:
    """Return the session of this browser; nothing when nobody is signed in."""
    user = cast("SignedIn | None", current_user)
    return user.session_id if user is not None and user.is_authenticated else None


def standing_words(standing: Standing) -> str:
    """Return how a right stands, in words."""
    return {
        Standing.WAITING: _("waits for approval"),
        Standing.VALID: _("valid"),
        Standing.TO_COME: _("begins later"),
        Standing.ENDED: _("ended"),
        Standing.TAKEN_BACK: _("taken back"),
    }[standing]


def where_words(scope: ScopeKind, place: str | None, role: Role, names: Mapping[UUID, str]) -> str:
    """Return where a right holds: a location, a region, the country, a desk, the own children."""
    if scope is ScopeKind.LOCATION and place:
        return names.get(UUID(place), _("a location that is not there any more"))
    if scope is ScopeKind.REGION and place:
        return _("region %(region)s", region=REGIONS[Region(place)])
    words = {
        ScopeKind.CHILD: _("one file, in an emergency"),
        ScopeKind.ALL: _("the whole country"),
        ScopeKind.GUARDIANSHIP: _("guardianship desk"),
    }
    ward = _("the children assigned to this guardian")
    return words.get(scope) or (ward if role is Role.GUARDIAN else _("no files"))


def lines(work: Work, grants: Iterable["Grant"]) -> list[RightLine]:
    """Return rights as lines, with the names of places and people in two statements."""
    rows = list(grants)
    names = place_names(work, rows)
    people = queries.names(work, {who for row in rows for who in (row.asked_by, row.approved_by)})
    return [
        RightLine(
            grant=row,
            where=where_words(ScopeKind(row.scope_kind), row.scope_id, Role(row.role), names),
            standing=queries.standing(row, work.now),
            first_day=clock.local_day(row.valid_from),
            last_day=last_day(row),
            asked_by=people.get(row.asked_by, "") if row.asked_by else "",
            approved_by=people.get(row.approved_by, "") if row.approved_by else "",
        )
        for row in rows
    ]


def last_day(row: "Grant") -> date | None:
    """Return the last day on which a right holds."""
    if row.valid_to is None:
        return None
    return clock.local_day(row.valid_to - timedelta(seconds=1))


def place_names(work: Work, grants: Iterable["Grant"]) -> dict[UUID, str]:
    """Return the names of the locations that rights name."""
    ids = [UUID(g.scope_id) for g in grants if g.scope_kind == ScopeKind.LOCATION and g.scope_id]
    return reference.location_names(work, ids)


@bp.record
def _tell_frame(state: BlueprintSetupState) -> None:
    frame_sources(cast("Flask", state.app)).place = own_place


def own_place() -> str:
    """Return where who is signed in works: "azc Emmen", or with one more place "azc Emmen +1"."""
    work = current_work()
    grants = [g for g in work.actor.grants if g.scope is not ScopeKind.NONE]
    if not grants or work.actor.role is None:
        return ""
    first = grants[0]
    names = reference.location_names(work, work.actor.location_ids[:1])
    words = where_words(first.scope, first.place, work.actor.role, names)
    return words if len(grants) == 1 else f"{words} +{len(grants) - 1}"


@bp.app_template_global()
def account_names(account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the names of accounts, for pages of slices that stand below accounts."""
    return queries.names(current_work(), list(account_ids))


@bp.app_template_filter()
def role_words(role: str) -> Words:
    """Return the words for the role of an account."""
    return ROLES[Role(role)]


@bp.app_template_filter()
def organisation_words(organisation: str | None) -> Words:
    """Return the words for an employer; nothing for none."""
    if organisation is None:
        return ""
    known = {code.value: words for code, words in ORGANISATIONS.items()}
    return known.get(organisation, organisation)
