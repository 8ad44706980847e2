"""Today: what needs the reader, worst first, each row a sentence and an action."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.casefile.views.arriving import Journey, journeys
from caseapp.casefile.views.blueprint import bp, home_of, know_concerned
from caseapp.continuity import queries as continuity
from caseapp.continuity.queries import Concern, Heading
from caseapp.continuity.views.blueprint import reading_of
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.notices import queries as notices
from caseapp.people import queries as people
from caseapp.safety.views import protection_today
from caseapp.web.alert_rows import row_of
from caseapp.web.guard import signed_in
from caseapp.web.i18n import Words
from caseapp.web.paging import Pages, page_asked
from caseapp.web.request import machine
from caseapp.web.tiles import AlertRow

CODES: Final = {
    "ernstig": Heading.CRITICAL,
    "waarschuwing": Heading.WARNING,
    "let-op": Heading.NOTICE,
    "gemeld": Heading.TOLD,
}
"""The sections, worst first, as an address names them; what was only told stands apart."""


@dataclass(frozen=True, slots=True)
class Section:
    """The alerts under one heading: how many there are, and those that are shown."""

    code: str
    title: Words
    number: int
    is_critical: bool
    rows: Sequence[AlertRow]
    more_href: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside the alerts: who comes and goes, what was told and not read, who is fine."""

    journeys: Sequence[Journey]
    moves: int
    unread: int
    fine: int | None
    """Children without an alert; not counted for a desk, which has thousands."""
    lacking: int = 0
    """Children of whom something is missing, so that a rule keeps silent; not counted for a desk either."""


@bp.route("/vandaag")
@signed_in
def today(work: Work) -> ResponseReturnValue:
    """Show what needs the reader today; who has another place to begin is led there."""
    home = home_of(work)
    if home != "casefile.today":
        return redirect(url_for(home), 303)
    if work.actor.may(Permission.PROTECTION_FILE):
        return protection_today(work)
    only = CODES.get(request.args.get("ernst", ""))
    size, page = machine().settings.page_size, page_asked(request.args) if only else 1
    told = notices.told_of(work.actor.account_id)
    found = continuity.concern(work, told, [only] if only else list(CODES.values()), page, size)
    know_concerned(found.children, found.at_once)
    return render_template(
        "casefile/today.html",
        sections=_sections(work, found),
        headline=_headline(found.children, found.at_once),
        others=found.others,
        aside=None if only else _aside(work),
        pages=Pages(found.counts[only], page, size) if only else None,
        href=lambda to: url_for("casefile.today", ernst=request.args["ernst"], pagina=to),
        button=_button(work),
        only=only,
    )


def _sections(work: Work, found: Concern) -> list[Section]:
    counts, listed = found.counts, found.shown
    shown = [alert for alerts in listed.values() for alert in alerts]
    work.saw("list-today", [alert.child_id for alert in shown])
    reading = reading_of(work, shown)
    titles = {
        Heading.CRITICAL: _("At once"),
        Heading.WARNING: _("This week"),
        Heading.NOTICE: _("In good time"),
        Heading.TOLD: _("For you to know: somebody else takes it up"),
    }
    return [
        Section(
            code=code,
            title=titles[heading],
            number=counts[heading],
            is_critical=heading is Heading.CRITICAL,
            rows=[row_of(alert, reading) for alert in listed[heading]],
            more_href=url_for("casefile.today", ernst=code)
            if counts[heading] > len(listed[heading]) and len(listed) > 1
            else "",
        )
        for code, heading in CODES.items()
        if listed.get(heading)
    ]


def _headline(number: int, critical: int) -> str:
    if not number:
        return ""
    if number == critical:
        return ngettext(
            "%(num)s child needs you at once.", "%(num)s children need you at once.", number
        )
    words = ngettext("%(num)s child needs you", "%(num)s children need you", number)
    at_once = ngettext("%(num)s of them at once", "%(num)s of them at once", critical)
    return f"{words}, {at_once}." if critical else f"{words}."


def _aside(work: Work) -> Aside:
    coming, moves = journeys(work)
    has_desk = work.actor.may(Permission.ALERT_ASSIGN)
    return Aside(
        journeys=coming,
        moves=moves,
        unread=notices.unread(work, work.actor.account_id) if work.actor.account_id else 0,
        fine=None if has_desk else continuity.count_fine(work, people.followed_ids(work)),
        lacking=0 if has_desk else continuity.children_lacking(work),
    )


def _button(work: Work) -> tuple[str, Words] | None:
    """Return the page on which this reader writes most, and the words of its button."""
    if work.actor.may(Permission.OBSERVE):
        return url_for("observations.record"), _("Record an observation")
    if work.actor.may(Permission.ALERT_ASSIGN):
        return url_for("continuity.board"), _("All alerts")
    if work.actor.may(Permission.CONTACT_LOG):
        return url_for("observations.contacts_to_record"), _("Record a contact")
    return None
