"""School: a record for each place where the child went, with the gap after each move."""

from caseapp.demo import figures
from caseapp.demo.cast import Document
from caseapp.demo.stage import ENTRANCE, QUIET, Life, Stage, Stay

MAY_GO = 4  # years; compulsory from 5
SECONDARY = 12
GROWN = 18
SHORT_STAY = 25  # days; nobody starts at a school for less
NEWCOMER_DAYS = 365
TEMPORARY_DAYS = 150
TRANSITION_DAYS = 530
PLAN_AFTER_DAYS = 400
HARD_TO_SEE = 12  # days; before ten school days are over nothing is critical


def school(stage: Stage, life: Life) -> list[Document]:
    """Write the school records, in order of time."""
    written: list[Document] = []
    first_isk: int | None = None
    for stay in life.stays:
        record = _at(stage, life, stay, len(written) + 1)
        if record is None:
            continue
        if record["type"] == "VO_ISK" and "attending_from" in record:
            first_isk = first_isk or stay.start
            if stay.end is None and stage.now - first_isk > PLAN_AFTER_DAYS:
                record["outflow_plan_on"] = stage.days.iso(stage.now - stage.dice.between(10, 60))
        written.append(record)
    return written


def _at(stage: Stage, life: Life, stay: Stay, number: int) -> Document | None:
    """Write the school at one place; None when the child was too young or left too soon."""
    until = stage.now if stay.end is None else stay.end
    old_enough = life.turns(MAY_GO)
    if stay.place.kind in ENTRANCE or until <= old_enough:
        return _playgroup(stage, life, stay, number)
    start = max(stay.start, old_enough)
    if stay.end is None:
        return _now(stage, life, stay, start, number)
    if stay.end - start < SHORT_STAY:
        return None
    attending = stage.days.after_school_days(start, gap_days(stage))
    if attending >= stay.end - 5:
        return None
    record = _record(stage, life, stay, attending, number)
    record["to"] = stage.days.iso(stay.end)
    return record


def _playgroup(stage: Stage, life: Life, stay: Stay, number: int) -> Document | None:
    """Write a playgroup for a toddler that lives here now, as half of them have."""
    since = max(stay.start + 7, life.turns(2) + 180)
    if stay.end is not None or since > stage.now or stay.place.kind in ENTRANCE:
        return None
    if stage.dice.chance(0.5):
        return None
    return {
        "id": f"s{number}",
        "type": "VVE",
        "municipality": stay.place.municipality,
        "attending_from": stage.days.iso(since),
        "hours_per_week": 8,
    }


def gap_days(stage: Stage) -> int:
    """Draw the school days between a move and the first day at the new school."""
    return min(int(stage.dice.lognormal(figures.GAP_MEDIAN, figures.GAP_SIGMA)), 200)


def _now(stage: Stage, life: Life, stay: Stay, start: int, number: int) -> Document:
    """Write the school of the present place, or the waiting list."""
    here = stage.now - start
    if not _enrolled(stage, stay, before=number > 1):
        return _waiting(stage, life, stay, start, number)
    attending = stage.days.after_school_days(start, gap_days(stage))
    soonest = start + 1 if here < 4 else start + 2 + int(here * 0.6 * stage.dice.random())
    attending = max(start + 1, min(attending, soonest))
    return _record(stage, life, stay, attending, number)


def _enrolled(stage: Stage, stay: Stay, *, before: bool) -> bool:
    """Say whether the child goes to school here; `before`: it went to one at another place."""
    if before and stay.place.region == QUIET:
        return stage.now - stay.start > HARD_TO_SEE or stage.dice.chance(0.7)
    deck = stage.decks.enrolled.get(stay.place.kind.value, stage.decks.enrolled_elsewhere)
    return deck.draw()


def _waiting(stage: Stage, life: Life, stay: Stay, start: int, number: int) -> Document:
    since = min(stage.now, start + stage.dice.between(2, 12))
    name, _, kind = _which(stage, life, stay, start)
    return {
        "id": f"s{number}",
        "name": name,
        "type": kind,
        "municipality": stay.place.municipality,
        "waiting_list_since": stage.days.iso(since),
    }


def _record(stage: Stage, life: Life, stay: Stay, attending: int, number: int) -> Document:
    name, brin, kind = _which(stage, life, stay, attending)
    iso = stage.days.iso
    return {
        "id": f"s{number}",
        "name": name,
        "brin": brin,
        "type": kind,
        "municipality": stay.place.municipality,
        "enrolled_on": iso(max(stay.start, attending - 5)),
        "attending_from": iso(attending),
        "hours_per_week": 25 if attending % 3 else 22.5,
    }


def _which(stage: Stage, life: Life, stay: Stay, day: int) -> tuple[str, str, str]:
    """Choose name, code and type of the school for the age and the time in the country."""
    secondary = life.turns(SECONDARY) <= day
    place = stage.schools[stay.place.municipality, secondary]
    in_country = day - life.arrival
    if stay.place.kind in {"NO", "TGO"} and stage.now - day < TEMPORARY_DAYS and day % 4 == 0:
        return place.name, place.brin, "TNV_TOV"
    if not secondary:
        kind = "PO_nieuwkomers" if in_country < NEWCOMER_DAYS else "PO_regulier"
        return place.name, place.brin, kind
    if life.turns(GROWN) <= day or (in_country > TRANSITION_DAYS and life.turns(16) <= day):
        return place.name, place.brin, "MBO_entree"
    kind = "VO_ISK" if in_country < TRANSITION_DAYS else "VO_regulier"
    return place.name, place.brin, kind


def absences(stage: Stage, life: Life, records: list[Document]) -> list[Document]:
    """Write days missed lately: some ill, a few children too often without leave."""
    if not records or "attending_from" not in records[-1] or life.turns(GROWN) <= stage.now:
        return []
    dice = stage.dice
    if life.turns(5) > stage.now or not dice.chance(0.14):
        return []
    truant = dice.chance(0.15)
    count = dice.between(3, 5) if truant else dice.between(1, 3)
    started = records[-1]["attending_from"]
    found = stage.days.latest_school_days(stage.now, 14)
    chosen = [day for day in found[:: max(1, 14 // count)] if stage.days.iso(day) >= started]
    return [
        {
            "id": f"a{number}",
            "on": stage.days.iso(day),
            "hours": 5.5,
            "authorised": not truant,
            **({} if truant else {"reason": "ziek"}),
        }
        for number, day in enumerate(chosen[:count], 1)
    ]
