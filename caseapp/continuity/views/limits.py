"""Changing a limit of a rule: what it would do is shown first, as counts; nobody's file is opened here."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.continuity.facts import Weighed, weigh
from caseapp.continuity.forms import LimitForm
from caseapp.continuity.scope import LimitAt, the_limit
from caseapp.continuity.views.blueprint import bp
from caseapp.domain.intents.reference import LimitWish
from caseapp.domain.limits import bounds
from caseapp.domain.policy import Permission
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.work import Work
from caseapp.reference import actions
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.labels import SEVERITIES
from caseapp.web.limit_labels import amount, meaning, short_name


@bp.route("/instellingen/<rule:rule>/<limit:name>", methods=["GET", "POST"])
@guard(Permission.LIMIT_EDIT, on=the_limit, fresh=True)
def limit(work: Work, at: LimitAt) -> ResponseReturnValue:
    """Ask for another number, show what it would do today, and set it."""
    form = _form(work, at)
    weighed = None
    if form.submitted:
        try:
            wish = _wish(at, form)
            book = actions.book_with(work, wish)
        except actions.LimitTooEarlyError:
            form.valid_from.errors = [_("Choose today or a later day.")]
        except actions.LimitsOutOfStepError as wrong:
            form.value.errors = [_out_of_step(at, wrong.names)]
        else:
            if form.step.data == "set" and form.weighed.data == form.asked:
                return _set(work, at, wish)
            weighed = weigh(work, at.rule, book)
            work.saw("limit-weighed", object="limit")
    return _page(work, at, form, weighed)


def _form(work: Work, at: LimitAt) -> LimitForm:
    form = LimitForm(request.form, values={"value": at.number, "valid_from": work.today})
    form.value.least, form.value.most = bounds(at.name)
    if at.by_lodging:
        form.valid_from.label.text = _("For children who applied on or after which day?")
    return form


def _wish(at: LimitAt, form: LimitForm) -> LimitWish:
    return LimitWish(at.rule, at.name, some(form.value), some(form.valid_from), some(form.reason))


def _set(work: Work, at: LimitAt, wish: LimitWish) -> ResponseReturnValue:
    actions.set_limit(work, wish)
    work.commit()
    say(
        "good",
        _("%(rule)s: %(amount)s is set.", rule=at.rule, amount=amount(at.name, wish.value)),
        _("Alerts follow tonight, or when something changes on a child's file."),
    )
    return redirect(url_for("reference.settings"), 303)


def _page(work: Work, at: LimitAt, form: LimitForm, weighed: Weighed | None) -> ResponseReturnValue:
    form.offer(is_weighed=weighed is not None)
    return render_template(
        "continuity/limit.html",
        form=form,
        at=at,
        telling=short_name(at.rule),
        meaning=meaning(at.name),
        amount=amount(at.name, at.number),
        outcome=_outcome(at, form, weighed) if weighed else None,
    )


def _outcome(at: LimitAt, form: LimitForm, weighed: Weighed) -> dict[str, Any]:
    """Return what the other number does: one sentence, and a row for each severity."""
    more = weighed.more()
    words = {
        "there": amount(at.name, some(form.value)),
        "here": amount(at.name, at.number),
        "count": abs(more),
    }
    if more > 0:
        sentence = _("With %(there)s instead of %(here)s: %(count)s alerts more today.", **words)
    elif more < 0:
        sentence = _("With %(there)s instead of %(here)s: %(count)s alerts fewer today.", **words)
    else:
        sentence = _("With %(there)s instead of %(here)s: as many alerts today.", **words)
    rows = [
        (SEVERITIES[severity], weighed.now[severity], weighed.then[severity])
        for severity in sorted(Severity, key=lambda one: -one.weight)
    ]
    return {"sentence": sentence, "rows": rows, "weighed": weighed}


def _out_of_step(at: LimitAt, names: tuple[str, str]) -> str:
    return _(
        "“%(lower)s” must not be more than “%(higher)s”.",
        lower=meaning(names[0]),
        higher=meaning(names[1]),
    )
