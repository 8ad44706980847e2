"""The root key in the transit engine of Vault or OpenBao: it never leaves there, and wraps our keys for us."""

import base64
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from caseapp.kernel.crypto import Secret, digest, length_prefixed, random_key
from caseapp.kernel.endpoints import Endpoint, Resolve, endpoint, resolved
from caseapp.kernel.providers import KeyRefusal, KeysAwayError, RootKey, Wrapped, private_text

SECONDS: Final = (2.0, 5.0)
"""To be let in, and for the answer."""
LONGEST_ANSWER: Final = 1_000_000
KIND: Final = "aes256-gcm96"
OK: Final = 200
REDIRECTS: Final = range(300, 400)
BAD: Final = 400
BUSY: Final = 429
SERVER_FAULTS: Final = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where the root key is, and whom we may ask for it."""

    url: str
    hosts: tuple[str, ...]
    key: str
    token_file: Path
    mount: str = "transit"
    namespace: str = ""
    ca_file: str = ""


class Pinned(HTTPAdapter):
    """Calls one address, and asks for a certificate in the name of the host."""

    def __init__(self, host: str) -> None:
        self._host = host
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Let the connection be made in the name of the host."""
        names: dict[str, Any] = {"server_hostname": self._host, "assert_hostname": self._host}
        super().init_poolmanager(*args, **(options | names))


class TransitRoot(Secret):
    """A root key that Vault keeps: this process sends it our keys to wrap, with what they are bound to."""

    __slots__ = ("_derives", "_place", "_resolve", "key_id", "name")

    def __init__(self, place: Place, resolve: Resolve = resolved) -> None:
        self._place = place
        self._resolve = resolve
        self._derives: bool | None = None
        parts = (place.url, place.namespace, place.mount, place.key)
        self.key_id = digest(length_prefixed("vault-transit", *parts))[:4].hex()
        self.name = f"vault-transit {place.url} {place.mount}/{place.key}"

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Let Vault wrap a key with the newest version of the root key."""
        asked = {"plaintext": _text(key)} | _bound(context, derived=self._derived())
        return str(self._post("encrypt", asked)["ciphertext"]).encode("ascii")

    def unwrap(self, blob: bytes, context: bytes) -> bytes:
        """Return the key; raises KeyRefusal when key or context differ, or the version is too old."""
        [opened] = self.unwrap_all([Wrapped(blob, context)])
        if opened is None:
            raise KeyRefusal(f"root key {self.key_id} ({self.name}) does not open it")
        return opened

    def unwrap_all(self, wrapped: Sequence[Wrapped]) -> list[bytes | None]:
        """Return each key by one call for all; None for one that does not open."""
        if not wrapped:
            return []
        derived = self._derived()
        asked = [
            {"ciphertext": one.blob.decode("ascii", "replace")}
            | _bound(one.context, derived=derived)
            for one in wrapped
        ]
        results = self._post("decrypt", {"batch_input": asked}).get("batch_results", [])
        if len(results) != len(wrapped):
            raise KeyRefusal(f"{self.name} answered for {len(results)} of {len(wrapped)} keys")
        return [None if one.get("error") else base64.b64decode(one["plaintext"]) for one in results]

    def versions(self) -> tuple[str, ...]:
        """Name the versions that Vault still opens, newest last."""
        about = self._about()
        first = max(int(about["min_decryption_version"]), 1)
        return tuple(f"v{number}" for number in range(first, int(about["latest_version"]) + 1))

    def renewed(self) -> RootKey:
        """Return this root key: its token is read from its file at every call."""
        return self

    def health(self) -> None:
        """Raise KeyRefusal when the key is of another kind, could be taken out, or does not work."""
        about = self._about()
        if about["type"] != KIND:
            raise KeyRefusal(f"{self.name} is of the kind {about['type']}, not {KIND}")
        if about["exportable"] or about["allow_plaintext_backup"]:
            raise KeyRefusal(f"{self.name} can be taken out of Vault: make a key that cannot")
        probe = random_key()
        if self.unwrap(self.wrap(probe, b"health"), b"health") != probe:
            raise KeyRefusal(f"{self.name} does not work")

    def _derived(self) -> bool:
        """Say whether Vault wants a context for this key: that is settled when the key is made."""
        if self._derives is None:
            self._derives = bool(self._about()["derived"])
        return self._derives

    def _about(self) -> Mapping[str, Any]:
        return self._call("GET", f"keys/{self._place.key}")

    def _post(self, act: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._call("POST", f"{act}/{self._place.key}", asked)

    def _call(
        self, method: str, path: str, asked: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """Call Vault once; follows no redirect, and says no more of a failure than its status."""
        to = endpoint(self._place.url, self._place.hosts, self._resolve)
        try:
            with _session(to) as session:
                answer = session.request(
                    method,
                    f"{to.origin}/v1/{self._place.mount}/{path}",
                    json=asked,
                    headers=self._headers(to),
                    timeout=SECONDS,
                    verify=self._place.ca_file or True,
                    allow_redirects=False,
                    stream=True,
                )
                content = answer.raw.read(LONGEST_ANSWER + 1, decode_content=True)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise KeysAwayError(f"{self.name} does not answer ({type(error).__name__})") from None
        return self._understood(answer.status_code, content)

    def _understood(self, status: int, content: bytes) -> Mapping[str, Any]:
        """Return the data of an answer; raises KeyRefusal, or KeysAwayError when a later try may help."""
        if status == BUSY or status >= SERVER_FAULTS:
            raise KeysAwayError(f"{self.name} answers {status}: it is busy, sealed or failing")
        if status in REDIRECTS:
            raise KeyRefusal(f"{self.name} sends us elsewhere ({status}), and we do not go")
        data = _data(content)
        if status == OK and data is not None:
            return data
        if status == BAD and data is not None and "batch_results" in data:
            return data  # some of many do not open: each says so
        raise KeyRefusal(f"{self.name} refuses ({status})")

    def _headers(self, to: Endpoint) -> dict[str, str]:
        token = private_text(
            self._place.token_file, os.geteuid(), "token of the key service"
        ).strip()
        headers = {
            "Host": f"{to.host}:{to.port}",
            "X-Vault-Token": token,
            "X-Vault-Request": "true",
        }
        return headers | (
            {"X-Vault-Namespace": self._place.namespace} if self._place.namespace else {}
        )


def _session(to: Endpoint) -> requests.Session:
    """Open a session that takes nothing from the environment: no proxy, no other authorities, no netrc."""
    session = requests.Session()
    session.trust_env = False
    if to.scheme == "https":
        session.mount(to.origin, Pinned(to.host))
    return session


def _bound(context: bytes, *, derived: bool) -> dict[str, str]:
    """Return what a wrapped key is bound to, as Vault takes it: always as associated data."""
    bound = {"associated_data": _text(context)}
    return bound | ({"context": _text(context)} if derived else {})


def _data(content: bytes) -> Mapping[str, Any] | None:
    if len(content) > LONGEST_ANSWER:
        return None
    try:
        told = json.loads(content)
    except ValueError:
        return None
    data = told.get("data") if isinstance(told, dict) else None
    return data if isinstance(data, dict) else None


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
