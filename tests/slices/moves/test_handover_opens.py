"""A handover opens by itself, with a promise for all that the record promises, and follows the record."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from caseapp.care import actions as care
from caseapp.care import queries as lines
from caseapp.continuity.actions import reassess
from caseapp.domain.codes import Outcome, Topic, TransferStatus
from caseapp.domain.document import parse
from caseapp.domain.facts import HandoverItem
from caseapp.domain.intents.moves import ListedMove, Settlement
from caseapp.domain.promises import promise_key
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.moves import actions, facts, queries
from caseapp.moves.models import Promise
from tests.acting import acting
from tests.slices.moves.story import LATER, planned, sent, the
from tests.world import TODAY, World

EVERY = {"school", "care", "guardian", "action", "contact"}


def kinds(work: Work, key: UUID) -> list[str]:
    """Return the kinds of promise made from the record that still stand, in order of the alphabet."""
    return sorted(kind_of(row) for row in made(work, key) if row.withdrawn_on is None)


def kind_of(row: Promise) -> str:
    return (row.source or "by hand").partition(":")[0]


def made(work: Work, key: UUID) -> list[Promise]:
    return [row for row in queries.promises(work, key) if row.source is not None]


def book(house: Machine, world: World, on: date) -> None:
    """Write down the next appointment of the therapy of the child."""
    with acting(house, world, "cpk") as work:
        line = next(one for one in lines.lines(work, world.mine) if one.facts.kind == "GGZ")
        care.book(work, line, line.version, on)


def test_a_planned_move_has_a_handover_with_all_that_was_promised(
    house: Machine, world: World
) -> None:
    key = planned(house, world)
    with acting(house, world, "cpk") as work:
        handover = queries.handover(work, key)
        assert handover is not None
        assert (handover.sent_on, handover.due_at) == (None, None)
        assert kinds(work, key) == ["action", "care", "care", "contact", "guardian", "school"]
        assert {row.outcome for row in made(work, key)} == {None}


def test_each_promise_is_made_once_however_often_one_looks(house: Machine, world: World) -> None:
    key = planned(house, world)
    with acting(house, world, "national") as work:
        before = {(row.id, row.version) for row in made(work, key)}
        assert reassess(work, [world.mine]) == 0
    with acting(house, world, "national", TODAY + timedelta(days=1)) as work:
        reassess(work, [world.mine])
    with acting(house, world, "national") as work:
        assert {(row.id, row.version) for row in made(work, key)} == before


def test_a_new_appointment_appears_moves_along_and_goes_with_the_record(
    house: Machine, world: World
) -> None:
    key = planned(house, world)
    book(house, world, LATER + timedelta(days=3))
    with acting(house, world, "cpk") as work:
        [one] = [row for row in made(work, key) if row.topic == Topic.APPOINTMENT]
        assert one.facts.day == LATER + timedelta(days=3)
    book(house, world, LATER + timedelta(days=4))
    with acting(house, world, "cpk") as work:
        [one] = [row for row in made(work, key) if row.topic == Topic.APPOINTMENT]
        assert (one.facts.day, one.withdrawn_on) == (LATER + timedelta(days=4), None)
    book(house, world, LATER - timedelta(days=1))
    with acting(house, world, "cpk") as work:
        [one] = [row for row in made(work, key) if row.topic == Topic.APPOINTMENT]
        assert one.withdrawn_on == TODAY
        assert all(item.topic is not Topic.APPOINTMENT for item in items(work, world, key))


def items(work: Work, world: World, key: UUID) -> tuple[HandoverItem, ...]:
    """Return the promises of the child as the rules and a document read them."""
    found = facts.gather(work, [world.mine])[world.mine]["transfers"]
    handover = next(one.handover for one in found if one.id == str(key))
    return handover.items


def test_what_somebody_settled_stays_when_the_record_changes(house: Machine, world: World) -> None:
    key = planned(house, world)
    book(house, world, LATER + timedelta(days=3))
    with acting(house, world, "cpk") as work:
        [one] = [row for row in made(work, key) if row.topic == Topic.APPOINTMENT]
        said = Settlement(Outcome.HANDED_OVER, outcome_to="De Praktijk, Ver")
        assert actions.settle(work, the(work, world, key), [(one, one.version, said)]) == 1
    book(house, world, LATER + timedelta(days=9))
    with acting(house, world, "cpk") as work:
        both = sorted(
            (row.source or "", row.outcome, row.facts.day)
            for row in made(work, key)
            if row.topic == Topic.APPOINTMENT
        )
    assert [(one.endswith("#2"), outcome, day) for one, outcome, day in both] == [
        (False, "handed_over", LATER + timedelta(days=3)),
        (True, None, LATER + timedelta(days=9)),
    ]


def test_a_handover_says_after_arrival_what_it_said_then(house: Machine, world: World) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk_far", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    with acting(house, world, "cpk_far", LATER) as work:
        before = kinds(work, key)
        line = next(one for one in lines.lines(work, world.mine) if one.facts.kind == "GGZ")
        care.book(work, line, line.version, LATER + timedelta(days=2))
    with acting(house, world, "cpk_far", LATER) as work:
        assert kinds(work, key) == before


def test_a_child_moved_without_notice_has_its_handover_on_arrival(
    house: Machine, world: World
) -> None:
    with acting(house, world, "cpk") as work:
        far = world.locations["AZC-FAR"]
        key = actions.record_unannounced(work, world.mine, far, TODAY).id
    with acting(house, world, "cpk_far") as work:
        assert set(kinds(work, key)) == EVERY
        contact = next(row for row in made(work, key) if kind_of(row) == "contact")
        assert contact.facts.text == "Staff cpk"


@pytest.mark.parametrize(
    ("status", "promised"),
    [
        (TransferStatus.PLANNED, True),
        (TransferStatus.DEPARTED, True),
        (TransferStatus.CANCELLED, False),
    ],
)
def test_a_move_from_a_list_has_its_handover_while_it_is_open(
    house: Machine, world: World, status: TransferStatus, *, promised: bool
) -> None:
    with acting(house, world, "national") as work:
        here, far = world.locations["AZC-HERE"], world.locations["AZC-FAR"]
        said = ListedMove(world.mine, here, far, LATER, TODAY, announced_known=True, status=status)
        [key] = actions.take_listed(work, [said])
    with acting(house, world, "national") as work:
        assert (queries.handover(work, key) is not None) == promised
        assert bool(made(work, key)) == promised


LINE = UUID("01990000-0000-7000-8000-00000000c0de")
MOVE = UUID("01990000-0000-7000-8000-00000000beef")


def take_in(house: Machine, world: World, **move: object) -> UUID:
    """Take in the document of a child that waits for a dentist, with one move; return the child."""
    document = {
        "format": "caseapp-dossier/1",
        "child": {
            "ref": "paper", "v_number": "9900000077", "given_names": "Papier",
            "birth": {"date": "2015-05-05", "precision": "day", "status": "declared"},
            "unaccompanied": False,
        },
        "placements": [
            {"id": "p1", "location": "azc Hier", "kind": "AZC", "municipality": "GM9901",
             "region": "noord", "from": "2026-01-01"},
        ],
        "care": [
            {"id": str(LINE), "kind": "DENTAL", "place_bound": True, "referred_on": "2026-03-01"},
        ],
        "transfers": [
            {"id": str(MOVE), "from_location": "azc Hier", "to_location": "azc Ver",
             "announced_on": "2026-11-20", "planned_on": "2026-11-29"} | move,
        ],
    }  # fmt: skip
    with acting(house, world, "national") as work:
        [child] = import_documents(work, [Arriving(parse(document))])
    return child


@pytest.mark.parametrize("status", ["planned", "departed"])
def test_a_move_from_a_document_has_its_handover_while_it_is_open(
    house: Machine, world: World, status: str
) -> None:
    take_in(house, world, status=status)
    with acting(house, world, "national") as work:
        assert kinds(work, MOVE) == ["contact", "waiting"]


def test_a_move_from_a_document_that_is_over_gets_no_promises(house: Machine, world: World) -> None:
    child = take_in(house, world, status="arrived", arrived_on="2026-11-22")
    with acting(house, world, "national", TODAY + timedelta(days=1)) as work:
        reassess(work, [child])
    with acting(house, world, "national") as work:
        assert (queries.handover(work, MOVE), made(work, MOVE)) == (None, [])


def test_what_comes_back_in_a_document_is_not_promised_again(house: Machine, world: World) -> None:
    item = {"id": str(promise_key(MOVE, f"waiting:{LINE}")), "topic": "waiting_list"}
    own = {"id": "i1", "topic": "wish_of_child", "text": "own room"}
    handover = {"items": [item | {"text": "DENTAL", "outcome": "continues"}, own]}
    child = take_in(house, world, status="planned", handover=handover)
    with acting(house, world, "national") as work:
        assert kinds(work, MOVE) == ["contact", "waiting"]
        outcomes = {kind_of(row): row.outcome for row in queries.promises(work, MOVE)}
        assert outcomes == {"waiting": "continues", "contact": None, "by hand": None}
        found = facts.gather(work, [child])[child]["transfers"][0].handover
        assert (
            HandoverItem(item["id"], Topic.WAITING_LIST, "DENTAL", Outcome.CONTINUES) in found.items
        )
