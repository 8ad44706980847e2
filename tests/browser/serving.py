"""A real server in a thread: every test puts its own house behind it, so the application is built once."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Thread
from typing import Any, Final

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from caseapp.accounts import actions as accounts
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine

HOST: Final = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    """Says nothing: what matters stands on the pages."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 (werkzeug's own name)
        """Keep silent."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running server, and the application behind it."""

    app: Flask
    server: BaseWSGIServer

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://{HOST}:{self.server.port}"

    @property
    def machine(self) -> Machine:
        """Return the house that answers now."""
        found: Machine = self.app.extensions["caseapp"]
        return found

    def house(self, machine: Machine) -> None:
        """Let another house answer."""
        self.app.extensions["caseapp"] = machine

    def path(self, endpoint: str, address: Mapping[str, Any], method: str = "GET") -> str:
        """Return the path of an endpoint with its parts."""
        with self.app.test_request_context():
            return self.app.url_for(endpoint, _method=method, **address)

    def cookie(self, token: str | None, language: str) -> dict[str, str]:
        """Return the cookie of a session that was begun by the application's own action."""
        session = {"language": language}
        if token is not None:
            session |= {"_user_id": token, "_fresh": "yes"}
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        name = self.app.config["SESSION_COOKIE_NAME"]
        return {"name": name, "value": serializer.dumps(session), "url": self.address}


def begin_session(machine: Machine, account_id: Any) -> str:
    """Sign somebody in past the form, and return the token that the browser keeps."""
    work = machine.work(Actor(account_id=None, name="test", everywhere=True))
    token = accounts.begin_session(work, account_id, "test")
    work.commit()
    work.session.close()
    return token


def serve(app: Flask) -> Site:
    """Start a server on a free port, in a thread that ends with the process or with close()."""
    server = make_server(HOST, 0, app, threaded=True, request_handler=_Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    return Site(app, server)
