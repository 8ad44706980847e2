"""Questions about signing in, passwords, accounts and rights."""

import re
from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.codes import Organisation
from caseapp.domain.granting import Refusal
from caseapp.domain.intents.accounts import AccountDetails
from caseapp.domain.passwords import Weakness
from caseapp.domain.policy import Role
from caseapp.domain.second_factor import Wrong, plain_code
from caseapp.web.forms import (
    ChoiceField,
    EmailField,
    Form,
    HiddenField,
    LongText,
    PasswordField,
    RadioField,
    RadioSegments,
    TextField,
    VersionField,
    maybe,
    some,
)
from caseapp.web.i18n import NAMES, Words
from caseapp.web.labels import options

LONGEST_PASSWORD_TYPED: Final = 1000
LONGEST_PHONE: Final = 40
LONGEST_REASON: Final = 500
LONGEST_FACTOR_NAME: Final = 40
LONGEST_RECOVERY_TYPED: Final = 60

REFUSALS: Final[Mapping[Refusal, Words]] = {
    Refusal.KNOWN_EMAIL: _("This mail address already has an account."),
    Refusal.CLOSED: _("This account is closed."),
    Refusal.FOR_ONESELF: _("You cannot do this for your own account. Ask a colleague."),
    Refusal.TWO_PEOPLE: _("You asked for this right yourself. Somebody else has to approve it."),
    Refusal.OUTSIDE_REACH: _("This place is outside your own region."),
    Refusal.NOT_THIS_SCOPE: _("This role does not work at such a place."),
    Refusal.NO_SUCH_PLACE: _("This place does not fit. Choose another one."),
    Refusal.ALREADY_THERE: _("This account already has this right, or it waits for approval."),
    Refusal.NOT_WAITING: _("This right does not wait any more, or has ended."),
    Refusal.LAST_FACTOR: _("This is your only second step. First add another one."),
    Refusal.NO_COORDINATOR: _("A coordinator has to agree to this, and none did yet."),
    Refusal.PERIOD: _("These days do not fit. Begin today or later, and end after the beginning."),
    Refusal.LAST_ADMINISTRATOR: _(
        "This is the last administrator. First give somebody else this right."
    ),
    Refusal.LAST_NATIONAL: _(
        "This is the last coordinator of the whole country. First give somebody else this right."
    ),
    Refusal.STAND_IN: _("You do the work of who asked this. Somebody else has to decide."),
    Refusal.OWN_MAKING: _("Who asked this gave you your rights. Somebody else has to decide."),
    Refusal.NOT_SECOND: _("Your role does not decide about this."),
    Refusal.NOT_APPROVED: _("A second person has not agreed to this yet."),
    Refusal.CHANGED: _("This is not what was agreed to. Ask again."),
    Refusal.OVER: _("The time for this is over. Ask again."),
    Refusal.USED: _("This has been done already. Ask again."),
    Refusal.NOT_THE_ASKER: _("Only who asked this can carry it out."),
    Refusal.OTHER_ROLE: _("A stand-in has the same role, and a right of their own."),
    Refusal.OTHER_ORGANISATION: _("A stand-in works for the same organisation."),
    Refusal.TOO_LONG: _("A stand-in can be there for 28 days at most."),
    Refusal.WIDER: _("This is not a right of who is away."),
    Refusal.LENT: _("This works only with a right of your own, not with that of a colleague."),
    Refusal.SEES_ALREADY: _("You can open this file already."),
    Refusal.NO_NEIGHBOUR: _(
        "There is no file with this number next to your own work. Call the coordinator."
    ),
    Refusal.TRAIL_BROKEN: _("The record of who saw what is broken. Nobody can look in now."),
    Refusal.TOO_SHORT: _("Write in at least 20 characters what is going on."),
    Refusal.OWN_EMERGENCY: _("This was your own look. Somebody else has to judge it."),
}

WRONGS: Final[Mapping[Wrong, Words]] = {
    Wrong.NOT_RIGHT: _("This code is not right. Type the one that stands there now."),
    Wrong.CLOCK: _(
        "This code is of another half minute. Type the one that your app shows now. Does it happen again? "
        "Then the clock of your phone is off: let it set the time by itself."
    ),
    Wrong.USED: _("This code was used already. Wait for the next one, at most half a minute."),
    Wrong.SPENT: _("That were too many tries. Sign in again."),
    Wrong.PASSKEY: _("The passkey did not work. Try again, or choose another way."),
}

WEAKNESSES: Final[Mapping[Weakness, Words]] = {
    Weakness.TOO_SHORT: _("Choose a password of at least 12 characters."),
    Weakness.TOO_LONG: _("This password is too long. At most 128 characters fit."),
    Weakness.WELL_KNOWN: _("Many people use this password, or one like it. Choose another one."),
    Weakness.STOLEN: _("This password was once stolen elsewhere and is known. Choose another one."),
    Weakness.ABOUT_OWNER: _(
        "Your name, your mail address or the name of this work is in it. Choose something else."
    ),
}


class SignInForm(Form):
    """Signing in: mail address and password."""

    email = EmailField(
        _("Mail address of your work"),
        required=_("Enter your mail address."),
        autocomplete="username",
    )
    password = PasswordField(
        _("Password"),
        required=_("Enter your password."),
        autocomplete="current-password",
        most=LONGEST_PASSWORD_TYPED,
    )
    next = HiddenField()


class CodeField(TextField):
    """The six digits of a code app; phones offer them by themselves."""

    width = "date"
    inputmode = "numeric"
    shape: Final = re.compile(r"[0-9]{6}")
    is_optional = False
    """A passkey can take its place, but who sees the field fills it in."""

    @property
    def shown(self) -> str:
        """Return nothing: a code is good once, and the next one is typed anew."""
        return ""

    def read(self, text: str) -> str:
        """Return the code without spaces, or say how many digits it has."""
        code = plain_code(text)
        if not self.shape.fullmatch(code):
            raise ValueError(_("A code has six digits. Type the one that your app shows now."))
        return code


class SecondStepForm(Form):
    """The second step: a code of an app, or what a passkey signed."""

    code = CodeField(
        _("Code from your app"),
        hint=_("Six digits. Every half minute there is a new one."),
        autocomplete="one-time-code",
    )
    credential = HiddenField()
    next = HiddenField()
    kept = HiddenField()


class RecoveryForm(Form):
    """A recovery code from paper."""

    code = TextField(
        _("Recovery code"),
        hint=_("Twenty-four letters and digits. Hyphens and capitals do not matter."),
        required=_("Type a code from your paper that you did not use yet."),
        autocomplete="off",
        most=LONGEST_RECOVERY_TYPED,
    )
    next = HiddenField()


class AppForm(Form):
    """The first code of an app that is being set up."""

    code = CodeField(
        _("Code from your app"),
        hint=_("Six digits. Every half minute there is a new one."),
        required=_("Type the six digits that your app shows now."),
        autocomplete="one-time-code",
    )


class NameForm(Form):
    """What somebody calls a phone or a key."""

    name = TextField(
        _("Name"),
        hint=_("For example: phone of my work."),
        required=_("Give it a name by which you know it."),
        most=LONGEST_FACTOR_NAME,
    )


class NewPasskeyForm(NameForm):
    """A passkey that a browser just made, and its name."""

    credential = HiddenField()


def _new_password() -> PasswordField:
    return PasswordField(
        _("New password"),
        hint=_("At least 12 characters. A sentence that only you know is good."),
        required=_("Enter a new password."),
        autocomplete="new-password",
        most=LONGEST_PASSWORD_TYPED,
    )


def _once_more() -> PasswordField:
    return PasswordField(
        _("New password once more"),
        required=_("Enter the new password once more."),
        autocomplete="new-password",
        most=LONGEST_PASSWORD_TYPED,
    )


class PasswordForm(Form):
    """The old password, and twice the new one."""

    old = PasswordField(
        _("The password you have now"),
        required=_("Enter the password you have now."),
        autocomplete="current-password",
        most=LONGEST_PASSWORD_TYPED,
    )
    new = _new_password()
    again = _once_more()


class FirstKeyForm(Form):
    """The key of a first account, and twice the password to begin with."""

    key = PasswordField(
        _("The key that you were given"),
        required=_("Enter the key."),
        autocomplete="off",
        most=LONGEST_PASSWORD_TYPED,
    )
    new = _new_password()
    again = _once_more()


class LanguageForm(Form):
    """The language in which somebody reads."""

    language = RadioSegments(
        _("Language"), choices=tuple(NAMES.items()), required=_("Choose a language.")
    )


class AccountForm(Form):
    """Who somebody is, and what for."""

    name = TextField(_("Name"), required=_("Enter the name."), most=100)
    email = EmailField(_("Mail address of the work"), required=_("Enter the mail address."))
    phone = TextField(_("Telephone of the work"), most=LONGEST_PHONE)
    organisation = ChoiceField(_("Organisation"), choices=options(Organisation))
    role = RadioField(_("Role"), choices=options(Role), required=_("Choose a role."))
    version = VersionField()

    def read(self) -> AccountDetails:
        """Return what was answered."""
        return AccountDetails(
            name=some(self.name),
            email=some(self.email),
            role=Role(some(self.role)),
            organisation=maybe(self.organisation),
            phone=maybe(self.phone),
        )


class SureForm(Form):
    """A question that only needs a button."""


class ResetForm(Form):
    """Why somebody has to be let in anew."""

    reason = LongText(
        _("Why, and how do you know who asks?"),
        hint=_("For example: lost the phone, I called back on the number of the team."),
        required=_("Write in a few words why."),
        rows=2,
        most=LONGEST_REASON,
    )
