"""What a record promises on the day of a move, and how a handover follows it."""

from dataclasses import replace
from uuid import UUID

from caseapp.domain.case import Case
from caseapp.domain.promises import (
    Changes,
    Kept,
    Wanted,
    compare,
    promise_key,
    sources,
    wanted,
)
from tests.domain.made import alone, d, dossier, during, line, place, school, transfer

TODAY = "2026-11-09"
PLAN = transfer("t1", "B", "2026-11-01", "2026-11-23")
HERE = [place("A", "2026-01-01")]
MOVE = UUID("01990000-0000-7000-8000-000000000001")


def promised(on=TODAY, child=None, **lists) -> dict[str, Wanted]:
    """Return what is promised on the planned move, by source; the contact person left out."""
    case = Case(dossier(child, transfers=[PLAN], placements=HERE, **lists), d(on))
    [move] = case.transfers
    found = {one.source: one for one in wanted(case, move)}
    assert found.pop("contact:t1").text
    return found


def test_running_care_and_a_place_in_a_queue_are_promised():
    lines = [
        line("runs", "2026-01-05", started_on="2026-02-02", provider="De Praktijk"),
        line("waits", "2026-10-01", kind="DENTAL"),
        line("starts", "2026-10-01", started_on="2026-11-10"),
        line("over", "2026-01-05", started_on="2026-02-02", ended_on="2026-11-09"),
        line("broken", "2026-01-05", started_on="2026-02-02", ended_on="2026-03-01",
             end_reason="moved"),
    ]  # fmt: skip
    assert set(promised(care=lines)) == {
        "care:runs", "waiting:waits", "waiting:starts", "care:broken",
    }  # fmt: skip
    assert promised(care=lines)["care:runs"].text == "De Praktijk"
    assert promised(care=lines)["waiting:waits"].text == "DENTAL"


def test_a_queue_is_promised_since_the_first_referral_and_once_a_chain():
    lines = [
        line("first", "2026-03-01"),
        line("second", "2026-09-01", continues="first"),
    ]
    found = promised(care=lines)
    assert list(found) == ["waiting:second"]
    assert found["waiting:second"].since == d("2026-03-01")


def test_an_appointment_is_promised_from_the_day_of_the_move_on():
    def with_appointment(day: str) -> set[str]:
        return set(
            promised(care=[line("c", "2026-01-05", started_on="2026-02-02", next_contact_on=day)])
        )

    assert with_appointment("2026-11-22") == {"care:c"}
    assert with_appointment("2026-11-23") == {"care:c", "appointment:c"}


def test_a_medicine_is_promised_as_long_as_it_lasts():
    def with_medicine(until: str) -> set[str]:
        return set(
            promised(
                care=[line("c", "2026-01-05", started_on="2026-02-02", medication_until=until)]
            )
        )

    assert with_medicine("2026-11-08") == {"care:c"}
    assert with_medicine("2026-11-09") == {"care:c", "medicine:c"}


def test_a_school_place_is_promised_until_it_ends_before_the_move():
    records = [
        school("attends", "2026-01-12"),
        school("enrolled", enrolled_on="2026-11-02"),
        school("waits", waiting_list_since="2026-11-02"),
        school("ends", "2026-01-12", "2026-11-23"),
        school("lasts", "2026-01-12", "2026-11-24"),
        school("exempt", "2026-01-12", kind="EXEMPT"),
    ]
    found = promised(school=records)
    stages = {source: one.about["stage"] for source, one in found.items()}
    assert stages == {
        "school:attends": "attending",
        "school:enrolled": "enrolled",
        "school:waits": "waiting",
        "school:lasts": "attending",
    }


def test_the_visit_of_the_guardian_of_today_is_promised():
    guardians = [
        during("before", "2026-01-01", TODAY, guardian="A"),
        during("now", TODAY, guardian="B"),
    ]
    assert set(promised(child=alone(), guardianship=guardians)) == {"guardian:now"}


def test_an_agreed_action_is_promised_until_it_is_done():
    def seen(**action: str) -> dict[str, Wanted]:
        about = {"id": "o", "on": "2026-11-02", "source": "own", "level": "attention"}
        return promised(observations=[about | {"action": action}])

    assert seen(text="swimming")["action:o"].text == "swimming"
    assert seen(text="swimming", done_on=TODAY) == {}
    assert set(seen(text="swimming", done_on="2026-11-10")) == {"action:o"}
    assert seen(owner="Noor") == {}


def test_who_is_responsible_is_promised_by_name():
    people = [during("r", "2026-01-01") | {"name": "Noor", "role": "cpk"}]
    case = Case(dossier(transfers=[PLAN], placements=HERE, responsible=people), d(TODAY))
    [contact] = wanted(case, case.transfers[0])
    assert (contact.source, contact.text, contact.about) == ("contact:t1", "Noor", {"name": "Noor"})


APPOINTMENT = next(
    one
    for source, one in promised(
        care=[line("c", "2026-01-05", started_on="2026-02-02", next_contact_on="2026-12-01")]
    ).items()
    if source == "appointment:c"
)
LATER = replace(APPOINTMENT, day=d("2026-12-08"))


def kept(said: Wanted, **more: object) -> Kept:
    return Kept(promise_key(MOVE, said.source), said, **more)  # type: ignore[arg-type]


def test_what_is_not_there_is_made_and_what_says_the_same_is_left_alone():
    assert compare([], [APPOINTMENT]) == Changes(to_make=(APPOINTMENT,))
    assert not compare([kept(APPOINTMENT)], [APPOINTMENT])


def test_what_the_record_says_otherwise_is_followed_while_nobody_settled_it():
    assert compare([kept(APPOINTMENT)], [LATER]).to_follow == ((kept(APPOINTMENT), LATER),)


def test_what_the_record_says_no_more_is_withdrawn_once_and_comes_back():
    gone = compare([kept(APPOINTMENT)], [])
    assert gone == Changes(to_withdraw=(kept(APPOINTMENT),))
    withdrawn = kept(APPOINTMENT, withdrawn=True)
    assert not compare([withdrawn], [])
    assert compare([withdrawn], [APPOINTMENT]).to_follow == ((withdrawn, APPOINTMENT),)


def test_what_somebody_settled_stays_whatever_the_record_says():
    assert not compare([kept(APPOINTMENT, settled=True)], [])
    assert not compare([kept(APPOINTMENT, settled=True)], [APPOINTMENT])


def test_a_new_appointment_after_a_settled_one_is_a_promise_of_its_own():
    settled = kept(APPOINTMENT, settled=True)
    [second] = compare([settled], [LATER]).to_make
    assert (second.source, second.day) == ("appointment:c#2", d("2026-12-08"))
    assert not compare([settled, kept(second)], [LATER])
    assert compare([settled, kept(second)], []).to_withdraw == (kept(second),)


def test_the_day_to_which_it_was_rebooked_is_no_new_appointment():
    rebooked = kept(APPOINTMENT, settled=True, rebooked_on=d("2026-12-08"))
    assert not compare([rebooked], [LATER])
    assert compare([rebooked], [replace(LATER, day=d("2026-12-09"))]).to_make


def test_an_appointment_without_a_day_of_its_own_came_back_from_a_document():
    from_document = replace(APPOINTMENT, day=None)
    assert not compare([kept(from_document, settled=True)], [LATER])
    assert compare([kept(from_document)], [LATER]).to_follow


def test_a_second_appointment_does_not_hide_that_the_first_was_never_settled():
    second = replace(LATER, source="appointment:c#2")
    changes = compare([kept(APPOINTMENT, settled=True), kept(second)], [LATER])
    assert changes == Changes()


def test_every_promise_finds_its_source_again_in_the_document():
    facts = dossier(
        alone(),
        transfers=[PLAN],
        placements=HERE,
        care=[
            line("c", "2026-01-05", started_on="2026-02-02", next_contact_on="2026-12-01",
                 medication_until="2026-12-01"),
            line("w", "2026-01-05"),
        ],
        school=[school("s", "2026-01-12")],
        guardianship=[during("g", "2026-01-01")],
        observations=[{"id": "o", "on": "2026-11-02", "source": "own", "level": "attention",
                       "action": {"text": "swimming"}}],
    )  # fmt: skip
    case = Case(facts, d(TODAY))
    rows = {"c", "w", "s", "g", "o"}
    keys = {name: UUID(int=number) for number, name in enumerate(sorted(rows), 1)}
    known = set(sources(facts, MOVE, lambda _table, ref: keys[ref]))
    made = {one.source for one in wanted(case, case.transfers[0])}
    as_keys = {
        f"{kind}:{MOVE if kind == 'contact' else keys[ref]}"
        for kind, _sep, ref in (source.partition(":") for source in made)
    }
    assert len(as_keys) == 8
    assert as_keys <= known
    assert f"appointment:{keys['c']}#2" in known
