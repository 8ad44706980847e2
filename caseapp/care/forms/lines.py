"""Questions about lines of care."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import CareKind, EndReason
from caseapp.domain.intents.care import (
    AtMove,
    CareDetails,
    CareEnd,
    SeenByProvider,
)
from caseapp.web.days import write_day
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    OnceField,
    Option,
    RadioField,
    TextField,
    VersionField,
    YesNo,
    maybe,
    some,
)
from caseapp.web.labels import options

MOST_NEEDS = 2000


def _question_about_move() -> RadioField:
    return RadioField(_("Was it finished, or broken off by the move?"), choices=options(AtMove))


class Ending(Form):
    """A form in which care may end: close to a move it asks one question more."""

    at_move: RadioField

    def ask_about(self, moved_on: date | None) -> Self:
        """Show the question about the move of that day, or leave it out of the page."""
        if moved_on is None:
            del self.at_move
        else:
            self.at_move.required = _("Choose what happened.")
            self.at_move.hint = _(
                "The child moved on %(day)s. If the move broke it off, the alert stays open until"
                " the care goes on.",
                day=write_day(moved_on),
            )
        return self

    def _at_move(self) -> AtMove | None:
        said = maybe(self.at_move)
        return AtMove(said) if said else None


class CareQuestions(Ending):
    """A line of care, from referral to end; never a diagnosis."""

    kind = ChoiceField(
        _("What kind of care?"), choices=options(CareKind), required=_("Choose the kind of care.")
    )
    provider = TextField(_("Provider"), hint=_("Name of the practice or organisation"))
    referred_on = DayField(_("Referred on"), required=_("Enter the day of the referral."))
    place_bound = YesNo(
        _("Does a move break this care off?"),
        hint=_("Leave it empty to follow the kind: only GZA and JGZ go on everywhere."),
    )
    continues = ChoiceField(
        _("Goes on from earlier care"),
        empty=_("No, this is new"),
        hint=_("Then the waiting time keeps counting from the first referral."),
    )
    intake_on = DayField(_("Intake on"))
    started_on = DayField(_("Started on"))
    next_contact_on = DayField(_("Next appointment"))
    medication_until = DayField(
        _("Medicine until"), hint=_("Day-month-year. The last day for which there is medicine.")
    )
    waiting_kept_on = DayField(
        _("Place on the waiting list kept, confirmed on"),
        hint=_("Day-month-year. The day on which the provider said so."),
    )
    needs = LongText(
        _("Practical needs"),
        hint=_("What others must know to help, such as an interpreter or a lift. No diagnosis."),
        most=MOST_NEEDS,
    )
    ended_on = DayField(_("Ended on"), hint=_("Day-month-year. The first day without this care."))
    end_reason = ChoiceField(_("Why did it end?"), choices=options(EndReason))
    at_move = _question_about_move()

    def until(self, today: date) -> Self:
        """Let nothing that happened lie after today, and return the form."""
        for day in (self.referred_on, self.intake_on, self.started_on, self.waiting_kept_on):
            day.latest = today
        return self

    def offer(self, earlier: Iterable[tuple[UUID, str]]) -> Self:
        """Let one of these lines be the one that this goes on from, and return the form."""
        self.continues.choices = tuple(Option(str(key), words) for key, words in earlier)
        return self

    def without_needs(self) -> Self:
        """Leave out what only some may read, and return the form."""
        del self.needs
        return self

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Ask for the reason of an end, and for the day of a reason."""
        right = super().validate(extra_validators)
        if self.ended_on.data and not self.end_reason.data and not self.end_reason.errors:
            self.end_reason.errors = [str(_("Choose why it ended."))]
        if self.end_reason.data and not self.ended_on.data and not self.ended_on.errors:
            self.ended_on.errors = [str(_("Enter the day on which it ended."))]
        return right and not self.end_reason.errors and not self.ended_on.errors

    def read(self) -> CareDetails:
        """Return what was asked for; call it once the form is submitted."""
        continues, asked = maybe(self.continues), "needs" in self
        return CareDetails(
            kind=CareKind(some(self.kind)),
            referred_on=some(self.referred_on),
            place_bound=maybe(self.place_bound),
            provider=maybe(self.provider),
            continues_id=UUID(continues) if continues else None,
            intake_on=maybe(self.intake_on),
            started_on=maybe(self.started_on),
            next_contact_on=maybe(self.next_contact_on),
            medication_until=maybe(self.medication_until),
            waiting_kept_on=maybe(self.waiting_kept_on),
            end=self._end(),
            needs_asked=asked,
            needs=maybe(self.needs) if asked else None,
        )

    def _end(self) -> CareEnd | None:
        ended_on = maybe(self.ended_on)
        if ended_on is None:
            return None
        return CareEnd(ended_on, EndReason(some(self.end_reason)), self._at_move())


class CareForm(CareQuestions):
    """Write down a line of care."""

    once = OnceField()
    version = VersionField()


class CareCorrectionForm(CareQuestions):
    """Correct a line of care."""

    version = VersionField()


class SeenForm(Form):
    """The provider saw the child."""

    on = DayField(_("On which day?"), required=_("Enter the day."))
    next_contact_on = DayField(_("Next appointment"))
    version = VersionField()

    def around(self, today: date) -> Self:
        """Let what happened lie in the past and the appointment in the future."""
        self.on.latest = self.next_contact_on.earliest = today
        return self

    def read(self) -> SeenByProvider:
        """Return what was asked for; call it once the form is submitted."""
        return SeenByProvider(some(self.on), maybe(self.next_contact_on))


class TakeBackForm(Form):
    """A day on which the child was not seen after all."""

    on = ChoiceField(_("Which day was a mistake?"), required=_("Choose the day."))

    def offer(self, days: Iterable[date]) -> Self:
        """Let one of these days be taken back, and return the form."""
        self.on.choices = tuple(Option(day.isoformat(), write_day(day)) for day in days)
        return self

    def read(self) -> date:
        """Return the day; call it once the form is submitted."""
        return date.fromisoformat(some(self.on))


class AppointmentForm(Form):
    """The next appointment."""

    next_contact_on = DayField(
        _("Next appointment"), required=_("Enter the day of the appointment.")
    )
    version = VersionField()

    def after(self, today: date) -> Self:
        """Let the appointment be today or later."""
        self.next_contact_on.earliest = today
        return self


class KeepWaitingForm(Form):
    """The place on the waiting list is kept."""

    waiting_kept_on = DayField(_("On which day was this confirmed?"), required=_("Enter the day."))
    version = VersionField()

    def until(self, today: date) -> Self:
        """Let the day be today or earlier."""
        self.waiting_kept_on.latest = today
        return self


class EndForm(Ending):
    """Care ended."""

    ended_on = DayField(
        _("Ended on"),
        hint=_("Day-month-year. The first day without this care."),
        required=_("Enter the day on which it ended."),
    )
    end_reason = RadioField(
        _("Why did it end?"), choices=options(EndReason), required=_("Choose why it ended.")
    )
    at_move = _question_about_move()
    version = VersionField()

    def read(self) -> CareEnd:
        """Return what was asked for; call it once the form is submitted."""
        return CareEnd(some(self.ended_on), EndReason(some(self.end_reason)), self._at_move())


def values_of(facts: Any, continues_id: object, needs: object = None) -> dict[str, Any]:
    """Return a line of care as the form shows it."""
    continues = str(continues_id) if continues_id else None
    return asdict(facts) | {"continues": continues, "needs": needs}
