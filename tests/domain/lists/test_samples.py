"""The shared samples: each list gives its report at its turn, and once more after it is applied."""

from tests.samples import SAMPLES, differences


def test_every_sample_list_gives_its_report_in_order_and_again() -> None:
    assert differences(SAMPLES) == []
