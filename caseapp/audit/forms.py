"""What is said of a record of the trail, and why the house may go on after a break."""

from flask_babel import lazy_gettext as _

from caseapp.domain.reviewing import Judgement
from caseapp.web.forms import Form, LongText, OnceField, RadioField
from caseapp.web.labels import options


class JudgeForm(Form):
    """What the privacy officer says of a record."""

    judgement = RadioField(
        _("What do you say of it?"),
        choices=options(Judgement),
        required=_("Choose what you say of it."),
    )
    note = LongText(_("Why"), hint=_("Not needed when it is in order."))


class AskForm(Form):
    """Why the house may do everything again after a break."""

    once = OnceField()
    reason = LongText(
        _("What was found, and why the house may go on"),
        required=_("Write what was found, and why the house may go on."),
    )
