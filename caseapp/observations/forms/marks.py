"""The 14 conditions as quick marks: short plain names, real radios, none chosen beforehand."""

from collections.abc import Mapping
from typing import Final, TypeVar, cast

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import Condition, Rating
from caseapp.web.forms import Form, RadioSegments
from caseapp.web.i18n import Words
from caseapp.web.labels import CONDITIONS, RATINGS

NOT_SEEN: Final = "not_seen"
"""Takes a mark back: a radio that was chosen cannot be left empty again."""

FAMILY: Final = 7
"""So many of the conditions are about family and care, the others about society."""

MARKS: Final[Mapping[Condition, str]] = {condition: f"mark_{condition}" for condition in CONDITIONS}
"""The name of the field of each condition, in the order of the list."""

FULL_NAMES: Final[Mapping[Condition, Words]] = {
    Condition.PHYSICAL_CARE: _("Adequate physical care"),
    Condition.SAFE_DIRECT_ENVIRONMENT: _("Safe direct physical environment"),
    Condition.AFFECTIVE_CLIMATE: _("Affective atmosphere"),
    Condition.SUPPORTIVE_STRUCTURE: _("Supportive, flexible structure of upbringing"),
    Condition.EXAMPLE_OF_PARENTS: _("Adequate example of parents"),
    Condition.INTEREST: _("Interest in the child"),
    Condition.CONTINUITY_OF_UPBRINGING: _("Continuity in upbringing and care, future perspective"),
    Condition.SAFE_WIDER_ENVIRONMENT: _("Safe wider physical environment"),
    Condition.RESPECT: _("Respect"),
    Condition.SOCIAL_NETWORK: _("Social network"),
    Condition.EDUCATION: _("Education"),
    Condition.CONTACT_WITH_PEERS: _("Contact with peers"),
    Condition.EXAMPLES_IN_SOCIETY: _("Adequate examples in society"),
    Condition.STABILITY: _("Stability in life circumstances, future perspective"),
}
"""The names of the list itself (Kalverboer and Zijlstra), for the help of the page."""

F = TypeVar("F", bound=type[Form])


class Mark(RadioSegments):
    """One mark; that it may stay empty is said once, above all of them."""

    @property
    def is_optional(self) -> bool:
        """Return false: no words behind each of the 14."""
        return False


def with_marks(form: F) -> F:
    """Give a form the 14 marks, after its other questions."""
    choices = [(rating.value, words) for rating, words in RATINGS.items()]
    for number, (condition, name) in enumerate(MARKS.items(), 1):
        legend = _("%(number)s. %(name)s", number=number, name=CONDITIONS[condition])
        setattr(form, name, Mark(legend, choices=[*choices, (NOT_SEEN, _("Not seen"))]))
    return form


def marked(form: Form) -> dict[Condition, Rating]:
    """Return the marks that were given."""
    given = {condition: cast("Mark", form[name]).data for condition, name in MARKS.items()}
    return {
        condition: Rating(value)
        for condition, value in given.items()
        if value and value != NOT_SEEN
    }


def mark_fields(form: Form) -> tuple[list[Mark], list[Mark]]:
    """Return the fields of the marks: those about the family, and those about society."""
    fields = [cast("Mark", form[name]) for name in MARKS.values()]
    return fields[:FAMILY], fields[FAMILY:]
