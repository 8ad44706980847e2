"""The blueprint, the way home of each role, and the number beside Today in the menu."""

from collections.abc import Mapping
from typing import Final, cast

from flask import Blueprint, Flask, g, redirect, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from caseapp.continuity import queries as continuity
from caseapp.domain.policy import Permission, Role
from caseapp.kernel.work import Work
from caseapp.web.frame import Count, frame_sources
from caseapp.web.guard import signed_in
from caseapp.web.request import current_work

bp: Final = Blueprint("casefile", __name__)

HOMES: Final[Mapping[Role, str]] = {
    Role.ADMINISTRATOR: "accounts.accounts",
    Role.MONITOR: "reporting.monitor",
    Role.PRIVACY_OFFICER: "privacy.desk",
}
"""Where a role begins that does not begin with Today."""


@bp.record
def _tell_frame(state: BlueprintSetupState) -> None:
    frame_sources(cast("Flask", state.app)).counts = menu_counts


def menu_counts() -> Mapping[str, Count]:
    """Return how many children need the reader now, by more than a notice: as Today says above its rows."""
    work = current_work()
    if not work.actor.may(Permission.ALERT_READ):
        return {}
    number, critical = concerned(work)
    return {"casefile.today": Count(number, critical=critical > 0)}


def concerned(work: Work) -> tuple[int, int]:
    """Return how many children need the reader, and how many at once; asked once a request."""
    if "concerned" not in g:
        g.concerned = continuity.children_concerned(work)
    return cast("tuple[int, int]", g.concerned)


def know_concerned(number: int, critical: int) -> None:
    """Keep for the menu what a page has found out: how many children need the reader."""
    g.concerned = (number, critical)


def home_of(work: Work) -> str:
    """Return the page on which this reader begins; without a role the own account."""
    role = work.actor.role
    return "accounts.me" if role is None else HOMES.get(role, "casefile.today")


@bp.route("/")
@signed_in
def home(work: Work) -> ResponseReturnValue:
    """Lead to the page on which the reader begins."""
    return redirect(url_for(home_of(work)), 303)
