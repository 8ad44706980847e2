"""A provider on the loopback address: honest unless a test lets it lie, at the moment that the test decides."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.world import NOW

CLIENT = "caseapp-client"
SUBJECT = "subject-7"
KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
SHARED = OctKey.import_key({"kty": "oct", "k": KEY.as_dict(private=False)["n"]})


def plain(part: Mapping[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@dataclass
class Lying:
    """What the provider says, and what it was asked."""

    issuer: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: KEY)
    unsigned: bool = False
    broken: bool = False
    redirects: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def pages(self) -> dict[str, Any]:
        """Return the pages that are only read."""
        own = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return {
            "/.well-known/openid-configuration": own | self.metadata,
            "/keys": {"keys": [KEY.as_dict(private=False)]},
        }

    def sign_in(self, url: str, code: str = "code-1") -> dict[str, str]:
        """Do as if somebody signed in at the address they were sent to; return the answer."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Give the tokens for a code, once, to who can show the verifier."""
        asked = self.codes.pop(form.get("code", ""), None)
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or proof.decode().rstrip("=") != asked["code_challenge"]:
            return {"error": "invalid_grant"}
        now = int(NOW.timestamp())
        said = {
            "iss": self.issuer, "aud": CLIENT, "sub": SUBJECT, "nonce": asked["nonce"],
            "iat": now, "exp": now + 300, "auth_time": now - 60, "amr": ["pwd"],
        }  # fmt: skip
        said = {name: value for name, value in (said | self.claims).items() if value is not None}
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self._id_token(said)}

    def _id_token(self, said: dict[str, Any]) -> str:
        header = {"alg": "RS256", "kid": "first"} | self.header
        if self.unsigned:
            return f"{plain({'alg': 'none'})}.{plain(said)}."
        signed: str = jwt.encode(header, said, self.key, ["RS256", "HS256"])
        if self.broken:
            head, _body, tail = signed.split(".")
            return f"{head}.{plain(said | {'sub': 'another'})}.{tail}"
        return signed


class Handler(BaseHTTPRequestHandler):
    """Answers as the provider of its server says."""

    server: Any

    def do_GET(self) -> None:
        """Give a page, or lead elsewhere."""
        path = urlsplit(self.path).path
        self.server.lying.asked.append((path, dict(self.headers)))
        if self.server.lying.redirects == path:
            self.send_response(302)
            self.send_header("Location", self.server.lying.issuer + "/elsewhere")
            self.end_headers()
            return
        self._answer(self.server.lying.pages().get(path))

    def do_POST(self) -> None:
        """Give tokens for a code."""
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(sent).items()}
        self.server.lying.asked.append((self.path, dict(self.headers) | form))
        self._answer(self.server.lying.token(form))

    def _answer(self, page: Any) -> None:
        body = json.dumps(page).encode()
        self.send_response(404 if page is None else 400 if "error" in page else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def provider() -> Iterator[Lying]:
    """Run a provider while this lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    lying = Lying(issuer=f"http://127.0.0.1:{server.server_port}")
    server.lying = lying  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield lying
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
