"""Examples of the rules about the guardian."""

from tests.domain.made import alone, contact, d, during, findings, place, told

# Lodged on Tuesday 1 September 2026: fifteen working days later is Tuesday 22 September.
DAWIT = alone(application_lodged_on="2026-09-01")


def test_gua_1_fires_the_day_after_lodging():
    assert told("GUA-1", "2026-09-02", DAWIT) == [
        ("guardian", "warning", "2026-09-02", "2026-09-22")
    ]


def test_gua_1_is_silent_on_the_day_of_lodging_and_when_that_is_unknown():
    assert told("GUA-1", "2026-09-01", DAWIT) == []
    assert told("GUA-1", "2026-12-01", alone()) == []


def test_gua_1_fires_critical_fifteen_working_days_after_lodging():
    assert findings("GUA-1", "2026-09-21", DAWIT)[0].severity.value == "warning"
    assert findings("GUA-1", "2026-09-22", DAWIT)[0].severity.value == "critical"


def test_gua_1_is_silent_while_a_guardianship_lasts_and_critical_at_once_after_it():
    ended = [during("g1", "2026-09-03", "2026-09-10")]
    assert told("GUA-1", "2026-09-09", DAWIT, guardianship=ended) == []
    assert told("GUA-1", "2026-09-10", DAWIT, guardianship=ended) == [
        ("guardian", "critical", "2026-09-10", "2026-09-10")
    ]


def test_gua_1_fires_since_the_latest_end_also_when_lodging_is_unknown():
    records = [during("g1", "2026-01-01", "2026-09-10"), during("g2", "2026-02-01", "2026-03-01")]
    assert told("GUA-1", "2026-09-11", alone(), guardianship=records) == [
        ("guardian", "critical", "2026-09-10", "2026-09-10")
    ]


def test_gua_1_fires_before_a_guardianship_that_is_to_come():
    coming = [during("g1", "2026-09-06")]
    assert told("GUA-1", "2026-09-05", DAWIT, guardianship=coming)[0][1] == "warning"
    assert told("GUA-1", "2026-09-06", DAWIT, guardianship=coming) == []


def test_gua_1_is_silent_with_family_and_from_18_on():
    assert told("GUA-1", "2026-09-05", {"application_lodged_on": "2026-09-01"}) == []
    for birth, silent in (("2008-09-06", False), ("2008-09-05", True)):
        child = alone(birth, application_lodged_on="2026-09-01")
        assert (told("GUA-1", "2026-09-05", child) == []) is silent


GUARDED = [during("g1", "2026-01-01", "2026-06-01"), during("g2", "2026-06-01")]


def test_gua_2_fires_35_days_after_the_last_meeting():
    seen = [contact("k1", "2026-06-10", by="guardian")]
    assert told("GUA-2", "2026-07-15", DAWIT, guardianship=GUARDED, contacts=seen) == [
        ("guardian-contact", "warning", "2026-07-15", "2026-07-15")
    ]


def test_gua_2_is_silent_34_days_after_the_last_meeting():
    seen = [contact("k1", "2026-06-10", by="guardian"), contact("k2", "2026-03-01", by="guardian")]
    assert told("GUA-2", "2026-07-14", DAWIT, guardianship=GUARDED, contacts=seen) == []


def test_gua_2_fires_critical_60_days_after_the_last_meeting():
    seen = [contact("k1", "2026-06-10", by="guardian")]
    for on, severity in (("2026-08-08", "warning"), ("2026-08-09", "critical")):
        (found,) = findings("GUA-2", on, DAWIT, guardianship=GUARDED, contacts=seen)
        assert found.severity.value == severity


def test_gua_2_fires_counting_from_the_first_guardianship_when_they_never_met():
    other = [
        contact("k1", "2025-12-31", by="guardian"),
        contact("k2", "2026-01-20", by="guardian", mode="video"),
        contact("k3", "2026-01-20", by="cpk"),
    ]
    assert told("GUA-2", "2026-02-04", DAWIT, guardianship=GUARDED, contacts=other) == []
    assert told("GUA-2", "2026-02-05", DAWIT, guardianship=GUARDED, contacts=other) == [
        ("guardian-contact", "warning", "2026-02-05", "2026-02-05")
    ]


def test_gua_2_carries_the_day_of_the_last_meeting_when_they_met():
    first_day = [contact("k1", "2026-01-01", by="guardian")]
    for contacts, last in ((first_day, {"last_seen": d("2026-01-01")}), ([], {})):
        (found,) = findings("GUA-2", "2026-06-01", DAWIT, guardianship=GUARDED, contacts=contacts)
        assert found.detail == {"counted_from": d("2026-01-01")} | last


def test_gua_2_is_silent_without_a_guardian_with_family_and_from_18_on():
    ended = [during("g1", "2026-01-01", "2026-06-01")]
    assert told("GUA-2", "2026-05-31", DAWIT, guardianship=ended)
    assert told("GUA-2", "2026-06-01", DAWIT, guardianship=ended) == []
    assert told("GUA-2", "2026-08-09", guardianship=GUARDED) == []
    assert told("GUA-2", "2026-08-09", alone("2008-08-09"), guardianship=GUARDED) == []


def planned(*days):
    return [{"id": f"n{n}", "on": on} for n, on in enumerate(days)]


def test_gua_3_fires_42_days_after_the_first_guardianship_without_a_plan():
    assert told("GUA-3", "2026-02-12", DAWIT, guardianship=GUARDED) == [
        ("plan", "warning", "2026-02-12", "2026-02-12")
    ]
    assert told("GUA-3", "2026-07-01", DAWIT, guardianship=GUARDED)[0][2] == "2026-02-12"


def test_gua_3_is_silent_41_days_after_the_first_guardianship():
    assert told("GUA-3", "2026-02-11", DAWIT, guardianship=GUARDED) == []


def test_gua_3_fires_183_days_after_the_latest_plan_or_review():
    plans = planned("2026-03-01", "2026-01-10")
    assert told("GUA-3", "2026-08-30", DAWIT, guardianship=GUARDED, plans=plans) == []
    assert told("GUA-3", "2026-08-31", DAWIT, guardianship=GUARDED, plans=plans) == [
        ("plan", "warning", "2026-08-31", "2026-08-31")
    ]


def test_gua_3_fires_before_a_plan_that_is_to_come_and_after_one_older_than_the_guardian():
    coming = planned("2026-02-13")
    assert told("GUA-3", "2026-02-12", DAWIT, guardianship=GUARDED, plans=coming)
    assert told("GUA-3", "2026-02-13", DAWIT, guardianship=GUARDED, plans=coming) == []
    older = planned("2025-08-01")
    assert told("GUA-3", "2026-01-31", DAWIT, guardianship=GUARDED, plans=older)[0][2] == (
        "2026-01-31"
    )


def test_gua_3_is_silent_without_a_guardian_with_family_and_from_18_on():
    ended = [during("g1", "2026-01-01", "2026-06-01")]
    assert told("GUA-3", "2026-05-31", DAWIT, guardianship=ended)
    assert told("GUA-3", "2026-06-01", DAWIT, guardianship=ended) == []
    assert told("GUA-3", "2026-06-01") == []
    assert told("GUA-3", "2026-06-01", guardianship=GUARDED) == []
    assert told("GUA-3", "2026-06-01", alone("2008-06-01"), guardianship=GUARDED) == []


# Moved on 1 July 2026; thirty days before it is 1 June, thirty days after it 31 July.
MOVED = [place("p1", "2026-01-01", "2026-07-01"), place("p2", "2026-07-01")]


def changed(on, second, placements=MOVED, child=DAWIT):
    records = [during("g1", "2026-01-01", second), during("g2", second)]
    return told("GUA-4", on, child, guardianship=records, placements=placements)


def test_gua_4_fires_when_the_guardian_changed_within_thirty_days_of_the_move():
    for second, since in (
        ("2026-05-31", None),
        ("2026-06-01", "2026-07-01"),
        ("2026-07-01", "2026-07-01"),
        ("2026-07-31", "2026-07-31"),
        ("2026-08-01", None),
    ):
        expected = [("g2", "notice", since, None)] if since else []
        assert changed("2026-08-02", second) == expected, second


def test_gua_4_is_silent_before_the_later_of_the_two_and_from_sixty_days_after_it():
    assert changed("2026-07-09", "2026-07-10") == []
    assert changed("2026-07-10", "2026-07-10")
    assert changed("2026-09-07", "2026-07-10")
    assert changed("2026-09-08", "2026-07-10") == []


def test_gua_4_is_silent_on_the_first_guardian_and_without_a_move():
    first = [during("g1", "2026-07-10")]
    assert told("GUA-4", "2026-07-20", DAWIT, guardianship=first, placements=MOVED) == []
    assert changed("2026-07-20", "2026-07-10", placements=MOVED[:1]) == []


def test_gua_4_fires_for_each_new_guardian_around_the_latest_move_wherever_the_child_is_now():
    records = [
        during("g1", "2026-01-01", "2026-06-20"),
        during("g2", "2026-06-20", "2026-07-05"),
        during("g3", "2026-07-05"),
    ]
    gone = [MOVED[0], place("p2", "2026-07-01", "2026-07-06")]
    found = told("GUA-4", "2026-07-10", DAWIT, guardianship=records, placements=gone)
    assert [(one[0], one[2]) for one in found] == [("g2", "2026-07-01"), ("g3", "2026-07-05")]
    again = [*MOVED[:1], place("p2", "2026-07-01", "2026-10-01"), place("p3", "2026-10-01")]
    assert told("GUA-4", "2026-10-01", DAWIT, guardianship=records, placements=again) == []


def test_gua_4_is_silent_with_family_and_from_18_on():
    assert changed("2026-07-20", "2026-07-10", child=None) == []
    assert changed("2026-07-20", "2026-07-10", child=alone("2008-07-21"))
    assert changed("2026-07-20", "2026-07-10", child=alone("2008-07-20")) == []
