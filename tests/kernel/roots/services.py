"""Root keys in key services that run beside a test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import boto3

from caseapp.kernel import aws_kms, vault_transit
from caseapp.kernel.aws_kms import KmsRoot
from caseapp.kernel.providers import RootKey
from caseapp.kernel.vault_transit import TransitRoot

TOKEN = "hvs.only-for-tests"  # noqa: S105 - opens nothing
ENV = "case-root-1:00ff1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeef"


class Service(NamedTuple):
    """A key service in another process: its address, what vouches for it, and a way to ask it."""

    url: str
    ca_file: str
    ask: Callable[..., Any]


class Ground(NamedTuple):
    """What a test of the contract needs of a provider: the root key, and another one of the same kind."""

    root: RootKey
    other: RootKey


def transit_root(service: Service, folder: Path, key: str = "caseapp", **place: Any) -> TransitRoot:
    """Return the root key of this name in the server."""
    token = folder / "vault.token"
    if not token.exists():
        token.touch(0o600)
        token.write_text(TOKEN + "\n")
    given = {"ca_file": service.ca_file, "hosts": ("localhost",), "url": service.url} | place
    return TransitRoot(vault_transit.Place(key=key, token_file=token, **given))


def kms_root(address: str) -> KmsRoot:
    """Make a key in the server and return it as a root key."""
    client = boto3.client("kms", region_name="eu-west-1", endpoint_url=address)
    key = client.create_key()["KeyMetadata"]["KeyId"]
    return KmsRoot(aws_kms.Place(key, "eu-west-1", address, ("127.0.0.1",)))
