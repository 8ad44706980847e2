"""Questions about a child that is new to us."""

from datetime import date
from typing import Self

from flask_babel import lazy_gettext as _

from caseapp.people.forms import ChildForm
from caseapp.web.forms import ChoiceField, DayField


class NewChildForm(ChildForm):
    """Who the child is, and where it lives: without a place nobody would see it."""

    location = ChoiceField(_("Where does the child live?"), required=_("Choose the location."))
    since = DayField(_("Since which day?"), required=_("Enter the first day there."))

    def until(self, today: date) -> Self:
        """Let no day lie after today, and return the form."""
        super().until(today)
        self.since.latest = today
        return self
