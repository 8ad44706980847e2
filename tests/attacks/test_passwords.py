"""Passwords that are guessed, known, too long or strange (attacks 39 and 40)."""

import itertools
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

import pytest

from caseapp.accounts import actions, queries
from caseapp.accounts.actions import choosing
from caseapp.domain import passwords as rules
from caseapp.domain.passwords import LONGEST, OWN_NAMES, SHORTEST, Weakness, is_too_long, weakness
from caseapp.kernel import passwords as hashing
from caseapp.kernel.machine import Machine
from caseapp.kernel.passwords import Passwords, well_known
from caseapp.kernel.stolen import check_stolen, is_stolen
from caseapp.settings import ROOT, SettingsError
from tests.world import PASSWORD, World

SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
GOOD = "tuinslang paars 4 kiwi"
CHEAP = Passwords(memory_kib=64, rounds=1)
ENDS = (
    "",
    "1",
    "123",
    "12345",
    "2025",
    "2026",
    "!",
    "!!",
    "01!",
    "2026!",
    "123!!!",
    "_1990",
    "-2026-",
    "007",
)
FRONTS = ("", "1", "123", "!", "2026", "#1")


def leet(word: str) -> str:
    return word.replace("a", "@").replace("o", "0").replace("i", "1").replace("e", "3")


def what_attackers_try():
    """Yield what a cracking tool makes of a list of words, not with our code: ends, capitals, leet, pairs."""
    words = sorted(word for word in well_known() if word.isalpha() and len(word) > 2)
    looks = (str, str.capitalize, str.upper, leet)
    for word, look, front, end in itertools.product(words, looks, FRONTS, ENDS):
        yield front + look(word) + end
    for one, other in itertools.pairwise(words + words[::-7] + words[::11]):
        for between, end in itertools.product(("", "-", " ", "_"), ("", "1", "2026", "!")):
            yield one.capitalize() + between + other + end
            yield leet(one) + between + leet(other) + end


@pytest.mark.attack(39)
@pytest.mark.asvs("6.2.8", "6.2.9")
@pytest.mark.parametrize(
    "password",
    [
        "z" + "x" * (LONGEST - 1),
        "é" * LONGEST,
        "😀" * LONGEST,
        "  spaces before and after  ",
        "a\0b\0c\0d\0e\0f\0",
        "пароль из многих слов",
        "密码由许多词组成但只有我知道它",
    ],
)
def test_a_password_is_taken_as_it_is_and_every_sign_of_it_counts(password: str) -> None:
    assert not is_too_long(password)
    kept = CHEAP.hash(password)
    assert CHEAP.verify(kept, password)
    others = {
        password[:-1],
        password.strip(),
        password.split("\0", maxsplit=1)[0],
        password.upper(),
        password[:72],
    }
    for other in others - {password}:
        assert not CHEAP.verify(kept, other), other


def spread(alphabet: str, length: int) -> str:
    """Return a text of these signs in which nothing comes again and again."""
    return "".join(alphabet[(n * n + n // 3) % 8] for n in range(length))


@pytest.mark.attack(39)
@pytest.mark.asvs("6.2.9")
def test_sixty_four_signs_of_any_alphabet_are_allowed() -> None:
    for alphabet in ("zqkwmvpl", "éçñöâîůž", "ابتثجحخد", "😀😁😂🤣😃😄😅😆"):
        assert weakness(spread(alphabet, 64), frozenset(), ()) is None
        assert weakness(spread(alphabet, 128), frozenset(), ()) is None
        assert weakness(spread(alphabet, 129), frozenset(), ()) is Weakness.TOO_LONG


@SQLITE
@pytest.mark.attack(39)
def test_a_password_of_a_million_signs_never_reaches_the_hash(house, monkeypatch) -> None:
    looked = []
    monkeypatch.setattr(Passwords, "verify", lambda *given: looked.append(given))
    knock = actions.Knock("cpk@example.org", "x" * 1_000_000, "192.0.2.1")
    assert actions.enter(house, knock) == actions.Entry()
    assert looked == []


@SQLITE
@pytest.mark.attack(39, twin="the length is not looked at before the hash")
def test_without_a_limit_a_million_signs_are_hashed(house, monkeypatch) -> None:
    looked = []
    monkeypatch.setattr("caseapp.accounts.actions.entering.is_too_long", lambda _password: False)
    monkeypatch.setattr(Passwords, "verify", lambda *given: looked.append(len(given[-1])))
    knock = actions.Knock("cpk@example.org", "x" * 1_000_000, "192.0.2.1")
    actions.enter(house, knock)
    assert looked == [1_000_000]


@pytest.mark.attack(40)
@pytest.mark.asvs("6.2.4")
def test_what_attackers_try_first_is_refused_more_than_three_thousand_of_our_length() -> None:
    tried = sorted({guess for guess in what_attackers_try() if len(guess) >= SHORTEST})
    assert len(tried) > 100_000
    let_in = [guess for guess in tried[::61] if weakness(guess, well_known(), ()) is None]
    assert len(tried[::61]) > 3_000
    assert let_in == []


@pytest.mark.attack(40, twin="no list of well-known words")
def test_without_the_list_they_are_let_in() -> None:
    tried = [
        guess
        for guess in itertools.islice(what_attackers_try(), 0, 90_000, 97)
        if len(guess) >= SHORTEST
    ]
    let_in = [guess for guess in tried if weakness(guess, frozenset(), ()) is None]
    assert len(let_in) > len(tried) // 2


@pytest.mark.attack(40)
@pytest.mark.asvs("6.2.5")
@pytest.mark.parametrize(
    "password",
    [
        "drie paarse olifanten",
        "zqkwmvplrtba",
        "ZQKWMVPLRTBA",
        "837465920183",
        "#%^&*()_+{}:<>",
        "mijn zus leest graag strips in bed",
        "xK9#mQ2$vL7!pR",
        "пароль из многих слов",
    ],
)
def test_any_kind_of_signs_will_do_when_nobody_guesses_them(password: str) -> None:
    assert weakness(password, well_known(), ("Hanna Visser", "h.visser@nidos.example")) is None


@SQLITE
@pytest.mark.attack(40)
@pytest.mark.asvs("6.2.11", "6.1.2")
def test_words_of_the_owner_the_work_and_its_places_are_refused(
    house: Machine, world: World
) -> None:
    work = house.work(actions.entering.DOOR, writes=False)
    row = queries.account(work, world.accounts["cpk"])
    assert row is not None
    expected = {
        "staff and their tea": Weakness.ABOUT_OWNER,
        "naar example.org gaan": Weakness.ABOUT_OWNER,
        "mijn Nidos en ik samen": Weakness.ABOUT_OWNER,
        "de opvang van morgen": Weakness.ABOUT_OWNER,
        "COA-voogd-2026!": Weakness.WELL_KNOWN,
        "azcHier2026!!": Weakness.WELL_KNOWN,
        GOOD: None,
    }
    found = {
        password: actions.weakness_of(work, house.settings, row, password) for password in expected
    }
    work.session.close()
    assert found == expected


@SQLITE
@pytest.mark.attack(40, twin="names of locations are not looked at")
def test_without_the_names_of_places_one_is_let_in(house, world, monkeypatch) -> None:
    monkeypatch.setattr(choosing, "_words_of_places", lambda _work: frozenset())
    work = house.work(actions.entering.DOOR, writes=False)
    row = queries.account(work, world.accounts["cpk"])
    assert row is not None
    assert actions.weakness_of(work, house.settings, row, "azcHier2026!!") is None
    work.session.close()


@pytest.mark.asvs("6.1.2")
def test_the_page_about_signing_in_names_the_words_that_a_password_may_not_hold() -> None:
    page = (ROOT / "docs" / "signing-in.md").read_text("utf-8")
    told = page.split("Words that may stand nowhere in a password:")[1].split(".\n")[0]
    assert {word.strip().strip("`*") for word in told.split(",")} == set(OWN_NAMES)
    assert "config/common-passwords.txt" in page
    text = (ROOT / "config" / "common-passwords.txt").read_text("utf-8")
    for section in (line[2:] for line in text.splitlines()[4:] if line.startswith("# ")):
        assert section in page, section


@pytest.fixture
def stolen(tmp_path: Path) -> Path:
    """Write a file of stolen passwords as organisations hand it round: SHA-1 in capitals, count, sorted."""
    names = (f"stolen password {number}" for number in range(999))
    lines = sorted(sha1(name.encode(), usedforsecurity=False).hexdigest().upper() for name in names)
    file = tmp_path / "stolen.txt"
    file.write_bytes(
        b"".join(b"%s:%d\r\n" % (line.encode(), 7 ** (n % 5)) for n, line in enumerate(lines))
    )
    return file


@pytest.mark.attack(40)
@pytest.mark.asvs("6.2.12")
def test_every_line_of_the_file_of_stolen_passwords_is_found_and_nothing_else(stolen) -> None:
    check_stolen(str(stolen))
    for number in range(999):
        assert is_stolen(str(stolen), f"stolen password {number}")
        assert not is_stolen(str(stolen), f"other password {number}")
    assert not is_stolen("", "stolen password 1")


@SQLITE
@pytest.mark.attack(40)
@pytest.mark.asvs("6.2.12", "6.2.4")
def test_a_stolen_password_cannot_be_chosen(house: Machine, world: World, stolen: Path) -> None:
    settings = replace(house.settings, stolen_passwords=str(stolen))
    machine = replace(house, settings=settings)
    who = actions.entering.Actor(world.accounts["cpk"], "cpk")
    wish = actions.Change(who, world.accounts["cpk"], PASSWORD, "stolen password 42", "192.0.2.1")
    assert actions.change_password(machine, wish).weak is Weakness.STOLEN
    assert actions.change_password(house, wish).token is not None


def test_a_file_of_another_kind_stops_the_start(tmp_path: Path, stolen: Path) -> None:
    other = tmp_path / "other.txt"
    for content in (b"", b"password\n", b"\n".join(reversed(stolen.read_bytes().splitlines()))):
        other.write_bytes(content)
        with pytest.raises(SettingsError):
            check_stolen(str(other))
    with pytest.raises(SettingsError):
        check_stolen(str(tmp_path / "nowhere.txt"))


@pytest.mark.asvs("6.2.1")
def test_eleven_signs_are_too_short_and_twelve_are_not() -> None:
    assert weakness("zqkwmvplrtb", frozenset(), ()) is Weakness.TOO_SHORT
    assert weakness("zqkwmvplrtba", frozenset(), ()) is None
    assert rules.SHORTEST >= 8


def test_the_list_is_read_once_and_folded() -> None:
    assert hashing.well_known() is hashing.well_known()
    assert all(word == rules.fold(word) and " " not in word for word in well_known())
