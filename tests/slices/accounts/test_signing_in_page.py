"""The page about signing in says what the code does: ways in, factors, sessions and their limits."""

import re
from datetime import timedelta

import pytest

from caseapp.accounts.actions.proving import CHECKS, With
from caseapp.accounts.actions.sessions import TOKEN_BYTES
from caseapp.accounts.actions.staff import INITIAL_LASTS
from caseapp.accounts.queries.visits import CLOCK_STEP
from caseapp.domain import second_factor as rules
from caseapp.domain.two_people import SECOND, Together
from caseapp.settings import ROOT

PAGE = (ROOT / "docs" / "signing-in.md").read_text("utf-8")
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)


def of(head: str) -> str:
    """Return a section of the page."""
    return PAGE.split(f"\n## {head}\n")[1].split("\n## ")[0]


def rows(section: str) -> list[list[str]]:
    found = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return found[2:]


@pytest.mark.asvs("6.1.3", "6.3.4")
def test_each_way_in_stands_on_the_page_and_there_is_no_other() -> None:
    told = {
        "password and code app": With.CODE,
        "password and passkey": With.PASSKEY,
        "password and recovery code": With.RECOVERY,
    }
    named = [row[0] for row in rows(of("Ways in"))]
    assert named == [*told, "first password", "first key", "identity provider"]
    assert set(told.values()) == set(With) == set(CHECKS)


@pytest.mark.asvs("6.3.4")
def test_a_browser_gets_a_session_in_the_views_of_these_ways_and_nowhere_else() -> None:
    """Whoever gives a browser a token has to call `begin` or write the cookie: look for both."""
    gives = re.compile(r"\bbegin\((?!self)|session\[\"_user_id\"\] =")
    found = {
        file.relative_to(ROOT / "caseapp").as_posix()
        for file in (ROOT / "caseapp").rglob("*.py")
        if ("views" in file.parts or file.name == "app.py")
        and gives.search(file.read_text("utf-8"))
    }
    assert found == {
        "app.py",  # another token when a right began
        "accounts/views/door.py",
        "accounts/views/second_step.py",
        "accounts/views/factors.py",
        "accounts/views/own.py",  # another password
        "accounts/views/first.py",
        "accounts/views/provider.py",
    }


@pytest.mark.asvs("7.1.1")
def test_the_limits_of_sessions_are_those_of_the_code() -> None:
    told = {
        role: (int(idle.split()[0]) * MINUTE, int(whole.split()[0]) * HOUR)
        for role, idle, whole in rows(of("Sessions"))
    }
    assert told == {role.value: (one.idle, one.whole) for role, one in rules.LASTING.items()}
    assert all(one.idle <= 30 * MINUTE and one.whole <= 12 * HOUR for one in rules.LASTING.values())


def numbers(section: str, words: str) -> int:
    """Return the number in a sentence of which `N` stands for it."""
    found = re.search(re.escape(words).replace("N", r"(\d+)"), of(section))
    assert found is not None, words
    return int(found.group(1))


SAID = (
    ("Sessions", "password only lasts N minutes", rules.HALF_WAY_LASTS / MINUTE),
    ("Sessions", "random token of N bits", TOKEN_BYTES * 8),
    ("Sessions", "by more than N minutes", CLOCK_STEP / MINUTE),
    ("Sessions", "at most N sessions at once", rules.MOST_SESSIONS),
    ("Sessions", "from the database after N days", rules.FORGET_ENDED_AFTER / DAY),
    ("Sessions", "longer than N minutes ago", rules.FRESH_FOR / MINUTE),
    ("The second factor", "half minute of N seconds", rules.STEP.total_seconds()),
    ("The second factor", "for N minutes, and a counter", rules.CHALLENGE_LASTS / MINUTE),
    ("The second factor", "takes N proofs", rules.TRIES),
    ("The second factor", "**: N, each", rules.RECOVERY_CODES),
    ("The second factor", "each of N letters", rules.RECOVERY_GROUP * rules.RECOVERY_GROUPS),
    ("Lost", "within N days", SECOND[Together.RESET].lasts / DAY),
    ("Lost", "works for N days", INITIAL_LASTS / DAY),
)


@pytest.mark.asvs("7.1.1", "7.1.2", "6.1.3")
@pytest.mark.parametrize(("section", "words", "number"), SAID)
def test_a_number_on_the_page_is_that_of_the_code(section: str, words: str, number: float) -> None:
    assert numbers(section, words) == number
