"""Consents are written down, corrected and taken back; needs are assessed; a lost race shows both."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from caseapp.domain.care_codes import ConsentBy
from caseapp.domain.events import ConsentCorrected, ConsentRecorded
from caseapp.domain.intents.people import ConsentDetails
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import actions, facts, queries
from caseapp.people.models import Child
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]


def page(world: World, *rest: object) -> str:
    """Return an address on the file of the child."""
    return "/".join(("", "kinderen", str(world.mine), *map(str, rest)))


def consents_of(work: Work, world: World) -> list[tuple[date, tuple[ConsentBy, ...], str | None]]:
    """Return the consents as the rules read them, and let the database go."""
    found = facts.gather(work, [world.mine])[world.mine]["consents"]
    work.session.rollback()
    return sorted((one.on, one.given_by, one.scope) for one in found)


def saved(work: Work, world: World) -> UUID:
    """Return the key of a consent that was just saved."""
    said = ConsentDetails(date(2026, 11, 20), ("child",), "zqx-school-only")
    row = actions.record_consent(work, world.mine, said)
    work.commit()
    return row.id


def child_of(work: Work, world: World) -> Child:
    """Return the child as it stands."""
    row = work.session.get(Child, world.mine, populate_existing=True)
    assert row is not None
    return row


def test_a_talk_is_saved_with_who_decided_and_what_it_covers(
    as_: As, work: Work, world: World
) -> None:
    client = as_("guardian", language="en")
    sent = {"on": "20-11-2026", "given_by": ["child", "guardian"], "scope": "zqx-with-school"}
    answer = client.post(page(world, "toestemming", "nieuw"), sent)
    assert (answer.status_code, answer.location) == (303, page(world, "toestemming"))
    assert consents_of(work, world)[-1] == (
        date(2026, 11, 20), (ConsentBy.CHILD, ConsentBy.GUARDIAN), "zqx-with-school",
    )  # fmt: skip
    text = client.get(page(world, "toestemming")).get_data(as_text=True)
    assert "zqx-with-school" in text
    assert "the child, guardian" in text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("on", "", "Enter the day."),
        ("scope", "x" * 2001, "The text is 1 character too long."),
    ],
)
def test_the_form_refuses_what_cannot_be(
    as_: As, work: Work, world: World, field: str, typed: str, words: str
) -> None:
    before = consents_of(work, world)
    answer = as_("cpk", language="en").post(
        page(world, "toestemming", "nieuw"), {"on": "20-11-2026", field: typed}
    )
    assert words in answer.get_data(as_text=True)
    assert consents_of(work, world) == before


def test_what_is_to_come_is_refused_by_the_actions_too(work: Work, world: World) -> None:
    with pytest.raises(actions.NotYetError):
        actions.record_consent(work, world.mine, ConsentDetails(date(2026, 11, 25)))
    with pytest.raises(actions.NotYetError):
        actions.assess_needs(work, child_of(work, world), 1, date(2026, 11, 25))


def test_a_consent_is_corrected_and_taken_back_and_what_stood_there_is_shown(
    as_: As, work: Work, world: World
) -> None:
    key, client = saved(work, world), as_("cpk", language="en")
    sent = {"on": "19-11-2026", "given_by": "child", "version": 1}
    assert client.post(page(world, "toestemming", key), sent).status_code == 303
    assert (date(2026, 11, 19), (ConsentBy.CHILD,), None) in consents_of(work, world)
    assert "zqx-school-only" in client.get(page(world, "toestemming", key)).text
    before = len(consents_of(work, world))
    client.post(page(world, "toestemming", key), sent | {"version": 2, "taken_back": "yes"})
    assert len(consents_of(work, world)) == before - 1
    assert "taken back" in client.get(page(world, "toestemming")).get_data(as_text=True)


def test_a_lost_race_about_a_consent_shows_both(as_: As, work: Work, world: World) -> None:
    key = saved(work, world)
    row = queries.consent(work, world.mine, key)
    assert row is not None
    actions.correct_consent(work, row, 1, ConsentDetails(TODAY, scope="zqx-theirs"))
    work.commit()
    sent = {"on": "20-11-2026", "scope": "zqx-mine", "version": 1}
    text = as_("cpk", language="en").post(page(world, "toestemming", key), sent).text
    assert "Someone else has just changed this." in text
    assert "zqx-theirs" in text
    with pytest.raises(LostRaceError):
        actions.correct_consent(work, row, 1, ConsentDetails(TODAY))


@pytest.mark.parametrize(
    ("who", "status"),
    [("cpk", 200), ("guardian", 200), ("coordinator", 200), ("cpk_beside", 404), ("monitor", 403)],
)
def test_who_is_round_the_child_writes_consents(
    as_: As, world: World, who: str, status: int
) -> None:
    assert as_(who).get(page(world, "toestemming", "nieuw")).status_code == status


def test_each_intention_is_on_the_trail_and_leads_back_from_its_alert(
    as_: As, work: Work, world: World
) -> None:
    row = actions.record_consent(work, world.mine, ConsentDetails(TODAY))
    work.settle()
    actions.correct_consent(work, row, row.version, ConsentDetails(TODAY, ("guardian",)))
    work.settle()
    made = [e.object_id for e in work.trail if isinstance(e, (ConsentRecorded, ConsentCorrected))]
    assert made == [row.id, row.id]
    work.undo()
    address = page(world, "toestemming", "nieuw?signalering=AGE-5")
    assert as_("guardian").post(address, {"on": "24-11-2026"}).location == page(world)


def test_the_assessment_of_needs_is_saved_and_taken_back(as_: As, work: Work, world: World) -> None:
    client = as_("cpk", language="en")
    row = child_of(work, world)
    version = row.version
    work.session.rollback()
    sent = {"needs_assessed_on": "23-11-2026", "version": version}
    assert client.post(page(world, "behoeften?signalering=CAR-7"), sent).location == page(world)
    assert child_of(work, world).facts.needs_assessed_on == date(2026, 11, 23)
    work.session.rollback()
    assert "Someone else" in client.post(page(world, "behoeften"), sent).get_data(as_text=True)
    assert "Assessed on 23-11-2026." in client.get(page(world, "toestemming")).text
    assert client.post(page(world, "behoeften"), {"version": version + 1}).status_code == 303
    assert child_of(work, world).facts.needs_assessed_on is None
    work.session.rollback()
    assert "Not assessed yet." in client.get(page(world, "toestemming")).text
    assert 'value="24-11-2026"' in client.get(page(world, "behoeften")).text
    assert "20-11-2025" in client.get(page(world, "geschiedenis")).text


def test_a_lost_race_about_the_details_or_the_family_is_answered_with_a_sentence(
    as_: As, work: Work, world: World
) -> None:
    client = as_("cpk", language="en")
    relative = queries.relatives(work, world.mine)[0].id
    work.session.rollback()
    said = {
        "v_number": "9900000001", "given_names": "Zqxother", "birth_date": "14-3-2010",
        "birth_precision": "day", "birth_status": "examined", "unaccompanied": "yes", "version": 99,
    }  # fmt: skip
    answer = client.post(page(world, "gegevens?signalering=AGE-6"), said)
    assert answer.status_code == 200
    assert "Someone else has just changed this." in answer.text
    assert "the birth date is not certain" in answer.text
    answer = client.post(page(world, "gezin", relative), {"relation": "sibling", "version": 99})
    assert "Someone else has just changed this." in answer.text


def test_a_family_member_is_added_once_however_often_save_is_pressed(
    as_: As, work: Work, world: World
) -> None:
    client, before = as_("cpk"), len(queries.relatives(work, world.mine))
    work.session.rollback()
    sent = {"relation": "cousin", "name": "zqx-cousin", "version": 0, "once": "c0" * 16}
    for _ in range(2):
        assert client.post(page(world, "gezin", "nieuw"), sent).status_code == 303
    assert len(queries.relatives(work, world.mine)) == before + 1


@pytest.mark.parametrize(
    ("typed", "codes", "words"),
    [
        ("TI, en", ("ti", "en"), None),
        ("ti en ar", ("ti", "en", "ar"), None),
        ("Tigrinya", (), "Tigrinya"),
        ("ti and a little en", (), "ti and a little en"),
    ],
)
def test_languages_are_codes_the_best_first_or_else_words(
    as_: As, work: Work, world: World, typed: str, codes: tuple[str, ...], words: str | None
) -> None:
    version = child_of(work, world).version
    work.session.rollback()
    said = {
        "v_number": "9900000001", "given_names": "Zqxgiven Noor", "birth_date": "14-3-2010",
        "birth_precision": "day", "birth_status": "declared", "unaccompanied": "yes",
        "language": typed, "version": version,
    }  # fmt: skip
    assert as_("cpk").post(page(world, "gegevens"), said).status_code == 303
    known = child_of(work, world).facts
    assert (known.languages, known.language_text) == (codes, words)
