"""Moves to look at beforehand: a child that lives at A, and two places where it could go."""

from caseapp.domain.codes import PlacementKind, Region
from caseapp.domain.impact import Destination, Intended, impact_of
from tests.domain.made import LIMITS, d, dossier, place, school

TODAY = d("2026-11-24")
DAY = d("2026-12-15")
"""A Tuesday and a school day; the Christmas holidays begin on Saturday 19 December."""
NEAR = Destination("B", PlacementKind.AZC, "GM9901", Region.MIDDEN)
FAR = Destination("C", PlacementKind.AZC, "GM9903", Region.MIDDEN)
LIVES = {"placements": [place("p1", "2026-01-05", at="A")]}
ATTENDS = school("s1", "2026-02-02", municipality="GM9901")


def going(to=FAR, on=DAY, announced="2026-11-20", **more):
    return Intended(to, on, d(announced), **more)


def of(move=None, child=None, today=TODAY, **lists):
    return impact_of(dossier(child, **LIVES | lists), move or going(), today, LIMITS)


def seen(items):
    return [(one.about, one.severity.value if one.severity else None) for one in items]


def hurt(impact):
    return dict(seen((*impact.breaks, *impact.attention)))


def sibling(ref="broer", at="A", **more):
    return {"ref": ref, "relation": "sibling", "minor": True, "location": at, "name": "Adam"} | more
