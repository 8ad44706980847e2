"""Doubtful rows that a person takes are carried out as the list says, and once more they are the same."""

from datetime import date
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.continuity import facts
from caseapp.domain.codes import TransferStatus
from caseapp.domain.lists.course import Decision
from caseapp.domain.lists.words import ListKind, Reason
from caseapp.domain.policy import Actor
from caseapp.domain.reach import Why
from caseapp.exchange.actions import Source, apply_list, examine, finish_new
from caseapp.kernel.db import new_id
from caseapp.people import queries as people
from caseapp.people.models import Reach
from tests.domain.lists.making import CHILD, ON, written

HERE, BESIDE, FAR = "AZC-HERE", "NO-BESIDE", "AZC-FAR"
SYSTEM = Actor(None, "test", everywhere=True)
LEAVES = {"van": HERE, "naar": BESIDE, "datum": "10-10-2026", "status": "vertrokken"}
ON_TO = {"van": "", "naar": FAR, "datum": "20-10-2026"}


@pytest.fixture
def take(house):
    """Apply a list of which a person takes all rows that can be taken; return its verdicts."""

    def taken(kind, *rows):
        usual = {"locatie": HERE} if kind is ListKind.OCCUPANCY else {}
        data = written(kind, *(usual | row for row in rows))
        source = Source.of_file(kind, data, file="list.csv", on=ON)
        work = house.work(SYSTEM, writes=False)
        waiting = examine(work, source).report
        work.session.close()
        decided = {row.number: row.doubts for row in waiting.rows if row.takeable}
        source = Source(kind, data, "list.csv", ON, source.file_hash, decided)
        finish = partial(finish_new, source)
        report = apply_list(house, SYSTEM, source, finish, occasion=new_id()).report
        return [row.verdict.value for row in report.rows]

    return taken


@pytest.fixture
def look(house):
    """Give the dossier of the child, and what opens its file to whom."""

    def looked():
        work = house.work(SYSTEM, writes=False)
        key = key_of(work)
        found = facts.dossiers(work, [key])[key]
        reach = work.session.scalars(
            select(Reach).where(Reach.child_id == key, Reach.until_at.is_(None))
        )
        whys = {row.why for row in reach}
        work.session.close()
        return found, whys

    return looked


def stays_of(dossier):
    return sorted(dossier.placements, key=lambda stay: (stay.start, stay.end or date.max))


def key_of(work) -> UUID:
    index = work.vault.index("v_number", CHILD)
    return people.known_indexes(work, [index])[index]


@pytest.mark.parametrize("since", [date(2026, 9, 29), date(2026, 10, 3)])
def test_another_first_day_takes_the_end_of_the_stay_before_along(take, look, since):
    take(ListKind.OCCUPANCY, {})
    take(ListKind.OCCUPANCY, {"locatie": BESIDE, "sinds": "01-10-2026"})
    row = {"locatie": BESIDE, "sinds": since.strftime("%d-%m-%Y")}
    assert take(ListKind.OCCUPANCY, row) == ["changed"]
    dossier = look()[0]
    before, stay = stays_of(dossier)
    assert (before.end, stay.start, stay.end) == (since, since, None)
    assert [move.arrived_on for move in dossier.transfers] == [since]
    assert take(ListKind.OCCUPANCY, row) == ["same"]


def test_a_first_day_before_the_stay_before_waits_for_the_record_to_be_mended(take, look):
    take(ListKind.OCCUPANCY, {})
    take(ListKind.OCCUPANCY, {"locatie": BESIDE, "sinds": "01-10-2026"})
    assert take(ListKind.OCCUPANCY, {"locatie": BESIDE, "sinds": "31-05-2026"}) == ["doubtful"]
    assert take(ListKind.OCCUPANCY, {"locatie": BESIDE, "sinds": "01-06-2026"}) == ["changed"]
    before, stay = stays_of(look()[0])
    assert before.start == before.end == stay.start == date(2026, 6, 1)


def test_a_child_that_turns_out_to_be_alone_opens_to_the_desk_of_guardians_and_closes_again(
    take, look
):
    take(ListKind.OCCUPANCY, {})
    assert Why.DESK not in look()[1]
    assert take(ListKind.OCCUPANCY, {"amv": "J"}) == ["changed"]
    assert Why.DESK in look()[1]
    assert take(ListKind.OCCUPANCY, {"amv": "J"}) == ["same"]
    assert take(ListKind.OCCUPANCY, {"amv": "N"}) == ["changed"]
    assert Why.DESK not in look()[1]


def test_another_birth_date_and_name_come_in_when_taken(take, look):
    take(ListKind.OCCUPANCY, {})
    row = {"geboortedatum": "00-04-2014", "achternaam": "De Boer", "voornamen": "Lina"}
    assert take(ListKind.OCCUPANCY, row) == ["changed"]
    child = look()[0].child
    assert (child.family_name, child.birth.date) == ("De Boer", date(2014, 4, 1))
    assert take(ListKind.OCCUPANCY, row) == ["same"]


def test_a_child_that_has_left_for_one_place_does_not_leave_for_another_whoever_takes_it(
    take, look
):
    take(ListKind.OCCUPANCY, {})
    assert take(ListKind.TRANSFERS, LEAVES) == ["new"]
    assert take(ListKind.TRANSFERS, ON_TO | {"status": "vertrokken"}) == ["doubtful"]
    assert take(ListKind.TRANSFERS, ON_TO | {"van": FAR, "naar": HERE}) == ["new"]
    assert [one.status for one in look()[0].transfers].count(TransferStatus.DEPARTED) == 1


def test_a_child_that_arrives_leaves_again_in_the_same_list(take, look):
    take(ListKind.OCCUPANCY, {})
    planned = ON_TO | {"aangekondigd": "01-10-2026"}
    assert take(ListKind.TRANSFERS, LEAVES, planned) == ["new", "new"]
    arrived = LEAVES | {"status": "aangekomen"}
    gone = planned | {"van": BESIDE, "status": "vertrokken", "aangekondigd": "02-10-2026"}
    assert take(ListKind.TRANSFERS, arrived, gone) == ["changed", "changed"]
    found = {one.to_location: one.status for one in look()[0].transfers}
    assert found == {
        "noodopvang Naast": TransferStatus.ARRIVED,
        "azc Ver": TransferStatus.DEPARTED,
    }


def test_an_arrival_that_is_older_than_ours_is_kept_and_moves_nobody(take, look):
    take(ListKind.OCCUPANCY, {})
    row = LEAVES | {"status": "aangekomen", "datum": "01-06-2026"}
    assert take(ListKind.TRANSFERS, row) == ["new"]
    assert [stay.location for stay in stays_of(look()[0])] == ["azc Hier"]
    assert take(ListKind.TRANSFERS, row) == ["same"]


def test_what_cannot_be_read_stays_empty_and_what_follows_from_taking_it_is_taken_too(take, look):
    take(ListKind.OCCUPANCY, {})
    row = {"geslacht": "J", "amv": "J", "sinds": "02-06-2026"}
    assert take(ListKind.OCCUPANCY, row) == ["changed"]
    dossier = look()[0]
    assert (dossier.child.sex, dossier.child.unaccompanied) == (None, True)
    assert dossier.placements[0].start == date(2026, 6, 2)
    assert take(ListKind.OCCUPANCY, row) == ["same"]


def test_dates_out_of_order_come_in_as_the_list_says_when_taken(take, look):
    take(ListKind.OCCUPANCY, {})
    row = {"intake_op": "01-08-2026", "gestart_op": "02-08-2026"}
    assert take(ListKind.CARE, row) == ["new"]
    assert take(ListKind.SCHOOL, {"start": ""}, {"school": "De Eik", "start": "31-13-2026"}) == [
        "new",
        "new",
    ]
    announced = {"van": HERE, "naar": BESIDE, "datum": "01-11-2026", "aangekondigd": "02-11-2026"}
    assert take(ListKind.TRANSFERS, announced) == ["new"]
    (line,) = look()[0].care
    assert line.intake_on == date(2026, 8, 1)
    assert take(ListKind.CARE, row) == ["same"]


def test_who_decides_about_an_unreadable_cell_is_told_what_else_there_is_and_then_it_is_done(desk):
    row = {"locatie": HERE, "geslacht": "J", "amv": "J"}
    first = desk.submit("national", ListKind.OCCUPANCY, {"locatie": HERE})
    desk.work_off()
    assert desk.release("national", first)
    desk.work_off()
    run = desk.submit("national", ListKind.OCCUPANCY, row, row | {"v_nummer": "x"})
    desk.work_off()
    waiting = desk.rows(run)[0]
    assert set(waiting.reasons) == {Reason.UNKNOWN_CODE, Reason.AMV_DIFFERS}
    assert desk.decide("national", run, Decision.TAKE, waiting.number) == 1
    assert desk.release("national", run)
    desk.work_off()
    assert desk.counts(run) == {"changed": 1, "refused": 1}


def test_nobody_is_asked_about_a_row_that_would_be_refused_once_it_is_taken(desk):
    run = desk.submit("national", ListKind.CARE, {"v_nummer": "0099999999", "intake_op": "gauw"})
    desk.work_off()
    (row,) = desk.rows(run)
    assert set(row.reasons) == {Reason.BAD_DATE, Reason.UNKNOWN_CHILD}
    assert (row.verdict.value, row.takeable) == ("doubtful", False)
