"""Questions about a file of the reporting code: whom it is about, and what is written at each part."""

from datetime import date
from typing import Any, ClassVar, Final, Self

from flask_babel import lazy_gettext as _

from caseapp.domain.safety import Answer, Part, Question, SafeHome, Written
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    OnceField,
    VersionField,
    VNumberField,
    YesNo,
    maybe,
    some,
)
from caseapp.web.safety_labels import QUESTIONS

ACUTE: Final = _("Is there acute danger?")
SAME_DAY: Final = _("Then the decision of step 5 is due on the same day.")
SAY_ACUTE: Final = _("Say whether there is acute danger.")


class PartForm(Form):
    """What every part asks: on which day, and what there is to say."""

    part: ClassVar[Part]

    version = VersionField()
    on = DayField(_("Day"), required=_("Enter the day."))
    note = LongText(_("What happened, and what was considered"), required=_("Write it down."))

    def until(self, today: date) -> Self:
        """Take no day after today."""
        for field in self:
            if isinstance(field, DayField):
                field.latest = today
        return self

    def read(self) -> Written:
        """Return the part as it is written."""
        return Written(self.part, some(self.on), some(self.note), **self.more())

    def more(self) -> dict[str, Any]:
        """Return what this part has besides day and note."""
        return {}


class SignsForm(PartForm):
    """Step 1: the signs, and whether the danger is acute."""

    part = Part.SIGNS

    acute = YesNo(ACUTE, hint=SAME_DAY, required=SAY_ACUTE)

    def more(self) -> dict[str, Any]:
        """Return whether it is acute."""
        return {"acute": some(self.acute)}


class OpenForm(Form):
    """A new file: about which child at the own location, and step 1."""

    once = OnceField()
    child = ChoiceField(_("Child at your location"), empty=_("Choose a child"))
    v_number = VNumberField(_("Or the V-number"), hint=_("10 digits"))
    on = DayField(_("Day of step 1"), required=_("Enter the day."))
    acute = YesNo(ACUTE, hint=SAME_DAY, required=SAY_ACUTE)
    note = LongText(_("The signs"), required=_("Write it down."))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Ask for one of the two ways to say which child."""
        fine = super().validate(*args, **kwargs)
        if fine and (maybe(self.child) is None) == (maybe(self.v_number) is None):
            self.child.errors = [str(_("Choose a child, or enter a V-number: one of the two."))]
            return False
        return fine

    def read(self) -> Written:
        """Return step 1 as it is written."""
        return Written(Part.SIGNS, some(self.on), some(self.note), acute=some(self.acute))


class ConsultForm(PartForm):
    """Step 2: who was consulted."""

    part = Part.CONSULT


class TalkForm(PartForm):
    """Step 3: the talk with child and parents."""

    part = Part.TALK


class WeighForm(PartForm):
    """Step 4: the five questions of the assessment framework, each with its reason."""

    part = Part.WEIGH

    def more(self) -> dict[str, Any]:
        """Return the five answers."""
        return {
            "answers": tuple(
                Answer(one, self[one.value].data, self[f"{one.value}_because"].data)
                for one in Question
            )
        }


for _question, _words in QUESTIONS.items():
    setattr(WeighForm, _question.value, YesNo(_words, required=_("Answer this question.")))
    setattr(
        WeighForm,
        f"{_question.value}_because",
        LongText(_("Why?"), required=_("Say why.")),
    )


class DecideForm(PartForm):
    """Step 5: whether it is reported, and whether there is help."""

    part = Part.DECIDE

    reports = YesNo(_("Is it reported to Veilig Thuis?"), required=_("Say whether it is reported."))
    helps = YesNo(_("Is help offered or arranged?"), required=_("Say whether there is help."))

    def more(self) -> dict[str, Any]:
        """Return both decisions."""
        return {"reports": some(self.reports), "helps": some(self.helps)}


class SafeHomeForm(PartForm):
    """What went to Veilig Thuis, and what came back."""

    part = Part.SAFE_HOME

    on = DayField(_("Reported on"), required=_("Enter the day of the report."))
    note = LongText(_("What was reported"), required=_("Write it down."))
    answered_on = DayField(_("Answered on"))
    answer = LongText(_("The answer of Veilig Thuis"))
    looks_from = DayField(_("In investigation from"))
    looks_until = DayField(_("Outcome of the investigation known on"))

    def more(self) -> dict[str, Any]:
        """Return the days of Veilig Thuis."""
        told = SafeHome(
            some(self.on),
            maybe(self.answered_on),
            maybe(self.answer),
            maybe(self.looks_from),
            maybe(self.looks_until),
        )
        return {"safe_home": told}


class CloseForm(PartForm):
    """The end of a file."""

    part = Part.CLOSE

    on = DayField(_("Closed on"), required=_("Enter the day."))
    note = LongText(_("How did it end?"), required=_("Say how it ended."))


FORMS: Final[dict[Part, type[PartForm]]] = {
    form.part: form
    for form in (
        SignsForm,
        ConsultForm,
        TalkForm,
        WeighForm,
        DecideForm,
        SafeHomeForm,
        CloseForm,
    )
}


def values_of(one: Written) -> dict[str, Any]:
    """Return what a part holds, as it fills its form."""
    told = one.safe_home
    found: dict[str, Any] = {"on": one.on, "note": one.note, "acute": one.acute}
    found |= {"reports": one.reports, "helps": one.helps}
    for answer in one.answers:
        found[answer.question.value] = answer.yes
        found[f"{answer.question.value}_because"] = answer.because
    if told is not None:
        found |= {
            "answered_on": told.answered_on,
            "answer": told.answer,
            "looks_from": told.looks_from,
            "looks_until": told.looks_until,
        }
    return found
