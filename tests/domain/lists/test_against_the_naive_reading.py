"""Random series of lists, read by us and by the naive reading of the page beside the samples."""

import pytest

from tests.list_oracle.series import differences

WORLDS_AT_ONCE = 20


@pytest.mark.parametrize("first", range(1, 121, WORLDS_AT_ONCE))
def test_a_series_of_lists_is_told_as_the_naive_reading_tells_it(first):
    worlds = range(first, first + WORLDS_AT_ONCE)
    assert [line for seed in worlds for line in differences(seed)] == []
