"""What others do while a list is rehearsed is never lost: those children are done anew."""

import threading
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select, text

from caseapp.care import actions as care
from caseapp.continuity import facts
from caseapp.continuity.models import Alert
from caseapp.domain.care_codes import CareKind
from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.domain.intents.care import CareDetails
from caseapp.domain.intents.reference import LocationDetails
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Source, apply_list, finish_new
from caseapp.kernel.db import new_id
from caseapp.people import queries as people
from caseapp.reference import actions as reference
from caseapp.reference import queries as places
from tests.domain.lists.making import CHILD, ON, written

HERE, BESIDE = "AZC-HERE", "NO-BESIDE"
OTHER = "0087654321"
SYSTEM = Actor(None, "test", everywhere=True)
WRITING = "writing"


@pytest.fixture
def apply(house):
    """Apply a list; `meanwhile` is done when the rehearsal is over and the writing begins, once."""

    def applied(kind, *rows, meanwhile=None):
        source = Source.of_file(kind, written(kind, *rows), file="list.csv", on=ON)
        begun = []

        def say(stage, _done, _of):
            if stage == WRITING and meanwhile and not begun:
                begun.append(stage)
                meanwhile()

        return apply_list(
            house, SYSTEM, source, partial(finish_new, source), occasion=new_id(), say=say
        ).report

    return applied


@pytest.fixture
def doing(house):
    """Do something in a unit of work of its own."""

    def done(do):
        work = house.work(SYSTEM)
        do(work)
        work.commit()
        work.session.close()

    return done


@pytest.fixture
def look(house):
    """Give the dossier of a child and the rules that speak of it."""

    def looked(v_number=CHILD):
        work = house.work(SYSTEM, writes=False)
        key = key_of(work, v_number)
        dossier = facts.dossiers(work, [key])[key]
        open_ones = select(Alert.rule).where(Alert.child_id == key, Alert.closed_at.is_(None))
        rules = sorted(work.session.scalars(open_ones))
        work.session.close()
        return dossier, rules

    return looked


def key_of(work, v_number=CHILD):
    index = work.vault.index("v_number", v_number)
    return people.known_indexes(work, [index])[index]


def occupancy(apply, *rows, **more):
    usual = {"locatie": HERE}
    return apply(ListKind.OCCUPANCY, *(usual | row for row in rows), **more)


def moved(v_number=CHILD):
    return {"v_nummer": v_number, "locatie": BESIDE, "sinds": "01-11-2026"}


def record_care(work, v_number=CHILD):
    details = CareDetails(
        kind=CareKind.GGZ,
        place_bound=True,
        referred_on=date(2026, 6, 10),
        intake_on=date(2026, 7, 1),
        started_on=date(2026, 7, 8),
    )
    care.record(work, key_of(work, v_number), details)


def test_care_that_somebody_writes_down_meanwhile_is_seen_to_break_by_the_move(
    apply, doing, look, world
):
    occupancy(apply, {})
    report = occupancy(apply, moved(), meanwhile=partial(doing, record_care))
    assert [row.verdict.value for row in report.rows] == ["changed"]
    dossier, rules = look()
    assert len(dossier.care) == 1
    assert {stay.location for stay in dossier.placements} == {"azc Hier", "noodopvang Naast"}
    assert "CAR-1" in rules


def test_a_child_that_another_list_moves_meanwhile_is_not_moved_twice(apply, look, world):
    occupancy(apply, {})
    report = occupancy(apply, moved(), meanwhile=partial(occupancy, apply, moved()))
    assert [row.verdict.value for row in report.rows] == ["same"]
    assert report.counts["same"] == 1
    dossier, _ = look()
    assert len(dossier.transfers) == 1


def test_a_child_that_is_registered_meanwhile_is_there_once(apply, look, world):
    report = occupancy(
        apply,
        {},
        {"v_nummer": OTHER, "voornamen": "Karim"},
        meanwhile=partial(occupancy, apply, {}),
    )
    assert [row.verdict.value for row in report.rows] == ["same", "new"]
    assert look()[0].child.given_names == "Samira"
    assert look(OTHER)[0].child.given_names == "Karim"


def test_a_place_that_changes_meanwhile_is_seen_as_it_is_then(apply, doing, look, world):
    def close(work):
        row = places.by_code(work, BESIDE)
        details = LocationDetails(
            code=row.code,
            name=row.name,
            kind=PlacementKind(row.kind),
            operator=Operator(row.operator),
            municipality=row.municipality,
            region=Region(row.region),
            open_to=ON,
        )
        reference.correct_location(work, row, row.version, details)

    occupancy(apply, {})
    report = occupancy(apply, moved(), meanwhile=partial(doing, close))
    assert [row.verdict.value for row in report.rows] == ["doubtful"]
    assert [stay.location for stay in look()[0].placements] == ["azc Hier"]


def test_children_of_whom_nothing_changes_are_not_waited_for(apply, doing, look, world):
    occupancy(apply, {}, {"v_nummer": OTHER, "voornamen": "Karim"})
    report = occupancy(
        apply,
        moved(),
        {"v_nummer": OTHER, "voornamen": "Karim"},
        meanwhile=partial(doing, partial(record_care, v_number=OTHER)),
    )
    assert [row.verdict.value for row in report.rows] == ["changed", "same"]
    assert len(look(OTHER)[0].care) == 1


def test_who_is_faster_than_the_locks_of_a_list_is_not_overwritten(apply, house, look, world):
    """Somebody has the child when the writing begins, and lets it go only when the list waits for it."""
    occupancy(apply, {})
    ready = threading.Event()

    def hold_until_somebody_waits():
        work = house.work(SYSTEM)
        record_care(work)
        people.lock(work, key_of(work))
        work.settle()
        work.flush()
        ready.set()
        if house.engine.dialect.name == "postgresql":  # SQLite lets nobody begin before the commit
            waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while not work.session.scalar(waits):
                pass
        work.commit()
        work.session.close()

    other = threading.Thread(target=hold_until_somebody_waits)

    def meanwhile():
        other.start()
        ready.wait(30)

    occupancy(apply, moved(), meanwhile=meanwhile)
    other.join(30)
    dossier, rules = look()
    assert len(dossier.care) == 1
    assert "CAR-1" in rules
