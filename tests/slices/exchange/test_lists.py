"""What a list does to the record: each story in as few rows as it takes."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent, AuditEventChild
from caseapp.cli.import_ import Asked, NotAllowedError, import_list
from caseapp.continuity import facts
from caseapp.continuity.models import Alert
from caseapp.domain.care_codes import CareKind
from caseapp.domain.codes import MoveReason, Precision, TransferStatus
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import MayNotBringError
from caseapp.exchange.models import ListRun
from caseapp.kernel.seals import readable
from caseapp.people import queries as people
from caseapp.people.models import Child
from tests.domain.lists.making import CHILD, ON

HERE, BESIDE, FAR = "AZC-HERE", "NO-BESIDE", "AZC-FAR"
USUAL = {"locatie": HERE, "gezinsnummer": "G1"}
MOVE = {"van": HERE, "naar": BESIDE}


@pytest.fixture
def look(house):
    """Give what the record holds of a child now: its dossier, and the rules that speak."""

    def looked(v_number=CHILD):
        work = house.work(Actor(None, "test", everywhere=True), writes=False)
        index = work.vault.index("v_number", v_number)
        key = people.known_indexes(work, [index])[index]
        dossier = facts.dossiers(work, [key])[key]
        still = Alert.closed_at.is_(None)
        rules = work.session.scalars(select(Alert.rule).where(Alert.child_id == key, still)).all()
        work.session.close()
        return dossier, set(rules)

    return looked


def occupancy(bring, *rows, **more):
    return bring(ListKind.OCCUPANCY, *(USUAL | row for row in rows), **more)


def verdicts(report):
    return {name: number for name, number in report["counts"].items() if number}


def reasons(report):
    return [problem["reason"] for row in report["rows"] for problem in row["problems"]]


def test_the_contact_person_of_the_location_stands_in_for_a_child_that_a_list_brings(
    bring, look, world
):
    assert verdicts(occupancy(bring, {})) == {"new": 1}
    dossier, rules = look()
    (stay,) = dossier.placements
    assert (stay.location, stay.start, stay.reason) == ("azc Hier", date(2026, 6, 1), None)
    (who,) = dossier.responsible
    assert (who.name, who.start) == ("Staff cpk", date(2026, 6, 1))
    assert "TRF-3" not in rules


def test_at_a_location_without_a_contact_person_nobody_is_responsible_and_that_is_said(bring, look):
    bring(ListKind.LOCATIONS, {"code": "NEW-1"})
    occupancy(bring, {"locatie": "NEW-1"})
    dossier, rules = look()
    assert dossier.responsible == ()
    assert "TRF-3" in rules


def test_everything_that_a_list_says_of_a_child_is_kept(bring, look, house):
    said = {
        "geboortedatum": "00-05-2009",
        "geslacht": "V",
        "nationaliteit": "syr",
        "taal": "Koerdisch",
        "amv": "J",
        "eerste_aankomst": "28-04-2026",
    }
    occupancy(bring, said)
    child = look()[0].child
    assert (child.birth.date, child.birth.precision) == (date(2009, 5, 1), Precision.MONTH)
    assert (child.sex, child.nationality, child.unaccompanied) == ("female", "SYR", True)
    assert (child.application_lodged_on, child.first_arrival_on) == (
        date(2026, 5, 1),
        date(2026, 4, 28),
    )
    assert verdicts(occupancy(bring, said)) == {"same": 1}


def test_a_language_is_kept_as_its_code_or_in_words(bring, look):
    occupancy(bring, {"taal": "ar"})
    assert look()[0].child.languages == ("ar",)
    assert verdicts(occupancy(bring, {"taal": "Koerdisch"})) == {"changed": 1}
    assert look()[0].child.languages == ("ar",)
    assert verdicts(occupancy(bring, {"taal": "Koerdisch"})) == {"same": 1}
    assert verdicts(occupancy(bring, {"taal": "ku"})) == {"changed": 1}
    assert look()[0].child.languages == ("ku", "ar")


def test_a_child_without_given_names_comes_in_and_gets_them_later(bring, look):
    occupancy(bring, {"voornamen": ""})
    assert look()[0].child.given_names == "-"
    assert verdicts(occupancy(bring, {"voornamen": ""})) == {"same": 1}
    assert verdicts(occupancy(bring, {"voornamen": "Samira"})) == {"changed": 1}
    assert look()[0].child.given_names == "Samira"


def test_brothers_and_sisters_by_family_number_are_not_linked_by_a_list(bring, look, house):
    other = {"v_nummer": "0087654321", "voornamen": "Karim"}
    occupancy(bring, {}, other)
    assert look()[0].family_members == ()
    work = house.work(Actor(None, "test", everywhere=True))
    same = work.vault.index("family", "G1")
    assert len(work.session.scalars(select(Child).where(Child.family_index == same)).all()) == 2
    work.session.close()


def test_a_child_at_another_place_moved_without_notice(bring, look):
    occupancy(bring, {})
    report = occupancy(bring, {"locatie": BESIDE, "sinds": "01-11-2026"})
    assert reasons(report) == ["unannounced-move"]
    dossier, rules = look()
    (move,) = dossier.transfers
    assert (move.status, move.reason) == (TransferStatus.ARRIVED, MoveReason.UNANNOUNCED)
    assert (move.from_location, move.to_location) == ("azc Hier", "noodopvang Naast")
    assert (move.announced_on, move.planned_on, move.arrived_on) == (date(2026, 11, 1),) * 3
    first, second = sorted(dossier.placements, key=lambda stay: stay.start)
    assert (first.end, second.start) == (date(2026, 11, 1), date(2026, 11, 1))
    assert [one.name for one in dossier.responsible] == ["Staff cpk"]
    assert "TRF-1" in rules


def test_a_move_by_a_list_opens_the_file_where_the_child_lives_now(bring, house, world):
    occupancy(bring, {})
    occupancy(bring, {"locatie": FAR, "sinds": "01-11-2026"})
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    index = work.vault.index("v_number", CHILD)
    key = people.known_indexes(work, [index])[index]
    assert people.here(work, [key])[key].location_id == world.locations[FAR]
    work.session.close()


def test_a_move_that_was_expected_arrives(bring, look):
    occupancy(bring, {})
    bring(ListKind.TRANSFERS, MOVE)
    report = occupancy(bring, {"locatie": BESIDE, "sinds": "01-11-2026"})
    assert reasons(report) == ["transfer-arrived"]
    (move,) = look()[0].transfers
    assert (move.status, move.arrived_on) == (TransferStatus.ARRIVED, date(2026, 11, 1))
    assert move.planned_on == date(2026, 11, 20)


def test_a_move_goes_on_from_list_to_list(bring, look):
    occupancy(bring, {})
    row = MOVE | {"datum": "01-11-2026", "reden": "sluiting locatie"}
    for status, expected in (
        ("gepland", TransferStatus.PLANNED),
        ("bevestigd", TransferStatus.CONFIRMED),
        ("vertrokken", TransferStatus.DEPARTED),
        ("aangekomen", TransferStatus.ARRIVED),
    ):
        bring(ListKind.TRANSFERS, row | {"status": status})
        (move,) = look()[0].transfers
        assert (move.status, move.reason) == (expected, MoveReason.LOCATION_CLOSES)
    last = max(look()[0].placements, key=lambda stay: stay.start)
    assert (last.location, last.start) == ("noodopvang Naast", date(2026, 11, 1))
    assert verdicts(bring(ListKind.TRANSFERS, row | {"status": "aangekomen"})) == {"same": 1}


def test_a_move_is_cancelled_and_another_planned_in_one_list(bring, look):
    occupancy(bring, {})
    bring(ListKind.TRANSFERS, MOVE)
    other = {"van": HERE, "naar": FAR, "aangekondigd": "01-11-2026"}
    report = bring(ListKind.TRANSFERS, MOVE | {"status": "geannuleerd"}, other)
    assert verdicts(report) == {"new": 1, "changed": 1}
    moves = {move.to_location: move for move in look()[0].transfers}
    assert moves["noodopvang Naast"].status is TransferStatus.CANCELLED
    assert moves["azc Ver"].announced_on == date(2026, 11, 1)


def test_two_moves_in_one_list_go_in_the_order_of_their_days(bring, look):
    occupancy(bring, {})
    onward = {"van": BESIDE, "naar": FAR, "datum": "01-11-2026", "status": "aangekomen"}
    first = MOVE | {"datum": "01-10-2026", "status": "aangekomen"}
    assert verdicts(bring(ListKind.TRANSFERS, onward, first)) == {"new": 2}
    stays = sorted(look()[0].placements, key=lambda stay: stay.start)
    assert [stay.location for stay in stays] == ["azc Hier", "noodopvang Naast", "azc Ver"]


def test_care_comes_in_and_a_day_of_contact_is_added(bring, look):
    occupancy(bring, {})
    row = {"aanbieder": "Praktijk Linde", "laatste_contact": "01-10-2026"}
    bring(ListKind.CARE, row, {"soort": "JGZ"})
    care = {line.kind: line for line in look()[0].care}
    assert (care[CareKind.GGZ].place_bound, care[CareKind.JGZ].place_bound) == (True, False)
    later = row | {"laatste_contact": "15-10-2026", "einde": "20-10-2026"}
    assert verdicts(bring(ListKind.CARE, later)) == {"changed": 1}
    line = {line.kind: line for line in look()[0].care}[CareKind.GGZ]
    assert line.contacts_on == (date(2026, 10, 1), date(2026, 10, 15))
    assert (line.ended_on, line.end_reason) == (date(2026, 10, 20), None)
    assert verdicts(bring(ListKind.CARE, later)) == {"same": 1}


def test_a_school_gets_the_municipality_of_its_brin_and_goes_on(bring, look):
    occupancy(bring, {})
    bring(ListKind.SCHOOL, {"brin": "99ZZ"})
    assert [record.municipality for record in look()[0].school] == ["GM9901"]
    assert verdicts(bring(ListKind.SCHOOL, {"brin": "99ZZ", "einde": "01-11-2026"})) == {
        "changed": 1
    }
    (record,) = look()[0].school
    assert (record.end, record.attending_from) == (date(2026, 11, 1), date(2026, 9, 1))


def test_a_location_changes_and_the_stays_there_keep_what_was_true(bring, look):
    occupancy(bring, {})
    row = {"code": HERE, "naam": "azc Hier", "gemeente": "GM9902", "groepsgrootte": "90"}
    assert verdicts(bring(ListKind.LOCATIONS, row)) == {"changed": 1}
    assert [stay.municipality for stay in look()[0].placements] == ["GM9901"]
    late = row | {"open_tot": "01-01-2026", "open_vanaf": "01-01-2025"}
    assert verdicts(bring(ListKind.LOCATIONS, late)) == {"changed": 1}
    report = bring(ListKind.LOCATIONS, row | {"open_tot": "01-12-2024"})
    assert reasons(report) == ["end-before-start"]


def test_a_child_that_is_not_on_the_list_is_named_and_not_moved(bring, look, world):
    occupancy(bring, {})
    before = look()
    other = {"v_nummer": "0087654321", "voornamen": "Karim"}
    assert CHILD in occupancy(bring, other)["not_on_list"]
    assert look() == before


def test_a_child_whose_file_is_closed_is_not_missed(bring, house):
    occupancy(bring, {})
    work = house.work(Actor(None, "test", everywhere=True))
    index = work.vault.index("v_number", CHILD)
    work.session.scalars(select(Child).where(Child.v_index == index)).one().closed_on = ON
    work.commit()
    work.session.close()
    other = {"v_nummer": "0087654321", "voornamen": "Karim"}
    assert CHILD not in occupancy(bring, other)["not_on_list"]


def test_doubtful_and_refused_rows_are_left_out(bring, house):
    rows = (
        {"geboortedatum": "01-01-1980"},
        {"v_nummer": "0087654321", "eerste_aankomst": "gisteren"},
    )
    assert verdicts(occupancy(bring, *rows)) == {"doubtful": 1, "refused": 1}
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    indexes = [work.vault.index("v_number", one) for one in (CHILD, "0087654321")]
    assert people.known_indexes(work, indexes) == {}
    work.session.close()


def test_what_a_card_said_before_a_list_stays_readable(bring, house):
    occupancy(bring, {})
    occupancy(bring, {"voornamen": "Samira Noor"})
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    index = work.vault.index("v_number", CHILD)
    child = work.session.scalars(select(Child).where(Child.v_index == index)).one()
    assert (child.version, readable(child, "card").given_names) == (2, "Samira Noor")
    work.session.close()


def test_a_list_of_a_day_to_come_can_be_applied(bring, look):
    later = date(2026, 12, 15)
    occupancy(bring, {})
    report = occupancy(bring, {"locatie": BESIDE, "sinds": "10-12-2026"}, on=later)
    assert reasons(report) == ["unannounced-move"]
    assert len(look()[0].placements) == 2


MAIL = "{}@example.org"


@pytest.mark.parametrize(
    ("who", "kind", "may"),
    [
        ("coordinator", ListKind.OCCUPANCY, True),
        ("coordinator", ListKind.LOCATIONS, False),
        ("national", ListKind.LOCATIONS, True),
        ("national", ListKind.SCHOOL, True),
        ("administrator", ListKind.LOCATIONS, True),
        ("administrator", ListKind.OCCUPANCY, False),
        ("guardianship", ListKind.OCCUPANCY, False),
        ("cpk", ListKind.OCCUPANCY, False),
        ("guardian", ListKind.CARE, False),
        ("monitor", ListKind.OCCUPANCY, False),
        ("privacy_officer", ListKind.TRANSFERS, False),
        ("protection_lead", ListKind.SCHOOL, False),
    ],
)
def test_who_may_bring_in_which_list(bring, who, kind, may):
    if may:
        assert bring(kind, {}, account=MAIL.format(who))["error"] is None
    else:
        with pytest.raises(MayNotBringError):
            bring(kind, {}, account=MAIL.format(who))


def test_a_mail_address_of_nobody_brings_in_nothing(bring):
    with pytest.raises(NotAllowedError):
        bring(ListKind.OCCUPANCY, {}, account="nobody@example.org")


def test_in_production_an_account_must_be_named(house, tmp_path):
    machine = replace(house, settings=replace(house.settings, stage="production"))
    with pytest.raises(NotAllowedError):
        import_list(machine, Asked(ListKind.OCCUPANCY, tmp_path, apply=True), b"x")


def test_a_coordinator_places_children_in_the_own_region_only(bring, look):
    north = MAIL.format("coordinator")
    report = occupancy(bring, {"locatie": FAR}, {"v_nummer": "0087654321"}, account=north)
    assert verdicts(report) == {"new": 1, "refused": 1}
    assert reasons(report) == ["unknown-location"]
    assert look("0087654321")[0].placements[0].location == "azc Hier"


def test_a_child_of_another_region_is_unknown_until_it_comes_to_live_in_the_own(bring, look):
    north = MAIL.format("coordinator")
    occupancy(bring, {"locatie": FAR})
    for kind in (ListKind.CARE, ListKind.SCHOOL):
        assert reasons(bring(kind, {}, account=north)) == ["unknown-child"]
    assert reasons(bring(ListKind.TRANSFERS, {"van": FAR, "naar": HERE}, account=north)) == [
        "unknown-child"
    ]
    arrived = occupancy(bring, {"sinds": "01-11-2026"}, account=north)
    assert reasons(arrived) == ["unannounced-move"]
    assert verdicts(bring(ListKind.CARE, {}, account=north)) == {"new": 1}


def test_the_trail_says_who_brought_which_list_and_of_whom_the_report_spoke(bring, house, world):
    north = MAIL.format("coordinator")
    occupancy(bring, {}, account=north)
    occupancy(bring, {"geboortedatum": "13-03-2015"}, account=north, apply=False)
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    (run,) = work.session.scalars(select(ListRun)).all()
    assert (run.account_id, run.list_kind, run.on_day) == (
        world.accounts["coordinator"],
        "occupancy",
        ON,
    )
    assert readable(run, "file_name") == "list.csv"
    events = work.session.scalars(
        select(AuditEvent).where(AuditEvent.code.like("list-%")).order_by(AuditEvent.seq)
    ).all()
    assert [event.code for event in events] == [
        "list-report",
        "list-applied",
        "list-report",
        "list-tried",
    ]
    assert {event.account_id for event in events} == {world.accounts["coordinator"]}
    shown = work.session.scalars(
        select(AuditEventChild.child_id).where(AuditEventChild.seq == events[2].seq)
    ).all()
    index = work.vault.index("v_number", CHILD)
    assert people.known_indexes(work, [index])[index] in shown
    assert all(isinstance(one, UUID) for one in shown)
    work.session.close()
