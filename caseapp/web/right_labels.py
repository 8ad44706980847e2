"""Words for what takes two people and for looks in an emergency."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.emergency import Judgement, Why
from caseapp.domain.two_people import Together, Verdict
from caseapp.web.i18n import Words

TOGETHER: Final[Mapping[Together, Words]] = {
    Together.EXPORT: _("Take a whole file out"),
    Together.ERASURE: _("Erase a file for good"),
    Together.RESET: _("Let somebody sign in anew"),
    Together.AUDIT_BREAK: _("Go on after a break in the record of who saw what"),
}

VERDICTS: Final[Mapping[Verdict, Words]] = {
    Verdict.APPROVED: _("Agree"),
    Verdict.REFUSED: _("Do not agree"),
}

WHYS: Final[Mapping[Why, Words]] = {
    Why.DANGER: _("A child is in danger"),
    Why.MEDICAL: _("A doctor or hospital asks"),
    Why.MISSING: _("A child is missing, or was found"),
    Why.AT_THE_DOOR: _("A child stands at the door"),
    Why.NOBODY_REACHED: _("Nobody who sees the file can be reached"),
}

JUDGEMENTS: Final[Mapping[Judgement, Words]] = {
    Judgement.RIGHT: _("It was needed"),
    Judgement.ELSEWHERE: _("It was meant well, but there was another way"),
    Judgement.WRONG: _("It was not needed. I take this up with the employer"),
}
