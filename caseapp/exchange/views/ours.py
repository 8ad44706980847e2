"""What we have beside a row that says something else, in a few words."""

from collections.abc import Callable, Mapping
from typing import Final

from flask_babel import gettext as _

from caseapp.domain.codes import Precision
from caseapp.domain.lists.code_cells import CARE_KINDS
from caseapp.domain.lists.known import KnownChild, KnownTransfer
from caseapp.domain.lists.values import BirthDay
from caseapp.domain.lists.words import Reason
from caseapp.web.days import write_day
from caseapp.web.i18n import Words
from caseapp.web.labels import TRANSFER_STATUSES

Cells = Mapping[str, str]
"""What a row says, as it is written, by field."""


def ours(reason: Reason, field: str, said: Cells, child: KnownChild | None) -> Words:
    """Return what we have where the list says something else; nothing when there is none."""
    if child is None or reason not in OURS:
        return ""
    return OURS[reason](field, said, child)


def _birth(_field: str, _said: Cells, child: KnownChild) -> Words:
    return birth_words(child.birth)


def birth_words(birth: BirthDay) -> str:
    """Return a birth date as lists write it: 00 for what nobody knows."""
    day, month, year = write_day(birth.day).split("-")
    if birth.precision is Precision.DAY:
        return f"{day}-{month}-{year}"
    return f"00-{month if birth.precision is Precision.MONTH else '00'}-{year}"


def _name(_field: str, _said: Cells, child: KnownChild) -> Words:
    return f"{child.given_names or ''} {child.family_name or ''}".strip()


def _alone(_field: str, _said: Cells, child: KnownChild) -> Words:
    return "J" if child.unaccompanied else "N"


def _clock(field: str, said: Cells, child: KnownChild) -> Words:
    if field == "referred_on":
        return _referred(said, child)
    if field == "since":
        return _place("", said, child)
    day = getattr(child, field, None)
    return write_day(day) if day is not None else ""


def _referred(said: Cells, child: KnownChild) -> Words:
    """Return since when care of the same kind runs that is on no row of the list."""
    kind = CARE_KINDS.get(said.get("kind", "").lower().replace(" ", "_").replace("-", "_"))
    running = (line.referred_on for line in child.care if line.kind == kind and not line.ended_on)
    return ", ".join(write_day(day) for day in sorted(running))


def _place(_field: str, _said: Cells, child: KnownChild) -> Words:
    stay = child.stay
    if stay is None:
        return _("no place")
    if stay.ended:
        return _("no place since %(day)s", day=write_day(stay.since))
    place = stay.location or _("a place that is not on our list")
    return _("%(place)s since %(day)s", place=place, day=write_day(stay.since))


def _status(_field: str, said: Cells, child: KnownChild) -> Words:
    move = next((one for one in child.transfers if _is_meant(one, said)), None)
    return TRANSFER_STATUSES[move.status] if move is not None else ""


def _is_meant(move: KnownTransfer, said: Cells) -> bool:
    day = said.get("planned_on", "")
    written = {move.planned_on.isoformat(), write_day(move.planned_on)}
    return move.to_location == said.get("to_location", "").upper() and day in written


OURS: Final[Mapping[Reason, Callable[[str, Cells, KnownChild], Words]]] = {
    Reason.BIRTH_DATE_DIFFERS: _birth,
    Reason.NAME_DIFFERS: _name,
    Reason.AMV_DIFFERS: _alone,
    Reason.CLOCK_DATE_DIFFERS: _clock,
    Reason.OLDER_THAN_OURS: _place,
    Reason.FROM_DIFFERS: _place,
    Reason.SAME_LOCATION: _place,
    Reason.UNANNOUNCED_MOVE: _place,
    Reason.STATUS_GOES_BACK: _status,
}
"""Where we show what we have, and how."""
