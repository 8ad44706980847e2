"""What an identity provider says is believed only when all of it is right."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey

from caseapp.kernel import oidc
from caseapp.kernel.oidc import Identity, Provider, ProviderError, Trip, Why, way_back, way_out
from tests.provider.lying import CLIENT, KEY, OTHER_KEY, SHARED, SUBJECT, Lying, provider
from tests.world import NOW

BACK = "http://localhost/inloggen/terug"
TRIP = Trip("state-of-this-trip", "nonce-of-this-trip", "verifier-" + "v" * 50)
HOUR = 3600
THEN = int(NOW.timestamp())


@pytest.fixture
def lying() -> Iterator[Lying]:
    """Run a provider of our own."""
    with provider() as running:
        yield running


@pytest.fixture
def ours(lying: Lying) -> Provider:
    """Give the settings for it; `amr=mfa` proves a second factor there."""
    strong = frozenset({("amr", "mfa"), ("acr", "two")})
    return Provider(lying.issuer, CLIENT, "secret", BACK, strong, may_be_plain=True)


def there_and_back(ours: Provider, lying: Lying, **answer: str) -> Identity:
    """Go to the provider, sign in there, and come back."""
    given = lying.sign_in(way_out(ours, TRIP)) | answer
    return way_back(ours, TRIP, given, NOW)


@pytest.mark.asvs("10.2.1", "10.1.2", "10.5.2", "10.1.1")
def test_the_way_out_carries_a_challenge_a_state_and_a_nonce_and_no_secret(ours, lying) -> None:
    asked = {
        name: values[0] for name, values in parse_qs(urlsplit(way_out(ours, TRIP)).query).items()
    }
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert (asked["state"], asked["nonce"]) == (TRIP.state, TRIP.nonce)
    assert asked["scope"] == "openid"
    assert asked["redirect_uri"] == BACK
    assert not {TRIP.verifier, "secret"} & set(asked.values())


@pytest.mark.asvs("6.8.1", "10.5.2")
def test_who_comes_back_is_known_by_issuer_and_subject_only(ours, lying) -> None:
    lying.claims = {"email": "cpk@example.org", "name": "Somebody else"}
    assert there_and_back(ours, lying) == Identity(lying.issuer, SUBJECT, None)


def test_the_code_is_shown_with_the_verifier_over_the_back_channel(ours, lying) -> None:
    there_and_back(ours, lying)
    path, sent = lying.asked[-2]
    assert path == "/token"
    assert sent["code_verifier"] == TRIP.verifier
    assert sent["Authorization"].startswith("Basic ")


LIES: dict[str, Callable[[Lying], object]] = {
    "no signature": lambda lying: setattr(lying, "unsigned", True),
    "a signature of something else": lambda lying: setattr(lying, "broken", True),
    "a signature with another key": lambda lying: setattr(lying, "key", OTHER_KEY),
    "a key pair used as a shared secret": lambda lying: (
        setattr(lying, "key", SHARED), lying.header.update(alg="HS256")),
    "a shared secret": lambda lying: (
        setattr(lying, "key", OctKey.import_key("s" * 32)), lying.header.update(alg="HS256")),
    "its own key in the header": lambda lying: lying.header.update(jwk=KEY.as_dict(private=False)),
    "the address of its key": lambda lying: lying.header.update(jku="http://127.0.0.1/keys"),
    "a logout token": lambda lying: lying.header.update(typ="logout+jwt"),
    "an access token": lambda lying: lying.header.update(typ="at+jwt"),
    "another issuer": lambda lying: lying.claims.update(iss="https://other.example"),
    "another client": lambda lying: lying.claims.update(aud="another-client"),
    "another client too": lambda lying: lying.claims.update(aud=[CLIENT, "another"], azp=CLIENT),
    "another party": lambda lying: lying.claims.update(azp="another-client"),
    "another trip": lambda lying: lying.claims.update(nonce="nonce-of-another-trip"),
    "no nonce": lambda lying: lying.claims.update(nonce=None),
    "no subject": lambda lying: lying.claims.update(sub=None),
    "over": lambda lying: lying.claims.update(exp=THEN - 61),
    "no end": lambda lying: lying.claims.update(exp=None),
    "from tomorrow": lambda lying: lying.claims.update(iat=THEN + 24 * HOUR),
    "not yet": lambda lying: lying.claims.update(nbf=THEN + HOUR),
    "a word in place of a list": lambda lying: lying.claims.update(amr="mfa"),
    "of another access token": lambda lying: lying.claims.update(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
}  # fmt: skip


@pytest.mark.asvs(
    "6.8.2", "9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.2", "9.2.3", "10.5.1", "10.5.4", "10.5.5"
)
def test_no_lie_about_a_token_is_believed(ours, lying) -> None:
    told = {}
    for name, lie in LIES.items():
        lying.claims, lying.header, lying.key = {}, {}, KEY
        lying.unsigned = lying.broken = False
        lie(lying)
        try:
            told[name] = there_and_back(ours, lying)
        except ProviderError as error:
            if error.why is not Why.TOKEN:
                told[name] = error.why
    assert told == {}


def test_a_little_difference_between_clocks_is_no_lie(ours, lying) -> None:
    lying.claims = {"exp": THEN - 59, "iat": THEN + 59}
    assert there_and_back(ours, lying).subject == SUBJECT


@pytest.mark.filterwarnings("ignore:JWS algorithm")
def test_with_none_allowed_a_token_without_signature_would_be_believed(ours, lying, monkeypatch):
    """See the test above red: the list of algorithms is what refuses it."""
    monkeypatch.setattr(oidc, "ALGORITHMS", ("none",))
    lying.unsigned = True
    assert there_and_back(ours, lying).subject == SUBJECT


@pytest.mark.asvs("10.5.3")
@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://other.example"},
        {"issuer": None},
        {"token_endpoint": "http://localhost:1/token"},
        {"token_endpoint": "https://127.0.0.1.evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://169.254.169.254/latest/"},
    ],
)
def test_a_provider_that_names_another_or_leads_elsewhere_is_not_asked(ours, lying, told) -> None:
    lying.metadata = told
    with pytest.raises(ProviderError, match=Why.METADATA):
        way_out(ours, TRIP)
    assert {path for path, _ in lying.asked} == {"/.well-known/openid-configuration"}


@pytest.mark.asvs("10.2.2")
def test_an_answer_of_another_provider_is_not_taken_to_this_one(ours, lying) -> None:
    lying.metadata = {"authorization_response_iss_parameter_supported": True}
    for answer in ({}, {"iss": "https://other.example"}, {"iss": ""}):
        with pytest.raises(ProviderError, match=Why.ANSWER):
            there_and_back(ours, lying, **answer)
    assert "/token" not in {path for path, _ in lying.asked}
    assert there_and_back(ours, lying, iss=lying.issuer).subject == SUBJECT


@pytest.mark.asvs("10.1.2", "10.2.1")
def test_an_answer_to_another_trip_reaches_nobody(ours, lying) -> None:
    for answer in ({"state": "of another"}, {"state": ""}, {"state": "é"}, {"code": ""}):
        with pytest.raises(ProviderError, match=Why.ANSWER):
            there_and_back(ours, lying, **answer)
    with pytest.raises(ProviderError):
        way_back(ours, replace(TRIP, verifier="w" * 60), lying.sign_in(way_out(ours, TRIP)), NOW)
    assert "/keys" not in {path for path, _ in lying.asked}


def test_a_code_works_once(ours, lying) -> None:
    answer = lying.sign_in(way_out(ours, TRIP))
    way_back(ours, TRIP, answer, NOW)
    with pytest.raises(ProviderError):
        way_back(ours, TRIP, answer, NOW)


def test_no_redirect_is_followed(ours, lying) -> None:
    for path in ("/.well-known/openid-configuration", "/keys"):
        lying.redirects = path
        with pytest.raises(ProviderError):
            there_and_back(ours, lying)
    assert "/elsewhere" not in {path for path, _ in lying.asked}


def test_a_provider_that_is_away_or_talks_without_end_is_no_error_of_ours(ours, lying, monkeypatch):
    with pytest.raises(ProviderError, match=Why.AWAY):
        way_out(replace(ours, issuer="http://127.0.0.1:1"), TRIP)
    monkeypatch.setattr(oidc, "BIGGEST", 100)
    with pytest.raises(ProviderError, match=Why.METADATA):
        way_out(ours, TRIP)


def test_plain_http_is_for_this_machine_only_and_never_in_production(ours, lying) -> None:
    with pytest.raises(ProviderError, match=Why.METADATA):
        way_out(replace(ours, may_be_plain=False), TRIP)


@pytest.mark.asvs("6.8.4")
def test_a_second_factor_there_counts_only_when_it_is_told_with_its_moment(ours, lying) -> None:
    proved = NOW - timedelta(minutes=1)
    for claims, expected in (
        ({"amr": ["pwd", "mfa"]}, proved),
        ({"acr": "two"}, proved),
        ({"amr": ["pwd"]}, None),
        ({"acr": "one", "amr": None}, None),
        ({"amr": ["mfa"], "auth_time": None}, None),
    ):
        lying.claims = claims
        assert there_and_back(ours, lying).proved_at == expected, claims


@pytest.mark.asvs("6.8.4", "7.6.1")
def test_a_sign_in_there_of_more_than_an_hour_ago_does_not_count(ours, lying) -> None:
    lying.claims = {"auth_time": THEN - HOUR - 60}
    assert there_and_back(ours, lying).subject == SUBJECT
    for ago in (HOUR + 61, -61):
        lying.claims = {"auth_time": THEN - ago}
        with pytest.raises(ProviderError, match=Why.TOO_LONG_AGO):
            there_and_back(ours, lying)
