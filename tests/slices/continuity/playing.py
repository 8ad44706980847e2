"""Playing a history day by day through the doors that the pages use, and taking the same in at once elsewhere.

What is refused is left out: a person would read why, and do something else. After each day on which
something happened the nightly look must find nothing more to do.
"""

import json
import random
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from caseapp.continuity import facts
from caseapp.continuity.models import Alert
from caseapp.domain import document as documents
from caseapp.domain.calendar import plus_days
from caseapp.domain.moving import RefusedError
from caseapp.domain.periods import PeriodError
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.guardianship import queries as guarding
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import OutOfReachError
from caseapp.moves import queries as moves_of
from tests import house as houses
from tests.acting import acting
from tests.slices.continuity.happenings import FIRST, LAST, PLACES, Happening, Play, history
from tests.slices.continuity.story import looking, night
from tests.world import World

BORN: Final = ("2010-03-14", "2009-06-02", "2014-10-20")
REF: Final = "01990000-0000-7000-8000-00000000abcd"


def begin(house: Machine, world: World, chosen: random.Random) -> Play:
    """Take in the child as it is on the first day: it lives here, goes to school, and is in therapy."""
    child: dict[str, Any] = {
        "ref": REF, "v_number": "8700000001", "given_names": "Noor",
        "birth": {"date": chosen.choice(BORN), "precision": "day", "status": "declared"},
        "unaccompanied": chosen.random() < 0.7,
        "application_lodged_on": plus_days(FIRST, -300).isoformat(),
        "first_arrival_on": plus_days(FIRST, -300).isoformat(),
    }  # fmt: skip
    stay = {
        "id": "p0", "location": "azc Hier", "kind": "AZC", "operator": "coa", "municipality": "GM9901",
        "region": "noord", "from": plus_days(FIRST, -300).isoformat(),
    }  # fmt: skip
    care_line = {
        "id": "c0", "kind": "GGZ", "place_bound": True, "referred_on": plus_days(FIRST, -90).isoformat(),
        "started_on": plus_days(FIRST, -30).isoformat(), "contacts_on": [plus_days(FIRST, -3).isoformat()],
    }  # fmt: skip
    school = {
        "id": "s0", "name": "A school", "type": "VO_ISK", "municipality": "GM9901",
        "attending_from": plus_days(FIRST, -200).isoformat(),
    }  # fmt: skip
    since = {"from": plus_days(FIRST, -300).isoformat()}
    document = {
        "format": documents.FORMAT, "child": child, "placements": [stay], "care": [care_line],
        "school": [school], "responsible": [{"id": "r0", "role": "cpk"} | since],
        "guardianship": [{"id": "g0"} | since] if child["unaccompanied"] else [],
    }  # fmt: skip
    named = {"responsible/r0": world.accounts["cpk"], "guardianship/g0": world.accounts["guardian"]}
    with acting(house, world, "national", FIRST) as work:
        (key,) = import_documents(work, [Arriving(documents.parse(document), named)])
    return Play(world, key, PLACES[0])


def play(house: Machine, world: World, chosen: random.Random) -> Play:
    """Play a history by chance to its last day, and look each day after something happened."""
    played = begin(house, world, chosen)
    for offset, happenings in history(chosen).items():
        day = plus_days(FIRST, offset)
        night(house, day)
        happened = [one.name for one in happenings if _happens(house, played, one, day)]
        if happened:
            played.told.append(f"{day}: {', '.join(happened)}")
            before = alerts_of(house, played.child_id, closed=True)
            tally = night(house, day)
            assert alerts_of(house, played.child_id, closed=True) == before, played.told
            assert (tally.changed, tally.failed) == (0, []), played.told
    night(house, LAST)
    return played


def _happens(house: Machine, played: Play, what: Happening, day: date) -> bool:
    """Do something as a person would, and say whether it was not refused."""
    done = False
    with suppress(RefusedError, PeriodError, IndexError, ValueError, OutOfReachError):
        with acting(house, played.world, what.who or played.cpk, day) as work:
            what.do(work, played, day)
        done = True
    if done and what.to is not None:
        played.here = what.to
    return done


def exported(house: Machine, child_id: UUID) -> tuple[str, dict[str, UUID]]:
    """Return the document of a child as text, and which account each of its records means."""
    with looking(house, LAST) as work:
        dossier = facts.dossiers(work, [child_id])[child_id]
        bearers = moves_of.responsible(work, child_id)
        guardians = guarding.guardianships(work, child_id)
    named = {f"responsible/{row.id}": row.account_id for row in bearers if row.account_id}
    named |= {f"guardianship/{row.id}": row.account_id for row in guardians if row.account_id}
    return json.dumps(documents.write(dossier)), named


def imported(
    house: Machine, world: World, text: str, named: dict[str, UUID], on: date = LAST
) -> UUID:
    """Take a document in on the last day of a history, where nobody knows the child yet."""
    with acting(house, world, "national", on) as work:
        (key,) = import_documents(work, [Arriving(documents.load(text.encode()), named)])
    return key


def alerts_of(house: Machine, child_id: UUID, *, closed: bool = False) -> list[tuple[Any, ...]]:
    """Return the alerts of a child, open or all: what, how grave, since, by when, whose, in which words."""
    with looking(house) as work:
        wanted = select(Alert).where(Alert.child_id == child_id)
        rows = work.session.scalars(wanted if closed else wanted.where(Alert.closed_at.is_(None)))
        return sorted(
            (row.rule, row.subject, row.severity, row.facts.since, row.facts.due or date.max,
             str(row.owner_account_id or row.owner_desk), str(sorted(row.facts.detail.items())),
             str(row.closed_at), row.times if closed else 0)
            for row in rows
        )  # fmt: skip


def differences(template: houses.Template, folder: Path, worker: str, seed: int) -> str:
    """Play a history, take the same in elsewhere, and return what is not the same; nothing when all is."""
    chosen = random.Random(seed)
    house = _fresh(template, folder / "played", worker)
    played = play(house, template.world, chosen)
    text, named = exported(house, played.child_id)
    one = alerts_of(house, played.child_id)
    _close(house)
    other_house = _fresh(template, folder / "imported", worker)
    key = imported(other_house, template.world, text, named)
    other = alerts_of(other_house, key)
    _close(other_house)
    if one == other:
        return ""
    only_played = [row for row in one if row not in other]
    only_imported = [row for row in other if row not in one]
    return f"{played.told}\nplayed {only_played}\nimported {only_imported}"


def _fresh(template: houses.Template, folder: Path, worker: str) -> Machine:
    folder.mkdir()
    return houses.machine_of(houses.copy_of(template, folder, worker))


def _close(house: Machine) -> None:
    house.engine.dispose()
    house.keyring.keystore.close()
