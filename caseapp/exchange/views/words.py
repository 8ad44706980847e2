"""What pages about lists say: how far a list is, what failed, and what taking a doubtful row means."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from flask_babel import lazy_gettext as _

from caseapp.domain.lists.course import RunState
from caseapp.domain.lists.words import Reason
from caseapp.web.i18n import Words


class State(NamedTuple):
    """How far a list is: the look of its badge, its words, and a sentence on its page."""

    look: str
    words: Words
    told: Words


STATES: Final[Mapping[RunState, State]] = {
    RunState.WAITING: State("plain", _("waits its turn"), _("The list waits its turn.")),
    RunState.LOOKING: State("plain", _("being looked at"), _("We are looking at the list.")),
    RunState.READY: State("warning", _("ready for you"), _("Nothing is written yet.")),
    RunState.APPLYING: State("plain", _("being applied"), _("The list is being applied.")),
    RunState.APPLIED: State("good", _("applied"), _("The list is applied.")),
    RunState.FAILED: State("warning", _("did not work"), _("This did not work.")),
    RunState.WITHDRAWN: State("plain", _("withdrawn"), _("The list is withdrawn.")),
    RunState.UNDOING: State("plain", _("being undone"), _("The list is being undone.")),
    RunState.UNDONE: State("plain", _("undone"), _("The list is undone.")),
}

BUSY: Final = frozenset({RunState.WAITING, RunState.LOOKING, RunState.APPLYING, RunState.UNDOING})
"""The worker has it, or will have it soon: there is nothing to do but wait."""

GOING_ON: Final = BUSY | {RunState.READY}
"""Not at its end yet."""

STAGES: Final[Mapping[str, Words]] = {
    "reading": _("The file is being read."),
    "comparing": _("The rows are being held against what we know."),
    "keeping": _("The report is being kept."),
    "rehearsing": _("Everything is being worked out, with the alerts that follow."),
    "writing": _("Everything is being saved in one go."),
}
"""What the worker is doing with a list."""

FAILURES: Final[Mapping[str, Words]] = {
    "not-allowed": _("Who brought it in may not bring in this list any more. Ask a colleague."),
    "meanwhile": _("Somebody else wrote at the same time. Nothing is lost: apply the list again."),
    "unreadable": _("Something that we know could not be read. The administrator sees what."),
    "built-on": _("Something was built on this list meanwhile. Undo it again to see what."),
    "too-old": _(
        "It waited too long, and its rows are not kept any more. Bring the list in again."
    ),
}
"""Why a list came to nothing, besides what may be wrong with its file."""

OTHER_FAILURE: Final = _("Something went wrong here. Nothing was written. Bring the list in again.")

_STAYS_EMPTY: Final = _("If you take it, column %(column)s stays empty.")
_AS_ON_THE_LIST: Final = _("If you take it, the dates are written as they stand on the list.")

TAKING: Final[Mapping[Reason, Words]] = {
    Reason.BAD_DATE: _STAYS_EMPTY,
    Reason.IMPLAUSIBLE_DATE: _STAYS_EMPTY,
    Reason.FUTURE_DATE: _STAYS_EMPTY,
    Reason.UNKNOWN_CODE: _STAYS_EMPTY,
    Reason.BAD_NUMBER: _STAYS_EMPTY,
    Reason.UNKNOWN_LOCATION: _STAYS_EMPTY,
    Reason.TOO_LONG: _STAYS_EMPTY,
    Reason.FORMULA_LIKE: _STAYS_EMPTY,
    Reason.MISSING_VALUE: _("If you take it, the school is written without a date."),
    Reason.DATES_OUT_OF_ORDER: _AS_ON_THE_LIST,
    Reason.BEFORE_BIRTH: _AS_ON_THE_LIST,
    Reason.BIRTH_DATE_DIFFERS: _(
        "If you take it, the birth date of the list takes the place of ours."
    ),
    Reason.NAME_DIFFERS: _("If you take it, the names of the list take the place of ours."),
    Reason.AMV_DIFFERS: _("If you take it, what the list says takes the place of ours."),
    Reason.CLOCK_DATE_DIFFERS: _(
        "If you take it, the date of the list counts, and waiting times with it."
    ),
    Reason.LOCATION_CLOSED: _("If you take it, it is written at this place, open or not."),
    Reason.FROM_DIFFERS: _("If you take it, the move is written as it stands on the list."),
    Reason.OLDER_THAN_OURS: _(
        "If you take it, the move is written; where the child lives stays as it is."
    ),
}
"""What happens to a doubtful row when a person takes it."""

TAKING_CARE: Final[Mapping[Reason, Words]] = {
    Reason.CLOCK_DATE_DIFFERS: _(
        "If you take it, this referral is written beside ours, which goes on."
    ),
}
"""The same on a list of care, where it means something else."""

CANNOT: Final[Mapping[Reason, Words]] = {
    Reason.PERHAPS_BSN: _("Cannot be taken: it does not say about whom it is."),
    Reason.OLDER_THAN_OURS: _("Cannot be taken: what we know is later. Correct it on the file."),
    Reason.STATUS_GOES_BACK: _("Cannot be taken: a move does not go back. Correct it on the file."),
    Reason.DUPLICATE_ROW: _("Goes with the first row that says the same."),
    Reason.UNKNOWN_CHILD: _("Cannot be taken: we do not know this child."),
    Reason.SAME_LOCATION: _("Cannot be taken: the child is there already."),
    Reason.CLOCK_DATE_DIFFERS: _(
        "Cannot be taken: the stay before this one began later. Correct it on the file."
    ),
    Reason.FROM_DIFFERS: _("Cannot be taken: the child is on its way to another place."),
}
"""Why nobody can take a doubtful row, whatever else there is to say about it."""

CANNOT_OTHERWISE: Final = _("Cannot be taken. Correct it in the list and bring it in again.")
