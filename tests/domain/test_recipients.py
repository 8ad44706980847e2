"""Who owns an alert and who is told: each row of the table of rules.md 4."""

from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from caseapp.domain.recipients import (
    GUARDIANSHIP,
    NATIONAL,
    Around,
    Place,
    may_keep,
    recipients,
    transfer_of,
)
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import OwnerGroup, Severity

SPACE = UUID("00000000-0000-0000-0000-0000000000aa")


def who(name: str) -> UUID:
    return uuid5(SPACE, name)


HERE = Place(who("here"), "noord", (who("cpk here"), who("second here")), who("cpk here"))
BEFORE = Place(who("before"), "zuid", (who("cpk before"),), who("cpk before"))
ELSEWHERE = Place(who("elsewhere"), "midden", (who("cpk elsewhere"),), who("cpk elsewhere"))
AROUND = Around(
    responsible=who("cpk here"),
    guardian=who("guardian"),
    here=HERE,
    before=BEFORE,
    coordinators={
        "noord": (who("coordinator noord"),),
        "midden": (who("coordinator midden"),),
        "zuid": (who("coordinator zuid"),),
        NATIONAL: (who("national"),),
        GUARDIANSHIP: (who("team leader"),),
    },
)
ON_THE_WAY = replace(AROUND, sending=HERE, receiving=ELSEWHERE)

ROWS = [
    (OwnerGroup.PLACEMENT, AROUND, "cpk here", {"guardian"}, {"coordinator noord"}),
    (
        OwnerGroup.INTERRUPTION,
        AROUND,
        "noord",
        {"coordinator noord", "cpk here", "second here", "cpk before", "guardian"},
        {"coordinator zuid"},
    ),
    (
        OwnerGroup.HANDOVER,
        ON_THE_WAY,
        "cpk elsewhere",
        {"cpk here", "guardian"},
        {"coordinator noord", "coordinator midden"},
    ),
    (
        OwnerGroup.DESK,
        ON_THE_WAY,
        "midden",
        {"coordinator midden", "cpk here", "second here", "cpk elsewhere", "guardian"},
        set(),
    ),
    (
        OwnerGroup.DESK,
        AROUND,
        "noord",
        {"coordinator noord", "cpk here", "second here", "guardian"},
        set(),
    ),
    (
        OwnerGroup.INTERRUPTION,
        ON_THE_WAY,
        "midden",
        {"coordinator midden", "cpk here", "second here", "cpk elsewhere", "guardian"},
        {"coordinator noord"},
    ),
    (OwnerGroup.RECORD, AROUND, "cpk here", {"guardian"}, {"coordinator noord"}),
    (
        OwnerGroup.NO_GUARDIAN,
        replace(AROUND, guardian=None),
        GUARDIANSHIP,
        {"team leader", "cpk here"},
        {"coordinator noord"},
    ),
    (OwnerGroup.GUARDIANSHIP, AROUND, "guardian", {"cpk here"}, {"team leader"}),
    (
        OwnerGroup.WHEREABOUTS,
        AROUND,
        "cpk here",
        {"guardian", "coordinator noord"},
        {"national"},
    ),
]
"""Per row: the owner, who is told at once besides, and who besides those when it is critical."""
OWNS = {
    "PLA": OwnerGroup.PLACEMENT,
    "PLA-5": OwnerGroup.INTERRUPTION,
    "PLA-6": OwnerGroup.DESK,
    "AMV": OwnerGroup.PLACEMENT,
    "TRF-1": OwnerGroup.HANDOVER,
    "TRF-2": OwnerGroup.DESK,
    "TRF-3": OwnerGroup.DESK,
    "TRF-4": OwnerGroup.INTERRUPTION,
    "SCH": OwnerGroup.RECORD,
    "SCH-2": OwnerGroup.INTERRUPTION,
    "CAR": OwnerGroup.RECORD,
    "CAR-1": OwnerGroup.INTERRUPTION,
    "CAR-3": OwnerGroup.INTERRUPTION,
    "CAR-4": OwnerGroup.INTERRUPTION,
    "GUA": OwnerGroup.GUARDIANSHIP,
    "GUA-1": OwnerGroup.NO_GUARDIAN,
    "OBS": OwnerGroup.RECORD,
    "SAF": OwnerGroup.WHEREABOUTS,
    "AGE": OwnerGroup.GUARDIANSHIP,
    "AFT": OwnerGroup.GUARDIANSHIP,
}
"""The first column of rules.md 4, read by a person: a rule that is named goes before its theme."""
TRANSFER = "01990000-0000-7000-8000-000000000001"
DESKS = {"noord", "midden", "zuid", NATIONAL, GUARDIANSHIP}


def test_each_rule_is_in_the_row_that_the_table_names() -> None:
    for code, rule in RULES.items():
        assert rule.owner is OWNS.get(code, OWNS.get(code.split("-", maxsplit=1)[0])), code


@pytest.mark.parametrize(
    ("rule", "subject", "transfer"),
    [
        ("TRF-1", TRANSFER, TRANSFER),
        ("TRF-2", TRANSFER, TRANSFER),
        ("TRF-4", f"{TRANSFER}:i1", TRANSFER),
        ("CAR-4", f"c1@{TRANSFER}", TRANSFER),
        ("CAR-1", "c1@p1", None),
        ("TRF-3", "responsible", None),
        ("PLA-4", TRANSFER, None),
    ],
)
def test_the_ends_of_a_transfer_own_what_its_subject_names(
    rule: str, subject: str, transfer: str | None
) -> None:
    assert transfer_of(rule, subject) == transfer


@pytest.mark.parametrize(("group", "around", "owner", "told", "more"), ROWS)
def test_each_row_names_its_owner_and_whom_it_tells(
    group: OwnerGroup, around: Around, owner: str, told: set[str], more: set[str]
) -> None:
    mild = recipients(group, Severity.WARNING, around)
    grave = recipients(group, Severity.CRITICAL, around)
    for found in (mild, grave):
        if owner in DESKS:
            assert (found.account, found.desk) == (None, owner)
        else:
            assert (found.account, found.desk) == (who(owner), None)
    first = {who(name) for name in told} | ({who(owner)} if owner not in DESKS else set())
    assert set(mild.told) == first
    assert set(grave.told) == first | {who(name) for name in more}
    assert len(grave.told) == len(set(grave.told))


@pytest.mark.parametrize(
    ("group", "around", "desk"),
    [
        (OwnerGroup.PLACEMENT, replace(AROUND, responsible=None), "noord"),
        (OwnerGroup.RECORD, replace(AROUND, responsible=None), "noord"),
        (OwnerGroup.WHEREABOUTS, replace(AROUND, responsible=None), "noord"),
        (OwnerGroup.GUARDIANSHIP, replace(AROUND, guardian=None), GUARDIANSHIP),
        (
            OwnerGroup.HANDOVER,
            replace(ON_THE_WAY, receiving=replace(ELSEWHERE, contact=None)),
            "midden",
        ),
        (OwnerGroup.RECORD, replace(AROUND, responsible=None, here=Place()), "zuid"),
        (OwnerGroup.RECORD, Around(), NATIONAL),
        (OwnerGroup.INTERRUPTION, Around(), NATIONAL),
    ],
)
def test_when_the_owner_is_nobody_a_desk_owns_it(
    group: OwnerGroup, around: Around, desk: str
) -> None:
    found = recipients(group, Severity.WARNING, around)
    assert (found.account, found.desk) == (None, desk)
    assert set(around.of(desk)) <= set(found.told)


def test_who_is_told_without_seeing_the_child_is_named_apart() -> None:
    broken = recipients(OwnerGroup.INTERRUPTION, Severity.CRITICAL, AROUND)
    assert set(broken.outside) == {who("cpk before"), who("coordinator zuid")}
    within = replace(AROUND, before=replace(BEFORE, region="noord"))
    same_region = recipients(OwnerGroup.INTERRUPTION, Severity.CRITICAL, within)
    assert set(same_region.outside) == {who("cpk before")}
    coming = recipients(OwnerGroup.HANDOVER, Severity.WARNING, ON_THE_WAY)
    assert set(coming.outside) == {who("cpk elsewhere")}
    assert recipients(OwnerGroup.RECORD, Severity.CRITICAL, AROUND).outside == ()


@pytest.mark.parametrize(
    ("name", "keeps"),
    [
        ("cpk here", True),
        ("second here", True),
        ("guardian", True),
        ("coordinator noord", True),
        ("national", True),
        ("team leader", True),
        ("cpk elsewhere", True),
        ("coordinator midden", True),
        ("cpk before", False),
        ("coordinator zuid", False),
        ("somebody who left", False),
    ],
)
def test_who_took_an_alert_keeps_it_while_standing_by_the_child(name: str, keeps: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert may_keep(who(name), ON_THE_WAY) is keeps
