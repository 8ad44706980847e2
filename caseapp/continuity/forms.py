"""What people do with an alert: take it, give it to somebody, put it off."""

from flask_babel import lazy_gettext as _

from caseapp.web.forms import ChoiceField, DayField, Form, HiddenField, LongText, VersionField


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
