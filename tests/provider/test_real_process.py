"""Signing in through a provider that is not ours: another program, over the network of this machine."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from caseapp.accounts import queries
from caseapp.accounts.actions import linking
from caseapp.app import create_app
from caseapp.domain.policy import Actor
from caseapp.domain.second_factor import Level
from caseapp.kernel import clock
from tests.attacks.door import token_of

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

SECRET = "of a client that nobody knows"  # noqa: S105 (of a fictitious client)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Start the provider as a process of its own, and wait until it says that it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if str(port) in line:
            break
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.communicate()


def signed_in_there(url: str) -> dict[str, str]:
    """Fill in the form of the provider as somebody would, and return its answer to us."""
    answer = requests.post(url, data={"sub": "staff-7"}, allow_redirects=False, timeout=10)
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()
    }


def test_somebody_links_the_account_and_comes_in_through_another_program(
    house, world, issuer
) -> None:
    """Its tokens are of this very moment, so the house runs by the real clock here, and nowhere else."""
    settings = replace(
        house.settings, oidc_issuer=issuer, oidc_client_id="caseapp", oidc_client_secret=SECRET
    )
    machine = replace(house, settings=settings, now=clock.now)
    client = create_app(machine=machine).test_client()

    def through() -> str:
        sent = client.post("/inloggen/organisatie", data={"csrf_token": token_of(client)})
        answer = signed_in_there(sent.headers["Refresh"].partition("url=")[2])
        return client.get("/inloggen/terug", query_string=answer).location

    assert through() == "/inloggen", "nobody is linked yet"
    work = machine.work(Actor(None, "test", everywhere=True))
    identity = linking.Identity(issuer, "staff-7", None)
    assert linking.link_identity(work, world.accounts["cpk"], identity)
    work.commit()
    work.session.close()
    assert through() == "/inloggen/tweede-stap?next=/"
    with client.session_transaction() as session:
        visit = queries.signed_in(machine, session["_user_id"])
    assert visit is not None
    assert (visit.actor.account_id, visit.level) == (world.accounts["cpk"], Level.PASSWORD)
