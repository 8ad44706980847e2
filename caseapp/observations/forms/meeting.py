"""Questions about a meeting."""

from datetime import date
from typing import Any, Final, Self

from flask_babel import lazy_gettext as _

from caseapp.domain.intents.observations import MeetingDetails
from caseapp.web.forms import (
    DayField,
    Form,
    LongText,
    Mistake,
    OnceField,
    VersionField,
    maybe,
    some,
)

MOST_PEOPLE: Final = 30
NAME_MOST: Final = 200


class MeetingQuestions(Form):
    """A meeting of the people round a child."""

    on = DayField(_("On which day?"), required=_("Enter the day."))
    participants = LongText(
        _("Who took part?"), hint=_("A role or organisation on each line."), rows=4
    )
    note = LongText(_("What was concluded?"), hint=_("What was agreed, who does it and when."))

    def until(self, today: date) -> Self:
        """Let the day not lie after today, and return the form."""
        self.on.latest = today
        return self

    def validate_participants(self, field: Any) -> None:
        """Refuse more people than sit round a table, and a line that is no name."""
        named = _lines(field.data)
        if len(named) > MOST_PEOPLE:
            raise ValueError(_("At most %(most)s lines.", most=MOST_PEOPLE))
        if any(len(line) > NAME_MOST for line in named):
            raise ValueError(_("A line has at most %(most)s characters.", most=NAME_MOST))

    def read(self) -> MeetingDetails:
        """Return what was asked for; call it once the form is submitted."""
        return MeetingDetails(
            some(self.on), _lines(maybe(self.participants) or ""), maybe(self.note)
        )


class MeetingForm(MeetingQuestions):
    """Write down a meeting."""

    once = OnceField()


class MeetingCorrectionForm(MeetingQuestions):
    """Correct a meeting."""

    taken_back = Mistake()
    version = VersionField()


def meeting_values(facts: Any) -> dict[str, Any]:
    """Return a meeting as the form shows it."""
    return {
        "on": facts.on,
        "participants": "\n".join(facts.participants) or None,
        "note": facts.note,
        "taken_back": None if facts.counts else True,
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
