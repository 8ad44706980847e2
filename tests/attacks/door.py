"""Standing at the door as a browser would: a page, its token, and a try."""

from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient

from tests.strict_client import TOKEN

CPK: Final = "cpk@example.org"


def token_of(client: FlaskClient, path: str = "/inloggen", **options: Any) -> str:
    """Return a token of the forms of a page."""
    found = TOKEN.search(client.get(path, **options).get_data(as_text=True))
    assert found is not None
    return found.group(1)


def guess(app: Flask, remote: str, number: int, **headers: str) -> int:
    """Post a wrong password from an address and return the status."""
    client = app.test_client()
    where = {"REMOTE_ADDR": remote}
    token = token_of(client, environ_base=where)
    form = {"email": CPK, "password": f"wrong {number}", "csrf_token": token}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/inloggen", data=form, environ_base=where, headers=named).status_code
