"""A dossier in which nothing is wrong: what the fixed stories start from. No chance in it."""

from itertools import pairwise
from typing import Any

from caseapp.demo.cast import Document
from caseapp.demo.handover import placement
from caseapp.demo.staff import responsible_organisation
from caseapp.demo.stage import ENTRANCE, Life, Stage
from caseapp.demo.texts import SEEN, VISITS

CONTACT_DAYS = 14
GUARDIAN_DAYS = 26
REVIEW_DAYS = 150


def orderly(stage: Stage, life: Life) -> Document:
    """Write a child that is seen, goes to school and has its guardian, up to today."""
    document: Document = {
        "format": "caseapp-dossier/1",
        "child": _child(stage, life),
        "family_members": _parent(stage, life),
        "placements": [placement(stage, stay, n) for n, stay in enumerate(life.stays, 1)],
        "transfers": _transfers(stage, life),
        "responsible": _responsible(stage, life),
        "school": _school(stage, life),
        "care": _intakes(stage, life),
        "observations": _observations(stage, life),
        "contacts": [],
    }
    if life.alone:
        _guarded(stage, life, document)
    return document


def _child(stage: Stage, life: Life) -> dict[str, Any]:
    iso, came = stage.days.iso, life.arrival
    child: dict[str, Any] = {
        "ref": life.ref,
        "v_number": life.v_number,
        "given_names": life.given,
        "family_name": life.family_name,
        "birth": {
            "date": iso(life.birth),
            "precision": "day",
            "status": "declared" if life.alone else "documented",
        },
        "sex": "female" if life.girl else "male",
        "nationality": life.nation,
        "languages": [life.language],
        "unaccompanied": life.alone,
        "first_arrival_on": iso(came),
        "application_lodged_on": iso(came + 1),
        "needs_assessed_on": iso(came + 20),
    }
    if life.alone:
        child["transition_plan_on"] = iso(max(came + 40, stage.now - 70))
    return child


def _parent(stage: Stage, life: Life) -> list[Document]:
    if life.alone:
        return []
    return [
        {
            "ref": "ouder-1",
            "name": f"Maryam {life.family_name}",
            "relation": "parent",
            "minor": False,
            "location": life.last.place.name,
            "location_since": stage.days.iso(life.last.start),
        }
    ]


def _transfers(stage: Stage, life: Life) -> list[Document]:
    iso = stage.days.iso
    return [
        {
            "id": f"t{number}",
            "from_location": left.place.name,
            "to_location": came.place.name,
            "announced_on": iso(max(left.start, came.start - 21)),
            "planned_on": iso(came.start),
            "arrived_on": iso(came.start),
            "status": "arrived",
            "reason": "procedure_step",
            "handover": {"sent_on": iso(came.start - 5), "acknowledged_on": iso(came.start - 2)},
        }
        for number, (left, came) in enumerate(pairwise(life.stays), 1)
    ]


def _responsible(stage: Stage, life: Life) -> list[Document]:
    written: list[Document] = []
    for number, stay in enumerate(life.stays, 1):
        key = stage.contacts[stay.place.code][0]
        life.responsible[f"r{number}"] = key
        record: Document = {
            "id": f"r{number}",
            "name": stage.names[key],
            "role": "cpk",
            "organisation": responsible_organisation(stay.place.operator).value,
            "from": stage.days.iso(stay.start),
        }
        if stay is not life.last and stay.end is not None:
            record["to"] = stage.days.iso(stay.end)
        written.append(record)
    return written


def _school(stage: Stage, life: Life) -> list[Document]:
    iso, secondary = stage.days.iso, life.turns(12) <= stage.now
    written: list[Document] = []
    for stay in life.stays:
        if stay.place.kind in ENTRANCE:
            continue
        place = stage.schools[stay.place.municipality, secondary]
        record: Document = {
            "id": f"s{len(written) + 1}",
            "name": place.name,
            "brin": place.brin,
            "type": "VO_ISK" if secondary else "PO_nieuwkomers",
            "municipality": stay.place.municipality,
            "enrolled_on": iso(stay.start),
            "attending_from": iso(stay.start + 3),
            "hours_per_week": 25,
        }
        if stay.end is not None:
            record["to"] = iso(stay.end)
        if secondary:
            record["outflow_plan_on"] = iso(max(stay.start + 3, stage.now - 40))
        written.append(record)
    return written


def _intakes(stage: Stage, life: Life) -> list[Document]:
    iso, came = stage.days.iso, life.arrival
    medical: Document = {
        "id": "c1",
        "kind": "GZA_INTAKE",
        "place_bound": False,
        "referred_on": iso(came),
        "started_on": iso(came + 1),
        "ended_on": iso(came + 2),
        "end_reason": "completed",
    }
    return [
        medical,
        {
            "id": "c2",
            "kind": "JGZ",
            "place_bound": False,
            "referred_on": iso(came),
            "started_on": iso(came + 12),
        },
    ]


def _observations(stage: Stage, life: Life) -> list[Document]:
    days: list[int] = []
    for stay in life.stays:
        days += range(stay.start + 1, stage.now if stay.end is None else stay.end, CONTACT_DAYS)
    return [
        {
            "id": f"o{number}",
            "on": stage.days.iso(day),
            "source": "own",
            "level": "none",
            "text": SEEN[(number + life.number) % len(SEEN)],
        }
        for number, day in enumerate(days, 1)
    ]


def _guarded(stage: Stage, life: Life, document: Document) -> None:
    iso, start = stage.days.iso, life.arrival + 1
    key = stage.guardians[0]
    life.guardians["g1"] = key
    document["guardianship"] = [
        {"id": "g1", "guardian": stage.names[key], "kind": "temporary", "from": iso(start)}
    ]
    document["plans"] = [
        {"id": f"n{number}", "on": iso(day), "kind": "review" if number > 1 else "plan"}
        for number, day in enumerate(range(start + 30, stage.now + 1, REVIEW_DAYS), 1)
    ]
    document["contacts"] = [
        {
            "id": f"k{number}",
            "on": iso(day),
            "by": "guardian",
            "mode": "face_to_face",
            "note": VISITS[number % len(VISITS)],
        }
        for number, day in enumerate(range(start + 5, stage.now + 1, GUARDIAN_DAYS), 1)
    ]
