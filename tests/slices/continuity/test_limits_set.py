"""Setting a number of a rule: what it does is shown first, then it holds for everybody at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent
from caseapp.continuity.facts import weigh
from caseapp.domain.intents.reference import LimitWish
from caseapp.domain.rules.rule import Severity
from caseapp.reference import actions
from caseapp.reference.models import LimitSet
from tests.world import TODAY

PAGE = "/instellingen/GUA-2/warning_days"


def asked(value: str, step: str = "look", weighed: str = "", day=TODAY) -> dict[str, str]:
    return {
        "value": value,
        "valid_from": day.strftime("%d-%m-%Y"),
        "reason": "afgesproken met Nidos",
        "weighed": weighed,
        "step": step,
    }


def set_rows(work) -> list[tuple[str, int]]:
    return [(row.name, row.value) for row in work.session.scalars(select(LimitSet))]


def test_a_number_is_weighed_before_it_is_set(as_, work) -> None:
    page = as_("administrator").post(PAGE, asked("21")).get_data(as_text=True)
    assert "Met 21 dagen in plaats van 35 dagen" in page
    assert 'value="21/2026' in page
    assert set_rows(work) == []


def test_what_was_weighed_can_be_set_and_holds_at_once(as_, work) -> None:
    weighed = f"21/{TODAY.isoformat()}"
    answer = as_("administrator").post(PAGE, asked("21", "set", weighed))
    assert answer.status_code == 303
    assert set_rows(work) == [("warning_days", 21)]
    assert work.limits.on(work.today)["GUA-2"]["warning_days"] == 21
    assert work.limits.on(work.today - timedelta(days=1))["GUA-2"]["warning_days"] == 35
    codes = work.session.scalars(select(AuditEvent.code)).all()
    assert "limit-changed" in codes


def test_a_number_that_was_not_shown_is_weighed_first(as_, work) -> None:
    page = as_("administrator").post(PAGE, asked("22", "set", f"21/{TODAY.isoformat()}"))
    assert "Met 22 dagen in plaats van 35 dagen" in page.get_data(as_text=True)
    assert set_rows(work) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (asked("61"), "mag niet meer zijn dan"),
        (asked("0"), "1 of meer"),
        (asked("21", day=TODAY - timedelta(days=1)), "vandaag of een latere dag"),
        (asked("21") | {"reason": ""}, "Schrijf op waarom"),
    ],
)
def test_a_number_that_cannot_be_is_told_and_kept(as_, work, wrong, words) -> None:
    page = as_("administrator").post(PAGE, wrong).get_data(as_text=True)
    assert words in page
    assert f'value="{wrong["value"]}"' in page
    assert set_rows(work) == []


def test_a_number_that_follows_a_law_may_begin_in_the_past(work) -> None:
    wish = LimitWish("SCH-1", "school_within_months", 1, TODAY - timedelta(days=30), "wet")
    book = actions.book_with(work, wish)
    early, late = TODAY - timedelta(days=31), TODAY - timedelta(days=30)
    assert book.on(work.today, early)["SCH-1"]["school_within_months"] == 2
    assert book.on(work.today, late)["SCH-1"]["school_within_months"] == 1
    with pytest.raises(actions.LimitTooEarlyError):
        actions.book_with(
            work, LimitWish("SCH-1", "school_within_months", 1, TODAY.replace(year=2020), "wet")
        )


def test_weighing_counts_what_the_rules_would_find(work) -> None:
    stricter = actions.book_with(work, LimitWish("OBS-1", "again_days", 1, TODAY, "proef"))
    weighed = weigh(work, "OBS-1", stricter)
    assert weighed.children == weighed.looked_at > 0
    assert weighed.more() == weighed.then.total() - weighed.now.total() >= 0
    assert (
        weighed.more(Severity.CRITICAL)
        == weighed.then[Severity.CRITICAL] - weighed.now[Severity.CRITICAL]
    )
    assert weigh(work, "OBS-1", work.limits).more() == 0


def test_nobody_but_an_administrator_sets_a_number(as_, work) -> None:
    assert as_("coordinator").post(PAGE, asked("21")).status_code == 403
    assert set_rows(work) == []
