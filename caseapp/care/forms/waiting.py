"""Questions about waiting: another provider, and what a provider said."""

from dataclasses import asdict
from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import ProviderAnswer
from caseapp.domain.intents.care import AnswerDetails, FollowOn
from caseapp.web.forms import (
    DayField,
    Form,
    LongText,
    Mistake,
    OnceField,
    RadioField,
    TextField,
    VersionField,
    maybe,
    some,
)
from caseapp.web.labels import options

ANSWER_MOST = 1000


class FollowOnForm(Form):
    """A referral to another provider that goes on from earlier care."""

    provider = TextField(
        _("New provider"),
        hint=_("Name of the practice or organisation"),
        required=_("Enter the new provider."),
    )
    referred_on = DayField(_("Referred on"), required=_("Enter the day of the referral."))
    next_contact_on = DayField(
        _("First appointment"), hint=_("Day-month-year. Empty: there is none yet.")
    )
    once = OnceField()

    def around(self, first: date, today: date) -> Self:
        """Let the referral lie between these, and the appointment in the future; return the form."""
        self.referred_on.earliest, self.referred_on.latest = first, today
        self.next_contact_on.earliest = today
        return self

    def read(self) -> FollowOn:
        """Return what was asked for; call it once the form is submitted."""
        return FollowOn(some(self.referred_on), some(self.provider), maybe(self.next_contact_on))


class AnswerQuestions(Form):
    """What a provider said."""

    on = DayField(_("On which day?"), required=_("Enter the day."))
    answer = RadioField(
        _("What did the provider say?"),
        choices=options(ProviderAnswer),
        required=_("Choose what the provider said."),
    )
    expected_on = DayField(
        _("Which day was given?"),
        hint=_("Day-month-year. The day on which it can begin, as far as they know."),
    )
    said_by = TextField(_("Who said it?"), hint=_("Name or function at the provider"))
    note = LongText(_("Note"), hint=_("No medical details."), most=ANSWER_MOST, rows=2)

    def until(self, today: date) -> Self:
        """Let the day of the answer not lie after today, and return the form."""
        self.on.latest = today
        return self

    def read(self) -> AnswerDetails:
        """Return what was asked for; call it once the form is submitted."""
        return AnswerDetails(
            on=some(self.on),
            answer=ProviderAnswer(some(self.answer)),
            expected_on=maybe(self.expected_on),
            said_by=maybe(self.said_by),
            note=maybe(self.note),
        )


class AnswerForm(AnswerQuestions):
    """Write down what a provider said."""

    once = OnceField()


class AnswerCorrectionForm(AnswerQuestions):
    """Correct what a provider said."""

    taken_back = Mistake()
    version = VersionField()


def answer_values(facts: Any) -> dict[str, Any]:
    """Return an answer as the form shows it."""
    return asdict(facts) | {"taken_back": None if facts.counts else True}
