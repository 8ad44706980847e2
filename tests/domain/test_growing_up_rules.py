"""Examples of the rules about growing up."""

from tests.domain.made import alone, born, contact, during, findings, told

# 17 on 5 May 2026, 17.5 on 5 November 2026, 18 on 5 May 2027.
SEVENTEEN = alone("2009-05-05")


def aid(name, start, end=None, regime="gemeente"):
    return during(name, start, end, regime=regime)


def test_age_1_fires_at_sixteen_and_a_half():
    assert told("AGE-1", "2025-11-05", SEVENTEEN) == [
        ("transition-plan", "notice", "2025-11-05", "2027-05-05")
    ]


def test_age_1_is_silent_before_sixteen_and_a_half_and_from_18_on():
    assert told("AGE-1", "2025-11-04", SEVENTEEN) == []
    assert told("AGE-1", "2027-05-04", SEVENTEEN)
    assert told("AGE-1", "2027-05-05", SEVENTEEN) == []


def test_age_1_fires_as_a_warning_from_17_and_critical_from_nine_months_later():
    for on, severity in (
        ("2026-05-04", "notice"),
        ("2026-05-05", "warning"),
        ("2027-02-04", "warning"),
        ("2027-02-05", "critical"),
    ):
        assert told("AGE-1", on, SEVENTEEN)[0][1:3] == (severity, "2025-11-05")


def test_age_1_is_silent_once_there_is_a_plan_and_for_who_came_with_family():
    planned = SEVENTEEN | {"transition_plan_on": "2026-06-01"}
    assert told("AGE-1", "2026-05-31", planned)
    assert told("AGE-1", "2026-06-01", planned) == []
    assert told("AGE-1", "2026-06-01", {"birth": born("2009-05-05")}) == []


def test_age_1_fires_from_the_first_to_the_last_possible_day():
    child = alone("2009-02-10", "year")
    assert told("AGE-1", "2025-06-30", child) == []
    assert told("AGE-1", "2025-07-01", child)[0][2:] == ("2025-07-01", "2027-01-01")
    assert told("AGE-1", "2026-10-01", child)[0][1] == "critical"
    assert told("AGE-1", "2027-12-30", child)
    assert told("AGE-1", "2027-12-31", child) == []


def test_age_1_fires_half_a_year_after_a_birthday_on_the_last_day_of_that_month():
    assert told("AGE-1", "2026-02-27", alone("2009-08-31")) == []
    assert told("AGE-1", "2026-02-28", alone("2009-08-31"))[0][2] == "2026-02-28"


def test_age_1_carries_the_birthday_only_when_it_is_known():
    (known,) = findings("AGE-1", "2026-06-01", SEVENTEEN)
    assert str(known.detail["adult_on"]) == "2027-05-05"
    (unknown,) = findings("AGE-1", "2026-06-01", alone("2009-05-05", "month"))
    assert unknown.detail == {}


def test_age_2_fires_at_seventeen_and_a_half():
    assert told("AGE-2", "2026-11-05", SEVENTEEN) == [
        ("support-choice", "warning", "2026-11-05", "2027-05-05")
    ]


def test_age_2_is_silent_before_seventeen_and_a_half_and_from_18_on():
    assert told("AGE-2", "2026-11-04", SEVENTEEN) == []
    assert told("AGE-2", "2027-05-04", SEVENTEEN)
    assert told("AGE-2", "2027-05-05", SEVENTEEN) == []


def test_age_2_is_silent_for_who_came_with_family():
    assert told("AGE-2", "2026-12-01", {"birth": born("2009-05-05")}) == []


def test_age_2_is_silent_once_support_around_18_is_on_record():
    for start, silent in (("2027-02-03", False), ("2027-02-04", True), ("2027-05-05", True)):
        found = told("AGE-2", "2026-12-01", SEVENTEEN, support=[aid("u1", start)])
        assert (found == []) is silent, start


def test_age_2_is_silent_for_183_days_after_support_was_declined():
    declined = SEVENTEEN | {"support_declined_on": "2026-10-01"}
    assert told("AGE-2", "2027-04-01", declined) == []
    assert told("AGE-2", "2027-04-02", declined)
    assert told("AGE-2", "2026-12-01", SEVENTEEN | {"support_declined_on": "2026-12-02"})


def test_age_2_fires_from_the_first_to_the_last_possible_day():
    child = alone("2009-02-01", "month")
    assert told("AGE-2", "2026-07-31", child) == []
    assert told("AGE-2", "2026-08-01", child)[0][2:] == ("2026-08-01", "2027-02-01")
    assert told("AGE-2", "2027-02-27", child)
    assert told("AGE-2", "2027-02-28", child) == []


# 18 on 5 November 2023, 21 on 5 November 2026, 23 on 5 November 2028.
SELAM = alone("2005-11-05")


def test_age_3_fires_on_birthday_18_without_support():
    assert told("AGE-3", "2023-11-05", SELAM) == [("support", "critical", "2023-11-05", None)]


def test_age_3_is_silent_the_day_before_18_and_from_23_on():
    assert told("AGE-3", "2023-11-04", SELAM) == []
    assert told("AGE-3", "2028-11-04", SELAM)
    assert told("AGE-3", "2028-11-05", SELAM) == []


def test_age_3_is_silent_for_who_came_with_family():
    assert told("AGE-3", "2025-01-01", {"birth": born("2005-11-05")}) == []


def test_age_3_fires_when_extended_reception_ends_by_law_at_21():
    lasting = [aid("u1", "2023-11-05", regime="verlengde_opvang")]
    assert told("AGE-3", "2026-11-04", SELAM, support=lasting) == []
    assert told("AGE-3", "2026-11-05", SELAM, support=lasting) == [
        ("support", "critical", "2026-11-05", None)
    ]


def test_age_3_is_silent_on_support_without_an_end_of_its_own():
    for regime in ("verlengde_jeugdhulp", "gemeente", "coa_begeleiding", "nazorg_nidos", "other"):
        lasting = [aid("u1", "2023-11-05", regime=regime)]
        assert told("AGE-3", "2028-11-04", SELAM, support=lasting) == []


def test_age_3_fires_since_the_latest_end_and_on_support_to_come():
    records = [
        aid("u1", "2023-11-05", "2025-06-01"),
        aid("u2", "2024-01-01", "2024-02-01"),
        aid("u3", "2025-07-01"),
    ]
    assert told("AGE-3", "2025-05-31", SELAM, support=records) == []
    assert told("AGE-3", "2025-06-30", SELAM, support=records)[0][2] == "2025-06-01"
    assert told("AGE-3", "2025-07-01", SELAM, support=records) == []


def test_age_3_is_silent_for_183_days_after_support_was_declined():
    declined = SELAM | {"support_declined_on": "2025-01-01"}
    assert told("AGE-3", "2025-07-02", declined) == []
    assert told("AGE-3", "2025-07-03", declined) == [("support", "critical", "2025-07-03", None)]


def test_age_3_fires_since_the_last_possible_birthday():
    child = alone("2005-11-05", "year")
    assert told("AGE-3", "2023-12-30", child) == []
    assert told("AGE-3", "2023-12-31", child)[0][2] == "2023-12-31"


ENDING = [aid("u1", "2023-11-05", regime="verlengde_opvang")]


def test_age_4_fires_90_days_before_support_ends():
    assert told("AGE-4", "2026-08-07", SELAM, support=ENDING) == [
        ("u1", "warning", "2026-08-07", "2026-11-05")
    ]


def test_age_4_is_silent_91_days_before_support_ends_and_after_it():
    assert told("AGE-4", "2026-08-06", SELAM, support=ENDING) == []
    assert told("AGE-4", "2026-11-04", SELAM, support=ENDING)
    assert told("AGE-4", "2026-11-05", SELAM, support=ENDING) == []


def test_age_4_fires_critical_from_14_days_before_the_end():
    for on, severity in (("2026-10-21", "warning"), ("2026-10-22", "critical")):
        (found,) = findings("AGE-4", on, SELAM, support=ENDING)
        assert found.severity.value == severity


def test_age_4_fires_since_support_that_is_shorter_than_90_days_began():
    short = [aid("u1", "2026-02-01", "2026-03-01")]
    assert told("AGE-4", "2026-02-01", SELAM, support=short)[0][2] == "2026-02-01"


def test_age_4_is_silent_when_other_support_goes_on_after_it():
    for other, silent in (
        (aid("u2", "2026-11-05"), True),
        (aid("u2", "2026-11-06"), False),
        (aid("u2", "2026-01-01", "2026-11-06"), True),
        (aid("u2", "2026-01-01", "2026-11-05"), False),
        (aid("u2", "2026-01-01", regime="verlengde_jeugdhulp"), True),
    ):
        found = told("AGE-4", "2026-09-01", SELAM, support=[*ENDING, other])
        assert ([one for one in found if one[0] == "u1"] == []) is silent, other


def test_age_4_is_silent_on_an_end_at_23_or_later():
    for end, silent in (("2028-11-04", False), ("2028-11-05", True), (None, True)):
        youth_care = [aid("u1", "2023-11-05", end, regime="verlengde_jeugdhulp")]
        assert (told("AGE-4", "2028-10-01", SELAM, support=youth_care) == []) is silent


def test_age_4_fires_on_the_last_possible_birthday_21():
    child = alone("2005-11-05", "month")
    assert told("AGE-4", "2026-11-16", child, support=ENDING) == [
        ("u1", "critical", "2026-09-01", "2026-11-30")
    ]


def test_aft_1_fires_92_days_after_the_last_contact():
    seen = [contact("k1", "2026-08-05", by="mentor", mode="message")]
    assert told("AFT-1", "2026-11-05", SELAM, contacts=seen) == [
        ("aftercare-contact", "warning", "2026-11-05", "2026-11-05")
    ]


def test_aft_1_is_silent_91_days_after_a_contact_or_an_observation():
    seen = [contact("k1", "2026-08-05", by="mentor")]
    noted = [{"id": "o1", "on": "2026-08-06", "source": "school", "level": "none"}]
    assert told("AFT-1", "2026-11-04", SELAM, contacts=seen) == []
    assert told("AFT-1", "2026-11-05", SELAM, contacts=seen, observations=noted) == []


def test_aft_1_fires_critical_183_days_after_the_last_contact():
    seen = [contact("k1", "2026-01-01", by="mentor")]
    for on, severity in (("2026-07-02", "warning"), ("2026-07-03", "critical")):
        (found,) = findings("AFT-1", on, SELAM, contacts=seen)
        assert found.severity.value == severity


def test_aft_1_fires_counting_from_18_when_nobody_was_in_touch_after_it():
    before = [contact("k1", "2023-11-01")]
    assert told("AFT-1", "2024-02-04", SELAM, contacts=before) == []
    assert told("AFT-1", "2024-02-05", SELAM, contacts=before)[0][2] == "2024-02-05"


def test_aft_1_is_silent_for_minors_and_for_who_came_with_family_and_has_no_support():
    assert told("AFT-1", "2023-11-04", SELAM) == []
    family = {"birth": born("2005-11-05")}
    assert told("AFT-1", "2026-01-01", family) == []
    assert told("AFT-1", "2026-01-01", family, support=[aid("u1", "2026-01-02")]) == []
    assert told("AFT-1", "2026-01-01", family, support=[aid("u1", "2026-01-01")])
