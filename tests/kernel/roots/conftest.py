"""Root keys of every provider, and the services of those that have one, each in a process of its own."""

import datetime as dt
import ipaddress
import json
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from caseapp.kernel.providers import EnvRoot, make_root_file
from tests.kernel.roots.services import ENV, TOKEN, Ground, Service, kms_root, transit_root

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate for localhost that vouches for itself, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begin = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + dt.timedelta(days=20_000))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    files = (folder / "certificate.pem", folder / "key.pem")
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    files[1].write_bytes(key.private_bytes(*pem, serialization.NoEncryption()))
    return files


@pytest.fixture(scope="session")
def transit(certificate: tuple[Path, Path]) -> Iterator[Service]:
    """Start the server that answers as Vault's transit engine does, over TLS."""
    command = [sys.executable, str(HERE / "transit_server.py"), "0", TOKEN, *map(str, certificate)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = f"https://localhost:{process.stdout.readline().strip()}"
        yield Service(url, str(certificate[0]), _asker(url, str(certificate[0])))
        process.terminate()


@pytest.fixture
def vault(transit: Service) -> Iterator[Service]:
    """Give the server of the session, open again after each test."""
    yield transit
    transit.ask("/test/unseal")


def _asker(url: str, ca_file: str) -> Callable[..., Any]:
    """Return a way to ask the server what an administrator would."""
    context = ssl.create_default_context(cafile=ca_file)

    def ask(path: str, namespace: str = "", **asked: object) -> Any:
        headers = {"X-Vault-Token": TOKEN} | ({"X-Vault-Namespace": namespace} if namespace else {})
        request = urllib.request.Request(  # noqa: S310 - the address is ours
            url + path, json.dumps(asked).encode(), headers, method="POST"
        )
        with urllib.request.urlopen(request, context=context) as answer:  # noqa: S310
            return json.load(answer)

    return ask


@pytest.fixture(scope="session")
def kms() -> Iterator[str]:
    """Start moto's server, which answers as AWS does, and give its address."""
    code = (
        "import logging, sys; from werkzeug.serving import make_server;"
        "from moto.server import DomainDispatcherApplication, create_backend_app;"
        "logging.getLogger('werkzeug').setLevel(logging.ERROR);"
        "server = make_server('127.0.0.1', 0, DomainDispatcherApplication(create_backend_app), threaded=True);"
        "print(server.port, flush=True); server.serve_forever()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.terminate()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the credentials of nobody, and no way to others."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


PROVIDERS = ("file", "env", "vault-transit", "vault-derived", "aws-kms")


@pytest.fixture(params=PROVIDERS)
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    """Give two root keys of each provider."""
    name = request.param
    if name == "file":
        return Ground(make_root_file(tmp_path / "one.key"), make_root_file(tmp_path / "other.key"))
    if name == "env":
        other = "case-root-1:" + ENV[12:][::-1]
        return Ground(*(EnvRoot(text, production=False, allowed=False) for text in (ENV, other)))
    if name == "aws-kms":
        request.getfixturevalue("credentials")
        address = request.getfixturevalue("kms")
        return Ground(kms_root(address), kms_root(address))
    service = request.getfixturevalue("vault")
    derived = name == "vault-derived"
    for key in ("one", "other"):
        service.ask(f"/v1/transit/keys/{name}-{key}", derived=derived)
    return Ground(*(transit_root(service, tmp_path, f"{name}-{key}") for key in ("one", "other")))
