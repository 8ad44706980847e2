"""What people do with an alert: take it, give it to somebody, put it off, call it a mistake."""

from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.web.forms import (
    Buttons,
    ChoiceField,
    DayField,
    Form,
    HiddenField,
    IntegerField,
    LongText,
    Option,
    VersionField,
    some,
)


class TakeForm(Form):
    """Take an alert; `back` is the page of ours to return to."""

    version = VersionField()
    back = HiddenField()


class AssignForm(Form):
    """Give an alert to somebody; the view gives the choices."""

    to = ChoiceField(
        _("Who takes this up?"), required=_("Choose who takes this up."), empty=_("Choose")
    )
    version = VersionField()
    back = HiddenField()


class PutOffForm(Form):
    """Put an alert off to a day, with a reason."""

    until = DayField(
        _("Until which day?"),
        required=_("Enter the day on which the alert comes back."),
        hint=_("Day-month-year, at most 28 days ahead"),
    )
    reason = LongText(
        _("Why can it wait?"),
        required=_("Write down why it can wait."),
        hint=_("Everyone who sees the alert can read this"),
        most=500,
    )
    version = VersionField()


LOOK: Final = Option("look", _("See what this does"))
SET: Final = Option("set", _("Set this number"))


class LimitForm(Form):
    """Another number for a rule: first seen what it does, then set. The view gives the bounds."""

    value = IntegerField(_("The new number"), required=_("Enter the new number."))
    valid_from = DayField(_("From which day?"), required=_("Enter the day from which it holds."))
    reason = LongText(
        _("Why?"),
        required=_("Write down why."),
        hint=_("This stays on record beside the number. No names of children"),
        most=500,
    )
    weighed = HiddenField()
    """The number and day of which the page showed what they do: only these can be set."""
    step = Buttons("", choices=(LOOK, SET))

    @property
    def asked(self) -> str:
        """Return the number and the day in one word, to compare with what was weighed."""
        return f"{some(self.value)}/{some(self.valid_from).isoformat()}"

    def offer(self, *, is_weighed: bool) -> None:
        """Offer to see what the number does; and to set it, once that was shown."""
        self.step.choices = (SET, LOOK) if is_weighed else (LOOK,)
        self.weighed.raw_data = None
        self.weighed.data = self.asked if is_weighed else ""


MISTAKEN_IDS: Final = "m-"
"""Before the ids of its fields: it stands beside another form that asks for a reason."""


class MistakenForm(Form):
    """Say that an alert is a mistake, and why."""

    reason = LongText(
        _("What is not right?"),
        required=_("Write down what is not right."),
        hint=_("The alert closes and stays away while the facts stay as they are"),
        most=500,
    )
    version = VersionField()


class RightForm(Form):
    """Take back that an alert is a mistake."""

    version = VersionField()


class ThinkForm(Form):
    """A move that is only thought of: to where, on which day. Its answers stand in the address."""

    naar = ChoiceField(
        _("To which location?"), required=_("Choose the location where the child goes.")
    )
    dag = DayField(_("On which day?"), required=_("Enter the day of the move."))
