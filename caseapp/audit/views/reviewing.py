"""The weekly look at the trail: what waits, in plain words, and what is said of each record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from caseapp.accounts import queries as accounts
from caseapp.audit import actions, queries
from caseapp.audit.forms import JudgeForm
from caseapp.audit.queries import ToJudge
from caseapp.audit.scope import LOG_VIEWED, the_item
from caseapp.audit.views.blueprint import bp
from caseapp.domain.events import Action
from caseapp.domain.policy import Permission
from caseapp.domain.reviewing import Judgement, Pick, is_late
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.web.filters import moment
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.audit.models import AuditEvent, LogReview
    from caseapp.people.models import Card

DID: Final[Mapping[str, Words]] = {
    "child-read": lazy_gettext("%(who)s opened the file of %(child)s"),
    "search": lazy_gettext("%(who)s found %(child)s in a search"),
    "denied": lazy_gettext("%(who)s was refused a page"),
    "dossier-exported": lazy_gettext("%(who)s took the file of %(child)s out of the house"),
    "health-read": lazy_gettext("%(who)s read the needs around the health of %(child)s"),
}
SAW: Final = lazy_gettext("%(who)s saw something of %(child)s")
WROTE: Final = lazy_gettext("%(who)s wrote in the file of %(child)s")
LISTED: Final = lazy_gettext("%(who)s saw %(child)s in a list")


@dataclass(frozen=True, slots=True)
class Line:
    """One record to look at, as a person reads it."""

    key: UUID
    words: Words
    at: Words
    pick: Pick
    many: int | None
    emergency: bool
    judgement: Judgement | None
    judged_by: str
    note: Any


@dataclass(frozen=True, slots=True)
class Week:
    """A review, how many records of it wait, and whether it is late."""

    row: "LogReview"
    left: int
    is_late: bool


@bp.route("/controle")
@guard(Permission.PRIVACY_DESK)
def review(work: Work) -> ResponseReturnValue:
    """Show the records of the oldest week that is open, and how other weeks went."""
    weeks = _weeks(work)
    now = next((week for week in reversed(weeks) if week.row.closed_at is None), None)
    found = queries.to_judge(work, now.row.id) if now else []
    seen = list(dict.fromkeys(one.event.child_id for one in found if one.event.child_id))
    work.saw(LOG_VIEWED, seen, object="log_review", object_id=now.row.id if now else None)
    lines = lines_of(work, found)
    return render_template(
        "audit/review.html",
        week=now,
        weeks=weeks,
        waiting=[line for line in lines if line.judgement is None],
        done=[line for line in lines if line.judgement is not None],
        is_broken=queries.is_broken(work),
        breaks=queries.breaks(work),
    )


@bp.route("/controle/<uuid:item_id>", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_item)
def item(work: Work, found: ToJudge) -> ResponseReturnValue:
    """Say something of one record; only what is in order needs no words."""
    form = JudgeForm(request.form)
    if form.submitted:
        try:
            judgement = Judgement(some(form.judgement))
            actions.judge(work, found.item, judgement, maybe(form.note))
        except actions.NoteNeededError:
            form.note.errors = [_("Write why.")]
        else:
            work.commit()
            say("good", _("What you say of it is saved."))
            return redirect(url_for("audit.review"), 303)
    return render_template("audit/item.html", form=form, line=lines_of(work, [found])[0])


def lines_of(work: Work, found: Sequence[ToJudge]) -> list[Line]:
    """Return records as a person reads them."""
    children = {one.event.child_id for one in found if one.event.child_id}
    with work.beyond("the weekly look at the trail"):
        cards = people.cards(work, children)
    keys = {key for one in found for key in (one.event.account_id, one.item.judged_by)}
    names = accounts.names(work, keys)
    return [_line(work, one, cards, names) for one in found]


def _line(
    work: Work, one: ToJudge, cards: Mapping[UUID, "Card"], names: Mapping[UUID, str]
) -> Line:
    card = cards.get(one.event.child_id) if one.event.child_id else None
    note = readable(one.item, "note")
    judged_by = names.get(one.item.judged_by, "") if one.item.judged_by else ""
    who = names.get(one.item.account_id, _("somebody"))
    return Line(
        key=one.item.id,
        words=str(_did(one.event)) % {"who": who, "child": card.name if card else _("a child")},
        at=moment(one.event.at, work.today),
        pick=Pick(one.item.pick),
        many=one.item.many,
        emergency=one.event.emergency_ref is not None,
        judgement=Judgement(one.item.judgement) if one.item.judgement else None,
        judged_by=judged_by,
        note=_("Not readable") if isinstance(note, Unreadable) else note,
    )


def _did(event: "AuditEvent") -> Words:
    """Return what somebody did, in words with room for who and which child."""
    if event.code in DID:
        return DID[event.code]
    if event.action != Action.READ:
        return WROTE
    return LISTED if event.code.startswith("list-") else SAW


def _weeks(work: Work) -> list[Week]:
    left = queries.left(work)
    return [
        Week(row, left.get(row.id, 0), is_late(row.due_on, row.closed_at, work.today))
        for row in queries.reviews(work)
    ]
