"""Why a step of a move cannot be taken, in words."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.moving import Refusal
from caseapp.web.i18n import Words

REFUSALS: Final[Mapping[Refusal, Words]] = {
    Refusal.SAME_PLACE: _("The child lives there already. Choose another location."),
    Refusal.NO_DESTINATION: _("Choose where the child goes."),
    Refusal.SAME_MOVE: _("There is a move to this location already. Use that one, or cancel it."),
    Refusal.IS_OVER: _("This move is over. Nothing can be changed about it."),
    Refusal.ALREADY_CONFIRMED: _("This move is confirmed already."),
    Refusal.ALREADY_LEFT: _("The child is on the way already."),
    Refusal.OTHER_UNDER_WAY: _("The child is on the way with another move. Finish that one first."),
    Refusal.IN_FUTURE: _("This day is still to come. Choose today or earlier."),
    Refusal.BEFORE_DEPARTURE: _("The child cannot arrive before the day of departure."),
    Refusal.BEFORE_STAY: _("On this day the child lived somewhere else already. Check the day."),
    Refusal.NOT_SENT: _("The handover was not sent yet. Ask the place where the child lives now."),
    Refusal.ALREADY_SENT: _("The handover was sent already."),
    Refusal.ALREADY_ACCEPTED: _("The handover was accepted already."),
    Refusal.ALREADY_REFUSED: _("The handover was refused already. It can be sent anew."),
    Refusal.NOT_THE_RECEIVER: _("Only the place where the child goes can do this."),
    Refusal.NOT_AT_THIS_PLACE: _("Only who works where the child lives now can take this over."),
    Refusal.NOT_THEIRS: _("Meanwhile another colleague has taken this child over."),
    Refusal.NOT_AT_WORK: _(
        "This person does not work with Caseapp any more. Choose somebody else."
    ),
    Refusal.HELD: _("This move is on hold. On the page of the move you see until when, and why."),
    Refusal.HELD_ALREADY: _("This move is on hold already."),
    Refusal.HOLD_IN_PAST: _("Choose a day after today."),
    Refusal.NOT_HELD: _("This hold is over already."),
    Refusal.NOT_YOUR_HOLD: _("Only the desk that put the move on hold can lift the hold."),
    Refusal.NOT_NATIONAL: _("Only the national desk can do this."),
    Refusal.BEFORE_ANNOUNCED: _("The move cannot be before the day on which it was announced."),
    Refusal.CHANGED: _("Somebody else changed this move in the meantime. Look at it again."),
}
