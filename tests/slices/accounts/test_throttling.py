"""Whoever guesses is slowed down, and nobody else: what is counted, for whom, and for how long."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import proving, throttling
from caseapp.accounts.actions.throttling import LIMITS, QUARTER, Per, Trust
from caseapp.accounts.models import KnownOrigin, Throttle
from caseapp.audit.models import AuditEvent
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from tests.world import NOW, PASSWORD, World

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

HERE, CPK = "192.0.2.10", "cpk@example.org"
WHERE = {
    Trust.STRANGER: "198.51.100.7",
    Trust.PLACE: "192.0.2.20",
    Trust.ADDRESS: HERE,
    Trust.BROWSER: "203.0.113.1",
}


def keys(work: Work, address: str = HERE, email: str = CPK, mark: str = "") -> throttling.Keys:
    return throttling.keys_of(work, email, address, mark)


def tries(work: Work, number: int, key: throttling.Keys) -> int:
    """Return how many of so many tries go on."""
    return sum(throttling.count_try(work, key).goes_on for _ in range(number))


@pytest.fixture
def mark(work: Work) -> str:
    """Let a contact person and a colleague come in, and give the mark of the first's browser."""
    made = actions.new_mark(work)
    throttling.welcome(work, keys(work, HERE, mark=made))
    throttling.welcome(work, keys(work, WHERE[Trust.PLACE], "colleague@example.org"))
    return made


def test_a_try_is_known_by_the_browser_then_the_address_then_the_place(work, mark) -> None:
    for trust, address in WHERE.items():
        known = mark if trust is Trust.BROWSER else ""
        assert throttling.trust_of(work, keys(work, address, mark=known)) is trust
    stranger = keys(work, WHERE[Trust.STRANGER], "other@example.org", mark)
    assert throttling.trust_of(work, stranger) is Trust.STRANGER, "the mark is of one account"


@pytest.mark.parametrize("trust", Trust)
def test_the_narrowest_counter_stops_at_its_limit_and_not_before(work, mark, trust) -> None:
    known = mark if trust is Trust.BROWSER else ""
    key = keys(work, WHERE[trust], mark=known)
    narrow = LIMITS[trust][0]
    assert tries(work, narrow.tries + 3, key) == narrow.tries
    refused = throttling.count_try(work, key)
    assert (
        refused.wait
        == throttling.EPOCH
        + (((NOW - throttling.EPOCH) // narrow.window + 1) * narrow.window)
        - NOW
    )


def test_a_window_ends_by_itself(work, mark) -> None:
    key = keys(work)
    assert tries(work, 6, key) == 5
    work.now += QUARTER - timedelta(seconds=1) - (NOW - throttling.EPOCH) % QUARTER
    assert tries(work, 1, key) == 0
    work.now += timedelta(seconds=1)
    assert tries(work, 1, key) == 1


def test_only_the_first_try_that_has_to_wait_is_told(work) -> None:
    told = [throttling.count_try(work, keys(work)).first for _ in range(8)]
    assert told == [False] * 5 + [True, False, False]


def test_tries_that_have_to_wait_are_written_down_no_more(work) -> None:
    tries(work, 6, keys(work))
    before = work.session.scalar(select(func.sum(Throttle.count)))
    assert tries(work, 50, keys(work)) == 0
    assert work.session.scalar(select(func.sum(Throttle.count))) == before


def test_an_account_is_tried_twenty_times_an_hour_and_sixty_a_day_by_strangers(work) -> None:
    by_hour = []
    for hour in range(5):
        work.now = NOW.replace(hour=10 + hour, minute=0)
        by_hour.append(
            sum(tries(work, 1, keys(work, f"198.51.100.{number}")) for number in range(30))
        )
    assert by_hour == [20, 20, 20, 0, 0]


def test_who_comes_in_takes_the_mistakes_before_out_of_the_shared_windows_too(work) -> None:
    for number in range(3):
        tries(work, 1, keys(work, email=f"one{number}@example.org"))
    assert tries(work, 4, keys(work)) == 4
    throttling.forgive(work, keys(work))
    counts = work.session.scalars(select(Throttle.count)).all()
    assert sorted(counts) == [0, 0, 0] + [1] * 9 + [3] * 3
    assert tries(work, 6, keys(work)) == 5


def test_a_new_password_from_a_colleague_empties_the_windows_of_the_account(work) -> None:
    for number in range(21):
        tries(work, 1, keys(work, f"198.51.100.{number}"))
    assert tries(work, 1, keys(work, "203.0.113.9")) == 0
    throttling.relieve(work, " CPK@example.org")
    assert tries(work, 1, keys(work, "203.0.113.9")) == 1


def test_an_origin_is_known_for_ninety_days_after_the_last_sign_in_from_there(work, mark) -> None:
    for days, trust in ((89, Trust.BROWSER), (90, Trust.STRANGER)):
        work.now = NOW + timedelta(days=days)
        assert throttling.trust_of(work, keys(work, mark=mark)) is trust
    work.now = NOW + timedelta(days=89)
    throttling.welcome(work, keys(work, mark=mark))
    work.now = NOW + timedelta(days=178)
    assert throttling.trust_of(work, keys(work, mark=mark)) is Trust.BROWSER


def test_a_mark_that_this_house_did_not_make_is_no_mark(work) -> None:
    planted = "0" * 96
    throttling.welcome(work, keys(work, mark=planted))
    assert throttling.trust_of(work, keys(work, "203.0.113.1", mark=planted)) is Trust.STRANGER
    own = actions.new_mark(work)
    assert actions.is_our_mark(work, own)
    for other in ("", own[:-1], own + "0", "f" + own[1:], own[:32], "é" * 96, "x" * 5000):
        assert not actions.is_our_mark(work, other) or other == own


def test_ended_windows_and_forgotten_origins_are_swept(work, mark) -> None:
    tries(work, 1, keys(work))
    for days, windows, origins in ((1, 5, 5), (3, 0, 5), (91, 0, 0)):
        work.now = NOW + timedelta(days=days)
        throttling.sweep(work)
        assert work.session.scalar(select(func.count()).select_from(Throttle)) == windows
        assert work.session.scalar(select(func.count()).select_from(KnownOrigin)) == origins


def test_an_ipv6_subscriber_is_one_address_and_a_mapped_one_is_ipv4(template) -> None:
    one = throttling.bucket("2001:db8:1:2::1")
    assert one == throttling.bucket("2001:db8:1:2:ffff::9")
    assert one != throttling.bucket("2001:db8:1:3::1")
    assert throttling.bucket("::ffff:192.0.2.10") == throttling.bucket("192.0.2.10")
    assert throttling.bucket("not an address") == "unknown"


def test_a_try_that_has_to_wait_is_on_the_trail_once_a_window(house: Machine) -> None:
    for _ in range(9):
        actions.enter(house, actions.Knock(CPK, "wrong", HERE))
    work = house.work(Actor(None, "test"), writes=False)
    refused = select(func.count()).where(AuditEvent.code == "sign-in-refused")
    assert work.session.scalar(refused) == 5 + 1
    work.session.close()


def test_the_password_alone_makes_no_browser_known_and_both_factors_do(
    house: Machine, world: World
) -> None:
    work = house.work(Actor(None, "test", everywhere=True))
    mark = actions.new_mark(work)
    work.session.rollback()
    actions.enter(house, actions.Knock(CPK, PASSWORD, HERE, mark=mark))
    elsewhere = keys(work, "203.0.113.1", mark=mark)
    assert throttling.trust_of(work, elsewhere) is Trust.STRANGER
    row = queries.account(work, world.accounts["cpk"])
    assert row is not None
    proving.welcome(work, row, HERE, mark)
    assert throttling.trust_of(work, elsewhere) is Trust.BROWSER
    work.session.close()


def test_every_limit_is_narrow_before_wide_and_none_is_shared_by_the_known(work) -> None:
    order = list(Per)
    for limits in LIMITS.values():
        assert [one.per for one in limits] == sorted((one.per for one in limits), key=order.index)
    assert {one.per for one in LIMITS[Trust.BROWSER]} == {Per.BROWSER}
    assert Per.HOUSE not in {one.per for one in LIMITS[Trust.ADDRESS] + LIMITS[Trust.PLACE]}
