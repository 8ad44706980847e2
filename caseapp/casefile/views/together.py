"""What takes two people: what waits for the one who looks, in plain words, and agreeing to it or not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import two_people
from caseapp.accounts.forms import REFUSALS
from caseapp.casefile.forms import SecondForm
from caseapp.casefile.scope import ours_to_decide, the_request_to_decide
from caseapp.casefile.views.blueprint import bp
from caseapp.domain.granting import RefusedError
from caseapp.domain.policy import Permission
from caseapp.domain.two_people import DECIDERS, SECOND, Together, Verdict
from caseapp.kernel.work import Sighting, Work
from caseapp.people import queries as people
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.right_labels import TOGETHER

if TYPE_CHECKING:
    from caseapp.accounts.models import TwoPeople
    from caseapp.people.models import Card


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that takes two people, as its page shows it."""

    row: "TwoPeople"
    what: Words
    whose: str
    """The name of the child or of the account that it is about."""
    asker: str
    ends_at: datetime
    why_not: Words = ""
    """Why who is looking cannot be the second person; nothing: they can, or it was not looked at."""


@bp.route("/twee-personen")
@guard(Permission.DECIDE_TOGETHER)
def together(work: Work) -> ResponseReturnValue:
    """Show what waits for a second person, and what I asked myself."""
    role = work.actor.role
    kinds = [kind for kind, second in SECOND.items() if role in second.roles and role in DECIDERS]
    with work.beyond("who is the second person sees what waits, and decides by scope"):
        rows = ours_to_decide(work, accounts.waiting_for_second(work, kinds))
        mine = accounts.asked_by(work, work.actor.account_id) if work.actor.account_id else []
    waiting = [row for row in rows if row.asked_by != work.actor.account_id]
    return render_template(
        "casefile/together.html", waiting=_asked(work, waiting), mine=_asked(work, mine)
    )


@bp.route("/twee-personen/<uuid:request_id>", methods=["GET", "POST"])
@guard(Permission.DECIDE_TOGETHER, on=the_request_to_decide, fresh=True)
def decide_together(work: Work, row: "TwoPeople") -> ResponseReturnValue:
    """Agree to what somebody asked, or not, as the second person."""
    form = SecondForm(request.form, values={"fingerprint": row.request_hash.hex()})
    if form.submitted:
        try:
            agrees = some(form.verdict) == Verdict.APPROVED
            two_people.decide(work, row, None, agrees, seen=_shown(form))
        except RefusedError as refused:
            _denied(work, row, refused)
            form.complain(REFUSALS[refused.code])
        else:
            work.commit()
            say("good", _("Your answer is saved."), _("Who asked it has a message about it."))
            return redirect(url_for("casefile.together"), 303)
    (asked,) = _asked(work, [row])
    asked = replace(asked, why_not=_why_not(work, row))
    return render_template("casefile/decide_together.html", form=form, asked=asked)


def _shown(form: SecondForm) -> bytes:
    """Return the hash of what stood on the page; of what nobody showed, nothing that fits."""
    try:
        return bytes.fromhex(maybe(form.fingerprint) or "")
    except ValueError:
        return b""


def _asked(work: Work, rows: "Sequence[TwoPeople]") -> list[Asked]:
    """Return rows with the names that they need."""
    cards = _cards(work, {row.child_id for row in rows if row.child_id})
    names = accounts.names(work, {one for row in rows for one in (row.asked_by, row.about_account)})
    if cards:
        work.saw("list-together", list(cards))
    return [
        Asked(
            row=row,
            what=TOGETHER[Together(row.kind)],
            whose=_whose(row, {key: card.name for key, card in cards.items()}, names),
            asker=names.get(row.asked_by, ""),
            ends_at=row.ends_at,
        )
        for row in rows
    ]


def _cards(work: Work, child_ids: Collection[UUID]) -> "dict[UUID, Card]":
    """Return the names of children in sight; at the privacy desk, of all of which something is asked."""
    if work.actor.may(Permission.PRIVACY_DESK):
        with work.beyond("the privacy desk decides about a file by name"):
            return people.cards(work, child_ids)
    if not work.actor.may(Permission.CHILD_READ):
        return {}
    return people.cards(work, people.visible_among(work, list(child_ids)))


def _whose(row: "TwoPeople", children: Mapping[UUID, str], names: Mapping[UUID, str]) -> str:
    if row.child_id is not None:
        return children.get(row.child_id, _("a child whose name you do not see"))
    return names.get(row.about_account, "") if row.about_account else ""


def _why_not(work: Work, row: "TwoPeople") -> Words:
    refusal = two_people.why_not(work, row)
    return REFUSALS[refusal] if refusal is not None else ""


def _denied(work: Work, row: "TwoPeople", refused: RefusedError) -> None:
    fields = (refused.code.value,)
    denied = Sighting(
        "denied", object="two_people", object_id=row.id, fields=fields, outcome="denied"
    )
    work.trail.append(denied)
