"""Fields read generously what people type, and say in our own words what is wrong with it."""

from datetime import date
from decimal import Decimal

import pytest

from caseapp.web.forms import some
from tests.web.asked import everything, message
from tests.web.conftest import Reading


@pytest.mark.parametrize(
    "typed",
    ["09-11-2026", "9-11-2026", "9/11/26", "9.11.2026", "9 11 2026", "091126", "09112026",
     "2026-11-09", "2026-11-9", "  09-11-2026 "],
)  # fmt: skip
def test_a_day_is_read_in_every_way_that_people_write_it(typed: str) -> None:
    form = everything(day=typed)
    assert form.submitted
    assert form.day.data == date(2026, 11, 9)


@pytest.mark.parametrize(("typed", "year"), [("1-1-49", 2049), ("1-1-50", 1950)])
def test_a_year_of_two_digits_turns_to_the_last_century_at_50(typed: str, year: int) -> None:
    assert everything(day=typed).day.data == date(year, 1, 1)


@pytest.mark.parametrize("typed", ["morgen", "11-2026", "9-11-202", "9-11", "-"])
def test_a_day_in_no_known_shape_is_explained(reading: Reading, typed: str) -> None:
    with reading("en"):
        assert message(everything(day=typed), "day").startswith("Write the day as day-month-year")


@pytest.mark.parametrize("typed", ["30-02-2026", "29-02-2027", "0-1-2026", "1-13-2026", "1-1-1899"])
def test_a_day_that_no_calendar_has_is_named(reading: Reading, typed: str) -> None:
    with reading("en"):
        assert message(everything(day=typed), "day").startswith(f"The day {typed} does not exist.")


def test_a_leap_day_is_a_day() -> None:
    assert everything(day="29-02-2028").day.data == date(2028, 2, 29)


@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize(("day", "is_fine"), [(23, False), (24, True), (26, True), (27, False)])
def test_a_day_stays_within_the_bounds_that_the_view_sets(
    reading: Reading, day: int, *, is_fine: bool
) -> None:
    form = everything(day=f"{day}-11-2026")
    form.day.earliest, form.day.latest = date(2026, 11, 24), date(2026, 11, 26)
    with reading("en"):
        assert form.submitted is is_fine
        assert is_fine or "-11-2026 or " in message(form, "day")


@pytest.mark.attack(7)
@pytest.mark.asvs("1.1.1")
def test_text_is_composed_and_trimmed() -> None:
    form = everything(name="  Yi\u0308gitI\u0307 ")
    assert form.submitted
    assert some(form.name) == "Y\u00efgit\u0130"


@pytest.mark.attack(7)
@pytest.mark.asvs("1.3.3", "2.2.1")
@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b", "\u202e", "\u2066", "\n", "\t"])
def test_a_line_of_text_refuses_characters_that_cannot_be_seen(
    reading: Reading, hidden: str
) -> None:
    with reading("en"):
        assert "cannot be seen" in message(everything(name=f"No{hidden}or"), "name")


@pytest.mark.attack(7)
@pytest.mark.asvs("1.3.3")
def test_long_text_keeps_its_lines_and_refuses_other_control_characters() -> None:
    form = everything(note="een\r\ntwee\rdrie\tvier")
    assert form.submitted
    assert form.note.data == "een\ntwee\ndrie\tvier"
    assert not everything(note="een\x00").submitted


def test_marks_that_names_in_other_scripts_need_are_kept() -> None:
    assert everything(name="\u0645\u06cc\u200c\u0645").submitted


@pytest.mark.asvs("1.3.3", "2.2.1")
@pytest.mark.parametrize(("length", "is_fine"), [(10, True), (11, False)])
def test_a_text_may_be_as_long_as_said(reading: Reading, length: int, *, is_fine: bool) -> None:
    form = everything(name="a" * length)
    with reading("en"):
        assert form.submitted is is_fine
        assert (
            is_fine or message(form, "name") == "The text is 1 character too long. At most 10 fit."
        )


@pytest.mark.parametrize(
    ("typed", "number"), [("5", "5"), ("5,5", "5.5"), ("5.25", "5.25"), ("0", "0"), ("40", "40")]
)
def test_a_number_is_read_with_a_comma_or_a_point(typed: str, number: str) -> None:
    form = everything(hours=typed)
    assert form.submitted
    assert form.hours.data == Decimal(number)


@pytest.mark.attack(16)
@pytest.mark.asvs("1.4.2", "2.2.1")
@pytest.mark.parametrize("typed", ["-0,25", "40,25", "5,1", "vijf", "5,", "1e3", "NaN", "5,5,5"])
@pytest.mark.asvs("15.3.5")
def test_a_number_out_of_bounds_or_shape_is_refused(typed: str) -> None:
    assert not everything(hours=typed).submitted


@pytest.mark.parametrize(("typed", "number"), [("1", 1), ("1.214", 1214), ("5000", 5000)])
def test_a_whole_number_is_read(typed: str, number: int) -> None:
    form = everything(size=typed)
    assert form.submitted
    assert form.size.data == number


@pytest.mark.attack(16)
@pytest.mark.asvs("1.4.2")
@pytest.mark.parametrize("typed", ["0", "5001", "1,5", "12.14", "1" * 30])
@pytest.mark.asvs("15.3.5")
def test_another_whole_number_is_refused(typed: str) -> None:
    assert not everything(size=typed).submitted


@pytest.mark.parametrize("typed", ["9990004310", "999 000 4310", " 999.000.4310 "])
def test_a_v_number_may_be_typed_in_groups(typed: str) -> None:
    form = everything(v_number=typed)
    assert form.submitted
    assert form.v_number.data == "9990004310"


@pytest.mark.parametrize("typed", ["999000431", "99900043101", "999000431o"])
def test_a_v_number_has_ten_digits(typed: str) -> None:
    assert not everything(v_number=typed).submitted


@pytest.mark.parametrize(
    ("typed", "is_fine"),
    [("noor@example.nl", True), ("noor", False), ("noor@nl", False), ("a b@example.nl", False)],
)
def test_a_mail_address_has_the_shape_of_one(typed: str, *, is_fine: bool) -> None:
    assert everything(mail=typed).submitted is is_fine


def test_a_secret_is_taken_as_it_is_and_never_shown_again() -> None:
    form = everything(phrase=" a b ")
    assert form.submitted
    assert form.phrase.data == " a b "
    assert form.phrase.shown == ""
