"""What becomes of alerts, and how findings of one identity are brought together."""

from dataclasses import replace

from caseapp.domain.continuity import Standing, StoredAlert, graver, reconcile
from caseapp.domain.rules.rule import Finding, Severity
from tests.domain.made import d

FOUND = Finding(
    "CAR-1", "c1@p2", Severity.WARNING, d("2026-09-14"), d("2026-09-28"), {"care": "GGZ"}
)
OPEN = StoredAlert(
    "1", "CAR-1", "c1@p2", Severity.WARNING, d("2026-09-14"), d("2026-09-28"), {"care": "GGZ"}
)


def test_a_finding_without_an_alert_is_raised():
    assert reconcile([], [FOUND]).to_raise == (FOUND,)


def test_an_alert_that_says_the_same_is_left_alone():
    assert reconcile([OPEN], [FOUND]).changes_nothing


def test_an_alert_that_says_something_else_is_changed():
    for other in (
        replace(FOUND, severity=Severity.CRITICAL),
        replace(FOUND, since=d("2026-09-01")),
        replace(FOUND, due=None),
        replace(FOUND, detail={"care": "JGZ"}),
    ):
        verdict = reconcile([OPEN], [other])
        assert (verdict.to_change, verdict.to_raise, verdict.to_close) == ((other,), (), ())


def test_an_alert_of_which_nothing_is_found_is_closed():
    verdict = reconcile([OPEN], [replace(FOUND, subject="c1@p3")])
    assert verdict.to_close == (OPEN,)
    assert len(verdict.to_raise) == 1


def test_a_mistake_is_kept_silent_until_it_grows_graver():
    muted = replace(OPEN, standing=Standing.MISTAKEN)
    for severity, raised in ((Severity.NOTICE, 0), (Severity.WARNING, 0), (Severity.CRITICAL, 1)):
        verdict = reconcile([muted], [replace(FOUND, severity=severity, due=None)])
        assert (len(verdict.to_raise), verdict.to_change, verdict.to_watch) == (raised, (), ())


def test_a_mistake_is_watched_again_when_nothing_is_found_any_more():
    muted = replace(OPEN, standing=Standing.MISTAKEN)
    verdict = reconcile([muted], [])
    assert (verdict.to_watch, verdict.to_close, verdict.changes_nothing) == ((muted,), (), False)


def test_what_was_mended_comes_back_and_is_closed_no_second_time():
    mended = replace(OPEN, standing=Standing.MENDED)
    assert reconcile([mended], []).changes_nothing
    assert reconcile([mended], [FOUND]).to_raise == (FOUND,)


def test_a_clock_that_steps_back_undoes_nothing_of_a_later_day():
    grave = replace(FOUND, severity=Severity.CRITICAL)
    for standing, findings in (
        (Standing.OPEN, []),
        (Standing.OPEN, [grave]),
        (Standing.MENDED, [grave]),
        (Standing.MISTAKEN, []),
        (Standing.MISTAKEN, [grave]),
    ):
        kept = replace(OPEN, standing=standing, turned_on=d("2026-09-21"))
        assert reconcile([kept], findings, d("2026-09-20")).changes_nothing
        assert not reconcile([kept], findings, d("2026-09-21")).changes_nothing


def test_of_two_findings_the_highest_severity_and_then_the_earliest_day_counts():
    grave_late = replace(FOUND, severity=Severity.CRITICAL, since=d("2026-09-20"))
    early = replace(FOUND, since=d("2026-09-01"))
    assert graver(early, grave_late) == graver(grave_late, early) == grave_late
    assert graver(FOUND, early) == graver(early, FOUND) == early


def test_a_notice_weighs_less_than_a_warning_and_that_less_than_critical():
    assert sorted(Severity, key=lambda one: one.weight) == list(Severity)
    assert len({one.weight for one in Severity}) == len(Severity)
