"""Examples of the rules about being seen."""

from tests.domain.made import born, contact, d, findings, place, told

# The stay began on Monday 31 August 2026: five working days later is Monday 7 September.
HERE = [place("p1", "2026-08-24", "2026-08-31", kind="COL"), place("p2", "2026-08-31")]


def seen(name, on, source="own"):
    return {"id": name, "on": on, "source": source, "level": "none"}


def test_obs_1_fires_the_day_after_five_working_days():
    assert told("OBS-1", "2026-09-08", placements=HERE) == [
        ("cpk-contact", "warning", "2026-09-08", "2026-09-07")
    ]


def test_obs_1_is_silent_on_the_fifth_working_day():
    assert told("OBS-1", "2026-09-07", placements=HERE) == []


def test_obs_1_fires_critical_when_as_much_time_again_has_gone():
    # 7 days from 31 August to 7 September: critical from 14 September.
    for on, severity in (("2026-09-13", "warning"), ("2026-09-14", "critical")):
        (found,) = findings("OBS-1", on, placements=HERE)
        assert found.severity.value == severity


def test_obs_1_fires_56_days_after_the_child_was_seen():
    spoken = [contact("k1", "2026-09-02")]
    assert told("OBS-1", "2026-10-28", placements=HERE, contacts=spoken) == []
    assert told("OBS-1", "2026-10-29", placements=HERE, contacts=spoken) == [
        ("cpk-contact", "warning", "2026-10-29", "2026-10-28")
    ]
    for on, severity in (("2026-12-22", "warning"), ("2026-12-23", "critical")):
        (found,) = findings("OBS-1", on, placements=HERE, contacts=spoken)
        assert found.severity.value == severity


def test_obs_1_fires_28_days_after_the_child_was_seen_in_places_of_short_stay():
    for kind in ("NO", "TGO", "COL", "COL_AMV", "POA"):
        here = [place("p2", "2026-08-31", kind=kind)]
        told_own = [seen("o1", "2026-09-02")]
        assert told("OBS-1", "2026-09-30", placements=here, observations=told_own) == []
        assert told("OBS-1", "2026-10-01", placements=here, observations=told_own)


def test_obs_1_is_silent_after_what_the_contact_person_saw_or_the_child_said():
    for source, silent in (("own", True), ("child", True), ("school", False), ("other", False)):
        known = [seen("o1", "2026-09-01", source)]
        found = told("OBS-1", "2026-09-10", placements=HERE, observations=known)
        assert (found == []) is silent
    for by, mode, silent in (
        ("cpk", "face_to_face", True),
        ("cpk", "phone", False),
        ("guardian", "face_to_face", False),
    ):
        known = [contact("k1", "2026-09-01", by, mode)]
        assert (told("OBS-1", "2026-09-10", placements=HERE, contacts=known) == []) is silent


def test_obs_1_fires_on_contacts_of_an_earlier_stay_only():
    before, on_it = [contact("k1", "2026-08-30")], [contact("k1", "2026-08-31")]
    assert told("OBS-1", "2026-09-08", placements=HERE, contacts=before)
    assert told("OBS-1", "2026-09-08", placements=HERE, contacts=on_it) == []


def test_obs_1_fires_counting_from_the_stay_and_not_from_the_latest_record_of_it():
    longer = [
        *HERE[:1],
        place("p2", "2026-08-31", "2026-09-07", at="B"),
        place("p3", "2026-09-07", at="B"),
    ]
    assert told("OBS-1", "2026-09-08", placements=longer)[0][2] == "2026-09-08"


def test_obs_1_carries_the_day_the_child_was_last_seen_when_it_was():
    began = d("2026-08-31")
    (never,) = findings("OBS-1", "2026-12-01", placements=HERE)
    (once,) = findings(
        "OBS-1", "2026-12-01", placements=HERE, contacts=[contact("k1", "2026-09-02")]
    )
    assert never.detail == {"stay_since": began, "counted_from": began}
    seen_on = d("2026-09-02")
    assert once.detail == {"stay_since": began, "counted_from": seen_on, "last_seen": seen_on}


def test_obs_1_is_silent_outside_coa_without_a_place_and_from_18_on():
    for kind in ("GEM", "DSL", "HAR", "LOGEER", "EXT", "NIDOS_FAM", "NIDOS_KWE"):
        elsewhere = [place("p2", "2026-08-31", kind=kind)]
        assert told("OBS-1", "2026-10-01", placements=elsewhere) == []
    assert told("OBS-1", "2026-10-01") == []
    for birth, silent in (("2008-10-02", False), ("2008-10-01", True)):
        found = told("OBS-1", "2026-10-01", {"birth": born(birth)}, placements=HERE)
        assert (found == []) is silent


def test_obs_1_fires_in_emergency_places_and_small_coa_units():
    for kind in ("NO", "TGO", "KWV_EXT", "BO", "VBL"):
        assert told("OBS-1", "2026-10-01", placements=[place("p2", "2026-08-31", kind=kind)])
