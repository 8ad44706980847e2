"""Why something is said about a row, in the few words of a filter."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.lists.words import Reason
from caseapp.web.i18n import Words

REASONS: Final[Mapping[Reason, Words]] = {
    Reason.MISSING_VALUE: _("a cell is empty"),
    Reason.BAD_V_NUMBER: _("no V-number"),
    Reason.PERHAPS_BSN: _("perhaps a BSN"),
    Reason.V_NUMBER_REPAIRED: _("V-number repaired"),
    Reason.BAD_DATE: _("no date"),
    Reason.IMPLAUSIBLE_DATE: _("date that cannot be right"),
    Reason.FUTURE_DATE: _("date in the future"),
    Reason.DATE_FROM_NUMBER: _("number read as a date"),
    Reason.UNKNOWN_CODE: _("word that is not on the list"),
    Reason.CODE_REPAIRED: _("GM put before the number"),
    Reason.BAD_NUMBER: _("no number that fits"),
    Reason.UNKNOWN_LOCATION: _("location that we do not know"),
    Reason.TOO_LONG: _("cell too long"),
    Reason.FORMULA_LIKE: _("begins like a formula"),
    Reason.NOT_A_ROW: _("total, note or header"),
    Reason.SHIFTED_ROW: _("more cells than the header"),
    Reason.DUPLICATE_ROW: _("the same row again"),
    Reason.CONTRADICTING_ROWS: _("rows that contradict"),
    Reason.END_BEFORE_START: _("ends before it begins"),
    Reason.DATES_OUT_OF_ORDER: _("dates out of order"),
    Reason.BEFORE_BIRTH: _("before the birth date"),
    Reason.NOT_FOLLOWED: _("23 or older"),
    Reason.SAME_LOCATION: _("move to where the child is"),
    Reason.UNKNOWN_CHILD: _("child that we do not know"),
    Reason.BIRTH_DATE_DIFFERS: _("another birth date"),
    Reason.NAME_DIFFERS: _("another name"),
    Reason.AMV_DIFFERS: _("unaccompanied or not"),
    Reason.CLOCK_DATE_DIFFERS: _("another date than ours"),
    Reason.OLDER_THAN_OURS: _("older than what we know"),
    Reason.LOCATION_CLOSED: _("place is not open"),
    Reason.FROM_DIFFERS: _("begins where the child is not"),
    Reason.STATUS_GOES_BACK: _("move goes back"),
    Reason.UNANNOUNCED_MOVE: _("move that nobody told"),
    Reason.TRANSFER_ARRIVED: _("expected move that came true"),
}
"""Each reason as a choice in the filter."""
