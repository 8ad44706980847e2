"""Forms refuse what no person sends, and tell in one place what is wrong."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from caseapp.web.forms import TOKEN, BadFieldsError, maybe, some
from tests.web.asked import Everything, Small, everything, message
from tests.web.conftest import Reading


def test_what_was_typed_stays_on_the_page_when_it_is_wrong() -> None:
    form = everything(day="31-02-26", size="veel")
    assert not form.submitted
    assert form.day.shown == "31-02-26"
    assert form.size.shown == "veel"


def test_a_stored_answer_is_shown_as_it_would_be_typed() -> None:
    form = Everything(values={"day": date(2026, 11, 9), "hours": Decimal("5.50"), "alone": False})
    assert (form.day.shown, form.hours.shown, form.alone.shown) == ("09-11-2026", "5,50", "no")
    assert not form.submitted


@pytest.mark.asvs("2.2.1", "2.2.2")
def test_a_choice_outside_the_list_is_refused_in_words() -> None:
    assert everything(place="a").submitted
    assert not everything(place="c").submitted
    assert not everything(level="middle").submitted


def test_choices_keep_their_groups_and_know_which_is_chosen() -> None:
    field = everything(place="b").place
    assert [(name, [o.value for o in found]) for name, found in field.groups] == [
        ("North", ["a"]),
        ("", ["b"]),
    ]
    assert [o.value for o in field.choices if field.is_chosen(o)] == ["b"]


def test_yes_no_is_a_truth_value_and_nothing_else() -> None:
    assert everything(alone="yes").alone.data is True
    assert everything(alone="no").alone.data is False
    assert everything().alone.data is None
    with pytest.raises(BadFieldsError):
        everything(alone="maybe")


def test_boxes_give_all_that_was_ticked() -> None:
    sent = MultiDict([("name", "Noor"), ("by", "child"), ("by", "parent"), ("by", "child")])
    form = Everything(sent)
    assert form.submitted
    assert form.by.data == ("child", "parent")
    assert not Everything(MultiDict([("name", "Noor"), ("by", "nobody")])).submitted


def test_a_required_field_asks_for_its_answer_in_its_own_words(reading: Reading) -> None:
    form = Everything(MultiDict({"name": "  "}))
    with reading("en"):
        assert message(form, "name") == "Give a name"
        assert [(line.target, line.message) for line in form.wrong] == [("name", "Give a name")]


def test_the_summary_links_to_the_first_answer_of_a_group_and_tells_the_form_first() -> None:
    form = Everything(MultiDict({"name": "Noor", "level": "middle"}))
    assert not form.submitted
    form.complain("It cannot be.")
    assert [line.target for line in form.wrong] == ["name", "level-1"]


def test_an_error_of_an_action_stands_at_its_field() -> None:
    form = everything(day="9-11-2026")
    assert form.submitted
    form.day.errors = ["The child came later than that."]
    assert [(line.target, line.message) for line in form.wrong] == [
        ("day", "The child came later than that.")
    ]
    assert form.day.described_by == "day-hint day-error"


@pytest.mark.attack(16)
@pytest.mark.attack(18)
@pytest.mark.parametrize(
    "sent",
    [[("name", "Noor"), ("role", "administrator")], [("name", "Noor"), ("name", "Hanna")]],
)
@pytest.mark.asvs("15.3.3", "15.3.7")
def test_a_field_that_the_form_lacks_or_one_sent_twice_is_refused(
    sent: list[tuple[str, str]],
) -> None:
    with pytest.raises(BadFieldsError):
        Everything(MultiDict(sent))


def test_the_token_is_no_stranger() -> None:
    assert everything(**{TOKEN: "x"}).submitted


def test_several_forms_sent_together_read_only_their_own_fields() -> None:
    sent = MultiDict({"one-name": "Noor", "two-name": "Hanna"})
    assert some(Everything(sent, prefix="one-").name) == "Noor"
    with pytest.raises(BadFieldsError):
        Everything(MultiDict({"one-name": "Noor", "one-rank": "1"}), prefix="one-")


def test_ids_tell_forms_on_one_page_apart() -> None:
    form = Everything(ids="row3-")
    assert (form.name.id, form.name.label.field_id, form.name.name) == (
        "row3-name",
        "row3-name",
        "name",
    )


def test_the_version_must_come_back_as_we_gave_it() -> None:
    assert some(Small(MultiDict({"version": "7"})).version) == 7
    for wrong in ({"version": "7a"}, {"version": "-7"}, {"back": "/"}):
        with pytest.raises(BadFieldsError):
            bool(Small(MultiDict(wrong)).submitted)


def test_the_first_button_counts_when_none_was_pressed() -> None:
    pressed = Small(MultiDict({"version": "7", "do": "draft"}))
    plain = Small(MultiDict({"version": "7"}))
    assert pressed.submitted
    assert plain.submitted
    assert (pressed.do.data, plain.do.data) == ("draft", "save")
    with pytest.raises(BadFieldsError):
        bool(Small(MultiDict({"version": "7", "do": "drop"})).submitted)


def test_a_form_that_was_only_looked_at_is_not_submitted(words_app: Flask) -> None:
    with words_app.test_request_context("/", method="GET"):
        form = Everything(MultiDict(), values={"name": "Noor"})
        assert not form.submitted
        assert form.name.shown == "Noor"
        assert form.wrong == []


def test_a_form_posted_empty_shows_what_is_missing(words_app: Flask) -> None:
    with words_app.test_request_context("/", method="POST"):
        form = Everything(MultiDict(), values={"name": "Noor"})
        assert not form.submitted
        assert [line.target for line in form.wrong] == ["name"]


def test_some_refuses_an_answer_that_is_not_there_and_maybe_does_not() -> None:
    form = everything()
    assert maybe(form.day) is None
    with pytest.raises(LookupError):
        some(form.day)


def test_every_message_of_the_fields_is_dutch_on_a_dutch_page(reading: Reading) -> None:
    wrong = {"day": "x", "hours": "x", "size": "0", "v_number": "1", "mail": "x", "place": "c"}
    form = everything(**wrong)
    with reading("en"):
        assert not form.submitted
        english = {line.target: line.message for line in form.wrong}
    form = everything(**wrong)
    with reading("nl"):
        assert not form.submitted
        dutch = {line.target: line.message for line in form.wrong}
    assert english.keys() == dutch.keys() == wrong.keys()
    assert not set(english.values()) & set(dutch.values())
