"""Care: the intakes everybody has, care that runs or ran until a move, and waiting lists."""

from collections.abc import Iterator

from caseapp.demo import figures
from caseapp.demo.cast import Document
from caseapp.demo.dice import Dice
from caseapp.demo.stage import QUIET, Life, Stage
from caseapp.demo.texts import PROVIDERS

KINDS = ("GGZ", "GGZ", "GGZ", "JEUGDHULP", "JEUGDHULP", "PARAMEDIC", "PARAMEDIC", "SPECIALIST",
         "DENTAL", "OTHER")  # fmt: skip
MENTAL = frozenset({"GGZ", "JEUGDHULP"})
LATE_BREAK = 60  # days: later breaks have been mended
LONGEST_LINE = 300


def care(stage: Stage, life: Life) -> list[Document]:
    """Write all care lines of the child."""
    lines = list(_intakes(stage, life))
    match stage.decks.care.draw():
        case "running":
            lines += _running(stage, life)
        case "waiting":
            lines.append(_waiting(stage, life))
    return lines


def _intakes(stage: Stage, life: Life) -> Iterator[Document]:
    """Medical intake within two days, youth health care within six weeks of arrival."""
    iso, dice, came = stage.days.iso, stage.dice, life.arrival
    seen = came + dice.between(0, 1)
    yield {
        "id": "c1",
        "kind": "GZA_INTAKE",
        "place_bound": False,
        "referred_on": iso(came),
        "started_on": iso(seen),
        "ended_on": iso(seen + 1),
        "end_reason": "completed",
    }
    started = came + (dice.between(5, 12) if life.turns(4) > came else dice.between(8, 36))
    if started <= stage.now and not dice.chance(0.03):
        yield {
            "id": "c2",
            "kind": "JGZ",
            "place_bound": False,
            "referred_on": iso(came),
            "started_on": iso(started),
            "contacts_on": [iso(started)],
        }


def _line(stage: Stage, kind: str, number: int, referred: int) -> Document:
    return {
        "id": f"c{number}",
        "kind": kind,
        "provider": PROVIDERS[kind],
        "place_bound": True,
        "referred_on": stage.days.iso(referred),
    }


def _visits(dice: Dice, start: int, end: int) -> list[int]:
    """Give the days of contact from the first day on, up to `end`; every two to four weeks."""
    seen, day = [], start
    while day <= end:
        seen.append(day)
        day += dice.between(13, 28)
    return seen


def _running(stage: Stage, life: Life) -> list[Document]:
    """Write running care, or care that a move broke off; that was mended, or still is broken."""
    moved = life.moved_on
    if moved is not None and moved - life.arrival > 90 and stage.decks.broken.draw():
        return _broken(stage, life, moved)
    return [_steady(stage, life)]


def _steady(stage: Stage, life: Life) -> Document:
    """Write care that runs at the present place, also when it began before the last move."""
    dice, iso = stage.dice, stage.days.iso
    start = max(life.arrival + 3, stage.now - dice.between(20, LONGEST_LINE))
    moved = life.moved_on
    if moved is not None and dice.chance(0.7):
        start = max(start, moved + 2)
    start = min(start, stage.now - 1)
    line = _line(stage, dice.pick(KINDS), 3, max(life.arrival, start - dice.between(10, 70)))
    seen = _visits(dice, start, stage.now - 1)
    if moved is not None and start < moved and seen[-1] < moved:
        seen.append(stage.now - 1 if stage.now - 1 >= moved else stage.now)
    line["started_on"] = iso(start)
    line["contacts_on"] = stage.isos(seen)
    line["next_contact_on"] = iso(stage.now + dice.between(1, 20))
    if line["kind"] in MENTAL:
        line["intake_on"] = iso(max(life.arrival, start - 7))
    if line["kind"] == "SPECIALIST":
        line["medication_until"] = iso(stage.now + dice.between(25, 80))
    return line


def _broken(stage: Stage, life: Life, moved: int) -> list[Document]:
    """Write care that ended at the latest move, and the line that took it up, if there is one."""
    dice, iso, now = stage.dice, stage.days.iso, stage.now
    kind = dice.pick(KINDS)
    started = max(life.arrival + 30, moved - dice.between(60, 240))
    first = _line(stage, kind, 3, max(life.arrival, started - dice.between(20, 80)))
    last_seen = moved - dice.between(2, 8)
    first["started_on"] = iso(started)
    first["contacts_on"] = stage.isos(_visits(dice, started, last_seen))
    first["ended_on"], first["end_reason"] = iso(moved), "moved"
    lately = now - moved <= LATE_BREAK and life.last.place.region != QUIET
    if lately and dice.chance(figures.BROKEN_STILL):
        return [first]
    again = min(moved + dice.between(12, 75), now)
    second = _line(stage, kind, 4, min(moved + dice.between(1, 9), again))
    second["continues"] = "c3"
    second["started_on"] = iso(again)
    second["contacts_on"] = stage.isos(_visits(dice, again, now))
    second["next_contact_on"] = iso(now + dice.between(1, 20))
    return [first, second]


def _waiting(stage: Stage, life: Life) -> Document:
    """Write a waiting list, most of them within the norm and kept at a move."""
    dice, now = stage.dice, stage.now
    kind = dice.pick(KINDS)
    # CAR-2: 28 days without an intake, 98 with one, 42 for other care.
    intake = kind in MENTAL and dice.chance(0.6)
    norm = 98 if intake else 28 if kind in MENTAL else 42
    late = dice.chance(figures.WAITING_TOO_LONG)
    waited = norm + dice.between(2, 40) if late else dice.between(2, norm - 2)
    referred = max(life.arrival, now - waited)
    line = _line(stage, kind, 3, referred)
    if intake:
        line["intake_on"] = stage.days.iso(min(now, referred + dice.between(8, 24)))
    moved = life.moved_on
    quiet = life.last.place.region == QUIET
    if moved is not None and referred < moved and (quiet or dice.chance(0.6)):
        line["waiting_kept_on"] = stage.days.iso(min(now, moved + dice.between(0, 4)))
    return line
