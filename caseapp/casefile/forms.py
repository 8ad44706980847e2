"""Questions about a child that is new to us, and about a caseload that goes to others."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _

from caseapp.people.forms import ChildForm
from caseapp.web.caseload_words import WHYS_PASSED
from caseapp.web.choices import RadioField, Tick, TicksField
from caseapp.web.fields import Asked, BadFieldsError
from caseapp.web.forms import ChoiceField, DayField, Form, HiddenField, LongText, TextField
from caseapp.web.right_labels import JUDGEMENTS, VERDICTS, WHYS


class NewChildForm(ChildForm):
    """Who the child is, and where it lives: without a place nobody would see it."""

    location = ChoiceField(_("Where does the child live?"), required=_("Choose the location."))
    since = DayField(_("Since which day?"), required=_("Enter the first day there."))

    def until(self, today: date) -> Self:
        """Let no day lie after today, and return the form."""
        super().until(today)
        self.since.latest = today
        return self


class EachField(Asked[Mapping[str, str]]):
    """One answer for each row of a table: `key:answer`, as many as there are rows; an empty answer is none."""

    look = "each"
    many = True
    first_wrong = ""
    """The id of the first control that is not right."""

    @property
    def target(self) -> str:
        """Return the id that the error summary links to."""
        return self.first_wrong or self.id

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the answers by key; raises BadFieldsError for anything else."""
        found: dict[str, str] = {}
        for value in map(str, valuelist):
            key, colon, answer = value.partition(":")
            if not colon or key in found:
                raise BadFieldsError(self.name)
            found[key] = answer
        self.data = found or None

    def of(self, key: object) -> str:
        """Return the answer for a row; nothing when there is none."""
        return (self.data or {}).get(str(key), "")


class PassOnForm(Form):
    """To whom a caseload goes: to one for all, or to another for a place or a child; and why."""

    to = ChoiceField(_("Who takes over?"), empty=_("Choose below, for each child"))
    why = RadioField(
        _("Why?"),
        choices=[(code.value, words) for code, words in WHYS_PASSED.items()],
        required=_("Choose why the children are handed over."),
    )
    place = EachField(_("Another colleague for a location"))
    each = EachField(_("Another colleague for a child"))


class RowsField(TicksField):
    """Boxes before the rows of a list; one that is not in the list any more is no mistake of who ticked it."""

    def check(self, answer: tuple[str, ...]) -> None:
        """Take every value: the view does something with its own rows only."""


class DepartedForm(Form):
    """Who left on a day."""

    who = RowsField(_("Who has left?"), required=_("Tick who has left."))
    on = DayField(_("On which day?"), required=_("Enter the day."))


class ArrivedForm(Form):
    """Who arrived on a day."""

    who = RowsField(_("Who has arrived?"), required=_("Tick who has arrived."))
    on = DayField(_("On which day?"), required=_("Enter the day."))


class AcceptedForm(Form):
    """Which handovers are accepted."""

    who = RowsField(_("Which handovers?"), required=_("Tick which handovers you accept."))
    read_all = Tick(
        _("I have read everything and know what I have to do."),
        required=_("Read the handover first, then tick this box."),
    )


class SecondForm(Form):
    """Whether a second person agrees, to exactly what stands on the page."""

    fingerprint = HiddenField()
    verdict = RadioField(
        _("Do you agree?"),
        choices=tuple(VERDICTS.items()),
        required=_("Choose whether you agree."),
    )


class GlassForm(Form):
    """Whose file, and why it cannot wait."""

    v_number = TextField(
        _("V-number of the child"),
        hint=_("All ten digits. There is no search by name here."),
        required=_("Enter the V-number."),
        most=20,
    )
    why = RadioField(
        _("What is going on?"), choices=tuple(WHYS.items()), required=_("Choose what is going on.")
    )
    reason = LongText(
        _("Why can it not wait for a colleague who sees this file?"),
        hint=_("At least 20 characters. Others read this when they judge it."),
        required=_("Write why it cannot wait."),
        most=500,
    )


class JudgeForm(Form):
    """What somebody else makes of a look in an emergency."""

    verdict = RadioField(
        _("What do you make of it?"),
        choices=tuple(JUDGEMENTS.items()),
        required=_("Choose what you make of it."),
    )
    note = LongText(_("What did you look at, and whom did you speak?"), most=500)
