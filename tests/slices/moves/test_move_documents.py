"""Moves, handovers and responsibility come in by document and go out by facts, the same."""

from caseapp.domain.document import parse
from caseapp.domain.incoming import record_id
from caseapp.kernel.machine import Machine
from caseapp.moves import facts, queries
from caseapp.placements import facts as stays
from caseapp.placements import queries as placements
from tests.acting import acting
from tests.world import World, document


def test_a_document_comes_back_as_it_was(house: Machine, world: World) -> None:
    written = document("mine")
    written.pop("accounts")
    said = parse(written)
    with acting(house, world, "national") as work:
        found = stays.gather(work, [world.mine])[world.mine]
        found |= facts.gather(work, [world.mine])[world.mine]
        names = {
            (one.location, one.kind, one.start, one.end, one.reason) for one in said.placements
        }
        assert names == {
            (one.location, one.kind, one.start, one.end, one.reason) for one in found["placements"]
        }
        assert [(one.state, one.note) for one in found["whereabouts"]] == [
            (one.state, one.note) for one in said.whereabouts
        ]
        [move], [told] = found["transfers"], said.transfers
        same = ("from_location", "to_location", "planned_on", "arrived_on", "status", "reason")
        assert [getattr(move, name) for name in same] == [getattr(told, name) for name in same]
        assert move.term_time_reason == told.term_time_reason
        assert told.handover is not None
        assert move.handover.sent_on == told.handover.sent_on
        assert move.handover.acknowledged_on == told.handover.acknowledged_on
        assert [one.text for one in move.handover.items] == ["zqx-promise-text"]
        assert {one.id for one in found["responsible"]} == {
            str(record_id(world.mine, "responsible", one.id)) for one in said.responsible
        }


def test_an_arrived_move_of_a_document_begins_the_stay_that_it_turned_over(
    house: Machine, world: World
) -> None:
    with acting(house, world, "national") as work:
        [move] = queries.transfers(work, world.mine)
        begun = [one.from_on for one in placements.stays(work, world.mine) if one.transfer_id]
        assert begun == [move.arrived_on]
        assert not move.facts.turned_nothing_over
