"""The number that the eye finds (ui.md 3 and 6)."""

from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Finding, Severity, Tile, TileKind
from tests.domain.made import alone, born, contact, d, during, findings, line, place, transfer


def tile(rule, on, child=None, later=None, **lists):
    """Return the tile of the one finding of a rule, as shown on that or on a later day."""
    (found,) = findings(rule, on, child, **lists)
    return RULES[rule].tile(found, d(later or on))


def since(days):
    return Tile(TileKind.SINCE, days)


MOVED = [place("p1", "2025-09-01", "2026-09-14"), place("p2", "2026-09-14")]


def test_mostly_a_tile_counts_the_days_since_it_began():
    therapy = line("c1", "2025-11-03", started_on="2026-03-02")
    assert tile("CAR-1", "2026-09-29", placements=MOVED, care=[therapy]) == since(15)
    assert tile(
        "CAR-1", "2026-09-29", later="2026-09-30", placements=MOVED, care=[therapy]
    ) == since(16)


def test_an_emergency_tile_counts_the_days_in_emergency_places():
    stays = [
        place("p1", "2026-01-01", "2026-01-31", kind="NO"),
        place("p2", "2026-01-31", "2026-03-01"),
        place("p3", "2026-03-01", kind="NO"),
    ]
    assert tile("PLA-1", "2026-03-20", placements=stays) == since(30 + 19)
    assert tile("PLA-1", "2026-03-20", later="2026-03-21", placements=stays) == since(50)


def test_a_tile_of_moves_counts_them_with_those_planned():
    stays = [*MOVED, place("p3", "2026-10-01")]
    planned = [transfer("t1", "D", "2026-10-02", "2026-11-01")]
    assert tile("PLA-2", "2026-10-10", placements=stays, transfers=planned) == Tile(
        TileKind.COUNT, 3
    )


def test_a_waiting_tile_counts_the_days_since_the_first_referral():
    assert tile("CAR-2", "2026-06-09", care=[line("c1", "2026-03-02")]) == since(99)


def test_a_guardian_tile_counts_the_days_since_the_last_meeting():
    guard = [during("g1", "2026-01-01")]
    seen = [contact("k1", "2026-06-10", by="guardian")]
    assert tile("GUA-2", "2026-07-23", alone(), guardianship=guard, contacts=seen) == since(43)


def test_an_aftercare_tile_counts_the_days_since_the_last_contact():
    seen = [contact("k1", "2026-08-05", by="mentor")]
    assert tile("AFT-1", "2026-11-07", alone("2005-11-05"), contacts=seen) == since(94)


def test_a_contact_tile_counts_the_days_that_nobody_saw_the_child():
    assert tile("OBS-1", "2026-09-26", placements=MOVED) == since(12)


def test_what_is_still_to_come_shows_its_day_and_then_the_days_since():
    lodged = {"application_lodged_on": "2026-06-12"}
    assert tile("SCH-1", "2026-08-11", lodged) == Tile(TileKind.TO_COME, day=d("2026-08-12"))
    assert tile("SCH-1", "2026-08-12", lodged) == since(30)
    plan = [transfer("t1", "B", "2026-10-15", "2026-11-09")]
    assert tile("TRF-1", "2026-11-08", transfers=plan) == Tile(
        TileKind.TO_COME, day=d("2026-11-09")
    )
    assert tile("TRF-1", "2026-11-09", transfers=plan) == since(4)
    assert tile("AGE-2", "2026-12-01", alone("2009-05-05")).day == d("2027-05-05")
    support = [during("u1", "2023-11-05", regime="verlengde_opvang")]
    assert tile("AGE-4", "2026-11-04", alone("2005-11-05"), support=support).day == d("2026-11-05")


def test_medicine_and_birthdays_show_their_day_until_it_is_there():
    moving = [transfer("t1", "B", "2026-11-09", "2026-12-15")]
    therapy = [line("c1", "2025-11-03", started_on="2026-03-02", medication_until="2026-12-20")]
    shown = tile("CAR-4", "2026-11-24", transfers=moving, care=therapy)
    assert shown == Tile(TileKind.TO_COME, day=d("2026-12-20"))
    sixteen = {"birth": born("2010-12-20")}
    assert tile("AGE-5", "2026-11-24", sixteen).day == d("2026-12-20")
    assert tile("AGE-5", "2026-12-20", sixteen) == since(30)
    month = {"birth": born("2010-12-20", "month")}
    assert tile("AGE-6", "2026-11-24", month).day == d("2026-12-01")


def test_a_plan_for_18_counts_the_days_since_it_should_be_there():
    assert tile("AGE-1", "2026-11-24", alone("2010-03-14")) == since(71)


def test_a_move_and_a_first_school_day_show_their_day_until_it_is_there():
    plan = [transfer("t1", "B", "2026-11-23", "2026-12-01")]
    for rule in ("PLA-3", "PLA-4"):
        assert tile(rule, "2026-11-24", transfers=plan).day == d("2026-12-01")
        assert tile(rule, "2026-11-24", later="2026-12-01", transfers=plan) == since(8)
    nearly_5 = {"birth": born("2021-12-20")}
    assert tile("SCH-7", "2026-11-24", nearly_5).day == d("2027-01-01")


def test_an_absence_tile_counts_hours():
    absences = [
        {"id": name, "on": "2026-11-09", "hours": 8.75, "authorised": False} for name in "ab"
    ]
    assert tile("SCH-3", "2026-11-24", absences=absences) == Tile(TileKind.HOURS, 17)
    counted = RULES["SCH-3"].tile(
        Finding("SCH-3", "absence", Severity.WARNING, d("2026-11-09")), d("2026-11-24")
    )
    assert counted == Tile(TileKind.HOURS, 0)


def test_process_reception_counts_the_days_beyond_what_is_intended():
    stays = [place("p1", "2026-01-01", kind="POA")]
    assert tile("AMV-2", "2026-04-11", alone(), placements=stays) == since(51)
