"""Asking the identity provider of the organisation who somebody is (OpenID Connect, code with PKCE).

Nothing that comes from outside is believed before it is looked at: the provider's own page must carry the
issuer of the settings, its addresses must be on that host, no redirect is followed, and the ID token must be
signed with an allowed algorithm by a key of that provider, for this client, for this very trip, and now.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hmac import compare_digest
from http import HTTPStatus
from json import loads
from threading import BoundedSemaphore
from typing import Any, Final
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException
from urllib3.exceptions import HTTPError

from caseapp.settings import Settings, SettingsError

ALGORITHMS: Final = ("RS256", "PS256", "ES256")
"""Signatures with a key pair only: never none, and no secret that both sides share."""

KEYS_FROM_ELSEWHERE: Final = ("jku", "jwk", "x5u", "x5c", "crit")
"""Headers by which a token would name its own key, or ask for what we do not know."""

TYPES: Final = (None, "JWT")
LEEWAY: Final = timedelta(minutes=1)
LOGGED_IN_AT_MOST: Final = timedelta(hours=1)
"""How long ago the sign-in at the provider may be; longer, and it has to ask anew."""

PATIENCE: Final = (3.0, 7.0)
"""Seconds to connect, and to wait for an answer."""

BIGGEST: Final = 256 * 1024
"""Bytes of an answer of a provider."""

AT_ONCE: Final = 4
"""Calls to the provider of one process at the same time: a slow provider must not hold all threads."""

OWN_MACHINE: Final = frozenset({"localhost", "127.0.0.1"})
_gate: Final = BoundedSemaphore(AT_ONCE)


class Why(StrEnum):
    """Why an answer of the provider is not believed."""

    AWAY = "away"
    METADATA = "metadata"
    ANSWER = "answer"
    TOKEN = "token"  # noqa: S105 (a code, not a secret)
    TOO_LONG_AGO = "too_long_ago"


class ProviderError(RuntimeError):
    """The provider cannot be asked, or what it says is not believed; `why` says which, for the trail."""

    def __init__(self, why: Why) -> None:
        """Keep the code only: nothing that came from outside goes into a log."""
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider of the settings, and where it sends people back to."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    back_to: str
    strong: frozenset[tuple[str, str]]
    """Claims with their values that prove a second factor at the provider."""
    may_be_plain: bool = False
    """Whether http will do, on this machine: never in production."""


@dataclass(frozen=True, slots=True)
class Trip:
    """The secrets of one way to the provider and back; they are of one browser and of one time."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at the provider: by issuer and subject, never by mail address."""

    issuer: str
    subject: str
    proved_at: datetime | None
    """When a second factor was proved there; nothing: ours is asked."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the provider is asked what."""

    authorization: str
    token: str
    keys: str
    tells_issuer: bool


def provider_of(settings: Settings, back_to: str) -> Provider:
    """Return the provider of the settings."""
    claims = (claim.partition("=") for claim in settings.oidc_claims)
    return Provider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        back_to=back_to,
        strong=frozenset((name, value) for name, _is, value in claims),
        may_be_plain=settings.stage != "production",
    )


def check_provider(settings: Settings) -> None:
    """Raise SettingsError when the provider is set by half, or may be asked in the open."""
    if not settings.oidc_issuer:
        return
    provider = provider_of(settings, "")
    if not (provider.client_id and provider.client_secret):
        raise SettingsError(
            "CASEAPP_OIDC_ISSUER needs CASEAPP_OIDC_CLIENT_ID and a secret (oidc.key)."
        )
    if not _is_at_home(provider, provider.issuer):
        raise SettingsError("CASEAPP_OIDC_ISSUER must be an https address.")


def way_out(provider: Provider, trip: Trip) -> str:
    """Return the address at the provider where somebody signs in; raises ProviderError."""
    with _client(provider) as client:
        places = _places(provider, client)
        url, _state = client.create_authorization_url(
            places.authorization,
            state=trip.state,
            nonce=trip.nonce,
            code_verifier=trip.verifier,
            max_age=int(LOGGED_IN_AT_MOST.total_seconds()),
        )
        return str(url)


def way_back(provider: Provider, trip: Trip, answer: Mapping[str, str], now: datetime) -> Identity:
    """Return who came back with an answer of the provider; raises ProviderError."""
    if not compare_digest(answer.get("state", "").encode(), trip.state.encode()):
        raise ProviderError(Why.ANSWER)
    with _client(provider) as client:
        places = _places(provider, client)
        issuer = answer.get("iss", None if places.tells_issuer else provider.issuer)
        if issuer != provider.issuer or not answer.get("code"):
            raise ProviderError(Why.ANSWER)
        token = client.fetch_token(
            places.token,
            grant_type="authorization_code",
            code=answer["code"],
            code_verifier=trip.verifier,
            allow_redirects=False,
        )
        keys = _json(client, places.keys)
    return _believed(provider, trip, token, keys, now)


@contextmanager
def _client(provider: Provider) -> Iterator[OAuth2Session]:
    """Give a client that trusts nothing of its surroundings; raises ProviderError for whatever goes wrong."""
    if not _gate.acquire(timeout=PATIENCE[1]):
        raise ProviderError(Why.AWAY)
    client = OAuth2Session(
        provider.client_id,
        provider.client_secret,
        scope="openid",
        redirect_uri=provider.back_to,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )
    client.trust_env = False
    try:
        yield client
    except (RequestException, HTTPError):
        raise ProviderError(Why.AWAY) from None
    except (AuthlibBaseError, JoseError):
        raise ProviderError(Why.TOKEN) from None
    except (ValueError, TypeError, KeyError):
        raise ProviderError(Why.ANSWER) from None
    finally:
        client.close()
        _gate.release()


def _places(provider: Provider, client: OAuth2Session) -> Places:
    """Read the provider's own page; its issuer must be ours, and all its addresses on the same host."""
    page = _json(client, provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if page.get("issuer") != provider.issuer:
        raise ProviderError(Why.METADATA)
    places = Places(
        authorization=str(page.get("authorization_endpoint", "")),
        token=str(page.get("token_endpoint", "")),
        keys=str(page.get("jwks_uri", "")),
        tells_issuer=page.get("authorization_response_iss_parameter_supported") is True,
    )
    if not all(
        _is_at_home(provider, at) for at in (places.authorization, places.token, places.keys)
    ):
        raise ProviderError(Why.METADATA)
    return places


def _is_at_home(provider: Provider, place: str) -> bool:
    home, there = urlsplit(provider.issuer), urlsplit(place)
    is_safe = there.scheme == "https" or (
        provider.may_be_plain and there.scheme == "http" and there.hostname in OWN_MACHINE
    )
    return is_safe and there.netloc == home.netloc


def _json(client: OAuth2Session, place: str) -> dict[str, Any]:
    """Fetch a page of the provider, without following it elsewhere, and read no more than it can need."""
    answer = client.get(place, withhold_token=True, allow_redirects=False, stream=True)
    body = answer.raw.read(BIGGEST + 1, decode_content=True)
    if answer.status_code != HTTPStatus.OK or len(body) > BIGGEST:
        raise ProviderError(Why.METADATA)
    found = loads(body)
    if not isinstance(found, dict):
        raise ProviderError(Why.METADATA)
    return found


def _believed(
    provider: Provider, trip: Trip, token: Mapping[str, Any], keys: Any, now: datetime
) -> Identity:
    """Return who an ID token speaks of, when all of it is right; raises ProviderError."""
    try:
        read = jwt.decode(
            str(token.get("id_token", "")), KeySet.import_key_set(keys), list(ALGORITHMS)
        )
        foreign = any(name in read.header for name in KEYS_FROM_ELSEWHERE)
        if foreign or read.header.get("typ") not in TYPES:
            raise ProviderError(Why.TOKEN)
        claims = _claims(provider, trip, token, read)
        claims.validate(now=int(now.timestamp()), leeway=int(LEEWAY.total_seconds()))
    except (JoseError, AuthlibBaseError, ValueError, TypeError, KeyError):
        raise ProviderError(Why.TOKEN) from None
    if claims["aud"] not in (provider.client_id, [provider.client_id]):
        raise ProviderError(Why.TOKEN)
    return Identity(provider.issuer, str(claims["sub"]), _proved_at(provider, claims, now))


def _claims(provider: Provider, trip: Trip, token: Mapping[str, Any], read: Any) -> CodeIDToken:
    """Return what a token says, with what has to be in it."""
    return CodeIDToken(
        read.claims,
        read.header,
        options={
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
            "sub": {"essential": True},
        },
        params={
            "nonce": trip.nonce,
            "client_id": provider.client_id,
            "access_token": token.get("access_token"),
        },
    )


def _proved_at(provider: Provider, claims: Mapping[str, Any], now: datetime) -> datetime | None:
    """Return when a second factor was proved at the provider, if it says so.

    Without the moment of the sign-in nobody knows how old it is: then only the password counts as proved.
    """
    told = claims.get("auth_time")
    if told is None:
        return None
    at = datetime.fromtimestamp(int(told), UTC)
    if not -LEEWAY <= now - at <= LOGGED_IN_AT_MOST + LEEWAY:
        raise ProviderError(Why.TOO_LONG_AGO)
    said = {("acr", str(claims.get("acr")))} | {
        ("amr", str(one)) for one in claims.get("amr") or ()
    }
    return min(at, now) if said & provider.strong else None
