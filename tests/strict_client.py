"""A client that parses every page it fetches, and refuses one that is not valid or not labelled."""

import re
from typing import Any, Self
from uuid import UUID

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.accounts import actions as accounts
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine

HTML = "text/html"
HTML_NAMESPACE = "{http://www.w3.org/1999/xhtml}"
LABELLED = ("input", "select", "textarea")
NEEDS_NO_LABEL = ("hidden", "submit", "button")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class StrictClient:
    """A browser without JavaScript that complains about bad pages."""

    def __init__(self, client: FlaskClient, *, is_signed_in: bool = True) -> None:
        self.client = client
        self.is_signed_in = is_signed_in
        self._token: str | None = None

    @classmethod
    def signed_in(
        cls, app: Flask, machine: Machine, account_id: UUID | None, language: str = "nl"
    ) -> Self:
        """Return a client with a session of this account, or of nobody."""
        client = app.test_client()
        if account_id is not None:
            work = machine.work(Actor(account_id=None, name="test", everywhere=True))
            token = accounts.begin_session(work, account_id, "test")
            work.commit()
            work.session.close()
            with client.session_transaction() as session:
                session["_user_id"] = token
                session["_fresh"] = True
                session["language"] = language
        else:
            with client.session_transaction() as session:
                session["language"] = language
        return cls(client, is_signed_in=account_id is not None)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Fetch a page and check it."""
        answer = self.client.get(path, **options)
        self._look(answer)
        return answer

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with a right token, and check the page that comes back."""
        answer = self.client.post(path, data={"csrf_token": self.token()} | (data or {}), **options)
        self._look(answer)
        return answer

    def token(self) -> str:
        """Return a token of this session."""
        if self._token is None:
            found = TOKEN.search(
                self.client.get("/account" if self.is_signed_in else "/inloggen").get_data(
                    as_text=True
                )
            )
            if found is None:
                raise AssertionError("no form with a token on the own page")
            self._token = found.group(1)
        return self._token

    def _look(self, answer: TestResponse) -> None:
        if answer.mimetype == HTML and answer.status_code not in {301, 302, 303, 304}:
            check_page(answer.get_data(as_text=True))


def check_page(text: str) -> None:
    """Raise AssertionError when a page is not valid HTML, or lacks a language, an h1, a title or a label."""
    parser = html5lib.HTMLParser(strict=True)
    document = parser.parse(text)
    assert document.get("lang") in {"nl", "en"}, "the page has no language"
    found = list(document.iter())
    names = [
        element.tag.removeprefix(HTML_NAMESPACE)
        for element in found
        if isinstance(element.tag, str)
    ]
    assert names.count("h1") == 1, f"{names.count('h1')} h1 on the page"
    ids = [element.get("id") for element in found if element.get("id")]
    assert len(ids) == len(set(ids)), (
        f"twice the same id: {sorted(i for i in ids if ids.count(i) > 1)[:3]}"
    )
    labels = {element.get("for") for element in found if element.tag == f"{HTML_NAMESPACE}label"}
    for element in found:
        name = str(element.tag).removeprefix(HTML_NAMESPACE)
        if name in LABELLED and element.get("type") not in NEEDS_NO_LABEL:
            named = (
                element.get("id") in labels
                or element.get("aria-label")
                or element.get("aria-labelledby")
            )
            assert named, f"no label for {element.get('name')}"
