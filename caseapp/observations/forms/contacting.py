"""Questions about contacts, and about which child to write."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Self

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import ContactBy, ContactMode
from caseapp.domain.intents.observations import ContactDetails
from caseapp.domain.policy import Role
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    OnceField,
    RadioSegments,
    TextField,
    VersionField,
    maybe,
    some,
)
from caseapp.web.labels import options

BY_ROLE: Final[Mapping[Role, ContactBy]] = {
    Role.CPK: ContactBy.CPK,
    Role.GUARDIAN: ContactBy.GUARDIAN,
}
"""Who had the contact when somebody with this role writes it down."""


class ContactQuestions(Form):
    """What there is to ask about a contact with the child."""

    on = DayField(_("On which day?"), required=_("Enter the day."))
    by = ChoiceField(
        _("Who was in touch?"), choices=options(ContactBy), required=_("Choose who was in touch.")
    )
    mode = RadioSegments(_("How?"), choices=options(ContactMode), required=_("Choose how."))
    note = LongText(_("What do you want to keep of it?"))

    def until(self, today: date) -> Self:
        """Let the day not lie after today, and return the form."""
        self.on.latest = today
        return self

    def read(self) -> ContactDetails:
        """Return what was asked for; call it once the form is submitted."""
        return ContactDetails(
            on=some(self.on),
            by=ContactBy(some(self.by)),
            mode=ContactMode(some(self.mode)),
            note=maybe(self.note),
        )


class ContactForm(ContactQuestions):
    """A contact with the child."""

    once = OnceField()


class ContactCorrectionForm(ContactQuestions):
    """Correct a contact."""

    version = VersionField()


class FindForm(Form):
    """Find the child to write about: the words travel in the body, never in an address."""

    q = TextField(_("Name or V-number"), most=100, required=_("Enter a name or a V-number."))
