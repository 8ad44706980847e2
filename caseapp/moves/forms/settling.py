"""Questions about what becomes of promises: several on one page, one save."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from caseapp.domain.codes import Outcome
from caseapp.domain.intents.moves import Settlement
from caseapp.web.days import NoSuchDayError, UnreadableDayError, read_day
from caseapp.web.forms import (
    Form,
    RadioField,
    TextField,
    VersionField,
    Wrong,
    maybe,
    refuse_other_rows,
    some,
)
from caseapp.web.i18n import Words
from caseapp.web.labels import options

ASKS: Final[Mapping[Outcome, Words]] = {
    Outcome.REBOOKED: _("Enter the day of the new appointment."),
    Outcome.HANDED_OVER: _("Write down to whom it was handed over."),
    Outcome.ENDED: _("Write down why it ends."),
}
"""What belongs to an outcome; that something continues needs nothing more."""


ROW_FIELD: Final = re.compile(r"p[0-9a-f]{32}-(?:version|outcome|detail)")


class OutcomeForm(Form):
    """What becomes of one promise: one choice, and the day, name or reason that belongs to it."""

    version = VersionField()
    outcome = RadioField(_("What becomes of it?"), choices=options(Outcome))
    detail = TextField(_("Day, name or reason"))

    @property
    def is_chosen(self) -> bool:
        """Say whether something was chosen or typed."""
        return bool(self.outcome.data or self.detail.data)

    def validate(self, *args: Any, **rest: Any) -> bool:
        """Ask for what belongs to the outcome, and for the outcome of what was typed."""
        if not super().validate(*args, **rest):
            return False
        if self.detail.data and not self.outcome.data:
            self.outcome.errors = [str(_("Choose what becomes of it."))]
            return False
        outcome = Outcome(self.outcome.data) if self.outcome.data else None
        if outcome is not None and outcome in ASKS and not self.detail.data:
            self.detail.errors = [str(ASKS[outcome])]
        elif outcome is Outcome.REBOOKED:
            self.detail.errors = self._wrong_day(self.detail.data or "")
        return not self.detail.errors

    @staticmethod
    def _wrong_day(typed: str) -> list[str]:
        try:
            read_day(typed)
        except UnreadableDayError:
            return [str(_("Write the day as day-month-year, for example 31-12-2026."))]
        except NoSuchDayError:
            return [
                str(_("The day %(typed)s does not exist. Check day, month and year.", typed=typed))
            ]
        return []

    def read(self) -> Settlement:
        """Return what was chosen; call it once the form is submitted and something is chosen."""
        outcome, detail = Outcome(some(self.outcome)), maybe(self.detail)
        return Settlement(
            outcome,
            outcome_on=read_day(detail or "") if outcome is Outcome.REBOOKED else None,
            outcome_to=detail if outcome is Outcome.HANDED_OVER else None,
            outcome_reason=detail if outcome in {Outcome.ENDED, Outcome.CONTINUES} else None,
        )


@dataclass
class OutcomeSheet:
    """The forms of several promises, sent together; each has a name of its own."""

    forms: dict[UUID, OutcomeForm] = field(default_factory=dict)
    form_errors: list[str] = field(default_factory=list)

    @classmethod
    def read(
        cls, rows: Iterable[tuple[UUID, int]], sent: "MultiDict[str, str] | None"
    ) -> "OutcomeSheet":
        """Return the forms of promises, by key and version; of what was sent those that were on the page."""
        refuse_other_rows(sent or (), ROW_FIELD)
        forms = {}
        for key, version in rows:
            prefix = f"p{key.hex}-"
            if sent is None or f"{prefix}version" in sent:
                forms[key] = OutcomeForm(sent, prefix=prefix, values={"version": version})
        return cls(forms)

    @property
    def submitted(self) -> bool:
        """Say whether everything that was chosen has the right shape, and something was chosen."""
        right = [form.submitted for form in self.forms.values()]
        if all(right) and not self.chosen:
            self.form_errors.append(str(_("Choose first what becomes of a promise.")))
        return all(right) and bool(self.chosen)

    @property
    def chosen(self) -> dict[UUID, OutcomeForm]:
        """Return the forms in which something was chosen."""
        return {key: form for key, form in self.forms.items() if form.is_chosen}

    @property
    def wrong(self) -> list[Wrong]:
        """Return what is wrong, in the order of the page; what concerns the whole sheet first."""
        first = next(iter(self.forms.values()), None)
        target = first.outcome.target if first is not None else "promises"
        whole = [Wrong(target, message) for message in self.form_errors]
        return whole + [line for form in self.forms.values() for line in form.wrong]

    def complain(self, message: Words) -> None:
        """Add an error that concerns the whole sheet."""
        self.form_errors.append(str(message))
