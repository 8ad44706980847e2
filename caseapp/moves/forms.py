"""Questions about a move, its handover and who is responsible."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseapp.domain.codes import MoveReason, Outcome, Topic
from caseapp.domain.intents.moves import Plan, PromiseDetails
from caseapp.domain.moving import Refusal
from caseapp.web.forms import (
    Asked,
    ChoiceField,
    DayField,
    Form,
    LongText,
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
PLANNABLE: Final = [code for code in MoveReason if code is not MoveReason.UNANNOUNCED]

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
    Refusal.NOT_SENT: _("The handover was not sent yet. Ask the place where the child lives now."),
    Refusal.ALREADY_SENT: _("The handover was sent already."),
    Refusal.ALREADY_ACCEPTED: _("The handover was accepted already."),
    Refusal.ALREADY_REFUSED: _("The handover was refused already. It can be sent anew."),
    Refusal.NOT_THE_RECEIVER: _("Only the place where the child goes can do this."),
    Refusal.NOT_AT_THIS_PLACE: _("Only who works where the child lives now can take this over."),
    Refusal.NOT_AT_WORK: _(
        "This person does not work with Caseapp any more. Choose somebody else."
    ),
    Refusal.HELD: _("This move is on hold. On the page of the move you see until when, and why."),
    Refusal.HELD_ALREADY: _("This move is on hold already."),
    Refusal.HOLD_IN_PAST: _("Choose a day after today."),
    Refusal.NOT_HELD: _("This hold is over already."),
    Refusal.NOT_YOUR_HOLD: _("Only the desk that put the move on hold can lift the hold."),
    Refusal.NOT_NATIONAL: _("Only the national desk can do this."),
}


class PlanForm(Form):
    """A move: to where, when, why."""

    version = VersionField()
    from_name = TextField(_("Where does the child leave from?"), hint=_("No location is known now"))
    to_location = ChoiceField(
        _("To which location?"), required=_("Choose the location where the child goes.")
    )
    planned_on = DayField(_("On which day?"), required=_("Enter the day of the move."))
    announced_on = DayField(
        _("When was this announced?"),
        hint=_("The day on which the child or the parents heard it"),
        required=_("Enter the day on which it was announced."),
    )
    reason = ChoiceField(
        _("Why does the child move?"), choices=options(MoveReason, PLANNABLE), empty=_("Not known")
    )
    term_time_reason = LongText(
        _("Why on a school day?"),
        hint=_("Only when the move is on a school day"),
        most=WHY_MOST,
        rows=2,
    )

    def validate_planned_on(self, field: Any) -> None:
        """Refuse a move that was announced after its day."""
        announced = self.announced_on.data
        if announced is not None and field.data < announced:
            raise ValueError(_("The move cannot be before the day on which it was announced."))

    def read(self) -> Plan:
        """Return what was asked for; call it once the form is submitted."""
        reason = maybe(self.reason)
        to = self.to_location.data if "to_location" in self else None
        return Plan(
            planned_on=some(self.planned_on),
            announced_on=some(self.announced_on),
            to_location_id=UUID(to) if to else None,
            from_name=self.from_name.data if "from_name" in self else None,
            reason=MoveReason(reason) if reason else None,
            term_time_reason=maybe(self.term_time_reason),
        )


class DayForm(Form):
    """The day on which a step of a move was taken."""

    version = VersionField()
    on = DayField(_("On which day?"), required=_("Enter the day."))


class UnannouncedForm(Form):
    """Where a child turned out to be, and since when."""

    to_location = ChoiceField(
        _("Where is the child now?"), required=_("Choose the location where the child is now.")
    )
    on = DayField(_("Since which day?"), required=_("Enter the day."))

    def read_place(self) -> UUID:
        """Return the location; call it once the form is submitted."""
        return UUID(some(self.to_location))


class CancelForm(Form):
    """Why a move does not go on."""

    version = VersionField()
    because = LongText(
        _("Why does the move not go on?"),
        required=_("Write down why the move does not go on."),
        most=WHY_MOST,
    )


class VersionForm(Form):
    """A step that needs no words: only which version of the record was looked at."""

    version = VersionField()


class SendForm(Form):
    """A step that needs nothing at all."""


class AcceptForm(Form):
    """The promise of who receives a child."""

    read_all = Tick(
        _("I have read everything and know what I have to do."),
        required=_("Read the handover first, then tick this box."),
    )


class PromiseForm(Form):
    """Something promised to the child, and what becomes of it."""

    version = VersionField()
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

    def read(self) -> PromiseDetails:
        """Return what was asked for; call it once the form is submitted."""
        outcome = maybe(self.outcome)
        return PromiseDetails(
            topic=Topic(some(self.topic)),
            text=some(self.text),
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
