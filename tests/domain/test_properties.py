"""What holds for any child: no crash, no order, nothing found twice, nothing lost in writing."""

import json
from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseapp.domain.case import Case
from caseapp.domain.continuity import StoredAlert, assess, reconcile
from caseapp.domain.document import load, parse, write
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Tile
from tests.domain.any_order import faults
from tests.domain.made import LIMITS
from tests.domain.random_dossiers import TODAY, documents

quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
days = st.one_of(st.just(TODAY), st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.dates())


def opened(findings):
    """Return the alerts that findings give when they are raised."""
    return [
        StoredAlert(str(n), one.rule, one.subject, one.severity, one.since, one.due, one.detail)
        for n, one in enumerate(findings)
    ]


@quick
@given(documents, days)
def test_any_document_is_assessed_and_each_identity_is_found_once(document, today):
    found = assess(parse(document), today, LIMITS)
    assert [one.identity for one in found] == sorted({one.identity for one in found})
    assert all(one.since <= today for one in found)
    assert all(isinstance(RULES[one.rule].tile(one, today), Tile) for one in found)


@quick
@given(documents, days)
def test_every_rule_signs_its_findings_with_its_own_code(document, today):
    child = Case(parse(document), today)
    numbers = LIMITS.on(today, child.lodged)
    for code, rule in RULES.items():
        assert {one.rule for one in rule.promise(child, today, numbers.get(code, {}))} <= {code}


@quick
@given(documents, days, st.integers())
def test_the_order_of_the_document_means_nothing(document, today, dice):
    assert faults(document, today, Random(dice)) == []


@quick
@given(documents)
def test_a_dossier_comes_back_from_its_document(document):
    told = parse(document)
    assert load(json.dumps(write(told)).encode()) == told


@quick
@given(documents, documents)
def test_reconciling_twice_changes_nothing_more(before, after):
    alerts = opened(assess(parse(before), TODAY, LIMITS))
    findings = assess(parse(after), TODAY, LIMITS)
    verdict = reconcile(alerts, findings)
    kept = {alert.identity: alert for alert in alerts if alert not in verdict.to_close}
    changed = {one.identity: one for one in opened((*verdict.to_raise, *verdict.to_change))}
    assert reconcile((kept | changed).values(), findings).changes_nothing
    assert sorted(kept | changed) == [one.identity for one in findings]


@quick
@given(documents)
def test_a_closed_case_has_no_findings(document):
    told = parse(document)
    closed = replace(told, child=replace(told.child, closed_on=TODAY))
    assert assess(closed, TODAY, LIMITS) == ()
