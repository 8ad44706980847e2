"""Questions about where a child lives and where it is."""

import re
from datetime import date
from typing import Any, Final, Self
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseapp.domain.codes import MoveReason, PlacementKind, Region, WhereaboutsState
from caseapp.domain.intents.placements import Found, Place, StayDetails, WhereaboutsDetails
from caseapp.domain.periods import EndsBeforeStartError, OverlapError, PeriodError
from caseapp.web.days import write_day
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    OnceField,
    RadioField,
    RadioSegments,
    TextField,
    VersionField,
    maybe,
    some,
)
from caseapp.web.i18n import Words
from caseapp.web.labels import options

MUNICIPALITY: Final = re.compile(r"GM\d{4}")
NOTE_MOST: Final = 1000
HERE_AGAIN: Final = "here"
"""The answer that a child is back at its place: no state of its whereabouts."""


class StayQuestions(Form):
    """Where a child lives or lived: at a location, or at another place such as a family."""

    location = ChoiceField(
        _("Location"), hint=_("Leave it empty for another place, such as a family")
    )
    place_name = TextField(_("Name of the other place"), hint=_("For example: family Jansen"))
    kind = ChoiceField(_("Kind of reception"), choices=options(PlacementKind))
    municipality = TextField(
        _("Municipality code"), hint=_("GM and four digits, for example GM0363"), most=6
    )
    region = RadioSegments(_("Region"), choices=options(Region))
    from_on = DayField(_("First day"), required=_("Enter the first day of this stay."))
    to_on = DayField(
        _("Left on"),
        hint=_("The day on which the child left. Leave it empty if the child lives here."),
    )
    reason = ChoiceField(
        _("Why did the child come here?"), choices=options(MoveReason), empty=_("Not known")
    )

    @property
    def at_location(self) -> tuple[Any, ...]:
        """Return the questions about the stay itself."""
        return self.from_on, self.to_on, self.reason

    @property
    def elsewhere(self) -> tuple[Any, ...]:
        """Return the questions about a place that is no location of ours."""
        return self.place_name, self.kind, self.municipality, self.region

    def validate_place_name(self, field: Any) -> None:
        """Refuse two places at once."""
        if self.location.data and field.data:
            raise ValueError(_("Choose a location, or name another place. Not both."))

    def validate_municipality(self, field: Any) -> None:
        """Refuse what is no code of a municipality."""
        if not MUNICIPALITY.fullmatch(field.data.upper()):
            raise ValueError(_("A municipality code is GM and four digits, for example GM0363."))

    def validate(self, *args: Any, **rest: Any) -> bool:
        """Ask for the whole place when no location is chosen; and for days in their order."""
        right = super().validate(*args, **rest)
        if not self.location.data and not self.location.errors:
            for field, words in (
                (self.place_name, _("Choose a location above, or name the other place.")),
                (self.kind, _("Choose the kind of reception.")),
                (self.municipality, _("Enter the municipality code.")),
                (self.region, _("Choose the region.")),
            ):
                if not field.data and not field.errors:
                    field.errors = [str(words)]
                    right = False
        return right

    def read(self) -> StayDetails:
        """Return what was asked for; call it once the form is submitted."""
        location = maybe(self.location)
        reason = maybe(self.reason)
        return StayDetails(
            from_on=some(self.from_on),
            to_on=maybe(self.to_on),
            location_id=UUID(location) if location else None,
            place=None if location else self._place(),
            reason=MoveReason(reason) if reason else None,
        )

    def _place(self) -> Place:
        return Place(
            name=some(self.place_name),
            kind=PlacementKind(some(self.kind)),
            municipality=some(self.municipality).upper(),
            region=Region(some(self.region)),
        )


class StayForm(StayQuestions):
    """Write down a stay."""

    once = OnceField()
    version = VersionField()


class StayCorrectionForm(StayQuestions):
    """Correct a stay."""

    version = VersionField()


class EndStayForm(Form):
    """The day on which a stay ended, with no next place known."""

    version = VersionField()
    on = DayField(_("On which day did the child leave?"), required=_("Enter the day."))


class WhereaboutsQuestions(Form):
    """Where the child is when it is not where it lives."""

    state = ChoiceField(
        _("Where is the child?"),
        choices=options(WhereaboutsState),
        required=_("Choose where the child is."),
    )
    from_on = DayField(_("Since"), required=_("Enter the first day."))
    to_on = DayField(
        _("Back on"),
        hint=_("Leave it empty while the child is away. The first day itself: it was a mistake."),
    )
    police_report_on = DayField(_("Reported to the police on"))
    note = LongText(
        _("Note"),
        hint=_("What is known, and what is being done. No medical details."),
        most=NOTE_MOST,
    )

    def until(self, today: date) -> None:
        """Let no day lie after today."""
        for field in (self.from_on, self.to_on, self.police_report_on):
            field.latest = today

    def read(self) -> WhereaboutsDetails:
        """Return what was asked for; call it once the form is submitted."""
        return WhereaboutsDetails(
            state=WhereaboutsState(some(self.state)),
            from_on=some(self.from_on),
            to_on=maybe(self.to_on),
            police_report_on=maybe(self.police_report_on),
            note=maybe(self.note),
        )


class WhereaboutsForm(WhereaboutsQuestions):
    """Write down where the child is."""

    once = OnceField()
    version = VersionField()


class WhereaboutsCorrectionForm(WhereaboutsQuestions):
    """Correct where the child was."""

    version = VersionField()


def _what_is_known() -> LongText:
    return LongText(
        _("Note"),
        hint=_("What is known, and what is being done. No medical details."),
        most=NOTE_MOST,
    )


class MissingForm(Form):
    """A child is missing."""

    from_on = DayField(_("Missing since"), required=_("Enter the first day."))
    police_report_on = DayField(
        _("Reported to the police on"), hint=_("Day-month-year. Empty: not yet.")
    )
    note = _what_is_known()
    once = OnceField()

    def until(self, today: date) -> Self:
        """Let no day lie after today, and return the form."""
        self.from_on.latest = self.police_report_on.latest = today
        return self

    def validate_police_report_on(self, field: Any) -> None:
        """Refuse a report from before the child was missing."""
        if self.from_on.data and field.data < self.from_on.data:
            raise ValueError(_("The report lies before the day on which the child was missing."))

    def read(self) -> WhereaboutsDetails:
        """Return what was asked for; call it once the form is submitted."""
        return WhereaboutsDetails(
            state=WhereaboutsState.MISSING,
            from_on=some(self.from_on),
            police_report_on=maybe(self.police_report_on),
            note=maybe(self.note),
        )


class PoliceForm(Form):
    """The police was told."""

    police_report_on = DayField(
        _("Reported to the police on"), required=_("Enter the day of the report.")
    )
    version = VersionField()

    def between(self, first: date, today: date) -> Self:
        """Let the day lie between these, both included, and return the form."""
        self.police_report_on.earliest, self.police_report_on.latest = first, today
        return self


class FoundForm(Form):
    """A child that was away is back, or known to be elsewhere."""

    on = DayField(_("Since which day do you know?"), required=_("Enter the day."))
    where = RadioField(
        _("Where is the child now?"),
        choices=[
            (HERE_AGAIN, _("Back where it lives")),
            *options(WhereaboutsState, set(WhereaboutsState) - {WhereaboutsState.MISSING}),
        ],
        required=_("Choose where the child is."),
    )
    note = _what_is_known()
    version = VersionField()

    def between(self, first: date, today: date) -> Self:
        """Let the day lie between these, both included, and return the form."""
        self.on.earliest, self.on.latest = first, today
        return self

    def read(self) -> Found:
        """Return what was asked for; call it once the form is submitted."""
        where = some(self.where)
        state = None if where == HERE_AGAIN else WhereaboutsState(where)
        return Found(some(self.on), state, maybe(self.note))


def in_the_way(error: PeriodError) -> Words:
    """Return the sentence that says why a period cannot be."""
    if isinstance(error, EndsBeforeStartError):
        return _("The child cannot leave before the first day.")
    if isinstance(error, OverlapError) and error.to_on is not None:
        return _(
            "This overlaps with what is written down from %(first)s to %(last)s.",
            first=write_day(error.from_on),
            last=write_day(error.to_on),
        )
    if isinstance(error, OverlapError):
        return _(
            "This overlaps with what is written down from %(first)s on. End that first.",
            first=write_day(error.from_on),
        )
    return _("This period cannot be.")
