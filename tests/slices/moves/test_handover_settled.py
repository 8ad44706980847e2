"""Several promises are settled on one page with one save; what is missing is asked, what was typed is kept."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

import pytest

from caseapp.care import actions as care
from caseapp.care import queries as lines
from caseapp.domain.codes import Outcome
from caseapp.domain.intents.moves import Settlement
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError
from caseapp.moves import actions, queries
from caseapp.moves.models import Promise
from tests.acting import acting
from tests.slices.moves.story import planned, sent, the
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
AHEAD = TODAY + timedelta(days=14)


class Now(NamedTuple):
    """A promise as it stands."""

    id: UUID
    version: int
    text: str
    outcome: tuple[object, ...] | None


def page(world: World, key: UUID, *rest: str) -> str:
    return "/".join((f"/kinderen/{world.mine}/overdracht/{key}", *rest))


def rows(house: Machine, world: World, key: UUID) -> dict[str, Now]:
    """Return the promises by topic; of the two lines of care the therapy."""
    with acting(house, world, "national") as work:
        return {
            str(row.topic): Now(row.id, row.version, row.facts.text, outcome_of(row))
            for row in queries.promises(work, key)
            if row.facts.text != "JGZ"
        }


def outcome_of(row: Promise) -> tuple[object, ...] | None:
    if row.outcome is None:
        return None
    facts = row.facts
    return (row.outcome, facts.outcome_on, facts.outcome_to, facts.outcome_reason)


def sheet(*chosen: tuple[Now, str, str]) -> dict[str, str]:
    """Return what a browser sends for these promises: outcome and detail."""
    found = {}
    for row, outcome, detail in chosen:
        prefix = f"p{row.id.hex}-"
        found |= {f"{prefix}version": str(row.version), f"{prefix}detail": detail}
        if outcome:
            found[f"{prefix}outcome"] = outcome
    return found


def settled(house: Machine, world: World, key: UUID) -> dict[str, tuple[object, ...]]:
    """Return what became of the promises that are settled, by topic."""
    every = rows(house, world, key).items()
    return {topic: row.outcome for topic, row in every if row.outcome is not None}


def test_several_promises_are_settled_with_one_save(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world, AHEAD)
    is_ = rows(house, world, key)
    client = as_("cpk", language="en")
    seen = client.get(page(world, key)).get_data(as_text=True)
    assert "0 of 6 ready" in seen
    sent_form = sheet(
        (is_["school"], "handed_over", "De Wissel"),
        (is_["care"], "rebooked", "9-12-2026"),
        (is_["action"], "ended", "it was done"),
        (is_["guardian_visit"], "continues", ""),
        (is_["contact"], "", ""),
    )
    assert client.post(page(world, key, "uitkomsten"), sent_form).status_code == 303
    assert settled(house, world, key) == {
        "school": ("handed_over", None, "De Wissel", None),
        "care": ("rebooked", date(2026, 12, 9), None, None),
        "action": ("ended", None, None, "it was done"),
        "guardian_visit": ("continues", None, None, None),
    }
    assert "4 of 6 ready" in client.get(page(world, key)).get_data(as_text=True)


@pytest.mark.parametrize(
    ("outcome", "detail", "words"),
    [
        ("rebooked", "", "Enter the day of the new appointment."),
        ("rebooked", "next week", "Write the day as day-month-year, for example 31-12-2026."),
        ("rebooked", "31-11-2026", "The day 31-11-2026 does not exist."),
        ("handed_over", "", "Write down to whom it was handed over."),
        ("ended", "", "Write down why it ends."),
        ("", "De Wissel", "Choose what becomes of it."),
        ("", "", "Choose first what becomes of a promise."),
    ],
)
def test_what_belongs_to_an_outcome_is_asked_and_nothing_is_saved(
    as_: As, house: Machine, world: World, outcome: str, detail: str, words: str
) -> None:
    key = planned(house, world, AHEAD)
    is_ = rows(house, world, key)
    both = sheet((is_["school"], outcome, detail), (is_["contact"], "continues", ""))
    sent_form = (
        both if words.startswith("Choose first") is False else sheet((is_["school"], "", ""))
    )
    answer = as_("cpk", language="en").post(page(world, key, "uitkomsten"), sent_form)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert words in text
    assert f'value="{detail}"' in text
    assert settled(house, world, key) == {}


def test_the_same_sheet_sent_twice_saves_once(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world, AHEAD)
    form = sheet((rows(house, world, key)["school"], "handed_over", "De Wissel"))
    client = as_("cpk")
    assert [client.post(page(world, key, "uitkomsten"), form).status_code for _ in "ab"] == [
        303,
        303,
    ]
    assert rows(house, world, key)["school"].version == 2


def test_who_loses_a_race_about_a_promise_reads_so_and_keeps_the_words(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)
    is_ = rows(house, world, key)
    mine = sheet((is_["school"], "ended", "too far"), (is_["contact"], "continues", ""))
    theirs = Settlement(Outcome.HANDED_OVER, outcome_to="De Wissel")
    with acting(house, world, "coordinator") as work:
        row = next(row for row in queries.promises(work, key) if row.topic == "school")
        actions.settle(work, the(work, world, key), [(row, row.version, theirs)])
    answer = as_("cpk", language="en").post(page(world, key, "uitkomsten"), mine)
    assert "Somebody else settled one of these meanwhile." in answer.get_data(as_text=True)
    assert 'value="too far"' in answer.get_data(as_text=True)
    assert settled(house, world, key) == {"school": ("handed_over", None, "De Wissel", None)}


def test_a_stale_version_changes_nothing_unless_it_says_the_same(
    house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)
    continues = Settlement(Outcome.CONTINUES)
    with acting(house, world, "cpk") as work:
        row = next(row for row in queries.promises(work, key) if row.topic == "school")
        move = the(work, world, key)
        assert actions.settle(work, move, [(row, 1, continues)]) == 1
        work.flush()
        assert actions.settle(work, move, [(row, 1, continues)]) == 0
        with pytest.raises(LostRaceError):
            actions.settle(work, move, [(row, 1, Settlement(Outcome.ENDED, outcome_reason="no"))])


def test_a_settled_promise_from_the_record_is_corrected_but_not_reworded(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)
    row = rows(house, world, key)["school"]
    client = as_("cpk")
    address = page(world, key, "belofte", str(row.id))
    seen = client.get(address).get_data(as_text=True)
    assert "zqx-school-two" in seen
    assert 'name="text"' not in seen
    form = {"version": "1", "outcome": "ended", "outcome_on": "", "outcome_to": ""}
    assert client.post(address, form | {"outcome_reason": "too far"}).status_code == 303
    assert settled(house, world, key) == {"school": ("ended", None, None, "too far")}
    form = {"version": "2", "outcome": "", "outcome_on": "", "outcome_to": "", "outcome_reason": ""}
    assert client.post(address, form).status_code == 303
    assert rows(house, world, key)["school"].text == "zqx-school-two"
    assert settled(house, world, key) == {}


def test_an_outcome_that_is_a_fact_leads_to_the_record(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)
    row = rows(house, world, key)["care"]
    client = as_("cpk", language="en")
    form = sheet((row, "rebooked", "9-12-2026"))
    client.post(page(world, key, "uitkomsten"), form)
    with acting(house, world, "national") as work:
        line = next(one for one in lines.lines(work, world.mine) if one.facts.kind == "GGZ")
    seen = client.get(page(world, key)).get_data(as_text=True)
    assert f"/kinderen/{world.mine}/zorg/{line.id}/afspraak" in seen
    seen = as_("guardian", language="en").get(page(world, key)).get_data(as_text=True)
    assert "afspraak" not in seen


def test_what_the_record_no_longer_says_stands_apart_and_asks_nothing(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)
    for day in (AHEAD, AHEAD - timedelta(days=1)):
        with acting(house, world, "cpk") as work:
            line = next(one for one in lines.lines(work, world.mine) if one.facts.kind == "GGZ")
            care.book(work, line, line.version, day)
    seen = as_("cpk", language="en").get(page(world, key)).get_data(as_text=True)
    assert "No longer in the record" in seen
    assert "0 of 6 ready" in seen
    row = rows(house, world, key)["appointment"]
    assert f"p{row.id.hex}-outcome" not in seen


def test_the_receiver_settles_nothing_before_the_child_is_there(
    as_: As, house: Machine, world: World
) -> None:
    key = sent(house, world, AHEAD)
    form = sheet((rows(house, world, key)["school"], "continues", ""))
    client = as_("cpk_far")
    assert client.post(page(world, key, "uitkomsten"), form).status_code == 404
    assert "-outcome" not in client.get(page(world, key)).get_data(as_text=True)
    assert as_("guardian").post(page(world, key, "uitkomsten"), form).status_code == 403
