"""Questions about what was seen and heard."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from caseapp.domain.calendar import working_days_after
from caseapp.domain.care_codes import Level, Source
from caseapp.domain.intents.observations import Agreed, NotAsked, ObservationDetails
from caseapp.observations.forms.marks import MARKS, marked, with_marks
from caseapp.web.days import write_day
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    OnceField,
    Option,
    RadioSegments,
    TextField,
    VersionField,
    maybe,
    some,
)
from caseapp.web.i18n import Words
from caseapp.web.labels import SOURCES, options

DAYS_FOR_AN_ACTION: Final = 5
"""Working days in which something has to be agreed for a concern (OBS-2)."""

OTHERS: Final[tuple[Words, ...]] = ("GZA", _("school"), _("someone else"))
"""Who can do what was agreed, besides oneself and the guardian."""

NOT_ASKED: Final[Mapping[NotAsked, Words]] = {
    NotAsked.NO_INTERPRETER: _("There was no interpreter"),
    NotAsked.DID_NOT_WANT: _("Did not want to talk"),
    NotAsked.TOO_YOUNG: _("Is too young"),
    NotAsked.NOT_THERE: _("Was not there"),
    NotAsked.OTHER: _("Another reason"),
}


class ChildsWords(LongText):
    """The words of the child: they or a reason are needed, so they do not simply "may stay empty"."""

    @property
    def is_optional(self) -> bool:
        """Return false: the form asks for one of two."""
        return False


class Otherwise(ChoiceField):
    """A choice that unfolds from a sentence of its own; its first line says what holds without it."""

    @property
    def is_optional(self) -> bool:
        """Return false: the first line says it."""
        return False


@with_marks
class ObservationQuestions(Form):
    """What somebody saw or heard: the facts, the words of the child and the own view stay apart."""

    on = DayField(_("When was it?"), required=_("Enter the day."))
    text = LongText(
        _("What did you see or hear?"),
        hint=_("Only facts. What would a camera see? Photos and files cannot be added."),
        required=_("Write down what you saw or heard."),
        rows=4,
    )
    source = Otherwise(
        _("From whom did you hear it?"),
        choices=[(code.value, words) for code, words in SOURCES.items() if code != Source.OWN],
        empty=_("I saw it myself"),
    )
    child_view = ChildsWords(_("What does the child say?"), hint=_("In the child's own words."))
    not_asked = Otherwise(
        _("Why not?"),
        choices=[(code.value, words) for code, words in NOT_ASKED.items()],
        empty=_("Choose a reason"),
    )
    interpretation = LongText(
        _("What do you think is going on?"),
        hint=_("Your own view. It stands apart from the facts."),
        rows=2,
    )
    level = RadioSegments(
        _("How urgent is it?"), choices=options(Level), required=_("Choose how urgent it is.")
    )
    action = TextField(_("Action"))
    owner = ChoiceField(_("Who does it?"))
    due_on = DayField(_("At the latest on"))

    def about(self, name: str, today: date) -> Self:
        """Ask about this child, up to today, and return the form."""
        self.on.label.text = gettext("When did you see %(name)s?", name=name)
        self.on.latest = today
        self.child_view.label.text = gettext("What does %(name)s say?", name=name)
        self.child_view.hint = gettext("The own words of %(name)s.", name=name)
        self.due_on.hint = gettext(
            "For a concern within 5 working days: %(day)s. Acute: today.",
            day=write_day(working_days_after(today, DAYS_FOR_AN_ACTION)),
        )
        return self

    def offer(self, people: Iterable[Option]) -> Self:
        """Let one of these do what is agreed, and return the form."""
        self.owner.choices = tuple(people)
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the words of the child or a reason, and for what was agreed when its day or doer is given."""
        is_right = super().validate(extra_validators)
        if not self.child_view.errors and not (self.child_view.data or self.not_asked.data):
            self.child_view.errors = [
                gettext("Write down the child's words, or choose below why you could not ask.")
            ]
            is_right = False
        if not self.action.data and (self.owner.data or self.due_on.data):
            self.action.errors = [gettext("Write down what is agreed.")]
            is_right = False
        return is_right

    def read(self) -> ObservationDetails:
        """Return what was asked for; call it once the form is submitted."""
        words, reason = maybe(self.child_view), maybe(self.not_asked)
        return ObservationDetails(
            on=some(self.on),
            text=some(self.text),
            level=Level(some(self.level)),
            source=Source(maybe(self.source) or Source.OWN),
            child_view=words,
            not_asked=NotAsked(reason) if reason and not words else None,
            interpretation=maybe(self.interpretation),
            conditions=marked(self),
            agreed=self._agreed(),
        )

    def _agreed(self) -> Agreed | None:
        text = maybe(self.action)
        return Agreed(text, maybe(self.owner), maybe(self.due_on)) if text else None


class ObservationForm(ObservationQuestions):
    """Write down an observation."""

    once = OnceField()


class CorrectionForm(ObservationQuestions):
    """Correct an observation."""

    done_on = DayField(_("Done on"))
    version = VersionField()

    def about(self, name: str, today: date) -> Self:
        """Ask about this child, up to today, and return the form."""
        self.done_on.latest = today
        return super().about(name, today)

    def _agreed(self) -> Agreed | None:
        text = maybe(self.action)
        if not text:
            return None
        return Agreed(text, maybe(self.owner), maybe(self.due_on), maybe(self.done_on))


class DoneForm(Form):
    """Say that what was agreed is done: today."""

    version = VersionField()


class FinishForm(Form):
    """Say on which day what was agreed was done."""

    done_on = DayField(_("Done on"), required=_("Enter the day."))
    version = VersionField()


class AgreeForm(Form):
    """What is agreed after an observation."""

    action = TextField(_("What do you agree?"), required=_("Write down what is agreed."))
    owner = ChoiceField(_("Who does it?"))
    due_on = DayField(_("At the latest on"))
    version = VersionField()

    def offer(self, people: Iterable[Option]) -> Self:
        """Let one of these do what is agreed, and return the form."""
        self.owner.choices = tuple(people)
        return self

    def read(self) -> Agreed:
        """Return what was asked for; call it once the form is submitted."""
        return Agreed(some(self.action), maybe(self.owner), maybe(self.due_on))


def values_of(on: date, facts: Any, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Return an observation as the form shows it; `texts` has text, child_view and interpretation."""
    marks = {MARKS[condition]: rating.value for condition, rating in facts.conditions.items()}
    return marks | {
        "on": on,
        "text": texts["text"],
        "source": None if facts.source is Source.OWN else facts.source.value,
        "child_view": texts["child_view"],
        "not_asked": facts.not_asked_because,
        "interpretation": texts["interpretation"],
        "level": facts.level.value,
        "action": facts.action_text,
        "owner": facts.action_owner,
        "due_on": facts.action_due_on,
        "done_on": facts.action_done_on,
    }


def owners(me: str, guardian: str | None, kept: str | None = None) -> list[Option]:
    """Return who can do what is agreed: oneself, the guardian, others by what they are, who stands there."""
    found = [Option(me, _("I (%(name)s)", name=me))]
    if guardian and guardian != me:
        found.append(Option(guardian, _("%(name)s, guardian", name=guardian)))
    found += [Option(str(one), one) for one in OTHERS]
    if kept and kept not in {option.value for option in found}:
        found.append(Option(kept, kept))
    return found
