"""What the pages about the door promise is what the code does."""

import re
from datetime import timedelta

import pytest

from caseapp.accounts.actions import linking
from caseapp.accounts.actions.first import KEY_LASTS
from caseapp.accounts.actions.throttling import (
    DAY,
    HOME_NETWORK,
    HOUR,
    KNOWN_FOR,
    LIMITS,
    QUARTER,
    Per,
    Trust,
)
from caseapp.cli.account import FIRST
from caseapp.domain.passwords import (
    LONGEST,
    MOST_DECORATION,
    MOST_WORDS,
    SHORTEST,
    SHORTEST_OWN_WORD,
)
from caseapp.kernel import oidc, passwords
from caseapp.settings import ROOT, load

TIMES = {"15 minutes": QUARTER, "1 hour": HOUR, "1 day": DAY}
COUNTED = {
    "browser": Per.BROWSER,
    "account from an address": Per.PAIR,
    "account": Per.ACCOUNT,
    "address": Per.ADDRESS,
    "house": Per.HOUSE,
}


@pytest.fixture(scope="module")
def told() -> str:
    """Read the page about signing in."""
    return (ROOT / "docs" / "signing-in.md").read_text("utf-8")


def section(told: str, name: str) -> str:
    return told.split(f"\n## {name}\n")[1].split("\n## ", maxsplit=1)[0]


@pytest.mark.asvs("6.1.1")
def test_the_page_tells_every_limit_as_it_is_in_the_code(told: str) -> None:
    rows = re.findall(
        r"^\| (\w+) \| ([a-z ]+) \| (\d+) \| ([\w ]+) \|$",
        section(told, "Slowing down guessers"),
        re.MULTILINE,
    )
    listed = [(Trust(who), COUNTED[per], int(tries), TIMES[time]) for who, per, tries, time in rows]
    assert listed == [
        (trust, one.per, one.tries, one.window)
        for trust, limits in LIMITS.items()
        for one in limits
    ]


@pytest.mark.asvs("6.1.1")
def test_the_page_tells_how_guessers_are_slowed_down_and_nobody_is_locked_out(told: str) -> None:
    text = section(told, "Slowing down guessers")
    for number in (
        f"{KNOWN_FOR.days} days", f"/{HOME_NETWORK} of IPv6", "`proxy_hops`",
        f"{passwords.AT_ONCE} at a time", f"{passwords.QUEUE} more wait at most",
        f"at most {passwords.PATIENCE_SECONDS:.0f} seconds",
        "nobody can lock somebody out from afar",
    ):  # fmt: skip
        assert number in text, number


@pytest.mark.asvs("6.1.2", "6.2.9")
def test_the_page_tells_what_a_password_may_be(told: str) -> None:
    text = section(told, "Passwords")
    assert f"At least {SHORTEST} characters, at most {LONGEST}" in text
    assert (SHORTEST_OWN_WORD, MOST_WORDS, MOST_DECORATION) == (4, 2, 10)
    for words in ("Words of four letters and more", "at most two words", "at most ten digits"):
        assert words in text or words.lower() in text.lower(), words


@pytest.mark.asvs("6.1.3", "7.1.3")
def test_the_page_tells_how_the_provider_is_believed(told: str) -> None:
    text = section(told, "Identity provider")
    assert ", ".join(oidc.ALGORITHMS[:2]) + f" or {oidc.ALGORITHMS[2]}" in text
    assert (
        timedelta(minutes=10),
        timedelta(hours=1),
    ) == (linking.TRIP_LASTS, oidc.LOGGED_IN_AT_MOST)
    assert f"{oidc.PATIENCE[0]:.0f} seconds to connect, {oidc.PATIENCE[1]:.0f} to answer" in text
    assert f"{oidc.AT_ONCE} calls at once" in text
    for setting in ("oidc_issuer", "oidc_client_id", "oidc_claims"):
        assert setting in text
        assert hasattr(load("test", {"CASEAPP_SECRET_KEY": "x" * 40}), setting)


@pytest.mark.asvs("6.1.3")
@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_every_way_in_that_is_told_of_has_a_page_and_the_other_way_round(told: str, app) -> None:
    ways = re.findall(r"^\| ([a-z ]+) \| ", section(told, "Ways in"), re.MULTILINE)
    assert {"first key", "first password", "identity provider"} <= set(ways)
    doors = {str(rule) for rule in app.url_map.iter_rules() if str(rule).startswith("/inloggen")}
    assert doors == {
        "/inloggen",
        "/inloggen/eerste-keer",
        "/inloggen/herstelcode",
        "/inloggen/passkey",
        "/inloggen/tweede-stap",
    }, "a new way in has to be told of in docs/signing-in.md"


def test_the_page_about_the_first_day_tells_the_commands_and_the_time() -> None:
    text = (ROOT / "docs" / "first-setup.md").read_text("utf-8")
    for name in FIRST:
        assert f"caseapp account {name} " in text
    assert f"within {KEY_LASTS.total_seconds() / 3600:.0f} hours" in text
