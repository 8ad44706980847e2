"""A meeting is written down, corrected and taken back; what was agreed is agreed and done from its alert."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from caseapp.domain.care_codes import Condition, Level
from caseapp.domain.events import MeetingCorrected, MeetingRecorded
from caseapp.domain.intents.observations import Agreed, MeetingDetails, NotAsked, ObservationDetails
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, Work
from caseapp.observations import actions, facts, queries
from caseapp.observations.forms import FULL_NAMES, MARKS
from tests.acting import acting
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]

HELD = MeetingDetails(date(2026, 11, 20), ("school", "GZA"), "zqx-concluded")
CONCERN = ObservationDetails(
    on=date(2026, 11, 16), text="zqx-concern", level=Level.CONCERN, not_asked=NotAsked.OTHER
)


def page(world: World, *rest: object) -> str:
    """Return an address on the file of the child."""
    return "/".join(("", "kinderen", str(world.mine), *map(str, rest)))


def held(house: Machine, world: World, who: str = "cpk") -> UUID:
    """Write a meeting down and return its key."""
    with acting(house, world, who) as work:
        return actions.record_meeting(work, world.mine, HELD).id


def concern(house: Machine, world: World, agreed: Agreed | None = None) -> UUID:
    """Write a concern down and return its key."""
    with acting(house, world, "cpk") as work:
        said = ObservationDetails(
            CONCERN.on, CONCERN.text, CONCERN.level, not_asked=NotAsked.OTHER, agreed=agreed
        )
        return actions.record(work, world.mine, said).id


def meetings_of(work: Work, world: World) -> list[tuple[date, tuple[str, ...]]]:
    """Return the meetings as the rules read them, and let the database go."""
    found = facts.gather(work, [world.mine])[world.mine]["meetings"]
    work.session.rollback()
    return sorted((one.on, one.participants) for one in found)


def test_a_meeting_is_saved_with_who_took_part(as_: As, work: Work, world: World) -> None:
    sent = {"on": "20-11-2026", "participants": "school\n\n  GZA \n", "note": "zqx-concluded"}
    answer = as_("cpk").post(page(world, "overleg"), sent)
    assert (answer.status_code, answer.location) == (303, page(world, "observaties"))
    assert meetings_of(work, world)[-1] == (HELD.on, HELD.participants)
    text = as_("guardian", language="en").get(page(world, "observaties")).get_data(as_text=True)
    assert "With: school, GZA" in " ".join(text.split())


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("on", "", "Enter the day."),
        ("on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("participants", "\n".join("x" * 31), "At most 30 lines."),
        ("participants", "x" * 201, "A line has at most 200 characters."),
    ],
)
def test_the_form_refuses_and_keeps_what_was_typed(
    as_: As, work: Work, world: World, field: str, typed: str, words: str
) -> None:
    before = meetings_of(work, world)
    sent = {"on": "20-11-2026", "note": "zqx-kept", field: typed}
    text = as_("cpk", language="en").post(page(world, "overleg"), sent).get_data(as_text=True)
    assert words in text
    assert "zqx-kept" in text
    assert meetings_of(work, world) == before


def test_the_most_that_fits_is_taken(as_: As, work: Work, world: World) -> None:
    sent = {"on": "24-11-2026", "participants": "\n".join(["x" * 200] * 30)}
    assert as_("cpk").post(page(world, "overleg"), sent).status_code == 303
    assert meetings_of(work, world)[-1][1] == ("x" * 200,) * 30


def test_a_meeting_to_come_is_refused_by_the_action_too(work: Work, world: World) -> None:
    with pytest.raises(actions.NotYetError):
        actions.record_meeting(work, world.mine, MeetingDetails(date(2026, 11, 25)))


def test_a_meeting_is_corrected_and_taken_back_and_what_stood_there_is_shown(
    as_: As, house: Machine, work: Work, world: World
) -> None:
    key, client = held(house, world), as_("cpk", language="en")
    sent = {"on": "19-11-2026", "participants": "school", "version": 1}
    assert client.post(page(world, "overleg", key), sent).status_code == 303
    assert (date(2026, 11, 19), ("school",)) in meetings_of(work, world)
    earlier = client.get(page(world, "overleg", key, "eerder")).get_data(as_text=True)
    assert "zqx-concluded" in earlier
    before = len(meetings_of(work, world))
    client.post(page(world, "overleg", key), sent | {"version": 2, "taken_back": "yes"})
    assert len(meetings_of(work, world)) == before - 1
    assert "taken back" in client.get(page(world, "observaties")).get_data(as_text=True)
    client.post(page(world, "overleg", key), sent | {"version": 3})
    assert len(meetings_of(work, world)) == before


def test_a_lost_race_shows_both(as_: As, house: Machine, work: Work, world: World) -> None:
    key = held(house, world)
    row = queries.meeting(work, world.mine, key)
    assert row is not None
    actions.correct_meeting(work, row, 1, MeetingDetails(TODAY, note="zqx-theirs"))
    work.commit()
    sent = {"on": "20-11-2026", "note": "zqx-mine", "version": 1}
    text = as_("cpk", language="en").post(page(world, "overleg", key), sent).get_data(as_text=True)
    assert "Someone else has just changed this." in text
    assert "zqx-theirs" in text
    with pytest.raises(LostRaceError):
        actions.correct_meeting(work, row, 1, HELD)


@pytest.mark.parametrize(
    ("who", "add", "edit"),
    [
        ("cpk", 200, 200),
        ("guardian", 200, 404),
        ("coordinator", 200, 404),
        ("cpk_beside", 404, 404),
        ("monitor", 403, 403),
    ],
)
def test_who_is_round_the_child_writes_and_the_writer_or_the_place_corrects(
    as_: As, house: Machine, world: World, who: str, add: int, edit: int
) -> None:
    key, client = held(house, world), as_(who)
    assert client.get(page(world, "overleg")).status_code == add
    assert client.get(page(world, "overleg", key)).status_code == edit


def test_the_guardian_corrects_the_own_meeting(as_: As, house: Machine, world: World) -> None:
    key = held(house, world, "guardian")
    assert as_("guardian").get(page(world, "overleg", key)).status_code == 200


def test_each_intention_is_on_the_trail(work: Work, world: World) -> None:
    row = actions.record_meeting(work, world.mine, HELD)
    work.settle()
    actions.correct_meeting(work, row, row.version, MeetingDetails(TODAY))
    work.settle()
    made = [e for e in work.trail if isinstance(e, (MeetingRecorded, MeetingCorrected))]
    assert [(e.object_id, e.child_id) for e in made] == [(row.id, world.mine)] * 2


def test_from_an_alert_one_goes_back_to_the_child(as_: As, world: World) -> None:
    client = as_("cpk", language="en")
    address = page(world, "overleg?signalering=OBS-3")
    assert "A condition was insufficient twice." in client.get(address).get_data(as_text=True)
    assert client.post(address, {"on": "24-11-2026"}).location == page(world)


def test_what_happens_after_a_concern_is_agreed_from_its_alert(
    as_: As, house: Machine, work: Work, world: World
) -> None:
    key, client = concern(house, world), as_("cpk", language="en")
    address = page(world, "observaties", key, "afspraak?signalering=OBS-2")
    assert "zqx-concern" in client.get(address).get_data(as_text=True)
    assert "Write down what is agreed." in client.post(address, {"version": 1}).text
    sent = {"action": "zqx-call", "due_on": "1-12-2026", "version": 1}
    assert client.post(address, sent).location == page(world)
    row = queries.observation(work, world.mine, key)
    assert row is not None
    assert (row.facts.has_action, row.facts.action_text) == (True, "zqx-call")
    assert row.facts.action_due_on == date(2026, 12, 1)
    work.session.rollback()
    assert "Someone else has just changed this." in client.post(address, sent).text


def test_an_agreed_action_is_done_on_a_day(
    as_: As, house: Machine, work: Work, world: World
) -> None:
    key = concern(house, world, Agreed("zqx-call", due_on=date(2026, 11, 18)))
    client = as_("cpk", language="en")
    address = page(world, "observaties", key, "klaar?signalering=OBS-4")
    assert 'value="24-11-2026"' in client.get(address).get_data(as_text=True)
    early = client.post(address, {"done_on": "15-11-2026", "version": 1}).get_data(as_text=True)
    assert "Choose 16-11-2026 or later." in early
    assert client.post(address, {"done_on": "23-11-2026", "version": 1}).location == page(world)
    row = queries.observation(work, world.mine, key)
    assert row is not None
    assert row.facts.action_done_on == date(2026, 11, 23)
    work.session.rollback()
    assert "Someone else" in client.post(address, {"done_on": "22-11-2026", "version": 1}).text


def test_where_nothing_was_agreed_nothing_is_done(as_: As, house: Machine, world: World) -> None:
    key, client = concern(house, world), as_("cpk", language="en")
    address = page(world, "observaties", key, "klaar")
    assert client.post(address, {"done_on": "23-11-2026", "version": 1}).status_code == 303
    assert "Nothing was agreed here any more." in client.get(page(world, "observaties")).text


def test_each_of_the_fourteen_conditions_can_be_marked() -> None:
    assert set(MARKS) == set(Condition)
    assert len(FULL_NAMES) == len(MARKS) == 14
