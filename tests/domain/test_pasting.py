"""V-numbers as people paste them."""

import pytest

from caseapp.domain.pasting import v_numbers


@pytest.mark.parametrize(
    "text",
    [
        "9990004310\n9990004311",
        "999 000 4310\r\n999.000.4311\n",
        "9990004310; 9990004311",
        "9990004310, 9990004311, 9990004310",
        "9990004310 9990004311",
        "V-nummer: 9990004310\tv 9990004311",
    ],
)
def test_numbers_are_read_however_they_stand(text):
    found = v_numbers(text)
    assert found.numbers == ("9990004310", "9990004311")
    assert found.unread == ()


@pytest.mark.parametrize(
    ("text", "number"), [("1234567", "0001234567"), ("123456", None), ("12345678901", None)]
)
def test_zeros_that_were_lost_are_put_back(text, number):
    found = v_numbers(text)
    assert found.numbers == ((number,) if number else ())
    assert found.unread == (() if number else (text,))


def test_what_is_no_number_is_named_back_short():
    found = v_numbers("Amina Rahimi\n9990004310\n" + "x" * 90)
    assert found.numbers == ("9990004310",)
    assert found.unread == ("Amina Rahimi", "x" * 40)


def test_digits_of_another_script_are_no_number():
    assert v_numbers("\u0669" * 10).numbers == ()


def test_nothing_gives_nothing():
    assert v_numbers(" \n ;; ") == v_numbers("")
