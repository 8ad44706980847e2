"""Questions about the best decision for the child before a move, in four steps (domain.md 9.1)."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _

from caseapp.domain.intents.moves import BestDecisionDetails
from caseapp.web.forms import Buttons, DayField, Form, LongText, TextField, VersionField, maybe
from caseapp.web.i18n import Words

DONE: Final = "done"
DRAFT: Final = "draft"
MOST: Final = 4000

NEEDED: Final[Mapping[str, Words]] = {
    "development": _("Write down what is best for the development of the child."),
    "other_interests": _("Write down which other interests there are, or that there are none."),
    "weighing": _("Write down how you weighed this."),
    "explained_on": _("Enter the day on which it was explained to the child."),
    "explained_by": _("Write down who explained it to the child."),
}
"""What a best decision cannot do without once it is done; a draft may lack anything."""


class BestDecisionForm(Form):
    """What was weighed for the child before a move."""

    version = VersionField()
    child_view = LongText(
        _("What does the child want? In its own words"), most=MOST, hint=_("No medical details")
    )
    not_asked_because = LongText(_("Or: why was the child not asked?"), most=MOST, rows=2)
    development = LongText(
        _("What is best for the development of the child?"),
        hint=_("What makes this child special, and what does the move do to it?"),
        most=MOST,
    )
    other_interests = LongText(
        _("Which other interests are there?"),
        hint=_("Of the parents, of organisations, money, the law"),
        most=MOST,
    )
    weighing = LongText(
        _("How did you weigh this?"), hint=_("The interest of the child comes first"), most=MOST
    )
    prevails_because = LongText(
        _("Do other interests come first after all? Why?"),
        hint=_("Leave this empty when the interest of the child comes first"),
        most=MOST,
        rows=2,
    )
    term_time_reason = LongText(
        _("Why on a school day?"),
        hint=_("Only when the move is on a school day; this goes to the move too"),
        most=500,
        rows=2,
    )
    explained_on = DayField(_("On which day was it explained to the child?"))
    explained_by = TextField(_("By whom?"))
    save = Buttons(
        "",
        choices=((DONE, _("Save as done")), (DRAFT, _("Save as a draft"))),
        required=_("Choose."),
    )

    def validate(self, *args: Any, **rest: Any) -> bool:
        """Ask for everything that a best decision cannot do without, once it is done."""
        right = super().validate(*args, **rest)
        if self.save.data != DONE:
            return right
        for name, words in NEEDED.items():
            if not self[name].data and not self[name].errors:
                self[name].errors = [str(words)]
                right = False
        if not (self.child_view.data or self.not_asked_because.data):
            self.child_view.errors = [
                str(_("Write down what the child wants, or why it was not asked."))
            ]
            right = False
        return right

    def read(self) -> BestDecisionDetails:
        """Return what was written; call it once the form is submitted."""
        return BestDecisionDetails(
            done=self.save.data == DONE,
            child_view=maybe(self.child_view),
            not_asked_because=maybe(self.not_asked_because),
            development=maybe(self.development),
            other_interests=maybe(self.other_interests),
            weighing=maybe(self.weighing),
            prevails_because=maybe(self.prevails_because),
            explained_on=maybe(self.explained_on),
            explained_by=maybe(self.explained_by),
            term_time_reason=maybe(self.term_time_reason),
        )
