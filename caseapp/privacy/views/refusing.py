"""Why something was refused, in words: by the desk's own rules, or by those of two people."""

from caseapp.accounts.forms import REFUSALS
from caseapp.domain.granting import RefusedError
from caseapp.domain.privacy_rights import RightRefusedError
from caseapp.web.i18n import Words
from caseapp.web.labels import label


def refused_words(refused: RightRefusedError | RefusedError) -> Words:
    """Return the sentence for a refusal."""
    if isinstance(refused, RightRefusedError):
        return label(refused.code)
    return REFUSALS[refused.code]
