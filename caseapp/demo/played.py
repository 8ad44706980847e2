"""The children whose stories are played out through actions, told as they were two weeks ago.

Their numbers are far above those of the world, so that they are in nobody's way.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from caseapp.demo.cast import DemoChild, Document, World
from caseapp.demo.orderly import orderly
from caseapp.demo.stage import Life, Stage, Stay, v_number
from caseapp.demo.telling import finish
from caseapp.demo.texts import PROVIDERS
from caseapp.domain.care_codes import SchoolType

BEGAN: Final = 14
"""So many days ago the played stories begin."""
FIRST: Final = 5_000_001


def played_children(world: World) -> dict[str, DemoChild]:
    """Tell every child whose story is played, by the name of the story, as of the day on which it begins."""
    stage = Stage(replace(world, today=world.today - timedelta(days=BEGAN)))
    return {name: tell(stage, FIRST + turn) for turn, (name, tell) in enumerate(STORIES.items())}


def newcomer(world: World) -> DemoChild:
    """Tell Hodan, five, who came five days ago and was not seen by a doctor yet (CAR-5)."""
    stage = Stage(world)
    life = _life(stage, FIRST + len(STORIES), "Hodan Warsame", 5, "SOM", ("COL-HEI", 5), girl=True)
    document = orderly(stage, life)
    document["care"] = []
    del document["child"]["needs_assessed_on"]
    return finish(life, document)


def played_numbers() -> dict[str, str]:
    """Give the V-number of each child whose story is played."""
    return {name: v_number(FIRST + turn) for turn, name in enumerate((*STORIES, "newcomer"))}


def _life(
    stage: Stage,
    number: int,
    name: str,
    years: int,
    nation: str,
    *steps: tuple[str, int],
    girl: bool = False,
    alone: bool = False,
) -> Life:
    """Make a child of so many years; each step is the code of a place and how many days ago it came there."""
    given, family_name = name.split()
    days = [stage.days.weekday(stage.now - ago) for _code, ago in steps]
    ends = [*days[1:], None]
    stays = [
        Stay(stage.code[code], day, end)
        for (code, _ago), day, end in zip(steps, days, ends, strict=True)
    ]
    birth = stage.now - years * 365 - years // 4 - 100
    language = {"SYR": "ar", "ERI": "ti", "SOM": "so", "TUR": "tr", "AFG": "fa"}[nation]
    return Life(
        number, given, family_name, birth, girl, nation, language, alone, stays,
        family=None if alone else number,
    )  # fmt: skip


def _line(stage: Stage, kind: str, **ago: int) -> Document:
    """Write care that is bound to the place; each day is so many days ago."""
    days = {f"{name}_on": stage.days.iso(stage.now - day) for name, day in ago.items()}
    return {"id": "c3", "kind": kind, "provider": PROVIDERS[kind], "place_bound": True, **days}


def _climbed(stage: Stage, number: int) -> DemoChild:
    """Rima, eight: her therapy stopped at the move, her medicine is out, and nobody took it up."""
    life = _life(
        stage, number, "Rima Haddad", 8, "SYR", ("NO-KEM", 400), ("AZC-VEE", 22), girl=True
    )
    document = orderly(stage, life)
    line = _line(stage, "GGZ", referred=300, intake=280, started=250)
    line["contacts_on"] = stage.isos(range(stage.now - 250, stage.now - 24, 14))
    line["medication_until"] = stage.days.iso(stage.now - 18)
    document["care"].append(line)
    return finish(life, document)


def _mistaken(stage: Stage, number: int) -> DemoChild:
    """Tarek, ten, waits too long on paper: the intake was, the letter about it is late."""
    life = _life(stage, number, "Tarek Aziz", 10, "SYR", ("POL-BRE", 420), ("AZC-VEE", 300))
    document = orderly(stage, life)
    document["care"].append(_line(stage, "GGZ", referred=100))
    return finish(life, document)


def _came_back(stage: Stage, number: int) -> DemoChild:
    """Elias, twelve: his speech therapy stopped at the move; an appointment was made, and nobody came."""
    life = _life(stage, number, "Elias Demir", 12, "TUR", ("NO-KEM", 380), ("AZC-VEE", 8))
    document = orderly(stage, life)
    line = _line(stage, "PARAMEDIC", referred=200, started=150)
    line["contacts_on"] = stage.isos(range(stage.now - 150, stage.now - 10, 14))
    document["care"].append(line)
    return finish(life, document)


def _put_off(stage: Stage, number: int) -> DemoChild:
    """Leyla, thirteen: her place on the waiting list did not come along; somebody is calling about it."""
    life = _life(
        stage, number, "Leyla Karimi", 13, "AFG", ("NO-KEM", 350), ("AZC-VEE", 6), girl=True
    )
    document = orderly(stage, life)
    document["care"].append(_line(stage, "JEUGDHULP", referred=50, intake=20))
    return finish(life, document)


def _held(stage: Stage, number: int) -> DemoChild:
    """Filmon, sixteen and alone, is to move in the middle of his exams: the move is held."""
    life = _life(
        stage, number, "Filmon Tesfay", 16, "ERI", ("POA-WES", 200), ("NO-RIJ", 30), alone=True
    )
    return finish(life, orderly(stage, life))


def _half_done(stage: Stage, number: int) -> DemoChild:
    """Amira, eleven, moves next week with running therapy: half of what was promised is settled."""
    life = _life(
        stage, number, "Amira Nouri", 11, "SYR", ("POL-BRE", 420), ("AZC-VEE", 300), girl=True
    )
    document = orderly(stage, life)
    line = _line(stage, "GGZ", referred=200, intake=180, started=150)
    line["contacts_on"] = stage.isos(range(stage.now - 150, stage.now, 14))
    line["next_contact_on"] = stage.days.iso(stage.days.weekday(stage.now + BEGAN + 9))
    document["care"].append(line)
    return finish(life, document)


def _refused(stage: Stage, number: int) -> DemoChild:
    """Hamza, fourteen, is to move too; the other side cannot take him yet."""
    life = _life(stage, number, "Hamza Saleh", 14, "SYR", ("POL-BRE", 430), ("AZC-VEE", 310))
    return finish(life, orderly(stage, life))


def _unreported(stage: Stage, number: int) -> DemoChild:
    """Ismail, fifteen and alone: missing since yesterday, and the police do not know (SAF-2)."""
    life = _life(
        stage, number, "Ismail Yusuf", 15, "SOM", ("POA-WES", 190), ("NO-RIJ", 35), alone=True
    )
    return finish(life, orderly(stage, life))


def _medicine(stage: Stage, number: int) -> DemoChild:
    """Zahra, seven: her medicine runs out before the move that is planned (CAR-4)."""
    life = _life(
        stage, number, "Zahra Rahimi", 7, "AFG", ("POL-BRE", 410), ("AZC-VEE", 290), girl=True
    )
    document = orderly(stage, life)
    line = _line(stage, "SPECIALIST", referred=200, started=180)
    line["contacts_on"] = stage.isos(range(stage.now - 180, stage.now, 28))
    line["medication_until"] = stage.days.iso(stage.now + BEGAN + 5)
    document["care"].append(line)
    return finish(life, document)


def _concern(stage: Stage, number: int) -> DemoChild:
    """Mariam, nine, with speech therapy: somebody was worried about her, and agreed on nothing (OBS-2)."""
    life = _life(
        stage, number, "Mariam Osman", 9, "SYR", ("POL-BRE", 400), ("AZC-VEE", 280), girl=True
    )
    document = orderly(stage, life)
    line = _line(stage, "PARAMEDIC", referred=150, started=120)
    line["contacts_on"] = stage.isos(range(stage.now - 120, stage.now, 14))
    document["care"].append(line)
    return finish(life, document)


def _temporary(stage: Stage, number: int) -> DemoChild:
    """Yusuf, ten: more than half a year of lessons at the location itself (SCH-5)."""
    life = _life(stage, number, "Yusuf Barzani", 10, "SYR", ("POL-BRE", 300), ("TGO-SPO", 220))
    document = orderly(stage, life)
    document["school"][-1]["type"] = SchoolType.ON_LOCATION.value
    return finish(life, document)


def _stuck(stage: Stage, number: int) -> DemoChild:
    """Selam, sixteen: a year and a half in the transition class, and no plan for what comes next (SCH-6)."""
    life = _life(
        stage, number, "Selam Berhe", 16, "ERI", ("POL-BRE", 680), ("AZC-VEE", 570), girl=True
    )
    document = orderly(stage, life)
    for record in document["school"]:
        record.pop("outflow_plan_on", None)
    return finish(life, document)


def _listed(stage: Stage, number: int) -> DemoChild:
    """Dina, eight, with speech therapy: a list will say that she lives elsewhere, and nobody told us."""
    life = _life(
        stage, number, "Dina Nouri", 8, "SYR", ("POL-BRE", 420), ("AZC-MEE", 300), girl=True
    )
    document = orderly(stage, life)
    line = _line(stage, "PARAMEDIC", referred=150, started=120)
    line["contacts_on"] = stage.isos(range(stage.now - 120, stage.now, 14))
    document["care"].append(line)
    return finish(life, document)


STORIES: Final[Mapping[str, Callable[[Stage, int], DemoChild]]] = {
    "climbed": _climbed,
    "mistaken": _mistaken,
    "came_back": _came_back,
    "put_off": _put_off,
    "held": _held,
    "half_done": _half_done,
    "refused": _refused,
    "unreported": _unreported,
    "medicine": _medicine,
    "concern": _concern,
    "temporary": _temporary,
    "stuck": _stuck,
    "listed": _listed,
}
