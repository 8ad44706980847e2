"""To whom an alert can be given, as a form offers it."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from caseapp.accounts.queries import Someone
from caseapp.continuity.forms import AssignForm
from caseapp.web.alert_rows import ROLES_SHORT
from caseapp.web.i18n import Words


def assign_form(
    near: Sequence[Someone],
    version: int,
    me: UUID | None,
    key: str,
    back: str,
    sent: MultiDict[str, str] | None = None,
) -> AssignForm:
    """Return the form that gives one alert to somebody; its first choice is oneself."""
    form = AssignForm(sent, ids=f"a-{key}-", values={"version": version, "back": back})
    form.to.choices = choices_of(near, me)
    return form


def choices_of(near: Sequence[Someone], me: UUID | None) -> list[tuple[str, Words]]:
    """Return to whom an alert can be given, in words: "Me (Yusuf Demir)", "Hanna Visser, guardian"."""
    return [
        (str(one.id), _("Me (%(name)s)", name=one.name) if one.id == me else _said(one))
        for one in near
    ]


def _said(one: Someone) -> str:
    role = ROLES_SHORT.get(one.role, "")
    return f"{one.name}, {role}" if role else one.name
