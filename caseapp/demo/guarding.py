"""Guardians, their plans, and what is arranged for after 18, 21 and 23."""

from caseapp.demo import figures
from caseapp.demo.cast import Document
from caseapp.demo.stage import Life, Stage
from caseapp.domain.codes import PlacementKind

K = PlacementKind
# Where a young adult lives -> the regime of the support, and who gives it.
REGIMES = {
    K.NIDOS_KWE: ("verlengde_opvang", "nidos"),
    K.AZC: ("coa_begeleiding", "coa"),
    K.GEM: ("gemeente", "gemeente"),
}


def guardianship(stage: Stage, life: Life) -> list[Document]:
    """Write one guardian after the other until birthday 18. Fills `life.guardians`."""
    dice, now, end = stage.dice, stage.now, life.turns(18)
    start = life.arrival + dice.between(0, 1)
    if start > now:
        return []
    written = [_guardian(stage, life, "g1", start)]
    if now - start > 200 and dice.chance(0.15):
        change = start + dice.between(90, min(now, end) - start - 60)
        written[-1]["to"] = stage.days.iso(change)
        written.append(_guardian(stage, life, "g2", change))
    if end <= now:
        written[-1]["to"] = stage.days.iso(end)
    elif now - start > 300 and dice.chance(figures.GUARDIAN_GONE):
        written[-1]["to"] = stage.days.iso(now - dice.between(2, 20))
    return written


def _guardian(stage: Stage, life: Life, record: str, start: int) -> Document:
    key = stage.guardian()
    life.guardians[record] = key
    return {
        "id": record,
        "guardian": stage.names[key],
        "kind": "temporary",
        "from": stage.days.iso(start),
    }


def plans(stage: Stage, life: Life) -> list[Document]:
    """Write the plan of action, and a review twice a year."""
    dice, iso = stage.dice, stage.days.iso
    until = min(stage.now, life.turns(18))
    day, written = life.arrival + dice.between(20, 40), list[Document]()
    while day <= until:
        kind = "review" if written else "plan"
        written.append({"id": f"n{len(written) + 1}", "on": iso(day), "kind": kind})
        day += dice.between(140, 178) + (60 if dice.chance(0.03) else 0)
    return written


def coming_support(stage: Stage, life: Life) -> list[Document]:
    """Decide, for most who turn 18 within half a year, what comes after."""
    grown = life.turns(18)
    if stage.now < grown - 190 or stage.dice.chance(figures.UNDECIDED_AT_18):
        return []
    regime, organisation = stage.dice.pick(tuple(REGIMES.values()))
    return [_support(stage, life, 1, regime, organisation, grown)]


def _support(
    stage: Stage, life: Life, number: int, regime: str, organisation: str, start: int
) -> Document:
    record = f"u{number}"
    last = next(reversed(life.guardians.values())) if life.guardians else stage.guardian()
    life.aftercare[record] = last
    return {
        "id": record,
        "regime": regime,
        "organisation": organisation,
        "from": stage.days.iso(start),
    }


def support(stage: Stage, life: Life) -> list[Document]:
    """Write the support of a young adult: from birthday 18, and after 21 what follows it."""
    dice, now, iso = stage.dice, stage.now, stage.days.iso
    grown, limit = life.turns(18), life.turns(21)
    regime, organisation = REGIMES[life.last.place.kind]
    if regime == "verlengde_opvang" or (now >= limit and dice.chance(0.5)):
        written = [_support(stage, life, 1, "verlengde_opvang", "nidos", grown)]
        settled = limit - 95 > now or dice.chance(0.6)
        if now >= limit or (settled and limit - now < 200):
            written[0]["to"] = iso(limit)
            written.append(_support(stage, life, 2, "gemeente", "gemeente", limit))
    else:
        if dice.chance(0.2):
            regime = "verlengde_jeugdhulp"
        written = [_support(stage, life, 1, regime, organisation, grown)]
    if now - grown > 120 and dice.chance(figures.NO_SUPPORT):
        ended = now - dice.between(5, 60)
        if written[-1]["from"] < iso(ended):
            written[-1]["to"] = iso(ended)
    return written


def consents(stage: Stage, life: Life) -> list[Document]:
    """Write the talk on who may know what, around birthdays 12, 16 and 18."""
    dice, now = stage.dice, stage.now
    written: list[Document] = []
    for age in (12, 16, 18):
        day = life.turns(age)
        if day - 30 > now or day + 90 < life.arrival or dice.chance(0.05):
            continue
        talked = max(life.arrival, day - dice.between(0, 28))
        by = ["child"] if age > 12 else ["child", "guardian" if life.alone else "parent"]
        if talked <= now:
            written.append(
                {
                    "id": f"b{len(written) + 1}",
                    "on": stage.days.iso(talked),
                    "given_by": by,
                    "scope": "school, zorg en contactpersoon",
                }
            )
    return written
