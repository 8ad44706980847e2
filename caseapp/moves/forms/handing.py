"""Questions about a handover and who is responsible."""

from typing import Any, Final

from flask_babel import lazy_gettext as _

from caseapp.domain.codes import Outcome, Topic
from caseapp.domain.intents.moves import PromiseDetails
from caseapp.web.forms import (
    Asked,
    ChoiceField,
    DayField,
    Form,
    LongText,
    OnceField,
    RadioField,
    TextField,
    Tick,
    VersionField,
    maybe,
    some,
)
from caseapp.web.i18n import Words
from caseapp.web.labels import options

WHY_MOST: Final = 500


class SendForm(Form):
    """A step that needs nothing at all."""


class AcceptForm(Form):
    """The promise of who receives a child."""

    read_all = Tick(
        _("I have read everything and know what I have to do."),
        required=_("Read the handover first, then tick this box."),
    )


class RefuseForm(Form):
    """Why the receiver cannot accept a handover."""

    because = LongText(
        _("Why can you not accept this?"),
        hint=_("The sender and the coordinators read this. No medical details"),
        required=_("Write down why you cannot accept this."),
        most=WHY_MOST,
    )


class MessageForm(Form):
    """A question or an answer about a promise, to the other side."""

    once = OnceField()
    text = LongText(
        _("Your question or answer"),
        hint=_("No medical details"),
        required=_("Write down your question or answer."),
        most=WHY_MOST,
    )


class PromiseForm(Form):
    """Something promised to the child, and what becomes of it."""

    version = VersionField()
    once = OnceField()
    topic = ChoiceField(
        _("What is it about?"), choices=options(Topic), required=_("Choose what it is about.")
    )
    text = LongText(
        _("What was promised?"),
        hint=_("No medical details"),
        required=_("Write down what was promised."),
        most=WHY_MOST,
        rows=2,
    )
    outcome = RadioField(_("What becomes of it?"), choices=options(Outcome))
    outcome_on = DayField(_("Day of the new appointment"))
    outcome_to = TextField(_("Handed over to"), hint=_("Name and organisation"))
    outcome_reason = TextField(_("Why does it end?"))

    def validate(self, *args: Any, **rest: Any) -> bool:
        """Ask for the day, the person or the reason that belongs to the outcome."""
        right = super().validate(*args, **rest)
        outcome = self.outcome.data
        if not right or not outcome:
            return right
        asked: dict[Outcome, tuple[Asked[Any], Words]] = {
            Outcome.REBOOKED: (self.outcome_on, _("Enter the day of the new appointment.")),
            Outcome.HANDED_OVER: (self.outcome_to, _("Write down to whom it was handed over.")),
            Outcome.ENDED: (self.outcome_reason, _("Write down why it ends.")),
        }
        if Outcome(outcome) not in asked:
            return True
        field, words = asked[Outcome(outcome)]
        field.errors = [] if field.data else [str(words)]
        return bool(field.data)

    def read(self, topic: str = "", text: str = "") -> PromiseDetails:
        """Return what was asked for; call it once the form is submitted.

        `topic` and `text` are those of a promise from the record, which the form does not ask.
        """
        outcome = maybe(self.outcome)
        return PromiseDetails(
            topic=Topic(topic or some(self.topic)),
            text=text or some(self.text),
            outcome=Outcome(outcome) if outcome else None,
            outcome_on=maybe(self.outcome_on),
            outcome_to=maybe(self.outcome_to),
            outcome_reason=maybe(self.outcome_reason),
        )


class TakeOverForm(Form):
    """Who becomes responsible."""

    account = RadioField(
        _("Who becomes responsible?"), required=_("Choose who becomes responsible.")
    )
