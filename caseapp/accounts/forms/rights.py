"""The forms about rights: asking for one, leave, an end, and who answers at a place."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseapp.accounts.forms import LONGEST_REASON
from caseapp.domain.intents.accounts import GrantWish
from caseapp.domain.intents.leave import LeaveWish
from caseapp.domain.policy import ScopeKind
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    VersionField,
    maybe,
    some,
)
from caseapp.web.i18n import Words


class GrantForm(Form):
    """A right: where, from when, until when, and why."""

    where = ChoiceField(_("Where?"), required=_("Choose where this right holds."))
    from_on = DayField(_("From"), hint=_("Day-month-year. Empty: from today."))
    until_on = DayField(_("Up to and including"), hint=_("Day-month-year. Empty: without an end."))
    reason = LongText(
        _("Why?"), required=_("Write in a few words why."), rows=2, most=LONGEST_REASON
    )

    def read(self, account_id: UUID) -> GrantWish:
        """Return what was answered."""
        scope, _colon, place = some(self.where).partition(":")
        return GrantWish(
            account_id=account_id,
            scope=ScopeKind(scope),
            place=place or None,
            from_on=maybe(self.from_on),
            until_on=maybe(self.until_on),
            reason=maybe(self.reason),
        )


class LeaveForm(Form):
    """Who does the work, from when until when, and of which right."""

    stand_in = ChoiceField(_("Who does the work?"), required=_("Choose a colleague."))
    from_on = DayField(_("From"), required=_("Enter the first day."))
    until_on = DayField(
        _("Up to and including"),
        hint=_("Day-month-year. At most 28 days in all."),
        required=_("Enter the last day."),
    )
    which = ChoiceField(_("Which work?"), empty=_("All work"))

    def read(self, absent_id: UUID) -> LeaveWish:
        """Return what was answered."""
        which = maybe(self.which)
        return LeaveWish(
            absent_id=absent_id,
            stand_in_id=UUID(some(self.stand_in)),
            from_on=some(self.from_on),
            until_on=some(self.until_on),
            grant_id=UUID(which) if which else None,
        )


class EndForm(Form):
    """The day on which a right ends."""

    last_day = DayField(_("Last day"), hint=_("Day-month-year. Empty: it ends now."))


class ContactForm(Form):
    """The contact person of a location, who answers when nobody else does."""

    contact = ChoiceField(_("Contact person"), empty=_("Nobody"))
    version = VersionField()

    def among(self, people: Iterable[tuple[str, Words]]) -> "ContactForm":
        """Offer these people, and return the form."""
        self.contact.choices = tuple(people)
        return self
