"""The blueprint of this slice, and what its pages share."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.domain.periods import PeriodError
from caseapp.domain.policy import Role
from caseapp.guardianship import actions
from caseapp.guardianship.forms import in_the_way
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.web.forms import DayField, Form, Option
from caseapp.web.frame import say_unreadable

bp = Blueprint("guardianship", __name__)


REPAIRS = frozenset({"GUA-1", "GUA-3", "AGE-1", "AGE-2", "AGE-3", "AGE-4"})
"""The alerts from which these forms are opened, by their codes in the address."""


def repairs() -> str:
    """Return the code of the alert from which this form was opened, or nothing."""
    code = request.args.get("signalering", "")
    return code if code in REPAIRS else ""


def to_chapter(child: Sight) -> ResponseReturnValue:
    """Go on to the chapter of a child, or to the child when an alert led here."""
    if repairs():
        return redirect(url_for("casefile.show", child_id=child.id), 303)
    return redirect(url_for("guardianship.chapter", child_id=child.id), 303)


def refused(child: Sight, fault: Unreadable) -> ResponseReturnValue:
    """Say that something cannot be read and so cannot be changed."""
    say_unreadable(fault)
    return to_chapter(child)


def attempt(form: Form, day: DayField, do: Callable[[], object]) -> bool:
    """Do it, or write at the field of the day, or above the form, why it cannot be."""
    try:
        do()
    except PeriodError as error:
        day.errors = [in_the_way(error)]
    except actions.NotYoursError:
        form.complain(
            _("You can only put yourself here. Ask the coordinator to name someone else.")
        )
    except actions.NoGuardianError:
        form.complain(_("This account is not one of a guardian. Choose another."))
    else:
        return True
    return False


def guardians(work: Work, kept: UUID | None = None) -> list[Option]:
    """Return whom this actor may choose: everybody who is a guardian, or only oneself; and who stands there."""
    listed = accounts.of_role(work, Role.GUARDIAN)
    if work.actor.role is Role.GUARDIAN:
        listed = [one for one in listed if one.id == work.actor.account_id]
    found = [Option(str(one.id), one.label) for one in listed]
    if kept is not None and str(kept) not in {option.value for option in found}:
        found += [Option(str(one.id), one.label) for one in accounts.people(work, [kept]).values()]
    return found
