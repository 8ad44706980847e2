"""Questions about a child and its family."""

from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import ConsentBy
from caseapp.domain.codes import BirthStatus, Precision, Relation, Sex
from caseapp.domain.countries import NATIONALITIES
from caseapp.domain.intents.people import ChildDetails, ConsentDetails, RelativeDetails
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    Mistake,
    OnceField,
    RadioSegments,
    TextField,
    Tick,
    TicksField,
    VersionField,
    VNumberField,
    YesNo,
    maybe,
    some,
)
from caseapp.web.labels import options

LANGUAGE_CODE_LENGTHS = (2, 3)
SCOPE_MOST = 2000


class ChildForm(Form):
    """Who the child is."""

    v_number = VNumberField(_("V-number"), required=_("Enter the V-number: 10 digits."))
    given_names = TextField(_("Given names"), required=_("Enter the given names."))
    family_name = TextField(_("Family name"))
    birth_date = DayField(_("Date of birth"), required=_("Enter the date of birth."))
    birth_precision = RadioSegments(
        _("How much of the date is known?"),
        choices=options(Precision),
        required=_("Choose how much of the date is known."),
    )
    birth_status = ChoiceField(
        _("Where does the date come from?"),
        choices=options(BirthStatus),
        required=_("Choose where the date comes from."),
    )
    sex = RadioSegments(_("Sex"), choices=options(Sex))
    nationality = TextField(_("Nationality"), hint=_("Three letters, for example SYR"), most=3)
    language = TextField(_("Language"), hint=_("The language in which to speak with the child"))
    unaccompanied = YesNo(_("Did the child come without parents?"), required=_("Choose yes or no."))
    kindgezin = Tick(_("Lives with an older minor brother or sister who cares for it"))
    family_number = TextField(_("Family number"), most=40)
    application_lodged_on = DayField(_("Asylum application on"))
    first_arrival_on = DayField(_("First arrival in reception on"))
    needs_assessed_on = DayField(_("Special needs assessed on"))

    def until(self, today: date) -> Self:
        """Let no day lie after today, and return the form."""
        days = (self.birth_date, self.application_lodged_on, self.first_arrival_on)
        for day in (*days, self.needs_assessed_on):
            day.latest = today
        return self

    def validate_nationality(self, field: Any) -> None:
        """Refuse a code that is no country."""
        if field.data and field.data.upper() not in NATIONALITIES:
            raise ValueError(_("This is not a country code. Use three letters, for example SYR."))

    def read(self) -> ChildDetails:
        """Return what was asked for; call it once the form is submitted."""
        language = maybe(self.language)
        codes = _language_codes(language or "")
        nationality = maybe(self.nationality)
        return ChildDetails(
            v_number=some(self.v_number),
            given_names=some(self.given_names),
            family_name=maybe(self.family_name),
            birth_date=some(self.birth_date),
            birth_precision=some(self.birth_precision),
            birth_status=some(self.birth_status),
            unaccompanied=some(self.unaccompanied),
            kindgezin=maybe(self.kindgezin),
            sex=maybe(self.sex),
            nationality=nationality.upper() if nationality else None,
            languages=codes,
            language_text=None if codes else language,
            family_number=maybe(self.family_number),
            application_lodged_on=maybe(self.application_lodged_on),
            first_arrival_on=maybe(self.first_arrival_on),
            needs_assessed_on=maybe(self.needs_assessed_on),
        )


def _language_codes(text: str) -> tuple[str, ...]:
    """Return the codes of a text that is nothing but codes, the best language first; else none."""
    words = text.replace(",", " ").lower().split()
    are_codes = all(w.isalpha() and w.isascii() and len(w) in LANGUAGE_CODE_LENGTHS for w in words)
    return tuple(words) if are_codes else ()


class ChildEditForm(ChildForm):
    """Correct who the child is."""

    version = VersionField()


class RelativeQuestions(Form):
    """A family member."""

    relation = ChoiceField(
        _("Who is it?"), choices=options(Relation), required=_("Choose who it is.")
    )
    name = TextField(_("Name"))
    v_number = VNumberField(
        _("V-number"),
        hint=_("Only for a brother or sister whom we follow too: then the place is kept by itself"),
    )
    minor = YesNo(_("Under 18?"))
    location = TextField(_("Where does this person live?"), most=120)
    location_since = DayField(_("Since"))
    apart_reason = LongText(
        _("Why do they live apart?"),
        hint=_("Only when there is a good reason: then there is no alert"),
        most=500,
    )

    def read(self) -> RelativeDetails:
        """Return what was asked for; call it once the form is submitted."""
        return RelativeDetails(
            relation=some(self.relation),
            name=maybe(self.name),
            v_number=maybe(self.v_number),
            minor=maybe(self.minor),
            location=maybe(self.location),
            location_since=maybe(self.location_since),
            apart_reason=maybe(self.apart_reason),
        )


class RelativeForm(RelativeQuestions):
    """Write down a family member."""

    once = OnceField()
    version = VersionField()


class RelativeCorrectionForm(RelativeQuestions):
    """Correct what is known of a family member."""

    version = VersionField()


class ConsentQuestions(Form):
    """A talk on who may know what, and its outcome."""

    on = DayField(_("On which day?"), required=_("Enter the day."))
    given_by = TicksField(
        _("Who decided?"),
        hint=_("Under 12 a parent or guardian, from 12 the child too, from 16 the child alone."),
        choices=options(ConsentBy),
    )
    scope = LongText(
        _("What may be shared, and with whom?"),
        hint=_("For example: with the school and the doctor, not with family."),
        most=SCOPE_MOST,
    )

    def until(self, today: date) -> Self:
        """Let the day not lie after today, and return the form."""
        self.on.latest = today
        return self

    def read(self) -> ConsentDetails:
        """Return what was asked for; call it once the form is submitted."""
        return ConsentDetails(some(self.on), maybe(self.given_by) or (), maybe(self.scope))


class ConsentForm(ConsentQuestions):
    """Write down a consent."""

    once = OnceField()


class ConsentCorrectionForm(ConsentQuestions):
    """Correct a consent."""

    taken_back = Mistake()
    version = VersionField()


def consent_values(facts: Any) -> dict[str, Any]:
    """Return a consent as the form shows it."""
    return {
        "on": facts.on,
        "given_by": tuple(facts.given_by) or None,
        "scope": facts.scope,
        "taken_back": None if facts.counts else True,
    }


class NeedsForm(Form):
    """On which day the special needs were assessed."""

    needs_assessed_on = DayField(
        _("Special needs assessed on"), hint=_("Day-month-year. Empty: not assessed yet.")
    )
    version = VersionField()

    def until(self, today: date) -> Self:
        """Let the day not lie after today, and return the form."""
        self.needs_assessed_on.latest = today
        return self


class CloseForm(Form):
    """Close a file."""

    closed_on = DayField(_("From which day?"), required=_("Enter the day."))
    reason = LongText(_("Why?"), required=_("Write down why this file is closed."), most=500)
    version = VersionField()


class ReopenForm(Form):
    """Open a closed file again."""

    version = VersionField()


class SearchForm(Form):
    """Find a child: the words travel in the body, never in an address."""

    q = TextField(_("Name or V-number"), most=100, required=_("Enter a name or a V-number."))
