"""The figures of the monitor: counted over the country, and hidden where a child could be recognised."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from caseapp.continuity.models import Alert
from caseapp.domain.rules import RULES
from caseapp.kernel.machine import Machine
from caseapp.reporting import queries
from tests.slices.continuity.story import SYSTEM
from tests.strict_client import StrictClient

As = Callable[..., StrictClient]


@pytest.mark.attack(56)
def test_the_monitor_reads_figures_and_no_small_number(as_: As) -> None:
    page = as_("monitor").get("/monitor").text
    assert page.count("minder dan 10") >= len(("CAR-1", "PLA-1"))
    assert "Zqx" not in page
    assert as_("coordinator").get("/monitor").status_code == 403


@pytest.mark.attack(56)
@pytest.mark.parametrize(("number", "shown"), [(0, None), (1, None), (9, None), (10, 10), (11, 11)])
def test_a_figure_below_ten_is_hidden(number: int, shown: int | None) -> None:
    assert queries.hidden_when_small(number) == shown


def test_every_rule_has_its_figure_and_closed_alerts_do_not_count(house: Machine) -> None:
    work = house.work(SYSTEM)
    every = queries.open_alerts(work)
    assert [one.rule for one in every] == list(RULES)
    work.session.execute(update(Alert).values(closed_at=work.now))
    assert work.session.scalars(select(Alert.id).where(Alert.closed_at.is_(None))).all() == []
    assert all(one.children is None for one in queries.open_alerts(work))
    work.session.close()
