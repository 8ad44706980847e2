"""Random series of lists through both databases: told as by the naive reading, and taken without harm."""

import pytest

from tests.list_oracle.house_series import differences
from tests.list_oracle.taken_series import InHouse, faults


@pytest.mark.slow
@pytest.mark.parametrize("number", [11, 12])
def test_a_series_of_lists_is_told_as_the_naive_reading_tells_it(bare, number):
    assert list(differences(bare, number)) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [21, 22])
def test_rows_that_a_person_takes_are_carried_out_and_then_are_the_same(bare, number):
    assert list(faults(InHouse(bare), number)) == []
