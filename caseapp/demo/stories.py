"""The children whose stories are the same in every demo world, whatever its seed."""

from datetime import date
from typing import Any

from caseapp.demo.cast import DemoChild, Document
from caseapp.demo.handover import planned
from caseapp.demo.orderly import orderly
from caseapp.demo.stage import Life, Stage, Stay, v_number
from caseapp.demo.telling import finish, sibling
from caseapp.demo.texts import PROMISES, PROVIDERS

# What each story child is numbered, and so its V-number.
NUMBERS = {
    "therapy": 1,
    "turning_18": 2,
    "split_family": 3,
    "split_brother": 4,
    "split_sister": 5,
    "moves_tomorrow": 6,
    "not_arrived": 7,
    "missing": 8,
}


def story_numbers() -> dict[str, str]:
    """Give the V-number of each story child."""
    return {story: v_number(number) for story, number in NUMBERS.items()}


def stories(stage: Stage) -> list[DemoChild]:
    """Tell the fixed stories, in the order of their numbers."""
    return [
        _therapy(stage),
        _turning_18(stage),
        *_split_family(stage),
        _moves_tomorrow(stage),
        _not_arrived(stage),
        _missing(stage),
    ]


def _aged(stage: Stage, years: int, days: int) -> int:
    return stage.now - years * 365 - years // 4 - days


def _weekday_near(stage: Stage, days_ago: int) -> int:
    return stage.days.weekday(stage.now - days_ago)


def _stays(stage: Stage, *steps: tuple[str, int]) -> list[Stay]:
    """Make stays from pairs of a location code and the day of arrival."""
    ends = [*(day for _, day in steps[1:]), None]
    return [Stay(stage.code[code], day, end) for (code, day), end in zip(steps, ends, strict=True)]


def _therapy(stage: Stage) -> DemoChild:
    """Samira, nine: her therapy did not come along at her second move, and the medicine is out."""
    moved = _weekday_near(stage, 12)
    life = Life(
        NUMBERS["therapy"], "Samira", "Darwish", _aged(stage, 9, 140), True, "SYR", "ar", False,
        _stays(
            stage,
            ("NO-KEM", _weekday_near(stage, 480)),
            ("AZC-VEE", _weekday_near(stage, 400)),
            ("AZC-MEE", moved),
        ),
        family=NUMBERS["therapy"],
    )  # fmt: skip
    document = orderly(stage, life)
    document["care"].append(_broken_therapy(stage, moved))
    document["transfers"][-1]["handover"]["items"] = [
        {"id": "i1", "topic": "care", "text": PROMISES["care"], "outcome": "continues"},
        {"id": "i2", "topic": "school", "text": PROMISES["school"], "outcome": "continues"},
    ]
    return finish(life, document)


def _broken_therapy(stage: Stage, moved: int) -> dict[str, Any]:
    """Write therapy that ran until the move, and medicine that was to last three days more."""
    iso = stage.days.iso
    return {
        "id": "c3",
        "kind": "GGZ",
        "provider": PROVIDERS["GGZ"],
        "place_bound": True,
        "referred_on": iso(stage.now - 330),
        "intake_on": iso(stage.now - 306),
        "started_on": iso(stage.now - 260),
        "contacts_on": stage.isos(range(stage.now - 260, moved - 4, 14)),
        "medication_until": iso(moved + 3),
    }


def _turning_18(stage: Stage) -> DemoChild:
    """Yonas, alone, turns eighteen in three weeks: no plan, no support, nobody decided."""
    day = date.fromordinal(stage.now + 21)
    try:
        birth = day.replace(year=day.year - 18).toordinal()
    except ValueError:
        birth = date(day.year - 18, 3, 1).toordinal()
    life = Life(
        NUMBERS["turning_18"], "Yonas", "Gebre", birth, False, "ERI", "ti", True,
        _stays(
            stage,
            ("POA-WES", _weekday_near(stage, 610)),
            ("KWEXT-ZUI", _weekday_near(stage, 470)),
        ),
    )  # fmt: skip
    document = orderly(stage, life)
    del document["child"]["transition_plan_on"]
    return finish(life, document)


def _split_family(stage: Stage) -> list[DemoChild]:
    """Parisa, fifteen, is to move in nine days; her mother, Milad and Roya stay behind."""
    came, here = _weekday_near(stage, 560), _weekday_near(stage, 430)
    who = (
        ("split_family", "Parisa", True, _aged(stage, 15, 60)),
        ("split_brother", "Milad", False, _aged(stage, 11, 200)),
        ("split_sister", "Roya", True, _aged(stage, 7, 90)),
    )
    lives = [
        Life(
            NUMBERS[story], given, "Safari", birth, girl, "AFG", "fa", False,
            _stays(stage, ("POL-BRE", came), ("AZC-VEE", here)), family=NUMBERS["split_family"],
        )
        for story, given, girl, birth in who
    ]  # fmt: skip
    told = []
    for life in lives:
        document = orderly(stage, life)
        others = [other for other in lives if other is not life]
        document["family_members"] += [sibling(stage, other) for other in others]
        if life is lives[0]:
            _plan_split(stage, document)
        told.append(finish(life, document))
    return told


def _plan_split(stage: Stage, document: Document) -> None:
    """Plan the move of one of them to the other end of the country, with running youth help."""
    iso, now = stage.days.iso, stage.now
    away = planned(
        stage, stage.code["AZC-VEE"], stage.code["AZC-LIN"], now - 3, stage.days.weekday(now + 9)
    )
    document["transfers"].append(away)
    document["care"].append(
        {
            "id": "c3",
            "kind": "JEUGDHULP",
            "provider": PROVIDERS["JEUGDHULP"],
            "place_bound": True,
            "referred_on": iso(now - 150),
            "intake_on": iso(now - 130),
            "started_on": iso(now - 110),
            "contacts_on": stage.isos(range(now - 110, now, 15)),
            "next_contact_on": iso(now + 5),
        }
    )


def _moves_tomorrow(stage: Stage) -> DemoChild:
    """Bilal, twelve, moves tomorrow; the receiving side has not accepted the handover."""
    life = Life(
        NUMBERS["moves_tomorrow"], "Bilal", "Mansour", _aged(stage, 12, 80), False, "YEM", "ar",
        False,
        _stays(
            stage,
            ("POL-BRE", _weekday_near(stage, 520)),
            ("AZC-VEE", _weekday_near(stage, 450)),
        ),
        family=NUMBERS["moves_tomorrow"],
    )  # fmt: skip
    document = orderly(stage, life)
    now = stage.now
    coming = planned(stage, stage.code["AZC-VEE"], stage.code["AZC-LIN"], now - 16, now + 1)
    coming["status"] = "confirmed"
    coming["handover"] = {
        "sent_on": stage.days.iso(now - 4),
        "items": [
            {"id": "i1", "topic": "school", "text": PROMISES["school"]},
            {"id": "i2", "topic": "wish_of_child", "text": PROMISES["wish_of_child"]},
        ],
    }
    document["transfers"].append(coming)
    return finish(life, document)


def _not_arrived(stage: Stage) -> DemoChild:
    """Abel, sixteen and alone, left three days ago and is not at the other side."""
    now = stage.now
    life = Life(
        NUMBERS["not_arrived"], "Abel", "Kidane", _aged(stage, 16, 30), False, "ERI", "ti", True,
        _stays(stage, ("POA-WES", _weekday_near(stage, 92))),
    )  # fmt: skip
    life.last.end = now - 3
    document = orderly(stage, life)
    left = planned(stage, stage.code["POA-WES"], stage.code["KWEXT-ZUI"], now - 20, now - 3)
    left["status"] = "departed"
    left["handover"] = {
        "sent_on": stage.days.iso(now - 9), "acknowledged_on": stage.days.iso(now - 6)
    }  # fmt: skip
    document["transfers"].append(left)
    return finish(life, document)


def _missing(stage: Stage) -> DemoChild:
    """Karim, seventeen and alone, has not been seen since the day before yesterday."""
    now, iso = stage.now, stage.days.iso
    life = Life(
        NUMBERS["missing"], "Karim", "Zayat", _aged(stage, 17, 20), False, "MAR", "ar", True,
        _stays(
            stage,
            ("POA-WES", _weekday_near(stage, 420)),
            ("NO-JON", _weekday_near(stage, 80)),
        ),
    )  # fmt: skip
    document = orderly(stage, life)
    document["whereabouts"] = [
        {"id": "w1", "state": "missing", "from": iso(now - 2), "police_report_on": iso(now - 2)}
    ]
    return finish(life, document)
