"""How somebody wants to be mailed."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.mailing import Choice, How
from caseapp.web.forms import ChoiceField, Form, Option, RadioField, some

HOURS: Final = tuple((str(hour), f"{hour:02}:00") for hour in range(24))
MINUTES: Final = 60


class MailForm(Form):
    """How often, and between which hours of the day not at all."""

    how = RadioField(
        _("When do you want a mail?"),
        choices=(
            Option(How.AT_ONCE, _("At once"), hint=_("At most one mail in a quarter of an hour.")),
            Option(How.DAILY, _("Once a day"), hint=_("At eight in the morning.")),
            Option(How.CRITICAL, _("Only when it is serious"), hint=_("At once.")),
        ),
        required=_("Choose when you want a mail."),
    )
    quiet_from = ChoiceField(
        _("No mail from"), choices=HOURS, required=_("Choose from when you want no mail.")
    )
    quiet_to = ChoiceField(
        _("No mail until"),
        choices=HOURS,
        required=_("Choose until when you want no mail."),
        hint=_("The same time twice: mails come at any hour."),
    )

    def to_choice(self) -> Choice:
        """Return what was chosen."""
        return Choice(
            How(some(self.how)),
            int(some(self.quiet_from)) * MINUTES,
            int(some(self.quiet_to)) * MINUTES,
        )


def values_of(choice: Choice) -> Mapping[str, object]:
    """Return how the form starts for somebody who chose before."""
    return {
        "how": choice.how,
        "quiet_from": str(choice.quiet_from // MINUTES),
        "quiet_to": str(choice.quiet_to // MINUTES),
    }
