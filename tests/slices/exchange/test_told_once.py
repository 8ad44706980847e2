"""What a list brings is told in one notice for each account; an undo lets it rest."""

from sqlalchemy import select

from caseapp.domain.lists.words import ListKind
from caseapp.notices import queries
from caseapp.notices.models import Bundled, Notice
from tests.slices.continuity.story import alerts, looking
from tests.slices.exchange.listing import HERE, MOVED
from tests.slices.exchange.undone import runs, undo
from tests.world import TODAY

ONE_OF_EACH = (1, 1, 0, 0)
"""A handover that nobody accepted is critical, care that stopped a warning."""


def told(house, world) -> dict[str, tuple[int, ...]]:
    """Return what lists brought each account that did not read of it: critical, warning, notice, other."""
    names = {key: name for name, key in world.accounts.items()}
    wanted = (
        select(Notice.account_id, Bundled.critical, Bundled.warning, Bundled.notice, Bundled.other)
        .join(Bundled, Bundled.notice_id == Notice.id)
        .where(Notice.read_at.is_(None))
    )
    with looking(house) as work:
        return {names[row[0]]: tuple(row[1:]) for row in work.session.execute(wanted)}


def test_a_list_tells_each_person_once_and_names_no_alert(house, world, bring):
    bring(ListKind.OCCUPANCY, MOVED, on=TODAY)
    expected = dict.fromkeys(("coordinator", "cpk", "cpk_beside"), ONE_OF_EACH)
    assert told(house, world) == expected
    [broken] = alerts(house, world, world.beside, "CAR-1")
    assert (broken.owner, broken.told) == ("noord", [])
    with looking(house) as work:
        known = set(work.session.scalars(queries.told_of(world.accounts["cpk_beside"])))
    assert broken.id in known


def test_the_same_list_again_tells_nobody_anything(house, world, bring):
    for _time in range(2):
        bring(ListKind.OCCUPANCY, MOVED, on=TODAY)
    with looking(house) as work:
        of_lists = work.session.scalars(select(Notice).where(Notice.event == queries.LIST))
        assert {one.object_id for one in of_lists} == {runs(house)[0].id}


def test_children_that_come_in_together_are_told_of_together(house, world, bring):
    young = [
        HERE | {"v_nummer": f"008765433{turn}", "asielaanvraag": "01-01-2026"} for turn in range(5)
    ]
    bring(ListKind.OCCUPANCY, *young)
    critical, warning, notice, other = told(house, world)["cpk"]
    assert critical + warning + notice >= len(young)
    assert other == 0


def test_a_list_that_is_undone_is_read_as_far_as_anybody_is_concerned(house, world, bring):
    bring(ListKind.OCCUPANCY, MOVED, on=TODAY)
    undo(house, runs(house)[0])
    assert told(house, world) == {}
