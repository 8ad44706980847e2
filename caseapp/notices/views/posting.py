"""Mail: how oneself is mailed, and the desk for mails that could not be delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from caseapp.accounts import queries as accounts
from caseapp.domain.mailing import LetterState, Trouble
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.notices import actions, queries
from caseapp.notices.forms import MailForm, values_of
from caseapp.notices.scope import the_letter
from caseapp.notices.views.blueprint import bp, me
from caseapp.web.forms import Form
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.request import machine

if TYPE_CHECKING:
    from caseapp.notices.models import Letter

TROUBLES: Final[Mapping[str, Words]] = {
    Trouble.UNREACHABLE: _l("The mail server could not be reached."),
    Trouble.TOO_SLOW: _l("The mail server was too slow."),
    Trouble.BROKEN_OFF: _l("The mail server hung up."),
    Trouble.NOT_NOW: _l("The mail server asked to come back later."),
    Trouble.REFUSED: _l("The mail server refused this mail."),
    Trouble.SIGN_IN: _l("The mail server did not accept our name and password."),
    Trouble.NOT_SAFE: _l("The connection to the mail server was not safe."),
    Trouble.NO_ADDRESS: _l("There is no mail address to use: closed account, or not readable."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A mail for the desk: to whom, how much it tells of, how it went; never what about."""

    letter: "Letter"
    who: str
    tells: str
    why: Words
    tries: str
    in_doubt: bool
    """It may have arrived: look before it is sent again."""


@bp.route("/account/mail", methods=["GET", "POST"])
@guard(Permission.ALERT_READ)
def mail(work: Work) -> ResponseReturnValue:
    """Choose how to be mailed; what is serious stands in the own messages in any case."""
    account_id = me(work)
    form = MailForm(request.form, values=values_of(queries.choice_of(work, account_id)))
    if form.submitted:
        actions.choose(work, account_id, form.to_choice())
        work.commit()
        say("good", _("Your choice is saved."))
        return redirect(url_for("notices.mail"), 303)
    return render_template("notices/mail.html", form=form, is_off=_is_off())


@bp.route("/systeem/mail")
@guard(Permission.MAIL_DESK)
def letters(work: Work) -> ResponseReturnValue:
    """Show the mails that could not be delivered, and those that are under way: never what they say."""
    lost, going = queries.given_up(work), queries.under_way(work)
    names = accounts.names(work, {row.account_id for row in (*lost, *going)})
    numbers = queries.count_letters(work)
    return render_template(
        "notices/letters.html",
        lost=[_line(row, names) for row in lost],
        going=[_line(row, names) for row in going],
        waiting=numbers.get(LetterState.WAITING, 0) + numbers.get(LetterState.SENDING, 0),
        sent=numbers.get(LetterState.SENT, 0),
        is_off=_is_off(),
    )


@bp.route("/systeem/mail/opnieuw", methods=["POST"])
@guard(Permission.MAIL_DESK, fresh=True)
def resend_all(work: Work) -> ResponseReturnValue:
    """Let all mails that were given up be tried again."""
    Form(request.form)
    number = actions.resend_all(work)
    work.commit()
    say("good", ngettext("%(num)s mail goes again.", "%(num)s mails go again.", number))
    return redirect(url_for("notices.letters"), 303)


@bp.route("/systeem/mail/<uuid:letter_id>/opnieuw", methods=["POST"])
@guard(Permission.MAIL_DESK, on=the_letter)
def resend(work: Work, row: "Letter") -> ResponseReturnValue:
    """Let one mail that was given up be tried again."""
    Form(request.form)
    done = actions.resend(work, row)
    work.commit()
    return _back(_("The mail goes again.") if done else "")


@bp.route("/systeem/mail/<uuid:letter_id>/vervalt", methods=["POST"])
@guard(Permission.MAIL_DESK, on=the_letter, fresh=True)
def drop(work: Work, row: "Letter") -> ResponseReturnValue:
    """Let one mail that was given up rest: its messages stand in the application all the same."""
    Form(request.form)
    done = actions.drop(work, row)
    work.commit()
    return _back(_("The mail is not sent any more.") if done else "")


def _back(words: str) -> ResponseReturnValue:
    """Go back to the list; without words somebody else was first, or the button was pressed twice."""
    if words:
        say("good", words)
    else:
        say("", _("Nothing changed: this mail does not stand here any more."))
    return redirect(url_for("notices.letters"), 303)


def _line(row: "Letter", names: Mapping[UUID, str]) -> Line:
    tells = ngettext("%(num)s message", "%(num)s messages", row.total)
    if row.serious:
        tells += ", " + ngettext("%(num)s serious", "%(num)s serious", row.serious)
    return Line(
        letter=row,
        who=names.get(row.account_id, ""),
        tells=tells,
        why=TROUBLES.get(row.trouble or "", ""),
        tries=ngettext("%(num)s try", "%(num)s tries", row.tries),
        in_doubt=row.in_doubt,
    )


def _is_off() -> bool:
    return not machine().settings.mail_host
