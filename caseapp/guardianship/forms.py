"""Questions about guardians, support after 18, and the road to it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import GuardianshipKind, PlanKind, Regime
from caseapp.domain.codes import Organisation
from caseapp.domain.intents.guardianship import (
    GuardianDetails,
    PlanDetails,
    RunwayDetails,
    SupportDetails,
)
from caseapp.domain.periods import EndsBeforeStartError, OverlapError, PeriodError
from caseapp.web.days import write_day
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    Mistake,
    OnceField,
    Option,
    RadioSegments,
    TextField,
    VersionField,
    maybe,
    some,
)
from caseapp.web.labels import options


class OwnGuardianshipForm(Form):
    """A guardianship that a guardian takes or corrects: always the own one."""

    from_on = DayField(_("Guardian from"), required=_("Enter the first day."))
    to_on = DayField(_("Ended on"), hint=_("Day-month-year. Empty: it goes on."))
    kind = RadioSegments(_("Kind of guardianship"), choices=options(GuardianshipKind))
    version = VersionField()

    def told(self, account_id: UUID | None, name: str | None = None) -> GuardianDetails:
        """Return what was asked for, for this guardian; call it once the form is submitted."""
        kind = maybe(self.kind)
        return GuardianDetails(
            from_on=some(self.from_on),
            to_on=maybe(self.to_on),
            account_id=account_id,
            name=name,
            kind=GuardianshipKind(kind) if kind else None,
        )


class WhichGuardian(ChoiceField):
    """A guardian from the list; the first line says what holds without a choice."""

    @property
    def is_optional(self) -> bool:
        """Return false: the form asks for an account or a name."""
        return False


class GuardianshipForm(OwnGuardianshipForm):
    """A guardianship that a coordinator or the guardianship desk assigns or corrects."""

    account = WhichGuardian(_("Guardian"), empty=_("Somebody without an account"))
    name = TextField(_("Name"), hint=_("Only for a guardian without an account"), most=120)

    def offer(self, guardians: Iterable[Option]) -> Self:
        """Let one of these be chosen, and return the form."""
        self.account.choices = tuple(guardians)
        return self

    @property
    def who(self) -> UUID | None:
        """Return the account that was chosen."""
        chosen = maybe(self.account)
        return UUID(chosen) if chosen else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for exactly one of an account and a name."""
        is_right = super().validate(extra_validators)
        if self.account.errors or self.name.errors or bool(self.who) is not bool(self.name.data):
            return is_right
        self.account.errors = [
            gettext("Choose a guardian from the list or write a name, not both.")
            if self.who
            else gettext("Choose a guardian, or write the name.")
        ]
        return False


class SupportQuestions(Form):
    """Support after 18, until 23."""

    regime = ChoiceField(
        _("Which support?"), choices=options(Regime), required=_("Choose which support.")
    )
    organisation = ChoiceField(
        _("By which organisation?"), choices=options(Organisation), empty=_("Not known")
    )
    from_on = DayField(_("From"), required=_("Enter the first day."))
    to_on = DayField(
        _("Until"),
        hint=_(
            "Empty: extended reception ends at 21, extended youth care at 23, other support not."
        ),
    )
    worker = ChoiceField(_("Who follows the young person?"), empty=_("Nobody yet"))

    def offer(self, workers: Iterable[Option]) -> Self:
        """Let one of these be chosen, and return the form."""
        self.worker.choices = tuple(workers)
        return self

    def read(self) -> SupportDetails:
        """Return what was asked for; call it once the form is submitted."""
        organisation, worker = maybe(self.organisation), maybe(self.worker)
        return SupportDetails(
            regime=Regime(some(self.regime)),
            from_on=some(self.from_on),
            to_on=maybe(self.to_on),
            organisation=Organisation(organisation) if organisation else None,
            worker_account_id=UUID(worker) if worker else None,
        )


class SupportForm(SupportQuestions):
    """Write down support after 18."""

    once = OnceField()
    version = VersionField()


class SupportCorrectionForm(SupportQuestions):
    """Correct support after 18."""

    version = VersionField()


class PlanQuestions(Form):
    """A plan of the guardian, or a review of it."""

    on = DayField(_("On which day?"), required=_("Enter the day."))
    kind = RadioSegments(
        _("What was made?"), choices=options(PlanKind), required=_("Choose a plan or a review.")
    )

    def until(self, today: date) -> Self:
        """Let the day not lie after today, and return the form."""
        self.on.latest = today
        return self

    def read(self) -> PlanDetails:
        """Return what was asked for; call it once the form is submitted."""
        return PlanDetails(some(self.on), PlanKind(some(self.kind)))


class PlanForm(PlanQuestions):
    """Write down a plan or a review."""

    once = OnceField()


class PlanCorrectionForm(PlanQuestions):
    """Correct a plan or a review."""

    taken_back = Mistake()
    version = VersionField()


def plan_values(facts: Any) -> dict[str, Any]:
    """Return a plan or a review as the form shows it."""
    return {
        "on": facts.on,
        "kind": facts.kind.value if facts.kind else None,
        "taken_back": None if facts.counts else True,
    }


class RunwayForm(Form):
    """What is decided on the road to 18."""

    transition_plan_on = DayField(
        _("Plan for 18 made on"), hint=_("Day-month-year. Empty: there is no plan yet.")
    )
    support_declined_on = DayField(
        _("Support after 18 declined on"),
        hint=_(
            "Day-month-year. The young person wants no support; after half a year we ask again."
        ),
    )
    version = VersionField()

    def until(self, today: date) -> Self:
        """Let no day lie after today, and return the form."""
        self.transition_plan_on.latest = self.support_declined_on.latest = today
        return self

    def read(self) -> RunwayDetails:
        """Return what was asked for; call it once the form is submitted."""
        return RunwayDetails(maybe(self.transition_plan_on), maybe(self.support_declined_on))


def in_the_way(error: PeriodError) -> str:
    """Return the sentence that says why a period cannot be."""
    if isinstance(error, EndsBeforeStartError):
        return gettext("The end lies before the first day.")
    if isinstance(error, OverlapError) and error.to_on is not None:
        return gettext(
            "There is another guardian from %(first)s to %(last)s.",
            first=write_day(error.from_on),
            last=write_day(error.to_on),
        )
    if isinstance(error, OverlapError):
        return gettext(
            "There is another guardian from %(first)s on. End that guardianship first.",
            first=write_day(error.from_on),
        )
    return gettext("This period cannot be.")
