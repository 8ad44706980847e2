"""Findings of every rule, as its sentence and its button may meet them."""

from datetime import date, timedelta

from caseapp.domain.care_codes import CareKind, Condition
from caseapp.domain.gist import MORE
from caseapp.domain.rules.rule import Finding, Severity

TODAY = date(2026, 11, 24)
"""A Tuesday."""


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def found(
    rule: str,
    since: int,
    due: int | None = None,
    severity: Severity = Severity.WARNING,
    **detail: object,
) -> Finding:
    facts = {key: value for key, value in detail.items() if isinstance(value, str | int | date)}
    return Finding(rule, "s", severity, day(since), None if due is None else day(due), facts)


ROUTE = {"from_location": "noodopvang Biddinghuizen", "to_location": "kwv Zeist"}

EXAMPLES = {
    "PLA-1": [
        found("PLA-1", -78, 63, counted_from=day(-120), limit_days=183),
        found("PLA-1", -178, -17, counted_from=day(-200), limit_days=183),
        found("PLA-1", -78),
    ],
    "PLA-2": [
        found("PLA-2", -15, moves=3, planned=1),
        found("PLA-2", -15, moves=1, planned=1),
        found("PLA-2", -15, moves=3, planned=0),
        found("PLA-2", -15, moves=0, planned=2),
    ],
    "PLA-3": [found("PLA-3", -8, 21)],
    "PLA-4": [found("PLA-4", since, due) for since in (-4, -1, 0) for due in (-2, 0, 1, 3)],
    "PLA-5": [found("PLA-5", -8, name="Hala", relation="sibling"), found("PLA-5", -8)],
    "PLA-6": [found("PLA-6", -2, location="azc Emmen")],
    "AMV-1": [found("AMV-1", -14)],
    "AMV-2": [found("AMV-2", -51, -9), found("AMV-2", 0, 42)],
    "AMV-3": [found("AMV-3", -14, group=95, most=80)],
    "TRF-1": [
        found("TRF-1", -1, 1, planned_on=day(1), **ROUTE),
        found("TRF-1", -1, 0, planned_on=day(0), **ROUTE),
        found("TRF-1", -1, 2, planned_on=day(2), **ROUTE),
        found("TRF-1", -6, -4, planned_on=day(-4), **ROUTE),
        found("TRF-1", -6, -4, planned_on=day(-5), arrived_on=day(-4), **ROUTE),
    ],
    "TRF-2": [found("TRF-2", -2, planned_on=day(-2), **ROUTE)],
    "TRF-3": [found("TRF-3", -3, location="azc Emmen")],
    "TRF-4": [
        found("TRF-4", -6, -6, topic="other", promise="zwemles"),
        found("TRF-4", -6, -6, topic="other", promise=f"elke woensdag om drie {MORE}"),
    ],
    "SCH-1": [found("SCH-1", -4, 10, Severity.NOTICE), found("SCH-1", -4, -1)],
    "SCH-2": [found("SCH-2", -15, -4, region="noord", **ROUTE)],
    "SCH-3": [
        found("SCH-3", -3, 4, hours=16, weeks=4),
        found("SCH-3", -3, 4, hours=1, weeks=1),
    ],
    "SCH-4": [found("SCH-4", -9, over=20), found("SCH-4", -40, over=40)],
    "SCH-5": [found("SCH-5", -9, counted_from=day(-193))],
    "SCH-6": [
        found("SCH-6", -9, counted_from=day(-560)),
        found("SCH-6", -9, counted_from=day(-740), planned_on=day(-99)),
    ],
    "SCH-7": [found("SCH-7", -9, 51, Severity.NOTICE)],
    "CAR-1": [found("CAR-1", -15, -1, care=kind.value, **ROUTE) for kind in CareKind],
    "CAR-2": [found("CAR-2", -71, care=kind.value, counted_from=day(-99)) for kind in CareKind],
    "CAR-3": [found("CAR-3", -8, 6, care=kind.value, **ROUTE) for kind in CareKind],
    "CAR-4": [found("CAR-4", -8, 26, Severity.CRITICAL, care="GGZ", planned_on=day(21))],
    "CAR-5": [found("CAR-5", -8, -8, arrived_on=day(-10))],
    "CAR-6": [found("CAR-6", -8, -8, arrived_on=day(-50))],
    "CAR-7": [found("CAR-7", -8, -8)],
    "GUA-1": [found("GUA-1", -6, 14, lodged_on=day(-7)), found("GUA-1", -3, -3, ended_on=day(-3))],
    "GUA-2": [
        found("GUA-2", -8, -8, counted_from=day(-43), last_seen=day(-43)),
        found("GUA-2", -8, -8, counted_from=day(-43)),
    ],
    "GUA-3": [
        found("GUA-3", -8, -8, guardian_since=day(-50)),
        found("GUA-3", -8, -8, planned_on=day(-191)),
    ],
    "GUA-4": [found("GUA-4", -8, guardian_since=day(-20), moved_on=day(-8), **ROUTE)],
    "OBS-1": [
        found("OBS-1", -4, -5, stay_since=day(-12), counted_from=day(-12)),
        found("OBS-1", -4, -5, stay_since=day(-90), counted_from=day(-33), last_seen=day(-33)),
    ],
    "OBS-2": [
        found("OBS-2", -11, -11, seen_on=day(-18), level="concern"),
        found("OBS-2", -11, -11, seen_on=day(-11), level="acute"),
    ],
    "OBS-3": [found("OBS-3", -11, -1, condition=one.value) for one in Condition],
    "OBS-4": [
        found("OBS-4", -4, -5, action="de peuterspeelzaal bellen"),
        found("OBS-4", -4, -5, action="met iemand van school en de ouders praten over de …"),
        found("OBS-4", -4, -5),
    ],
    "SAF-1": [
        found("SAF-1", -since, -since, missing_since=day(-since), **reported)
        for since in (0, 1, 2)
        for reported in ({}, {"reported_on": day(0)})
    ],
    "SAF-2": [found("SAF-2", 0, 0, missing_since=day(-1))],
    "AGE-1": [found("AGE-1", -71, 476, adult_on=day(476)), found("AGE-1", -71, 476)],
    "AGE-2": [found("AGE-2", -100, 54)],
    "AGE-3": [
        found("AGE-3", -21, ended_on=day(-21)),
        found("AGE-3", -21),
        found("AGE-3", -1, declined_on=day(-184)),
        found("AGE-3", -1, declined_on=day(-184), ended_on=day(-300)),
    ],
    "AGE-4": [found("AGE-4", -60, 9, regime="verlengde_opvang")],
    "AGE-5": [
        found("AGE-5", -10, 20, Severity.NOTICE, age=16, turned_by=day(20)),
        found("AGE-5", -40, -10, age=16, turned_by=day(20)),
        found("AGE-5", -40, -10, age=16, turned_by=day(-10)),
    ],
    "AGE-6": [found("AGE-6", -10, 80, age=18)],
    "AFT-1": [found("AFT-1", -2, -2, counted_from=day(-94))],
}
