"""Rules about being seen: the contact person knows how the child is."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from caseapp.domain import calendar
from caseapp.domain.care_codes import ContactBy, ContactMode, Source
from caseapp.domain.case import COA, Case
from caseapp.domain.codes import PlacementKind
from caseapp.domain.rules.rule import (
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    days_from,
    rule,
)

_FIRST_HAND: Final = frozenset({Source.OWN, Source.CHILD})
_SHORT_STAY: Final = frozenset(
    {
        PlacementKind.NO,
        PlacementKind.TGO,
        PlacementKind.COL,
        PlacementKind.COL_AMV,
        PlacementKind.POA,
    }
)


@rule(
    "OBS-1",
    "Contact person has not seen the child",
    Strand.OBSERVATION,
    OwnerGroup.RECORD,
    tile=days_from("counted_from"),
)
def contact_persons_see_the_child(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """The contact person sees a child soon after it comes, and again and again after that."""
    here = child.current
    if here is None or not child.minor or here.kind not in COA:
        return
    began = child.stay[0].start
    seen = _last_seen(child, began)
    counted_from = seen or began
    if seen is None:
        due = calendar.working_days_after(began, limits["first_wd"])
    else:
        short = here.kind in _SHORT_STAY
        days = limits["again_short_stay_days"] if short else limits["again_days"]
        due = calendar.plus_days(seen, days)
    since = calendar.plus_days(due, limits["grace_days"])
    if today < since:
        return
    twice = calendar.plus_days(due, (due - counted_from).days)
    yield Finding(
        "OBS-1",
        "cpk-contact",
        Severity.CRITICAL if today >= twice else Severity.WARNING,
        since=since,
        due=due,
        detail={"stay_since": began, "counted_from": counted_from}
        | ({} if seen is None else {"last_seen": seen}),
    )


def _last_seen(child: Case, began: date) -> date | None:
    """Return the last day of the stay on which the contact person saw or heard the child."""
    observed = (one.on for one in child.observations if one.source in _FIRST_HAND)
    spoken = (
        one.on
        for one in child.contacts
        if one.by is ContactBy.CPK and one.mode is ContactMode.FACE_TO_FACE
    )
    return max((day for day in (*observed, *spoken) if day >= began), default=None)
