"""What happened in the last two weeks of the demo world is there, on whatever day it is made."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from caseapp.demo import documents, world
from caseapp.demo.gathering import gathered
from caseapp.demo.played import played_children, played_numbers
from caseapp.demo.playing import CLOSES, FORTY, load_played
from caseapp.domain.document import parse
from caseapp.kernel import clock
from caseapp.kernel.machine import Machine
from tests import house
from tests.world import TODAY, World

DAYS = [TODAY, date(2026, 12, 28), date(2027, 8, 10)]
"""An ordinary day, one between the feasts, and one in the summer holidays."""
CHILDREN = 12

Ask = Callable[..., Sequence[Any]]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def ask(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Ask]:
    """Play the stories as of a day, and give what asks the database about it."""
    today: date = request.param
    told = world(today, children=CHILDREN)

    def play(machine: Machine) -> World:
        keys = load_played(replace(machine, now=lambda: clock.noon(today)), told, "hash")
        return World(dict(keys.accounts), dict(keys.locations), {})

    folder = tmp_path_factory.mktemp("played")
    template = house.make_template("sqlite", folder, worker_id, play, "played")
    machine = house.machine_of(template.settings)
    with machine.engine.connect() as connection:
        yield lambda question, *about: connection.exec_driver_sql(question, about).fetchall()
    machine.engine.dispose()
    machine.keyring.keystore.close()


def no_of(ask: Ask, name: str) -> int:
    """Return the number of a played child: they came in first, in this order."""
    first: int = ask("SELECT min(no) FROM child")[0][0]
    return first + list(played_numbers()).index(name)


def steps(ask: Ask, name: str, rule: str) -> list[str]:
    rows = ask(
        "SELECT what FROM alert_step s JOIN alert a ON a.id = s.alert_id JOIN child c"
        " ON c.id = a.child_id WHERE c.no = ? AND a.rule = ? ORDER BY s.at, s.id",
        no_of(ask, name),
        rule,
    )
    return [row[0] for row in rows if row[0] != "changed"]


@pytest.mark.parametrize(
    ("name", "rule", "happened"),
    [
        ("climbed", "CAR-1", ["raised", "climbed"]),
        ("mistaken", "CAR-2", ["raised", "climbed", "mistaken"]),
        ("came_back", "CAR-1", ["raised", "mended", "came_back"]),
        ("put_off", "CAR-3", ["raised", "taken", "put_off"]),
        ("medicine", "CAR-4", ["raised"]),
        ("concern", "OBS-2", ["raised"]),
        ("temporary", "SCH-5", ["raised"]),
        ("stuck", "SCH-6", ["raised"]),
        ("unreported", "SAF-1", ["raised"]),
        ("unreported", "SAF-2", ["raised"]),
    ],
)
def test_an_alert_has_lived_as_its_story_says(
    ask: Ask, name: str, rule: str, happened: list[str]
) -> None:
    assert steps(ask, name, rule) == happened


def test_an_alert_that_came_back_has_two_stretches(ask: Ask) -> None:
    spells = ask(
        "SELECT p.closed_at IS NULL FROM alert_spell p JOIN alert a ON a.id = p.alert_id JOIN child c"
        " ON c.id = a.child_id WHERE c.no = ? AND a.rule = 'CAR-1' ORDER BY p.opened_at",
        no_of(ask, "came_back"),
    )
    assert [row[0] for row in spells] == [0, 1]


def handover(ask: Ask, name: str) -> Any:
    return ask(
        "SELECT h.sent_on IS NOT NULL, h.acknowledged_on IS NOT NULL, h.refused_at IS NOT NULL,"
        " h.due_at, t.id FROM handover h JOIN transfer t ON t.id = h.transfer_id JOIN child c"
        " ON c.id = t.child_id WHERE c.no = ? AND t.status IN ('planned', 'confirmed')",
        no_of(ask, name),
    )[0]


def test_a_handover_is_half_done_and_its_time_to_answer_runs(ask: Ask) -> None:
    sent, accepted, refused, due_at, key = handover(ask, "half_done")
    assert (sent, accepted, refused) == (1, 0, 0)
    promises = ask("SELECT outcome FROM promise WHERE transfer_id = ?", key)
    settled = sum(row[0] is not None for row in promises)
    assert 0 < settled < len(promises)
    assert len(ask("SELECT id FROM message WHERE transfer_id = ?", key)) == 2
    assert due_at is not None


def test_a_handover_was_refused(ask: Ask) -> None:
    assert tuple(handover(ask, "refused"))[:3] == (1, 0, 1)


def test_a_move_is_held_after_an_objection(ask: Ask) -> None:
    rows = ask(
        "SELECT kind FROM hold h JOIN child c ON c.id = h.child_id WHERE c.no = ? AND ended_at IS NULL"
        " ORDER BY placed_at",
        no_of(ask, "held"),
    )
    assert [row[0] for row in rows] == ["objection", "hold"]


def test_forty_children_are_on_the_list_of_a_location_that_closes_and_some_are_decided(
    ask: Ask,
) -> None:
    assert ask("SELECT count(*) FROM move_list_row")[0][0] == FORTY
    assert ask("SELECT count(*) FROM move_list WHERE closes_id IS NOT NULL")[0][0] == 1
    decided = ask(
        "SELECT t.status, count(*) FROM move_list_row r JOIN transfer t ON t.child_id = r.child_id"
        " AND t.to_location_id = r.to_location_id AND t.planned_on = r.planned_on GROUP BY 1"
    )
    assert dict(tuple(row) for row in decided) == {"confirmed": 2, "planned": 4}


def test_one_mail_came_back_and_what_nobody_read_was_handed_up(ask: Ask) -> None:
    assert [tuple(row) for row in ask("SELECT reply FROM letter WHERE state = 'dead'")] == [(550,)]
    events = {row[0] for row in ask("SELECT DISTINCT event FROM notice")}
    assert {"MailNotDelivered", "UnreadForADay", "AlertClimbed", "HandoverRefused"} <= events


def rows_of(ask: Ask, kind: str, state: str) -> Counter[tuple[str, str]]:
    """Return the rows with something to say of a list: verdicts and reasons."""
    rows = ask(
        "SELECT w.verdict, w.reasons FROM list_row w JOIN list_run r ON r.id = w.run_id"
        " WHERE r.list_kind = ? AND r.state = ?",
        kind,
        state,
    )
    return Counter((verdict, " ".join(json.loads(reasons))) for verdict, reasons in rows)


def test_a_list_was_applied_and_moved_a_child_of_which_nobody_had_told(ask: Ask) -> None:
    found = rows_of(ask, "occupancy", "applied")
    assert found == {("changed", "unannounced-move"): 1, ("refused", "not-a-row"): 1}
    assert steps(ask, "listed", "CAR-1") == ["raised"]
    told = ask("SELECT count(*) FROM notice WHERE event = 'ListBrought' AND read_at IS NULL")
    assert told[0][0] > 1
    [told_apart] = ask(
        "SELECT count(*) FROM notice n JOIN child c ON c.id = n.child_id WHERE c.no = ? AND rule = 'CAR-1'",
        no_of(ask, "listed"),
    )
    assert told_apart[0] == 0


def test_a_list_waits_with_doubts_of_many_sorts(ask: Ask) -> None:
    found = rows_of(ask, "occupancy", "ready")
    doubts = {reason for verdict, reason in found if verdict == "doubtful"}
    assert len(doubts) == 9
    assert {"birth-date-differs", "perhaps-bsn", "formula-like", "bad-date"} <= doubts
    assert found["changed", ""] == 1


def test_no_row_of_a_list_can_be_taken_and_one_was_withdrawn(ask: Ask) -> None:
    found = rows_of(ask, "care", "ready")
    assert {verdict for verdict, _reason in found} == {"refused"}
    assert found["refused", "bad-date"] == len(played_numbers()) - 1  # the newcomer is not on it
    withdrawn = ask("SELECT list_kind FROM list_run WHERE state = 'withdrawn'")
    assert [tuple(row) for row in withdrawn] == [("transfers",)]


def test_every_two_worlds_of_one_seed_tell_the_same_children() -> None:
    made = world(TODAY, children=CHILDREN)
    assert played_children(made) == played_children(made)
    assert list(gathered(made, CLOSES, 9)) == list(gathered(made, CLOSES, 9))


def test_the_families_of_the_location_that_closes_live_there_and_nobody_has_a_number_twice() -> (
    None
):
    made = world(TODAY, children=400)
    families = list(gathered(made, CLOSES, FORTY))
    assert len(families) == FORTY
    for child in families:
        parse(child.document)
        assert child.document["placements"][-1]["location"] == "noodopvang Zandkamp"
    numbers = [one.v_number for one in (*documents(made), *families)] + [*played_numbers().values()]
    assert len(set(numbers)) == len(numbers)
