"""Questions about the moves of many children together."""

from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext as ngettext

from caseapp.domain.codes import MoveReason
from caseapp.domain.intents.moves import ListStep, ListWish
from caseapp.domain.pasting import Pasted, v_numbers
from caseapp.moves.forms.steps import PLANNABLE, AnnouncedForm, term_time_question
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    OnceField,
    Tick,
    TicksField,
    VersionField,
    maybe,
    some,
)
from caseapp.web.labels import options

MOST: Final = 200
"""Children on one list: more than that nobody can weigh one by one."""
LONGEST: Final = 8000


class TogetherForm(AnnouncedForm):
    """Where children go together, on which day, and why."""

    once = OnceField()
    to_location = ChoiceField(
        _("To which location?"), required=_("Choose the location where the children go.")
    )
    planned_on = DayField(_("On which day?"), required=_("Enter the day of the move."))
    announced_on = DayField(
        _("When was this announced?"),
        hint=_("The day on which the children or their parents heard it"),
        required=_("Enter the day on which it was announced."),
    )
    reason = ChoiceField(
        _("Why do they move?"), choices=options(MoveReason, PLANNABLE), empty=_("Not known")
    )
    term_time_reason = term_time_question()

    def wish(self, child_ids: tuple[UUID, ...], closes_id: UUID | None = None) -> ListWish:
        """Return what was asked for these children; call it once the form is submitted."""
        reason = maybe(self.reason)
        return ListWish(
            child_ids=child_ids,
            to_location_id=UUID(some(self.to_location)),
            planned_on=some(self.planned_on),
            announced_on=some(self.announced_on),
            reason=MoveReason(reason) if reason else None,
            term_time_reason=maybe(self.term_time_reason),
            closes_id=closes_id,
        )


class ListForm(TogetherForm):
    """Which children: V-numbers as they were pasted, or everybody at a location that closes."""

    v_numbers = LongText(
        _("V-numbers"),
        hint=_("Paste them: one a line, or with commas between them. At most 200."),
        most=LONGEST,
        rows=8,
    )
    closes = ChoiceField(
        _("Or: everybody at a location that closes"), empty=_("No location closes")
    )
    leave_out = Tick(_("Go on without the numbers that cannot be found"))

    @property
    def pasted(self) -> Pasted:
        """Return the numbers that were pasted, and what could not be read as one."""
        return v_numbers(maybe(self.v_numbers) or "")

    def validate_v_numbers(self, _field: Any) -> None:
        """Refuse more numbers than fit on a list."""
        over = len(self.pasted.numbers) - MOST
        if over > 0:
            raise ValueError(
                ngettext(
                    "That is %(num)s child too many. At most %(most)s fit on one list: make two.",
                    "That is %(num)s children too many. At most %(most)s fit on one list: make more lists.",
                    over,
                    most=MOST,
                )
            )

    def validate(self, *args: Any, **rest: Any) -> bool:
        """Ask for children: by number, or by a location, and not by both."""
        right = super().validate(*args, **rest)
        if self.v_numbers.errors or bool(self.v_numbers.data) != bool(self.closes.data):
            return right
        both = bool(self.v_numbers.data)
        self.v_numbers.errors = [
            str(
                _("Paste V-numbers or choose a location, not both.")
                if both
                else _("Paste V-numbers, or choose a location that closes.")
            )
        ]
        return False


class FamilyForm(TogetherForm):
    """Which children of a family move together."""

    children = TicksField(_("Who moves?"), required=_("Choose who moves."))


class DecisionForm(Form):
    """What is decided for one child of a list; nothing chosen means: wait."""

    step = ChoiceField(_("Decision"), empty=_("Choose"))
    version = VersionField()


class RowForm(Form):
    """Where and when one child of a list goes, when it is not with the others."""

    to_location = ChoiceField(
        _("To which location?"), required=_("Choose the location where the child goes.")
    )
    planned_on = DayField(_("On which day?"), required=_("Enter the day of the move."))


WAIT: Final = ("wait", _("Wait"))
STEPS: Final = {
    ListStep.PLAN: _("Plan"),
    ListStep.CONFIRM: _("Confirm"),
    ListStep.DEPART: _("Has left today"),
}
"""The words of what can be decided; waiting is decided by nothing."""
