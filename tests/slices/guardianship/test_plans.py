"""Plans and reviews are written down, corrected and taken back; the road is undone by an empty day."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from caseapp.domain.care_codes import PlanKind
from caseapp.domain.events import PlanCorrected, PlanRecorded
from caseapp.domain.intents.guardianship import PlanDetails
from caseapp.guardianship import actions, facts, queries
from caseapp.kernel.work import LostRaceError, Work
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]


def page(world: World, *rest: object) -> str:
    """Return an address on the file of the child."""
    return "/".join(("", "kinderen", str(world.mine), *map(str, rest)))


def plans_of(work: Work, world: World) -> list[date]:
    """Return the days of the plans as the rules read them, and let the database go."""
    found = facts.gather(work, [world.mine])[world.mine]["plans"]
    work.session.rollback()
    return sorted(one.on for one in found)


def saved(work: Work, world: World) -> UUID:
    """Return the key of a review that was just saved."""
    row = actions.record_plan(work, world.mine, PlanDetails(date(2026, 11, 20), PlanKind.REVIEW))
    work.commit()
    return row.id


def test_a_review_is_proposed_where_there_is_a_plan_and_saved(
    as_: As, work: Work, world: World
) -> None:
    client = as_("guardian")
    asked = client.get(page(world, "plannen", "nieuw")).get_data(as_text=True)
    assert 'value="24-11-2026"' in asked
    assert asked.index("review") < asked.index("checked")
    answer = client.post(page(world, "plannen", "nieuw"), {"on": "20-11-2026", "kind": "review"})
    assert (answer.status_code, answer.location) == (303, page(world, "voogdij"))
    assert plans_of(work, world)[-1] == date(2026, 11, 20)
    assert "20-11-2026" in client.get(page(world, "voogdij")).get_data(as_text=True)


def test_the_first_is_a_plan(as_: As, world: World) -> None:
    address = f"/kinderen/{world.beside}/plannen/nieuw"
    text = as_("national").get(address).get_data(as_text=True)
    assert 'value="plan"' in text.partition("checked")[0][-200:]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("on", "", "Enter the day."),
        ("kind", "", "Choose a plan or a review."),
    ],
)
def test_the_form_refuses_what_cannot_be(
    as_: As, work: Work, world: World, field: str, typed: str, words: str
) -> None:
    before = plans_of(work, world)
    sent = {"on": "20-11-2026", "kind": "plan", field: typed}
    answer = as_("guardian", language="en").post(page(world, "plannen", "nieuw"), sent)
    assert words in answer.get_data(as_text=True)
    assert plans_of(work, world) == before


def test_a_plan_to_come_is_refused_by_the_action_too(work: Work, world: World) -> None:
    with pytest.raises(actions.NotYetError):
        actions.record_plan(work, world.mine, PlanDetails(date(2026, 11, 25), PlanKind.PLAN))


def test_a_plan_is_corrected_and_taken_back_and_what_stood_there_is_shown(
    as_: As, work: Work, world: World
) -> None:
    key, client = saved(work, world), as_("guardian", language="en")
    sent = {"on": "19-11-2026", "kind": "plan", "version": 1}
    assert client.post(page(world, "plannen", key), sent).status_code == 303
    assert plans_of(work, world)[-1] == date(2026, 11, 19)
    assert "20-11-2026" in client.get(page(world, "plannen", key)).get_data(as_text=True)
    client.post(page(world, "plannen", key), sent | {"version": 2, "taken_back": "yes"})
    assert plans_of(work, world)[-1] == date(2026, 6, 10)
    assert "taken back" in client.get(page(world, "voogdij")).get_data(as_text=True)
    client.post(page(world, "plannen", key), sent | {"version": 3})
    assert plans_of(work, world)[-1] == date(2026, 11, 19)


def test_a_lost_race_shows_both(as_: As, work: Work, world: World) -> None:
    key = saved(work, world)
    row = queries.plan(work, world.mine, key)
    assert row is not None
    actions.correct_plan(work, row, 1, PlanDetails(date(2026, 11, 2), PlanKind.REVIEW))
    work.commit()
    sent = {"on": "3-11-2026", "kind": "review", "version": 1}
    text = as_("guardian", language="en").post(page(world, "plannen", key), sent).text
    assert "Someone else has just changed this." in text
    assert "02-11-2026" in text
    with pytest.raises(LostRaceError):
        actions.correct_plan(work, row, 1, PlanDetails(TODAY, PlanKind.PLAN))


@pytest.mark.parametrize(
    ("who", "status"), [("guardian", 200), ("guardianship", 200), ("cpk", 403), ("monitor", 403)]
)
def test_the_guardian_and_the_desk_write_plans(
    as_: As, work: Work, world: World, who: str, status: int
) -> None:
    key = saved(work, world)
    for part in ("nieuw", key):
        assert as_(who).get(page(world, "plannen", part)).status_code == status


def test_another_guardian_finds_nothing(as_: As, work: Work, world: World) -> None:
    key = saved(work, world)
    assert as_("guardian_other").get(page(world, "plannen", key)).status_code == 404


def test_each_intention_is_on_the_trail_and_leads_back_from_its_alert(
    as_: As, work: Work, world: World
) -> None:
    row = actions.record_plan(work, world.mine, PlanDetails(TODAY, PlanKind.PLAN))
    work.settle()
    actions.correct_plan(work, row, row.version, PlanDetails(TODAY, PlanKind.REVIEW))
    work.settle()
    made = [e.object_id for e in work.trail if isinstance(e, (PlanRecorded, PlanCorrected))]
    assert made == [row.id, row.id]
    work.undo()
    sent = {"on": "24-11-2026", "kind": "review"}
    answer = as_("guardian").post(page(world, "plannen", "nieuw?signalering=GUA-3"), sent)
    assert answer.location == page(world)


def test_declined_support_is_undone_with_an_empty_day(as_: As, work: Work, world: World) -> None:
    client = as_("guardian", language="en")
    first = {"support_declined_on": "20-11-2026", "version": 1}
    assert client.post(page(world, "weg-naar-18?signalering=AGE-2"), first).location == page(world)
    known = facts.gather(work, [world.mine])[world.mine]["runway"]
    assert known.support_declined_on == date(2026, 11, 20)
    work.session.rollback()
    assert client.post(page(world, "weg-naar-18"), {"version": 2}).status_code == 303
    assert facts.gather(work, [world.mine])[world.mine]["runway"].support_declined_on is None
    work.session.rollback()
    assert "20-11-2026" in client.get(page(world, "weg-naar-18")).get_data(as_text=True)
