"""What two people decide about a request: how that stands, in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.domain.two_people import Verdict
from caseapp.kernel.work import Work
from caseapp.privacy.queries import DESK
from caseapp.web.filters import day_in_sentence
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.privacy.models import PrivacyRequest


@dataclass(frozen=True, slots=True)
class StandingTogether:
    """How the agreement stands: nothing was asked, it waits, it may be used, or it is over."""

    words: Words = ""
    waits: bool = False
    may_use: bool = False
    is_mine: bool = False

    @property
    def may_ask(self) -> bool:
        """Say whether it can be asked for (again)."""
        return not self.waits and not self.may_use


def standing_of(work: Work, row: "PrivacyRequest") -> StandingTogether:
    """Return how what two people decide about a request stands."""
    with work.beyond(DESK):
        asked = accounts.two_people(work, row.together_id) if row.together_id else None
    if asked is None:
        return StandingTogether()
    names = accounts.names(work, {asked.asked_by, asked.decided_by})
    is_mine = asked.asked_by == work.actor.account_id
    until = day_in_sentence(asked.ends_at.date(), work.today)
    second = names.get(asked.decided_by) if asked.decided_by else None
    if asked.used_at is not None:
        day = day_in_sentence(asked.used_at.date(), work.today)
        return StandingTogether(_("Done on %(day)s. %(name)s agreed.", day=day, name=second))
    if asked.decision == Verdict.REFUSED:
        return StandingTogether(_("%(name)s did not agree.", name=second))
    if asked.ends_at <= work.now:
        return StandingTogether(_("Nobody agreed in time, or it was not used. Ask again."))
    if asked.decision == Verdict.APPROVED:
        words = _("%(name)s agreed. It can be done once, until %(day)s.", name=second, day=until)
        return StandingTogether(words, may_use=True, is_mine=is_mine)
    asker = names.get(asked.asked_by)
    words = _(
        "Asked by %(name)s. It waits for a second person, until %(day)s.", name=asker, day=until
    )
    return StandingTogether(words, waits=True, is_mine=is_mine)
