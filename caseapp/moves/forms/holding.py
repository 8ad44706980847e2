"""Questions about holds on a move, and objections to it."""

from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.web.forms import (
    DayField,
    Form,
    LongText,
    VersionField,
)

WHY_MOST: Final = 500


class HoldForm(Form):
    """Why a move has to wait, and until when."""

    until = DayField(
        _("Until which day?"),
        hint=_("Day-month-year: from this day on the move can go on again"),
        required=_("Enter the day on which the move can go on again."),
    )
    reason = LongText(
        _("Why does this move have to wait?"),
        hint=_("Everyone who sees the move can read this"),
        required=_("Write down why this move has to wait."),
        most=WHY_MOST,
    )


class EndHoldForm(Form):
    """Why a move does not have to wait any more."""

    version = VersionField()
    because = LongText(
        _("Why can the move go on?"),
        required=_("Write down why the move can go on."),
        most=WHY_MOST,
    )


class ObjectForm(Form):
    """What somebody has against a move."""

    reason = LongText(
        _("What is wrong with this move?"),
        hint=_("The coordinators read this, and decide whether the move has to wait"),
        required=_("Write down what is wrong with this move."),
        most=WHY_MOST,
    )


class AnswerForm(Form):
    """What the coordinators say to an objection."""

    version = VersionField()
    because = LongText(
        _("What is the answer?"), required=_("Write down the answer."), most=WHY_MOST
    )
