"""The pages about observations and contacts: done, refused by the form, outside the scope."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.seals import Envelope
from caseapp.kernel.work import Work
from caseapp.observations.models import Contact, Observation
from caseapp.web.days import write_day
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]

SEEN = {"on": "24-11-2026", "text": "zqx-new-facts", "child_view": "zqx-new-words", "level": "none"}


@contextmanager
def looking(house: Machine) -> Iterator[Work]:
    """Look into the database, and let it go again."""
    work = house.work(Actor(account_id=None, name="test", everywhere=True))
    yield work
    work.session.close()


def page(child_id: UUID, *rest: object) -> str:
    """Return an address below a child."""
    return "/".join(("", "kinderen", str(child_id), *map(str, rest)))


def only(house: Machine, model: type, child_id: UUID) -> UUID:
    """Return the key of the one observation or contact that was written last about a child."""
    with looking(house) as work:
        wanted = select(model.id).where(model.child_id == child_id).order_by(model.recorded_at)
        return work.session.scalars(wanted).all()[-1]


def test_the_contact_person_writes_down_what_was_seen(as_: As, world: World) -> None:
    client = as_("cpk")
    asked = client.get(page(world.mine, "observatie")).get_data(as_text=True)
    assert 'value="24-11-2026"' in asked
    assert "Foto" in asked
    marks = {"mark_education": "moderate", "mark_respect": "not_seen"}
    extra = {"interpretation": "zqx-new-view", "source": "school"} | marks
    answer = client.post(page(world.mine, "observatie"), SEEN | extra)
    assert answer.status_code == 303
    shown = client.get(answer.location).get_data(as_text=True)
    for words in ("zqx-new-facts", "zqx-new-words", "zqx-new-view", "Onderwijs: Matig", "school"):
        assert words in shown
    assert "Respect:" not in shown


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(
    as_: As, house: Machine, world: World
) -> None:
    sent = {"on": "24-11-2026", "interpretation": "zqx-typed", "mark_education": "good"}
    answer = as_("cpk").post(page(world.mine, "observatie"), sent)
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<title>Fout:" in shown
    assert shown.count('aria-invalid="true"') == 2  # facts and words; the level is a group
    assert "zqx-typed" in shown
    assert re.search(r'id="mark_education-1"[^>]*\schecked', shown)
    assert re.search(r"<details[^>]*\sopen>\s*<summary>14 voorwaarden", shown)
    with looking(house) as work:
        assert not work.session.scalars(
            select(Observation).where(Observation.recorded_by.is_not(None))
        ).all()


def test_a_reason_stands_in_for_the_words_of_the_child(as_: As, world: World) -> None:
    client = as_("cpk")
    sent = SEEN | {"child_view": "", "not_asked": "no_interpreter"}
    answer = client.post(page(world.mine, "observatie"), sent)
    assert answer.status_code == 303
    assert "Er was geen tolk" in client.get(answer.location).get_data(as_text=True)


@pytest.mark.parametrize(("level", "kind"), [("attention", "good"), ("concern", "warning")])
def test_a_concern_without_agreement_is_saved_and_says_so(
    as_: As, world: World, level: str, kind: str
) -> None:
    client = as_("cpk")
    answer = client.post(page(world.mine, "observatie"), SEEN | {"level": level})
    assert answer.status_code == 303
    assert f"note--{kind}" in client.get(answer.location).get_data(as_text=True)


def test_a_day_or_doer_without_an_action_is_asked_for(as_: As, world: World) -> None:
    sent = SEEN | {"due_on": "26-11-2026", "owner": "GZA"}
    answer = as_("cpk").post(page(world.mine, "observatie"), sent)
    assert "Schrijf op wat er is afgesproken." in answer.get_data(as_text=True)


@pytest.mark.parametrize(("days", "status"), [(0, 303), (1, 200)])
def test_the_day_may_be_today_and_not_later(as_: As, world: World, days: int, status: int) -> None:
    sent = SEEN | {"on": write_day(TODAY + timedelta(days=days))}
    assert as_("cpk").post(page(world.mine, "observatie"), sent).status_code == status


def test_others_do_not_observe_and_strangers_see_nothing(as_: As, world: World) -> None:
    assert as_("guardian").get(page(world.mine, "observatie")).status_code == 403
    assert as_("cpk_far").get(page(world.mine, "observatie")).status_code == 404
    assert as_("cpk_far").get(page(world.mine, "observaties")).status_code == 404
    assert as_("administrator").get(page(world.mine, "observaties")).status_code == 403
    for who in ("guardian", "coordinator", "guardianship", "national"):
        assert as_(who).get(page(world.mine, "observaties")).status_code == 200


def test_who_was_left_sees_what_was_known_until_then(as_: As, world: World) -> None:
    """The boy left noodopvang Naast on 12 November 2026; the observation is of 16 November."""
    shown = as_("cpk_beside").get(page(world.mine, "observaties")).get_data(as_text=True)
    assert "zqx-observation-text" not in shown
    assert "zqx-meeting-note" in shown
    assert as_("cpk_beside").get(page(world.mine, "observatie")).status_code == 404


def test_an_observation_is_corrected_and_what_stood_there_is_shown(
    as_: As, house: Machine, world: World
) -> None:
    key = only(house, Observation, world.mine)
    client = as_("cpk")
    form = client.get(page(world.mine, "observaties", key)).get_data(as_text=True)
    assert "zqx-observation-text" in form
    sent = SEEN | {"version": "1", "action": "zqx-action-text", "done_on": "23-11-2026"}
    assert client.post(page(world.mine, "observaties", key), sent).status_code == 303
    for who in ("cpk", "guardian"):
        was = as_(who).get(page(world.mine, "observaties", key, "eerder")).get_data(as_text=True)
        assert "zqx-observation-text" in was
        assert "zqx-new-facts" in was


def test_a_lost_race_shows_both_and_the_second_save_is_a_choice(
    as_: As, house: Machine, world: World
) -> None:
    key = only(house, Observation, world.mine)
    client, address = as_("cpk"), page(world.mine, "observaties", key)
    client.post(address, SEEN | {"version": "1", "text": "zqx-first"})
    raced = client.post(address, SEEN | {"version": "1", "text": "zqx-second"})
    shown = raced.get_data(as_text=True)
    assert raced.status_code == 200
    assert "zqx-first" in shown
    assert "zqx-second" in shown
    assert 'name="version" value="2"' in shown
    again = client.post(address, SEEN | {"version": "2", "text": "zqx-second"})
    assert again.status_code == 303


def test_an_action_is_done_with_one_press(as_: As, house: Machine, world: World) -> None:
    key = only(house, Observation, world.mine)
    client = as_("cpk")
    assert "Actie is gedaan" in client.get(page(world.mine, "observaties")).get_data(as_text=True)
    address = page(world.mine, "observaties", key, "gedaan")
    assert client.post(address, {"version": "1"}).status_code == 303
    shown = client.get(page(world.mine, "observaties")).get_data(as_text=True)
    assert "gedaan op 24-11-2026" in shown
    assert "Actie is gedaan" not in shown


def test_an_observation_of_another_child_is_not_found_here(
    as_: As, house: Machine, world: World
) -> None:
    key = only(house, Observation, world.mine)
    assert as_("national").get(page(world.far, "observaties", key, "eerder")).status_code == 404
    assert as_("cpk").get(page(world.far, "observaties", key)).status_code == 404


def test_a_guardian_writes_down_a_contact_as_guardian(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("guardian")
    form = client.get(page(world.mine, "contact")).get_data(as_text=True)
    assert re.search(r'<option value="guardian"\s+selected', form)
    sent = {"on": "24-11-2026", "by": "guardian", "mode": "phone", "note": "zqx-called"}
    assert client.post(page(world.mine, "contact"), sent).status_code == 303
    key = only(house, Contact, world.mine)
    changed = sent | {"mode": "video", "version": "1"}
    assert client.post(page(world.mine, "contacten", key), changed).status_code == 303
    was = client.get(page(world.mine, "contacten", key, "eerder")).get_data(as_text=True)
    assert "telefoon" in was


def test_a_guardian_corrects_only_the_own_contacts(as_: As, house: Machine, world: World) -> None:
    key = only(house, Contact, world.mine)
    assert as_("guardian").get(page(world.mine, "contacten", key)).status_code == 404
    assert as_("cpk").get(page(world.mine, "contacten", key)).status_code == 200


def test_a_contact_without_a_mode_is_refused(as_: As, world: World) -> None:
    answer = as_("guardian").post(page(world.mine, "contact"), {"on": "24-11-2026", "by": "cpk"})
    assert answer.status_code == 200
    assert "Kies hoe." in answer.get_data(as_text=True)


def test_one_chooses_from_the_own_children_the_latest_first(as_: As, world: World) -> None:
    client = as_("cpk")
    before = client.get("/vastleggen").get_data(as_text=True)
    assert page(world.mine, "observatie") in before
    assert str(world.far) not in before
    assert "Over hen schreef je het laatst" not in before
    client.post(page(world.mine, "observatie"), SEEN)
    after = client.get("/vastleggen").get_data(as_text=True)
    assert "Over hen schreef je het laatst" in after
    assert after.count(page(world.mine, "observatie")) == 1


def test_a_search_offers_the_form_of_who_is_found(as_: As, world: World) -> None:
    found = as_("cpk").post("/vastleggen", {"q": "Zqxfamily"}).get_data(as_text=True)
    assert page(world.mine, "observatie") in found
    none = as_("cpk_far").post("/vastleggen", {"q": "9900000001"}).get_data(as_text=True)
    assert str(world.mine) not in none
    guardian = as_("guardian").get("/vastleggen/contact").get_data(as_text=True)
    assert page(world.mine, "contact") in guardian


def test_a_text_that_does_not_open_is_shown_as_such_and_cannot_be_saved_over(
    as_: As, house: Machine, world: World
) -> None:
    key = only(house, Observation, world.mine)
    broken = Envelope(bytes(200))
    with looking(house) as work:
        work.session.execute(
            update(Observation).where(Observation.id == key).values(text_envelope=broken)
        )
        work.session.commit()
    client = as_("cpk")
    shown = client.get(page(world.mine, "observaties")).get_data(as_text=True)
    assert "Niet leesbaar - ref" in shown
    assert "zqx-child-view" in shown
    assert client.get(page(world.mine, "observaties", key)).status_code == 303
    sent = SEEN | {"version": "1"}
    assert client.post(page(world.mine, "observaties", key), sent).status_code == 303
    with looking(house) as work:
        kept = work.session.scalar(select(Observation.text_envelope).where(Observation.id == key))
        assert bytes(kept or b"") == bytes(broken)


def test_the_form_speaks_english_too(as_: As, world: World) -> None:
    shown = as_("cpk", language="en").get(page(world.mine, "observatie")).get_data(as_text=True)
    assert "What would a camera see?" in shown
    assert "14 conditions" in shown
