"""Whether a new password may be chosen: asked by every page where somebody chooses one."""

import re
from typing import TYPE_CHECKING

from caseapp.accounts.models import Account
from caseapp.domain.passwords import Weakness, fold, weakness
from caseapp.kernel.passwords import well_known
from caseapp.kernel.stolen import is_stolen
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference

if TYPE_CHECKING:
    from caseapp.settings import Settings


def weakness_of(work: Work, settings: "Settings", row: Account, password: str) -> Weakness | None:
    """Return what is wrong with a new password of an account, or nothing.

    Names of our own locations count as well-known words, those of confidential ones excepted.
    """
    about = (row.name, row.reachable.email, row.organisation or "")
    return weakness(
        password,
        well_known() | _words_of_places(work),
        about,
        lambda typed: is_stolen(settings.stolen_passwords, typed),
    )


def _words_of_places(work: Work) -> frozenset[str]:
    names = (place.name for place in reference.locations(work) if not place.confidential)
    return frozenset(word for name in names for word in re.split(r"[\W_]+", fold(name)) if word)
