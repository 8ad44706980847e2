"""Undoing a list as a whole: afterwards everything is as if it had never come in."""

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent, Past
from caseapp.continuity import queries as continuity
from caseapp.continuity.models import AlertSpell
from caseapp.domain.lists.words import ListKind
from caseapp.exchange.actions import HinderedError, MayNotBringError
from caseapp.kernel.crypto import Domain
from caseapp.notices.models import Notice
from tests.slices.exchange.undone import (
    AFTER,
    SYSTEM,
    at,
    bring_taken,
    child,
    everything,
    facts,
    hindrances,
    rows_about,
    runs,
    somebody,
    undo,
)
from tests.tampering import look
from tests.world import NOW

HERE, BESIDE, FAR = "AZC-HERE", "NO-BESIDE", "AZC-FAR"
OTHER = "0087654321"
LIVES = {"locatie": HERE, "gezinsnummer": "G1"}
MOVE = {"van": HERE, "naar": BESIDE}
LEFT_ALONE = {"audit_event", "audit_event_child", "list_child", "past"}
"""Tables that keep what they say of a child that is gone."""


def read(machine, statement):
    work = machine.work(SYSTEM, writes=False)
    found = work.session.scalars(statement).all()
    work.session.close()
    return found


@pytest.fixture
def undoes(house, bring):
    """Bring in a list, undo it, hold the house against what it was, and bring the list in again.

    The trail tells of every row that was written and taken away: a look at it finds nothing.
    """

    def undone(kind, *rows, by=bring):
        before = everything(house)
        report = by(kind, *rows)
        assert facts(house) != {name: before[name] for name in facts(house)}
        undo(house, runs(house)[-1])
        assert everything(house) == before
        assert by(kind, *rows) == report
        assert look(house).problems == ()
        return report

    return undone


@pytest.fixture
def known(bring):
    """Bring in a child, at another moment than what the test brings."""
    bring(ListKind.OCCUPANCY, LIVES)


def test_new_children_go_with_all_their_rows(undoes, house):
    report = undoes(ListKind.OCCUPANCY, LIVES, LIVES | {"v_nummer": OTHER})
    assert report["counts"]["new"] == 2


def test_of_a_child_that_goes_only_the_trail_is_left_and_no_key(house, bring):
    bring(ListKind.OCCUPANCY, LIVES)
    key = child(house)
    keystore = house.keyring.keystore
    assert len(keystore.data_keys(Domain.DOSSIER, [key])) == 1
    assert set(rows_about(house, [key])) > {"child", "placement", "reach", "alert"}
    undo(house, runs(house)[-1])
    assert set(rows_about(house, [key])) <= LEFT_ALONE
    assert not any(keystore.data_keys(domain, [key]) for domain in Domain)


def test_a_corrected_card_is_as_it_was(known, undoes):
    undoes(ListKind.OCCUPANCY, LIVES | {"voornamen": "Samira Noor", "nationaliteit": "syr"})


def test_a_child_that_became_unaccompanied_is_the_guardianship_desk_s_no_more(known, undoes, house):
    def by(kind, *rows):
        return bring_taken(house, kind, *rows)

    undoes(ListKind.OCCUPANCY, LIVES | {"amv": "J", "sinds": "01-07-2026"}, by=by)


def test_a_move_without_notice_never_happened(known, undoes):
    undoes(ListKind.OCCUPANCY, LIVES | {"locatie": BESIDE, "sinds": "01-11-2026"})


@pytest.mark.parametrize("status", ["bevestigd", "vertrokken", "aangekomen", "geannuleerd"])
def test_a_move_goes_back_to_what_it_was(known, undoes, bring, status):
    row = MOVE | {"datum": "01-11-2026"}
    bring(ListKind.TRANSFERS, row)
    undoes(ListKind.TRANSFERS, row | {"status": status, "reden": "sluiting locatie"})


def test_two_moves_go_back_though_one_departed_at_a_time(known, undoes, bring):
    first, second = MOVE | {"datum": "01-10-2026"}, {"van": BESIDE, "naar": FAR}
    bring(ListKind.TRANSFERS, first | {"status": "vertrokken"}, second | {"datum": "01-11-2026"})
    undoes(
        ListKind.TRANSFERS,
        first | {"status": "aangekomen"},
        second | {"datum": "01-11-2026", "status": "vertrokken"},
    )


def test_a_move_that_arrived_by_an_occupancy_list_is_expected_again(known, undoes, bring):
    bring(ListKind.TRANSFERS, MOVE)
    undoes(ListKind.OCCUPANCY, LIVES | {"locatie": BESIDE, "sinds": "01-11-2026"})


def test_a_planned_move_goes_with_the_handover_that_opened_by_itself(known, undoes, house):
    undoes(ListKind.TRANSFERS, MOVE)
    assert len(facts(house)["handover"]) > 0


def test_care_is_as_it_was(known, undoes, bring):
    row = {"aanbieder": "Praktijk Linde", "laatste_contact": "01-10-2026"}
    bring(ListKind.CARE, row)
    later = row | {"laatste_contact": "15-10-2026", "einde": "20-10-2026"}
    undoes(ListKind.CARE, later, {"soort": "JGZ"})


def test_school_is_as_it_was(known, undoes, bring):
    bring(ListKind.SCHOOL, {"brin": "99ZZ"})
    ended = {"brin": "99ZZ", "einde": "01-11-2026"}
    undoes(ListKind.SCHOOL, ended, {"school": "De Iep", "start": "02-11-2026"})


def test_locations_go_and_are_as_they_were(known, undoes):
    there = {"naam": "azc Hier", "gemeente": "GM9902", "regio": "zuid"}
    undoes(ListKind.LOCATIONS, {"code": "NEW-1"}, {"code": HERE} | there)


def test_stays_lack_the_size_of_their_group_again(known, undoes, house):
    undoes(
        ListKind.LOCATIONS,
        {"code": HERE, "naam": "azc Hier", "gemeente": "GM9901", "groepsgrootte": "64"},
    )
    stays = [one for one in facts(house)["placement"].values() if one["child_id"] == child(house)]
    assert [one["group_size"] for one in stays] == [64]


def test_new_and_known_children_of_one_list_go_their_own_ways(known, undoes):
    moved = LIVES | {"locatie": BESIDE, "sinds": "01-11-2026"}
    undoes(ListKind.OCCUPANCY, LIVES | {"v_nummer": OTHER}, moved)


def test_lists_are_undone_one_after_the_other_from_the_last_on(house, bring):
    at_first = everything(house)
    bring(ListKind.OCCUPANCY, LIVES)
    with_the_child = everything(house)
    bring(ListKind.TRANSFERS, MOVE, machine=at(house, NOW.replace(minute=5)))
    first, second = runs(house)
    assert hindrances(house, first) == [("later-list", child(house))]
    undo(house, second)
    assert everything(house) == with_the_child
    assert hindrances(house, first) == []
    undo(house, first)
    assert everything(house) == at_first


def test_undoing_twice_does_nothing_more(house, bring):
    bring(ListKind.OCCUPANCY, LIVES)
    (run,) = runs(house)
    undo(house, run)
    once, lines = everything(house), len(read(house, select(AuditEvent.seq)))
    undo(house, run)
    assert everything(house) == once
    assert len(read(house, select(AuditEvent.seq))) == lines
    assert runs(house)[0].undone_at == AFTER


def test_the_trail_says_who_undid_what_and_keeps_what_stood_there(known, house, bring):
    key = child(house)
    bring(ListKind.OCCUPANCY, LIVES | {"voornamen": "Samira Noor"}, {"v_nummer": OTHER} | LIVES)
    other = child(house, OTHER)
    run = runs(house)[-1]
    before = len(read(house, select(Past.id).where(Past.child_id == key)))
    undo(house, run)
    lines = read(house, select(AuditEvent).where(AuditEvent.at == AFTER))
    assert {(one.code, one.action, one.object_id) for one in lines} >= {
        ("list-undone", "E", run.id),
        ("child-removed", "D", other),
        ("child-restored", "U", key),
    }
    assert len(read(house, select(Past.id).where(Past.child_id == key))) == before + 1


def test_an_alert_that_a_list_raised_counts_as_no_interruption(known, house, bring):
    bring(
        ListKind.OCCUPANCY,
        LIVES | {"locatie": BESIDE, "sinds": "01-11-2026"},
        machine=at(house, NOW.replace(minute=5)),
    )
    undo(house, runs(house)[-1])
    ended = read(house, select(AlertSpell).where(AlertSpell.closed_at == AFTER))
    assert {(one.by, one.days) for one in ended} == {("undone", None)}
    work = at(house, AFTER).work(SYSTEM, writes=False)
    assert continuity.precision(work, NOW) == []
    work.session.close()


def test_what_people_were_told_of_a_list_rests(house, bring, world):
    bring(ListKind.OCCUPANCY, LIVES)
    run = runs(house)[-1]
    told = select(Notice).where(Notice.object_id == run.id)
    assert {one.read_at for one in read(house, told)} == {None}
    undo(house, run)
    assert {one.read_at for one in read(house, told)} == {AFTER}


@pytest.mark.parametrize("who", ["cpk", "guardian", "coordinator_far", "administrator"])
def test_who_may_not_bring_the_list_may_not_undo_it(house, bring, world, who):
    bring(ListKind.OCCUPANCY, LIVES)
    (run,) = runs(house)
    with pytest.raises(MayNotBringError):
        undo(house, run, somebody(house, world.accounts[who]))
    assert child(house) is not None


def test_who_brought_a_list_undoes_it(house, bring, world):
    bring(ListKind.OCCUPANCY, LIVES, account="coordinator@example.org")
    undo(house, runs(house)[-1], somebody(house, world.accounts["coordinator"]))
    assert child(house) is None
    assert runs(house)[-1].undone_by == world.accounts["coordinator"]


def test_a_list_of_before_this_was_kept_cannot_be_undone(house, bring):
    bring(ListKind.OCCUPANCY, LIVES)
    (run,) = runs(house)
    work = house.work(SYSTEM)
    work.session.get_one(type(run), run.id).seq_at = None
    work.commit()
    work.session.close()
    assert hindrances(house, run) == [("not-kept", None)]
    with pytest.raises(HinderedError):
        undo(house, run)
