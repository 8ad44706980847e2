"""What was seen is written down, corrected, agreed upon and done; contacts too. At the level of actions."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from caseapp.audit import queries as audit
from caseapp.domain.care_codes import Condition, ContactBy, ContactMode, Level, Rating, Source
from caseapp.domain.events import (
    ContactCorrected,
    ContactRecorded,
    ObservationCorrected,
    ObservationRecorded,
)
from caseapp.domain.intents.observations import (
    Agreed,
    ContactDetails,
    NotAsked,
    ObservationDetails,
)
from caseapp.kernel.work import LostRaceError, Work
from caseapp.observations import actions, facts, queries
from caseapp.observations.models import Contact, Observation
from tests.world import TODAY, World

SEEN = ObservationDetails(
    on=TODAY,
    text="zqx sat in bed at 10.30",
    level=Level.CONCERN,
    child_view="zqx nobody knows me here",
    interpretation="zqx perhaps tired",
    conditions={Condition.SOCIAL_NETWORK: Rating.INSUFFICIENT},
    agreed=Agreed("zqx call the school", "zqx-owner", TODAY + timedelta(days=2)),
)
MET = ContactDetails(TODAY, ContactBy.CPK, ContactMode.FACE_TO_FACE, "zqx-walk")


def test_an_observation_keeps_facts_words_and_view_apart(work: Work, world: World) -> None:
    key = actions.record(work, world.mine, SEEN).id
    work.commit()
    work.session.expire_all()
    row = queries.observation(work, world.mine, key)
    assert row is not None
    assert (row.text, row.child_view, row.interpretation) == (
        SEEN.text,
        SEEN.child_view,
        SEEN.interpretation,
    )
    assert row.facts.conditions == {Condition.SOCIAL_NETWORK: Rating.INSUFFICIENT}
    assert row.facts.source is Source.OWN


def test_what_happened_is_told_once(work: Work, world: World) -> None:
    row = actions.record(work, world.mine, SEEN)
    met = actions.log_contact(work, world.mine, MET)
    work.settle()
    told = [one for one in work.trail if getattr(one, "object_id", None) in {row.id, met.id}]
    assert [type(one) for one in told] == [ObservationRecorded, ContactRecorded]


def test_today_can_be_written_down_and_tomorrow_cannot(work: Work, world: World) -> None:
    actions.record(work, world.mine, SEEN)
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(actions.NotYetError):
        actions.record(work, world.mine, replace(SEEN, on=tomorrow))
    with pytest.raises(actions.NotYetError):
        actions.log_contact(work, world.mine, replace(MET, on=tomorrow))
    done = replace(SEEN, agreed=Agreed("zqx", done_on=tomorrow))
    with pytest.raises(actions.NotYetError):
        actions.record(work, world.mine, done)


def test_the_child_is_heard_or_it_is_said_why_not(work: Work, world: World) -> None:
    silent = replace(SEEN, child_view=None)
    with pytest.raises(actions.NoWordsError):
        actions.record(work, world.mine, silent)
    row = actions.record(work, world.mine, replace(silent, not_asked=NotAsked.NO_INTERPRETER))
    assert row.facts.not_asked_because == "no_interpreter"


def test_a_correction_keeps_what_stood_there(work: Work, world: World) -> None:
    row = actions.record(work, world.mine, SEEN)
    work.commit()
    actions.correct(work, row, 1, replace(SEEN, text="zqx sat at the table", level=Level.NONE))
    work.commit()
    assert row.version == 2
    [before] = audit.past_of(work, "observation", row.id, ("facts", "text"))
    assert before.sealed["text"] == SEEN.text
    assert before.facts.level is Level.CONCERN


def test_a_correction_that_changes_nothing_tells_nothing(work: Work, world: World) -> None:
    row = actions.record(work, world.mine, SEEN)
    work.commit()
    actions.correct(work, row, 1, SEEN)
    work.settle()
    assert not [one for one in work.trail if isinstance(one, ObservationCorrected)]


def test_who_comes_second_changes_nothing(work: Work, world: World) -> None:
    row = actions.record(work, world.mine, SEEN)
    met = actions.log_contact(work, world.mine, MET)
    work.commit()
    actions.correct(work, row, 1, replace(SEEN, text="zqx-first"))
    actions.correct_contact(work, met, 1, replace(MET, note="zqx-first"))
    work.commit()
    with pytest.raises(LostRaceError):
        actions.correct(work, row, 1, replace(SEEN, text="zqx-second"))
    with pytest.raises(LostRaceError):
        actions.correct_contact(work, met, 1, replace(MET, note="zqx-second"))
    assert (row.text, met.note) == ("zqx-first", "zqx-first")


def test_what_was_agreed_is_done_on_a_day(work: Work, world: World) -> None:
    row = actions.record(work, world.mine, SEEN)
    work.commit()
    with pytest.raises(actions.NotYetError):
        actions.finish_action(work, row, 1, TODAY + timedelta(days=1))
    actions.finish_action(work, row, 1, TODAY)
    work.commit()
    found = facts.gather(work, [world.mine])[world.mine]["observations"]
    assert [one.action.done_on for one in found if one.id == str(row.id)] == [TODAY]


def test_nothing_agreed_cannot_be_done(work: Work, world: World) -> None:
    row = actions.record(work, world.mine, replace(SEEN, agreed=None))
    work.commit()
    with pytest.raises(actions.NothingAgreedError):
        actions.finish_action(work, row, 1, TODAY)


def test_a_contact_is_corrected_and_what_stood_there_stays(work: Work, world: World) -> None:
    row = actions.log_contact(work, world.mine, MET)
    work.commit()
    actions.correct_contact(work, row, 1, replace(MET, mode=ContactMode.PHONE, note="zqx-call"))
    work.settle()
    assert [one.fields for one in work.trail if isinstance(one, ContactCorrected)] == [
        ("mode", "note")
    ]
    work.commit()
    [before] = audit.past_of(work, "contact", row.id, ("note",))
    assert (before.clear["mode"], before.sealed["note"]) == ("face_to_face", "zqx-walk")


def test_last_seen_is_the_latest_of_contacts_and_observations(work: Work, world: World) -> None:
    before = queries.last_seen(work, [world.mine])[world.mine]
    actions.log_contact(work, world.mine, replace(MET, on=TODAY - timedelta(days=1)))
    work.flush()
    assert before < queries.last_seen(work, [world.mine])[world.mine] == TODAY - timedelta(days=1)
    actions.record(work, world.mine, SEEN)
    work.flush()
    assert queries.last_seen(work, [world.mine, world.far])[world.mine] == TODAY


def test_a_document_brings_its_texts_sealed(work: Work, world: World) -> None:
    rows = work.session.scalars(select(Observation).where(Observation.child_id == world.mine)).all()
    assert {row.text for row in rows} == {"zqx-observation-text"}
    assert {row.interpretation for row in rows} == {None}
    notes = work.session.scalars(select(Contact).where(Contact.child_id == world.mine)).all()
    assert "zqx-contact-note" in {row.note for row in notes}


def test_the_chapter_up_to_a_day_leaves_out_what_came_later(work: Work, world: World) -> None:
    every = facts.history(work, world.mine)
    days = [entry.on for entry in every]
    assert days == sorted(days, reverse=True)
    first = min(days)
    assert [entry.on for entry in facts.history(work, world.mine, first)] == [first]
    assert facts.history(work, world.mine, first - timedelta(days=1)) == []
