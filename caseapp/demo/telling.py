"""A life written down as a dossier document, with the accounts of the people around the child."""

from typing import Any

from caseapp.demo import figures, guarding, handover, lessons, treatment
from caseapp.demo.cast import DemoChild, Document
from caseapp.demo.stage import Life, Stage, Stay
from caseapp.demo.visits import Seen, after_18, by_contact, by_guardian

DISAPPEARED_LATELY = 100


def tell(stage: Stage, life: Life, elder: list[Document]) -> DemoChild:
    """Write the whole dossier of a child; `elder` are the transfers of a brother or sister."""
    if life.alone and life.turns(18) > stage.now and life.precision == "day":
        _may_disappear(stage, life)
    stays = life.stays
    guardians = guarding.guardianship(stage, life) if life.alone else []
    transfers = [*handover.moves(stage, life, elder), *life.ahead]
    document: Document = {
        "format": "caseapp-dossier/1",
        "child": _child(stage, life),
        "family_members": _family_members(stage, life),
        "placements": [handover.placement(stage, stay, n) for n, stay in enumerate(stays, 1)],
        "transfers": transfers,
        "responsible": handover.responsible(stage, life, transfers),
        "school": lessons.school(stage, life),
        "care": treatment.care(stage, life),
        "consents": guarding.consents(stage, life),
    }
    document["absences"] = lessons.absences(stage, life, document["school"])
    _seen(stage, life, document)
    if life.alone:
        document["guardianship"] = guardians
        _guarded(stage, life, document)
    document |= life.document
    return finish(life, document)


def _guarded(stage: Stage, life: Life, document: Document) -> None:
    """Write the plans of the guardian, and the support after 18 that is there or decided."""
    document["plans"] = guarding.plans(stage, life)
    grown = life.turns(18) <= stage.now
    decide = guarding.support if grown else guarding.coming_support
    document["support"] = decide(stage, life)


def finish(life: Life, document: Document) -> DemoChild:
    """Leave empty lists out, and add the accounts."""
    return DemoChild(
        document={key: value for key, value in document.items() if value},
        v_number=document["child"]["v_number"],
        family=None if life.family is None else f"G{life.family:07d}",
        responsible=life.responsible,
        guardians=life.guardians,
        aftercare=life.aftercare,
    )


def _child(stage: Stage, life: Life) -> dict[str, Any]:
    iso, dice, came = stage.days.iso, stage.dice, life.arrival
    lodged = min(stage.now, came + (life.number & 1))
    child: dict[str, Any] = {
        "ref": life.ref,
        "v_number": life.v_number,
        "given_names": life.given,
        "family_name": life.family_name,
        "birth": {
            "date": iso(life.birth),
            "precision": life.precision,
            "status": "declared" if life.alone or life.precision != "day" else "documented",
        },
        "sex": "female" if life.girl else "male",
        "nationality": life.nation,
        "languages": [life.language],
        "unaccompanied": life.alone,
        "first_arrival_on": iso(came),
        "application_lodged_on": iso(lodged),
    }
    assessed = lodged + dice.between(9, 26)
    if assessed <= stage.now and not dice.chance(0.03):
        child["needs_assessed_on"] = iso(assessed)
    if life.alone:
        _plan_for_18(stage, life, child)
    return child


def _plan_for_18(stage: Stage, life: Life, child: dict[str, Any]) -> None:
    """Write on which day the plan for 18 was made, for most who are old enough."""
    iso, dice, came = stage.days.iso, stage.dice, life.arrival
    planned = life.turns(16) + dice.between(60, 190)
    if came < planned <= stage.now and not dice.chance(0.08):
        child["transition_plan_on"] = iso(planned)
    elif planned <= came <= stage.now - 60 and not dice.chance(0.08):
        child["transition_plan_on"] = iso(came + 50)


def _family_members(stage: Stage, life: Life) -> list[Document]:
    """Write the parent who came along, and brothers and sisters with the place where they are."""
    if life.alone:
        return []
    last = life.last
    mother = stage.girls[_speech(life, stage)]
    members: list[Document] = [
        {
            "ref": "ouder-1",
            "name": f"{mother[(life.family or 0) % len(mother)]} {life.family_name}",
            "relation": "parent",
            "minor": False,
            "location": last.place.name,
            "location_since": stage.days.iso(last.start),
        }
    ]
    members += [sibling(stage, other) for other in life.siblings]
    return members


def _speech(life: Life, stage: Stage) -> str:
    return next(speech for speech, names in stage.families.items() if life.family_name in names)


def sibling(stage: Stage, other: Life) -> Document:
    """Write a brother or sister; its reference is that of its own dossier."""
    return {
        "ref": other.ref,
        "name": f"{other.given} {other.family_name}",
        "relation": "sibling",
        "minor": other.turns(18) > stage.now,
        "location": other.last.place.name,
        "location_since": stage.days.iso(other.last.start),
    }


def _seen(stage: Stage, life: Life, document: Document) -> None:
    seen = Seen(stage)
    by_contact(stage, life, seen)
    if life.guardians:
        by_guardian(stage, life, seen, life.arrival + 1, life.turns(18))
        if life.turns(18) <= stage.now:
            after_18(stage, life, seen)
    document["observations"], document["contacts"] = seen.observations, seen.contacts


def _may_disappear(stage: Stage, life: Life) -> None:
    """Let a few unaccompanied minors go missing, as they do; most stay missing."""
    dice, now = stage.dice, stage.now
    years = (now - life.arrival) / 365
    if now - life.last.start < 40 or not dice.chance(figures.MISSING_A_YEAR * years):
        return
    found = dice.chance(figures.MISSING_FOUND)
    gone = now - dice.between(2, min(DISAPPEARED_LATELY, now - life.last.start - 5))
    spell: Document = {
        "id": "w1",
        "state": "missing",
        "from": stage.days.iso(gone),
        "police_report_on": stage.days.iso(gone),
    }
    if found:
        spell["to"] = stage.days.iso(min(now, gone + dice.between(1, 12)))
    else:
        life.stays[-1] = Stay(life.last.place, life.last.start, gone)
    life.document["whereabouts"] = [spell]
