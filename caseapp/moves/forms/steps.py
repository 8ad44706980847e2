"""Questions about planning a move and its steps."""

from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseapp.domain.codes import MoveReason
from caseapp.domain.intents.moves import Plan
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    TextField,
    VersionField,
    maybe,
    some,
)
from caseapp.web.labels import options

WHY_MOST: Final = 500
PLANNABLE: Final = [code for code in MoveReason if code is not MoveReason.UNANNOUNCED]


class AnnouncedForm(Form):
    """A move that children hear of beforehand: its form asks `planned_on` and `announced_on`."""

    def validate_planned_on(self, field: Any) -> None:
        """Refuse a move that was announced after its day."""
        announced = self["announced_on"].data
        if announced is not None and field.data < announced:
            raise ValueError(_("The move cannot be before the day on which it was announced."))


def term_time_question() -> Any:
    """Return the question why somebody moves on a school day."""
    return LongText(
        _("Why on a school day?"),
        hint=_("Only when the move is on a school day"),
        most=WHY_MOST,
        rows=2,
    )


class PlanForm(AnnouncedForm):
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
    term_time_reason = term_time_question()

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
