"""Words for why a caseload goes to others."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.intents.caseload import WhyPassed
from caseapp.web.i18n import Words

WHYS_PASSED: Final[Mapping[WhyPassed, Words]] = {
    WhyPassed.LEAVES: _("Stops working here"),
    WhyPassed.ABSENT: _("Is away for a long time"),
    WhyPassed.ELSEWHERE: _("Goes to work at another place"),
    WhyPassed.TOO_MANY: _("Has too many children"),
}
