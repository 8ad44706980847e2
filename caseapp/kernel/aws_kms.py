"""The root key in AWS KMS: it never leaves there, and wraps our keys for us."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from caseapp.kernel.crypto import Secret, digest, length_prefixed, random_key
from caseapp.kernel.endpoints import Resolve, endpoint, resolved
from caseapp.kernel.providers import KeyRefusal, KeysAwayError, RootKey, Wrapped

DOES_NOT_OPEN: Final = frozenset({"InvalidCiphertextException", "IncorrectKeyException"})
LATER: Final = frozenset(
    {
        "ThrottlingException",
        "LimitExceededException",
        "KMSInternalException",
        "DependencyTimeoutException",
        "KeyUnavailableException",
        "InternalFailure",
        "ServiceUnavailable",
    }
)
"""Answers after which the same question can have another one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which key, in which region; an endpoint of one's own has to be among the hosts."""

    key: str
    region: str
    endpoint: str = ""
    hosts: tuple[str, ...] = ()


class KmsRoot(Secret):
    """A root key that AWS keeps; the encryption context binds what it wrapped."""

    __slots__ = ("_client", "_place", "key_id", "name")

    def __init__(self, place: Place, resolve: Resolve = resolved) -> None:
        self._place = place
        self.key_id = digest(length_prefixed("aws-kms", place.region, place.key))[:4].hex()
        self.name = f"aws-kms {place.region} {place.key}"
        if place.endpoint:
            endpoint(place.endpoint, place.hosts, resolve)
        self._client: Any = boto3.client(
            "kms",
            region_name=place.region,
            endpoint_url=place.endpoint or None,
            config=Config(
                connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 2}, proxies={}
            ),
        )

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Let KMS wrap a key."""
        done = self._call(
            "encrypt", KeyId=self._place.key, Plaintext=key, EncryptionContext=_bound(context)
        )
        return bytes(done["CiphertextBlob"])

    def unwrap(self, blob: bytes, context: bytes) -> bytes:
        """Return the key; raises KeyRefusal when key or context differ."""
        refusal = f"root key {self.key_id} ({self.name}) does not open it"
        if not blob:
            raise KeyRefusal(refusal)
        done = self._call(
            "decrypt",
            refusal,
            KeyId=self._place.key,
            CiphertextBlob=blob,
            EncryptionContext=_bound(context),
        )
        return bytes(done["Plaintext"])

    def unwrap_all(self, wrapped: Sequence[Wrapped]) -> list[bytes | None]:
        """Return each key, by one call each: KMS has none for many; None for one that does not open."""
        return [self._opened(one) for one in wrapped]

    def versions(self) -> tuple[str, ...]:
        """Return the one name that there is: KMS turns its own material over, and opens all of it."""
        return (str(self._call("describe_key", KeyId=self._place.key)["KeyMetadata"]["Arn"]),)

    def renewed(self) -> RootKey:
        """Return this root key: its client renews its own credentials."""
        return self

    def health(self) -> None:
        """Raise KeyRefusal when the key is disabled, of another kind, or does not work."""
        about = self._call("describe_key", KeyId=self._place.key)["KeyMetadata"]
        if not about["Enabled"] or about["KeySpec"] != "SYMMETRIC_DEFAULT":
            raise KeyRefusal(
                f"{self.name} is {about['KeyState']} and {about['KeySpec']}: it cannot be used"
            )
        probe = random_key()
        if self.unwrap(self.wrap(probe, b"health"), b"health") != probe:
            raise KeyRefusal(f"{self.name} does not work")

    def _opened(self, wrapped: Wrapped) -> bytes | None:
        try:
            return self.unwrap(wrapped.blob, wrapped.context)
        except DoesNotOpenError:
            return None

    def _call(self, act: str, refusal: str = "", **asked: Any) -> Any:
        try:
            return getattr(self._client, act)(**asked)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            raise self._refusal(code, refusal) from None
        except NoCredentialsError:
            raise KeyRefusal(f"{self.name}: there are no credentials to ask with") from None
        except BotoCoreError as error:
            raise KeysAwayError(f"{self.name} does not answer ({type(error).__name__})") from None

    def _refusal(self, code: str, refusal: str) -> KeyRefusal:
        if code in DOES_NOT_OPEN:
            return DoesNotOpenError(
                refusal or f"root key {self.key_id} ({self.name}) refuses ({code})"
            )
        if code in LATER:
            return KeysAwayError(f"{self.name} answers {code}")
        return KeyRefusal(f"root key {self.key_id} ({self.name}) refuses ({code})")


class DoesNotOpenError(KeyRefusal):
    """KMS answered, and what was asked does not open with this key and context."""


def _bound(context: bytes) -> dict[str, str]:
    return {"caseapp": context.hex()}
