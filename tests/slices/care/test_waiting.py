"""Waiting is followed through providers: the first referral is kept, told in a letter, and answered."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent
from caseapp.care import actions, facts, queries
from caseapp.domain.care_codes import CareKind, EndReason, ProviderAnswer
from caseapp.domain.events import CareRecorded, ProviderAnswerCorrected, ProviderAnswered
from caseapp.domain.intents.care import AnswerDetails, AtMove, CareDetails, CareEnd, FollowOn
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, Work
from tests.acting import acting
from tests.slices.care.lines import line_of, page
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]

SPEECH = CareDetails(CareKind.JEUGDHULP, date(2026, 9, 1), provider="zqx-first-provider")
KEPT = AnswerDetails(date(2026, 11, 20), ProviderAnswer.KEEPS_PLACE, said_by="zqx-planner")


@pytest.fixture
def line(house: Machine, world: World) -> UUID:
    """Give a line that waits, referred before the move."""
    with acting(house, world, "cpk") as work:
        return actions.record(work, world.mine, SPEECH).id


def kept_on(work: Work, world: World, line_id: UUID) -> date | None:
    """Return the day on which the place was kept, as the rules read it, and let the database go."""
    found = facts.gather(work, [world.mine])[world.mine]["care"]
    work.session.rollback()
    return next(one.waiting_kept_on for one in found if one.id == str(line_id))


def answered(house: Machine, world: World, line_id: UUID, said: AnswerDetails = KEPT) -> UUID:
    """Write an answer down and return its key."""
    with acting(house, world, "cpk") as work:
        row = queries.line(work, world.mine, line_id)
        assert row is not None
        return actions.record_answer(work, row, said).id


def test_another_provider_takes_over_and_the_first_referral_is_kept(
    as_: As, work: Work, world: World, line: UUID
) -> None:
    client = as_("cpk", language="en")
    address = page(world, line, "verder?signalering=CAR-3")
    asked = client.get(address).get_data(as_text=True)
    assert "The waiting keeps counting from 01-09-2026" in asked
    sent = {"provider": "zqx-second-provider", "referred_on": "16-11-2026"}
    assert client.post(address, sent).location == f"/kinderen/{world.mine}"
    newest = facts.history(work, world.mine)[0]
    assert newest.line is not None
    assert (newest.line.kind, newest.line.continues) == (CareKind.JEUGDHULP, str(line))
    assert newest.line.place_bound
    assert (newest.waiting_since, newest.counted_from) == (SPEECH.referred_on,) * 2
    work.session.rollback()
    text = " ".join(client.get(page(world)).get_data(as_text=True).split())
    assert "waits 84 days</b>, from the first referral" in text


def test_after_care_that_began_the_days_run_from_the_new_referral(
    as_: As, work: Work, world: World
) -> None:
    therapy = line_of(work, world, CareKind.GGZ).id
    work.session.rollback()
    client = as_("cpk", language="en")
    sent = {"provider": "zqx-new", "referred_on": "16-11-2026"}
    client.post(page(world, therapy, "verder"), sent)
    newest = facts.history(work, world.mine)[0]
    assert (newest.waiting_since, newest.counted_from) == (date(2026, 2, 13), date(2026, 11, 16))
    work.session.rollback()
    letter = client.get(page(world, newest.id, "brief")).get_data(as_text=True)
    text = " ".join(letter.split())
    assert "The first referral was on 13 February 2026." in text
    assert "the child has waited 8 days since 16 November 2026" in text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("provider", "", "Enter the new provider."),
        ("referred_on", "31-8-2026", "Choose 01-09-2026 or later."),
        ("referred_on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("next_contact_on", "23-11-2026", "Choose 24-11-2026 or later."),
    ],
)
def test_the_form_of_a_new_referral_refuses_what_cannot_be(
    as_: As, world: World, line: UUID, field: str, typed: str, words: str
) -> None:
    sent = {"provider": "zqx-x", "referred_on": "16-11-2026", field: typed}
    answer = as_("cpk", language="en").post(page(world, line, "verder"), sent)
    assert words in answer.get_data(as_text=True)


def test_care_that_has_ended_goes_on_nowhere(
    as_: As, house: Machine, world: World, line: UUID
) -> None:
    with acting(house, world, "cpk") as work:
        row = queries.line(work, world.mine, line)
        assert row is not None
        end = CareEnd(date(2026, 11, 10), EndReason.COMPLETED, AtMove.FINISHED)
        actions.end(work, row, 1, end)
    sent = {"provider": "zqx-x", "referred_on": "16-11-2026"}
    text = as_("cpk", language="en").post(page(world, line, "verder"), sent).text
    assert "This care ended on 10-11-2026." in text


def test_the_letter_says_what_is_needed_and_no_more_and_is_on_the_trail(
    as_: As, house: Machine, work: Work, world: World, line: UUID
) -> None:
    answered(house, world, line)
    said = AnswerDetails(date(2026, 11, 18), ProviderAnswer.NEW_DATE, date(2027, 1, 11))
    answered(house, world, line, said)
    for language, words in (
        ("nl", "De eerste verwijzing was op 1 september 2026. Het kind wacht sindsdien 84 dagen."),
        (
            "en",
            "The first referral was on 1 September 2026. The child has waited 84 days since then.",
        ),
    ):
        text = " ".join(as_("cpk", language=language).get(page(world, line, "brief")).text.split())
        assert words in text
        assert "zqx-first-provider" in text
        assert "azc Hier" in text
        assert "06 0000 0000" in text
        assert "9900000001" not in text
        assert "zqx-planner" not in text
        assert "11 januari 2027" in text or "11 January 2027" in text
    made = select(AuditEvent.object_id).where(AuditEvent.code == "letter-made")
    assert list(work.session.scalars(made)) == [line, line]


def test_a_place_that_is_kept_closes_its_risk(
    as_: As, work: Work, world: World, line: UUID
) -> None:
    client = as_("cpk", language="en")
    sent = {"on": "20-11-2026", "answer": "keeps_place", "said_by": "zqx-planner"}
    answer = client.post(page(world, line, "antwoord?signalering=CAR-3"), sent)
    assert answer.location == f"/kinderen/{world.mine}"
    assert kept_on(work, world, line) == date(2026, 11, 20)
    text = client.get(page(world)).get_data(as_text=True)
    assert "The place on the list is kept" in text
    assert "zqx-planner" in text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("answer", "", "Choose what the provider said."),
        ("on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("on", "31-8-2026", "This lies before 01-09-2026"),
        ("expected_on", "", "Enter the day that the provider gave."),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_keeps_what_was_typed(
    as_: As, work: Work, world: World, line: UUID, field: str, typed: str, words: str
) -> None:
    sent = {"on": "20-11-2026", "answer": "new_date", "expected_on": "11-1-2027"}
    sent |= {"note": "zqx-kept-text", field: typed}
    text = as_("cpk", language="en").post(page(world, line, "antwoord"), sent).text
    assert words in text
    assert "zqx-kept-text" in text
    assert queries.answers(work, line) == []


def test_a_refusal_is_kept_and_closes_nothing(
    as_: As, work: Work, world: World, line: UUID
) -> None:
    client = as_("cpk", language="en")
    client.post(page(world, line, "antwoord"), {"on": "20-11-2026", "answer": "refuses"})
    assert kept_on(work, world, line) is None
    assert "The place is not kept" in client.get(page(world)).get_data(as_text=True)


def test_an_answer_is_corrected_and_taken_back_and_so_is_the_place(
    as_: As, house: Machine, work: Work, world: World, line: UUID
) -> None:
    key, client = answered(house, world, line), as_("cpk", language="en")
    address = page(world, line, "antwoord", key)
    sent = {"on": "19-11-2026", "answer": "keeps_place", "version": 1}
    assert client.post(address, sent).status_code == 303
    assert kept_on(work, world, line) == date(2026, 11, 19)
    assert "20-11-2026" in client.get(address).get_data(as_text=True)
    assert "Someone else has just changed this." in client.post(address, sent).text
    answered(house, world, line, AnswerDetails(date(2026, 10, 5), ProviderAnswer.KEEPS_PLACE))
    client.post(address, sent | {"version": 2, "taken_back": "yes"})
    assert kept_on(work, world, line) == date(2026, 10, 5)
    assert "taken back" in client.get(page(world)).get_data(as_text=True)


def test_what_was_confirmed_otherwise_stays_when_an_answer_is_taken_back(
    house: Machine, work: Work, world: World, line: UUID
) -> None:
    key = answered(house, world, line)
    with acting(house, world, "cpk") as other:
        row = queries.line(other, world.mine, line)
        answer = queries.answer(other, line, key)
        assert row is not None
        assert answer is not None
        actions.keep_waiting(other, row, row.version, TODAY)
        other.flush()
        actions.correct_answer(other, row, answer, 1, KEPT, counts=False)
    assert kept_on(work, world, line) == TODAY


def test_pressing_twice_writes_one_of_each(as_: As, work: Work, world: World, line: UUID) -> None:
    client = as_("cpk")
    before = len(queries.lines(work, world.mine))
    work.session.rollback()
    for part, sent in (
        ("verder", {"provider": "zqx-p", "referred_on": "16-11-2026", "once": "a1" * 16}),
        ("antwoord", {"on": "20-11-2026", "answer": "refuses", "once": "a2" * 16}),
    ):
        for _ in range(2):
            assert client.post(page(world, line, part), sent).status_code == 303
    assert len(queries.lines(work, world.mine)) == before + 1
    assert len(queries.answers(work, line)) == 1


def test_each_intention_is_on_the_trail(work: Work, world: World, line: UUID) -> None:
    row = queries.line(work, world.mine, line)
    assert row is not None
    said = actions.record_answer(work, row, KEPT)
    work.settle()
    actions.correct_answer(work, row, said, said.version, KEPT, counts=False)
    work.settle()
    new = actions.refer_on(work, row, FollowOn(TODAY, "zqx-next"))
    work.settle()
    kinds = (ProviderAnswered, ProviderAnswerCorrected, CareRecorded)
    made = [(type(e), e.object_id) for e in work.trail if isinstance(e, kinds)]
    assert made == [
        (ProviderAnswered, said.id),
        (ProviderAnswerCorrected, said.id),
        (CareRecorded, new.id),
    ]
    with pytest.raises(LostRaceError):
        actions.correct_answer(work, row, said, 1, KEPT)


@pytest.mark.parametrize(
    ("who", "status"), [("cpk", 200), ("coordinator", 200), ("guardian", 403), ("cpk_far", 404)]
)
def test_who_keeps_care_writes_about_waiting(
    as_: As, house: Machine, world: World, line: UUID, who: str, status: int
) -> None:
    key = answered(house, world, line)
    for part in ("verder", "antwoord", f"antwoord/{key}", "brief"):
        assert as_(who).get(page(world, line, part)).status_code == status


def test_an_answer_about_another_line_is_not_found(
    as_: As, house: Machine, work: Work, world: World, line: UUID
) -> None:
    key = answered(house, world, line)
    other = line_of(work, world, CareKind.GGZ).id
    work.session.rollback()
    assert as_("cpk").get(page(world, other, "antwoord", key)).status_code == 404


@pytest.mark.parametrize(("rule", "kind"), [("CAR-5", "GZA_INTAKE"), ("CAR-6", "JGZ")])
def test_an_intake_that_is_missing_starts_with_its_kind(
    as_: As, world: World, rule: str, kind: str
) -> None:
    text = as_("cpk").get(page(world, f"nieuw?signalering={rule}")).get_data(as_text=True)
    chosen = text.partition("selected")[0].rpartition("<option")[2]
    assert f'value="{kind}"' in chosen
    assert 'value="24-11-2026"' in text


def test_the_place_that_the_child_left_hears_no_later_answer(
    as_: As, house: Machine, world: World, line: UUID
) -> None:
    answered(house, world, line)
    early = AnswerDetails(date(2026, 11, 1), ProviderAnswer.REFUSES, note="zqx-early-answer")
    answered(house, world, line, early)
    text = as_("cpk_beside", language="en").get(page(world)).get_data(as_text=True)
    assert "zqx-early-answer" in text
    assert "zqx-planner" not in text
