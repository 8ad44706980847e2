"""Examples of the rules about where a child that came alone lives."""

from tests.domain.made import alone, findings, place, told

# Thirteen on 10 May 2026, fifteen on 10 May 2028.
YOUNG = alone("2013-05-10")
CENTRE = [place("p1", "2026-05-01", kind="AZC")]


def severities(days, child, stays):
    """Return what AMV-1 says on each day, "-" for nothing."""
    found = (findings("AMV-1", on, child, placements=stays) for on in days)
    return [one[0].severity.value if one else "-" for one in found]


def test_amv_1_fires_at_once_under_13():
    assert told("AMV-1", "2026-05-01", YOUNG, placements=CENTRE) == [
        ("p1", "critical", "2026-05-01", None)
    ]
    assert told("AMV-1", "2026-05-09", YOUNG, placements=CENTRE)[0][1] == "critical"


def test_amv_1_is_silent_at_13_until_two_weeks_have_gone():
    assert told("AMV-1", "2026-05-10", YOUNG, placements=CENTRE) == []
    assert told("AMV-1", "2026-05-14", YOUNG, placements=CENTRE) == []


def test_amv_1_fires_as_a_warning_at_13_and_14_after_two_weeks():
    assert told("AMV-1", "2026-05-15", YOUNG, placements=CENTRE) == [
        ("p1", "warning", "2026-05-15", None)
    ]
    assert told("AMV-1", "2028-05-09", YOUNG, placements=CENTRE)[0][1:3] == (
        "warning",
        "2026-05-15",
    )


def test_amv_1_is_silent_from_15_on():
    assert told("AMV-1", "2028-05-10", YOUNG, placements=CENTRE) == []


def test_amv_1_fires_until_the_last_day_on_which_13_and_15_can_be():
    month = alone("2013-05-10", "month")
    year = alone("2013-05-10", "year")
    days = ("2026-05-30", "2026-05-31", "2028-05-30", "2028-05-31")
    assert severities(days, month, CENTRE) == ["critical", "warning", "warning", "-"]
    days = ("2026-12-30", "2026-12-31", "2028-12-30", "2028-12-31")
    assert severities(days, year, CENTRE) == ["critical", "warning", "warning", "-"]


def test_amv_1_fires_counting_from_the_start_of_the_run_of_coa_places():
    stays = [
        place("p1", "2026-01-01", "2026-02-01", kind="COL_AMV"),
        place("p2", "2026-02-01", "2026-06-01", kind="NIDOS_FAM"),
        place("p3", "2026-06-01", "2026-06-05", kind="POA"),
        place("p4", "2026-06-08", "2026-06-10", kind="NO"),
        place("p5", "2026-06-10", kind="KWV_AZC"),
    ]
    assert told("AMV-1", "2026-06-14", YOUNG, placements=stays) == []
    assert told("AMV-1", "2026-06-15", YOUNG, placements=stays) == [
        ("p5", "warning", "2026-06-15", None)
    ]


def test_amv_1_is_silent_where_another_than_coa_looks_after_the_child():
    for kind, silent in (
        ("NIDOS_FAM", True),
        ("NIDOS_KWG", True),
        ("GEM", True),
        ("DSL", True),
        ("HAR", True),
        ("LOGEER", True),
        ("EXT", True),
        ("BO", False),
        ("TGO", False),
        ("GLO", False),
    ):
        stays = [place("p1", "2026-05-01", kind=kind)]
        assert (told("AMV-1", "2026-05-09", YOUNG, placements=stays) == []) is silent, kind


def test_amv_1_is_silent_for_a_child_family_one_with_parents_and_one_without_a_place():
    assert told("AMV-1", "2026-05-09", YOUNG | {"kindgezin": True}, placements=CENTRE) == []
    assert told("AMV-1", "2026-05-09", YOUNG | {"kindgezin": False}, placements=CENTRE)
    family = YOUNG | {"unaccompanied": False}
    assert told("AMV-1", "2026-05-09", family, placements=CENTRE) == []
    gone = [place("p1", "2026-05-01", "2026-05-09")]
    assert told("AMV-1", "2026-05-08", YOUNG, placements=gone)
    assert told("AMV-1", "2026-05-09", YOUNG, placements=gone) == []


PROCESS = [
    place("p0", "2025-12-20", "2026-01-01", kind="COL_AMV"),
    place("p1", "2026-01-01", "2026-02-01", kind="POA"),
    place("p2", "2026-02-05", kind="POA"),
]


def test_amv_2_fires_49_days_after_the_run_of_process_reception_began():
    assert told("AMV-2", "2026-02-19", alone(), placements=PROCESS) == [
        ("p2", "warning", "2026-02-19", "2026-04-02")
    ]


def test_amv_2_is_silent_on_day_48():
    assert told("AMV-2", "2026-02-18", alone(), placements=PROCESS) == []


def test_amv_2_fires_critical_from_day_91():
    days = ("2026-04-01", "2026-04-02")
    found = [findings("AMV-2", on, alone(), placements=PROCESS)[0] for on in days]
    assert [one.severity.value for one in found] == ["warning", "critical"]


def test_amv_2_is_silent_when_another_place_came_in_between():
    stays = [*PROCESS[:2], place("px", "2026-02-01", "2026-02-05"), PROCESS[2]]
    assert told("AMV-2", "2026-03-25", alone(), placements=stays) == []
    assert told("AMV-2", "2026-03-26", alone(), placements=stays)[0][2] == "2026-03-26"


def test_amv_2_is_silent_from_18_on_with_parents_and_in_other_places():
    child = alone("2008-02-20")
    assert told("AMV-2", "2026-02-19", child, placements=PROCESS)
    assert told("AMV-2", "2026-02-20", child, placements=PROCESS) == []
    assert told("AMV-2", "2026-03-20", placements=PROCESS) == []
    onward = [*PROCESS[:1], place("p1", "2026-01-01", kind="POL")]
    assert told("AMV-2", "2026-06-20", alone(), placements=onward) == []


def test_amv_2_fires_until_the_last_day_on_which_18_can_be():
    # Born on 29 February 2008 at the latest: 18 on 1 March.
    child = alone("2008-02-03", "month")
    assert told("AMV-2", "2026-02-28", child, placements=PROCESS)
    assert told("AMV-2", "2026-03-01", child, placements=PROCESS) == []


def group(kind, size):
    """Return one stay in a group of a size."""
    return [place("p1", "2026-03-02", kind=kind) | ({"group_size": size} if size else {})]


def test_amv_3_fires_on_a_group_larger_than_the_kind_of_place_may_hold():
    for kind, most in (
        ("POA", 80),
        ("NO", 80),
        ("TGO", 80),
        ("KWV_AZC", 20),
        ("KWV_EXT", 20),
        ("NIDOS_KWG", 12),
    ):
        found = told("AMV-3", "2026-03-02", alone(), placements=group(kind, most + 1))
        assert found == [("p1", "warning", "2026-03-02", None)], kind
        assert told("AMV-3", "2026-03-02", alone(), placements=group(kind, most)) == [], kind


def test_amv_3_is_silent_in_other_places_and_when_the_size_is_unknown():
    for kind in ("AZC", "POL", "COL_AMV", "NIDOS_KWE", "NIDOS_FAM", "BO"):
        assert told("AMV-3", "2026-03-02", alone(), placements=group(kind, 5000)) == [], kind
    assert told("AMV-3", "2026-03-02", alone(), placements=group("POA", None)) == []


def test_amv_3_is_silent_for_a_child_with_parents_and_from_18_on():
    assert told("AMV-3", "2026-03-02", placements=group("POA", 95)) == []
    adult = alone("2008-03-02")
    assert told("AMV-3", "2026-03-02", adult, placements=group("POA", 95)) == []


def test_amv_3_fires_since_the_first_day_of_this_stay_with_the_sizes_in_its_detail():
    stays = [
        place("p0", "2026-01-02", "2026-03-02", kind="POA", at="A") | {"group_size": 40},
        place("p1", "2026-03-02", kind="POA", at="A") | {"group_size": 95},
    ]
    (found,) = findings("AMV-3", "2026-06-01", alone(), placements=stays)
    assert (str(found.since), found.detail) == ("2026-03-02", {"group": 95, "most": 80})
