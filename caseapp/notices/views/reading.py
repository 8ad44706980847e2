"""The own notices: what Caseapp told the reader, the newest first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.notices import actions, queries
from caseapp.notices.scope import the_own_notice
from caseapp.notices.views.blueprint import bp, me
from caseapp.notices.views.saying import address, words_of
from caseapp.people import queries as people
from caseapp.web.alert_rows import Named, name_and_age
from caseapp.web.forms import Form
from caseapp.web.frame import say
from caseapp.web.guard import guard, own
from caseapp.web.i18n import Words
from caseapp.web.sentences import TELLINGS

if TYPE_CHECKING:
    from caseapp.notices.models import Bundled, Notice


@dataclass(frozen=True, slots=True)
class Line:
    """One notice: when, what happened, about whom, where to read on, and whether it is new."""

    at: datetime
    words: Words
    about: Words
    """The short name of the rule, as the board groups by it."""
    who: str
    href: str
    """Where it leads; nothing for a child that is outside the scope by now."""
    opens: str
    """Where its button is sent, which marks it as read and then leads there."""
    is_new: bool


@bp.route("/berichten")
@guard(Permission.ALERT_READ)
def notices(work: Work) -> ResponseReturnValue:
    """Show the own notices; a child outside the scope has no name here."""
    rows = queries.notices(work, me(work))
    seen = people.sees_of(work, {row.child_id for row in rows if row.child_id})
    cards = people.cards(work, list(seen))
    bundles = queries.bundled(work, [row.id for row in rows if row.event == queries.LIST])
    work.saw("list-notices", list(seen))
    return render_template(
        "notices/notices.html",
        lines=[_line(row, cards, seen, work, bundles.get(row.id)) for row in rows],
        unread=sum(row.read_at is None for row in rows),
    )


@bp.route("/berichten/<uuid:notice_id>/openen", methods=["POST"])
@own(the_own_notice)
def open_one(work: Work, row: "Notice") -> ResponseReturnValue:
    """Mark one message as read, and go on to what it is about when that is in scope still."""
    Form(request.form)
    actions.open_one(work, row)
    in_scope = row.child_id is None or row.child_id in people.sees_of(work, {row.child_id})
    work.commit()
    return redirect((address(row) if in_scope else "") or url_for("notices.notices"), 303)


@bp.route("/berichten/gelezen", methods=["POST"])
@guard(Permission.ALERT_READ)
def read(work: Work) -> ResponseReturnValue:
    """Mark all own notices as read."""
    Form(request.form)  # refuses fields that nobody asked for
    actions.read(work, me(work))
    work.commit()
    say("good", _("All messages are read."))
    return redirect(url_for("notices.notices"), 303)


def _line(
    row: "Notice",
    cards: Mapping[UUID, Named],
    seen: Collection[UUID],
    work: Work,
    bundle: "Bundled | None",
) -> Line:
    in_scope = row.child_id in seen
    return Line(
        at=row.at,
        words=words_of(row, bundle),
        about=TELLINGS[row.rule].short if row.rule and row.rule in TELLINGS else "",
        who=_who(row, cards, work) if in_scope else _("a child") if row.child_id else "",
        href=address(row) if in_scope or row.child_id is None else "",
        opens=url_for("notices.open_one", notice_id=row.id),
        is_new=row.read_at is None,
    )


def _who(row: "Notice", cards: Mapping[UUID, Named], work: Work) -> str:
    return name_and_age(cards.get(row.child_id) if row.child_id else None, work.today)
