"""The words of the reporting code: its parts, questions, clocks, and why something cannot be written."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.safety import Clause, Part, Question, Refusal
from caseapp.web.i18n import Words

PARTS: Final[Mapping[Part, Words]] = {
    Part.SIGNS: _("Step 1: the signs"),
    Part.CONSULT: _("Step 2: consultation"),
    Part.TALK: _("Step 3: talk with child and parents"),
    Part.WEIGH: _("Step 4: weighing"),
    Part.DECIDE: _("Step 5: the decision"),
    Part.SAFE_HOME: _("Veilig Thuis"),
    Part.CLOSE: _("Closing the file"),
}

QUESTIONS: Final[Mapping[Question, Words]] = {
    Question.SUSPECT: _("Do I suspect violence or abuse, or a threat of it?"),
    Question.UNSAFE: _("Is there acute danger, or is it unsafe again and again?"),
    Question.ABLE: _("Am I able to offer or organise effective help?"),
    Question.ACCEPTED: _("Do those involved accept the help, and do they commit to it?"),
    Question.WORKS: _("Does the help lead to safety and recovery within the agreed time?"),
}

CLAUSES: Final[Mapping[Clause, Words]] = {
    Clause.DECIDE_NOW: _("Acute danger: step 5 is due on the day itself."),
    Clause.DECIDE: _("Step 5 has not been taken."),
    Clause.ANSWER: _("Veilig Thuis has not answered."),
    Clause.INVESTIGATION: _("The investigation of Veilig Thuis takes longer than ten weeks."),
}

REFUSALS: Final[Mapping[Refusal, Words]] = {
    Refusal.CLOSED: _("This file is closed. Nothing can be written in it any more."),
    Refusal.STEP_BEFORE: _("Write the step before this one first."),
    Refusal.NOT_WEIGHED: _("Answer all five questions."),
    Refusal.NO_STEP_ONE: _("Begin with step 1."),
    Refusal.BEFORE_SIGNS: _("No day can lie before the day of step 1."),
    Refusal.NOT_YET: _("No day can lie after today."),
    Refusal.OUT_OF_ORDER: _("These days do not follow each other. Check them."),
    Refusal.NOTHING_DECIDED: _("Say of both whether it happens: the report, and help."),
    Refusal.HAS_OPEN_FILE: _("There is an open file about this child. Write in that one."),
}

SAFETY: Final = (PARTS, QUESTIONS, CLAUSES, REFUSALS)
