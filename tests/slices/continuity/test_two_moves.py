"""A history played day by day gives the alerts that the same history gives when it comes in at once."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import house as houses
from tests.slices.continuity.playing import differences

FEW = settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""A history takes seconds: many more are played by `make prove` (tests/proofs/two_moves.py)."""


@pytest.mark.slow
@FEW
@given(seed=st.integers(0, 10_000))
def test_played_by_day_or_taken_in_at_once_the_alerts_are_the_same(
    template: houses.Template, tmp_path_factory: pytest.TempPathFactory, worker_id: str, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("moves")
    assert differences(template, folder, worker_id, seed) == ""
