"""Questions at the privacy desk: which child, who asks what, what is said, and what is decided."""

from datetime import date
from typing import Any, Final, Self

from flask_babel import lazy_gettext as _

from caseapp.domain.intents.privacy import RequestDetails, StatementDetails
from caseapp.domain.privacy_rights import ENDS, Asker, Chapter, Identity, RequestState, Right
from caseapp.privacy.queries import Period
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    LongText,
    OnceField,
    RadioField,
    TextField,
    Tick,
    VersionField,
    VNumberField,
    maybe,
    some,
)
from caseapp.web.labels import options

ASKS: Final = tuple(one for one in Asker if one is not Asker.HOUSE)
SAYS: Final = (Asker.CHILD, Asker.PARENT, Asker.GUARDIAN)
SHOWN: Final = tuple(one for one in Identity if one is not Identity.NOT_NEEDED)
SHORTEST_REASON: Final = 10
"""Characters: a reason that says something."""


class WhyField(LongText):
    """A reason, long enough to say something."""

    def check(self, answer: str) -> None:
        """Refuse a reason that says nothing."""
        super().check(answer)
        if len(answer) < SHORTEST_REASON:
            raise ValueError(_("Write a little more: why?"))


class FindForm(Form):
    """Which child: by the whole V-number, for names are not searched here."""

    v_number = VNumberField(
        _("V-number"),
        hint=_("All 10 digits. Names are not searched here."),
        required=_("Enter the V-number: 10 digits."),
    )


class PeriodForm(Form):
    """From when to when; it stands in the address, so that a link can hold it."""

    van = DayField(_("From"))
    tot = DayField(_("Until and including"))

    def period(self) -> Period:
        """Return the days; what is not a day is left out, and the form says so."""
        if not self.validate():
            return Period()
        return Period(maybe(self.van), maybe(self.tot))


class RequestForm(Form):
    """A request of a child, or of somebody for it."""

    once = OnceField()
    right = RadioField(
        _("What is asked?"), choices=options(Right), required=_("Choose what is asked.")
    )
    asker = RadioField(_("Who asks?"), choices=options(Asker, ASKS), required=_("Choose who asks."))
    asker_name = TextField(_("Name of who asks"), hint=_("Empty when the child itself asks"))
    identity = RadioField(
        _("How do you know that it is this person?"),
        choices=options(Identity, SHOWN),
        required=_("Choose how you know."),
    )
    identity_note = TextField(
        _("What you saw"), hint=_("The kind of paper and the day. No number, no copy.")
    )
    received_on = DayField(
        _("Came in on"), required=_("Enter the day on which the request came in.")
    )
    asked = LongText(
        _("What was asked, in the words of who asks"), required=_("Write what was asked.")
    )

    def until(self, today: date) -> Self:
        """Let the day of receipt not lie after today, and return the form."""
        self.received_on.latest = today
        return self

    def validate(self, *args: Any, **rest: Any) -> bool:
        """Look at all answers; ask for a name when it is not the child itself that asks."""
        is_right = super().validate(*args, **rest)
        if not self.asker_name.data and self.asker.data not in {None, Asker.CHILD.value}:
            self.asker_name.errors = [str(_("Enter the name of who asks."))]
            return False
        return is_right

    def read(self) -> RequestDetails:
        """Return what was asked; call it once the form is submitted."""
        return RequestDetails(
            right=Right(some(self.right)),
            asker=Asker(some(self.asker)),
            identity=Identity(some(self.identity)),
            received_on=some(self.received_on),
            asked=some(self.asked),
            asker_name=maybe(self.asker_name),
            identity_note=maybe(self.identity_note),
        )


class ExtendForm(Form):
    """Why the answer comes later."""

    version = VersionField()
    because = WhyField(
        _("Why does the answer take longer?"),
        hint=_("You tell this to who asks, within the first month."),
        required=_("Write why it takes longer."),
    )
    told = Tick(
        _("I have told who asks that it takes longer, and why"),
        required=_("Tell who asks first, then tick this."),
    )


class CloseForm(Form):
    """How a request ended, and what was answered."""

    version = VersionField()
    how = RadioField(
        _("How did it end?"),
        choices=options(RequestState, ENDS),
        required=_("Choose how it ended."),
    )
    answer = WhyField(
        _("What was answered, and why"),
        hint=_(
            "After a refusal: the reasons, and that who asks can complain to the Autoriteit Persoonsgegevens."
        ),
        required=_("Write what was answered, and why."),
    )


class StatementForm(Form):
    """What a child, or somebody for it, says beside a chapter."""

    once = OnceField()
    chapter = ChoiceField(
        _("About which part of the file?"),
        choices=options(Chapter),
        required=_("Choose the part of the file."),
    )
    by = RadioField(
        _("Who says it?"), choices=options(Asker, SAYS), required=_("Choose who says it.")
    )
    on = DayField(_("Said on"), required=_("Enter the day on which it was said."))
    text = LongText(
        _("What is said, word for word"),
        hint=_("Change nothing, also when you think otherwise."),
        required=_("Write what is said."),
        rows=6,
    )

    def until(self, today: date) -> Self:
        """Let the day not lie after today, and return the form."""
        self.on.latest = today
        return self

    def read(self) -> StatementDetails:
        """Return what was said; call it once the form is submitted."""
        return StatementDetails(
            Chapter(some(self.chapter)), Asker(some(self.by)), some(self.on), some(self.text)
        )


class VersionForm(Form):
    """Nothing is asked but which version was seen."""

    version = VersionField()


class PackageForm(Form):
    """For what the whole file leaves the house, and what is left out."""

    version = VersionField()
    reason = WhyField(
        _("Why may this person have the file?"),
        hint=_("The second person reads this."),
        required=_("Write why this person may have the file."),
    )
    without_words = Tick(
        _("Leave out what the child said in its own words"),
        hint=_("When the child told it in confidence, and somebody else asks."),
    )


class EraseForm(Form):
    """The last question before a file is destroyed."""

    version = VersionField()
    sure = Tick(
        _("I am sure: destroy all that is kept of this child"),
        required=_("Tick this when you are sure."),
    )


class KeepForm(Form):
    """Keep it longer, until when and why."""

    version = VersionField()
    until_on = DayField(_("Keep it until"), required=_("Enter the day until which it is kept."))
    because = WhyField(_("Why is it kept longer?"), required=_("Write why it is kept longer."))


class DestroyForm(Form):
    """Ask to destroy a file."""

    version = VersionField()
    because = WhyField(
        _("Why is the file destroyed, and by which rule?"),
        hint=_("The second person reads this."),
        required=_("Write why the file is destroyed."),
    )
