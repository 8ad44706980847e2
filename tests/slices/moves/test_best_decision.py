"""The best decision for the child about a move: a draft, then done with all four steps."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from caseapp.domain.intents.moves import BestDecisionDetails
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError
from caseapp.moves import actions, queries
from tests.acting import acting
from tests.slices.moves.story import planned, the
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
AHEAD = TODAY + timedelta(days=14)

FULL = {
    "version": "0",
    "child_view": "I want to stay with my team.",
    "not_asked_because": "",
    "development": "Stay at this school until summer.",
    "other_interests": "The place closes.",
    "weighing": "The school is kept by bus.",
    "prevails_because": "",
    "term_time_reason": "",
    "explained_on": "24-11-2026",
    "explained_by": "Noor",
    "save": "done",
}


def page(world: World, key: UUID) -> str:
    return f"/kinderen/{world.mine}/verhuizing/{key}/beste-besluit"


def stored(house: Machine, world: World, key: UUID) -> tuple[bool, BestDecisionDetails | None]:
    """Return whether it is done, and what was written."""
    with acting(house, world, "national") as work:
        row = queries.best_decision(work, key)
        return (row is not None and row.done_on is not None, row.facts if row else None)


def test_a_done_decision_has_all_four_steps(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world, AHEAD)
    client = as_("cpk", language="en")
    assert "Four steps" in client.get(page(world, key)).get_data(as_text=True)
    assert client.post(page(world, key), FULL).status_code == 303
    done, facts = stored(house, world, key)
    assert done
    assert facts is not None
    assert (facts.child_view, facts.explained_on) == (FULL["child_view"], TODAY)
    seen = client.get(page(world, key)).get_data(as_text=True)
    assert "This is written down as done." in seen
    assert "I want to stay with my team." in seen
    assert "written down" in client.get(f"/kinderen/{world.mine}/overdracht/{key}").get_data(
        as_text=True
    )


@pytest.mark.parametrize(
    ("without", "words"),
    [
        ("child_view", "Write down what the child wants, or why it was not asked."),
        ("development", "Write down what is best for the development of the child."),
        ("other_interests", "Write down which other interests there are"),
        ("weighing", "Write down how you weighed this."),
        ("explained_on", "Enter the day on which it was explained to the child."),
        ("explained_by", "Write down who explained it to the child."),
    ],
)
def test_a_step_that_is_missing_is_asked_and_a_draft_may_lack_it(
    as_: As, house: Machine, world: World, without: str, words: str
) -> None:
    key = planned(house, world, AHEAD)
    client = as_("cpk", language="en")
    answer = client.post(page(world, key), FULL | {without: ""})
    assert answer.status_code == 200
    assert words in answer.get_data(as_text=True)
    assert "The place closes." in answer.get_data(as_text=True) or without == "other_interests"
    assert stored(house, world, key) == (False, None)
    assert client.post(page(world, key), FULL | {without: "", "save": "draft"}).status_code == 303
    assert stored(house, world, key)[0] is False


def test_why_the_child_was_not_asked_stands_for_its_view(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)
    form = FULL | {"child_view": "", "not_asked_because": "a baby"}
    assert as_("cpk").post(page(world, key), form).status_code == 303
    assert stored(house, world, key)[0]


def test_it_cannot_have_been_explained_tomorrow(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world, AHEAD)
    answer = as_("cpk", language="en").post(page(world, key), FULL | {"explained_on": "25-11-2026"})
    assert "Choose 24-11-2026 or earlier." in answer.get_data(as_text=True)


def test_the_reason_for_a_school_day_goes_to_the_move_and_mends_its_alert(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)

    def in_term_time() -> bool:
        with acting(house, world, "national") as work:
            rows = work.session.connection().exec_driver_sql(
                "SELECT count(*) FROM alert WHERE rule = 'PLA-3' AND closed_at IS NULL"
            )
            return bool(rows.scalar())

    assert in_term_time()
    form = FULL | {"term_time_reason": "the exam is there"}
    assert as_("cpk").post(page(world, key), form).status_code == 303
    assert not in_term_time()
    with acting(house, world, "national") as work:
        assert the(work, world, key).facts.term_time_reason == "the exam is there"


def test_two_who_write_at_once_do_not_overwrite_each_other(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)
    client = as_("cpk", language="en")
    assert client.post(page(world, key), FULL).status_code == 303
    assert client.post(page(world, key), FULL).status_code == 303, "the same again is no conflict"
    answer = client.post(page(world, key), FULL | {"weighing": "Otherwise."})
    assert "Somebody else wrote here meanwhile." in answer.get_data(as_text=True)
    assert "Otherwise." in answer.get_data(as_text=True)
    new = FULL | {"version": "1", "weighing": "Otherwise."}
    assert client.post(page(world, key), new).status_code == 303
    with acting(house, world, "cpk") as work, pytest.raises(LostRaceError):
        actions.decide(work, the(work, world, key), 1, BestDecisionDetails(done=False))


def test_nothing_is_decided_about_a_move_that_does_not_go_on(house: Machine, world: World) -> None:
    key = planned(house, world, AHEAD)
    with acting(house, world, "cpk") as work:
        actions.cancel(work, the(work, world, key), None, "no place")
        with pytest.raises(RefusedError) as refused:
            actions.decide(work, the(work, world, key), 0, BestDecisionDetails(done=False))
    assert refused.value.why is Refusal.IS_OVER


def test_the_address_of_the_child_leads_to_the_move_that_is_next(
    as_: As, house: Machine, world: World
) -> None:
    client, address = as_("cpk"), f"/kinderen/{world.mine}/beste-besluit"
    latest = client.get(address)
    assert latest.status_code == 303
    key = planned(house, world, AHEAD)
    assert client.get(address).headers["Location"] == page(world, key)
    assert latest.headers["Location"] != page(world, key)
    assert as_("guardian").get(page(world, key)).status_code == 403
    assert as_("cpk_far").get(page(world, key)).status_code == 404
