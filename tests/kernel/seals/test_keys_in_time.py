"""How long a process goes by keys that it opened: on both sides of each boundary, second by second."""

import pytest

from caseapp.kernel.crypto import Domain
from caseapp.kernel.key_register import Slot
from caseapp.kernel.keys import KeyRefusal, Keyring, Lasting, establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import FileRoot, KeysAwayError, RootKey
from tests.kernel.seals.sealed_rows import ANNA, BRAM


class Watched(FileRoot):
    """A root key that counts how often it is asked for anew, and answers or does not."""

    asked = 0
    is_away = False

    def renewed(self) -> RootKey:
        self.asked += 1
        if self.is_away:
            raise KeysAwayError("the provider does not answer")
        return self


class Ticks:
    """A clock that stands where a test puts it."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watched(root: FileRoot, keystore: Keystore) -> Watched:
    establish(root, keystore, sealed_rows=False)
    return Watched(root.path)


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def timed(watched: Watched, keystore: Keystore, ticks: Ticks) -> Keyring:
    return Keyring.open(watched, keystore, ticks=ticks)


def test_keys_last_five_minutes_are_asked_for_each_quarter_minute_and_go_after_a_quarter_hour() -> (
    None
):
    assert Lasting() == (300, 15, 900)


def test_a_key_that_is_held_asks_nobody_and_one_that_is_nowhere_asks_nobody_either(timed, watched):
    asked = watched.asked
    assert timed.kek(Domain.HEALTH, 1) is timed.primary(Domain.HEALTH)
    assert timed.kek(Domain.HEALTH, 2) is None
    assert watched.asked == asked
    timed.primary(Domain.HEALTH, anew=True)
    assert watched.asked == asked + 1


def test_keys_are_read_again_after_five_minutes_and_not_before(timed, watched, ticks):
    asked = watched.asked
    for at, more in ((299, 0), (300, 1), (599, 1), (600, 2)):
        ticks.at = at
        assert timed.primary(Domain.DOSSIER) is not None
        assert watched.asked == asked + more


def test_without_an_answer_it_is_tried_each_quarter_of_a_minute_until_the_keys_are_too_old(
    timed, watched, ticks
):
    watched.is_away = True
    asked = watched.asked
    for at, more in ((300, 1), (314, 1), (315, 2), (899, 3)):
        ticks.at = at
        assert timed.kek(Domain.DOSSIER, 1) is not None
        assert watched.asked == asked + more
    ticks.at = 900
    with pytest.raises(KeysAwayError, match="could not be renewed for too long"):
        timed.kek(Domain.DOSSIER, 1)
    watched.is_away, ticks.at = False, 915
    assert timed.kek(Domain.DOSSIER, 1) is not None


def test_the_key_of_an_index_is_worked_out_once_and_stays_the_same_after_a_reading(timed):
    first = timed.index_key("v_number")
    assert timed.index_key("v_number") is first
    timed.renew()
    assert timed.index_key("v_number") == first
    assert timed.index_key("name") != first


def test_seals_are_counted_for_each_domain_subject_and_generation(timed):
    counted = [timed.count_seal(*one) for one in (
        (Domain.DOSSIER, ANNA, 1), (Domain.DOSSIER, ANNA, 1), (Domain.DOSSIER, ANNA, 2),
        (Domain.DOSSIER, BRAM, 1), (Domain.HEALTH, ANNA, 1),
    )]  # fmt: skip
    assert counted == [1, 2, 1, 1, 1]


def test_a_version_of_a_slot_is_given_as_asked_and_one_that_is_not_there_is_looked_for_once(
    timed, watched
):
    asked = watched.asked
    assert timed.of_slot(Slot.INDEX) == timed.of_slot(Slot.INDEX, 1)
    assert timed.of_slot(Slot.INDEX)[0] == 1
    assert watched.asked == asked
    with pytest.raises(KeyRefusal, match="has no key index 2"):
        timed.of_slot(Slot.INDEX, 2)
    assert watched.asked == asked + 1


def test_a_process_says_which_domains_it_opens_and_opens_no_other(watched, keystore):
    few = Keyring.open(watched, keystore, domains=[Domain.DOSSIER])
    assert few.domains == {Domain.DOSSIER}
    asked = watched.asked
    assert few.kek(Domain.HEALTH, 1) is None
    assert few.primary(Domain.HEALTH) is None
    assert watched.asked == asked
