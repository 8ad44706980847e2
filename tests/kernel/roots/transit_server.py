"""A server that answers as the transit engine of Vault and OpenBao does, in a process of its own.

Arguments: PORT TOKEN [CERTIFICATE KEY]. What it does as the real one does, by the documentation of its
HTTP API: tokens (403 without), namespaces (each has its own keys), mounts, keys of the kind aes256-gcm96
with versions, `vault:vN:` before a ciphertext of nonce, text and tag, `associated_data` as AAD,
`context` that derives a key of its own for keys made with `derived`, `batch_input` with an error for
each item that does not open and 400 for the whole, `rotate`, `config` with `min_decryption_version`,
`rewrap`, and 503 when sealed. What it does not: policies, leases, other kinds of keys, convergent
encryption, storage, an audit log, clusters. The derivation is HKDF-SHA256 as we chose it: no ciphertext
of it opens in a real Vault.
POST /test/seal, /test/unseal and /test/redirect are for tests only.
"""

import base64
import json
import os
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class WrongError(Exception):
    """What was asked cannot be done; the words stand in the answer."""


class Key:
    """A key with versions; the first is 1."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.derived = bool(asked.get("derived", False))
        self.exportable = bool(asked.get("exportable", False))
        self.plaintext_backup = bool(asked.get("allow_plaintext_backup", False))
        self.kind = asked.get("type", "aes256-gcm96")
        self.min_decryption_version = 1
        self.versions = [AESGCM.generate_key(256)]

    def about(self, name: str) -> dict[str, Any]:
        return {
            "name": name,
            "type": self.kind,
            "derived": self.derived,
            "exportable": self.exportable,
            "allow_plaintext_backup": self.plaintext_backup,
            "deletion_allowed": False,
            "latest_version": len(self.versions),
            "min_available_version": 0,
            "min_decryption_version": self.min_decryption_version,
            "min_encryption_version": 0,
            "supports_encryption": True,
            "supports_decryption": True,
            "supports_derivation": True,
            "supports_signing": False,
        }

    def cipher(self, version: int, item: dict[str, Any]) -> AESGCM:
        secret = self.versions[version - 1]
        if not self.derived:
            return AESGCM(secret)
        context = base64.b64decode(item.get("context", ""))
        if not context:
            raise WrongError(
                "missing 'context' for key derivation; the key was created using a derived key"
            )
        return AESGCM(HKDF(SHA256(), 32, None, context).derive(secret))

    def encrypt(self, item: dict[str, Any]) -> dict[str, Any]:
        version = len(self.versions)
        aad = base64.b64decode(item.get("associated_data", ""))
        nonce = os.urandom(12)
        body = self.cipher(version, item).encrypt(nonce, base64.b64decode(item["plaintext"]), aad)
        text = base64.b64encode(nonce + body).decode()
        return {"ciphertext": f"vault:v{version}:{text}", "key_version": version}

    def decrypt(self, item: dict[str, Any]) -> dict[str, Any]:
        parts = str(item.get("ciphertext", "")).split(":", 2)
        if len(parts) != 3 or parts[0] != "vault" or not parts[1][1:].isdigit():
            raise WrongError("invalid ciphertext: no prefix")
        version = int(parts[1][1:])
        if not 1 <= version <= len(self.versions):
            raise WrongError("invalid ciphertext: version is too new")
        if version < self.min_decryption_version:
            raise WrongError("ciphertext or signature version is disallowed by policy (too old)")
        aad = base64.b64decode(item.get("associated_data", ""))
        try:
            raw = base64.b64decode(parts[2], validate=True)
            plain = self.cipher(version, item).decrypt(raw[:12], raw[12:], aad)
        except (InvalidTag, ValueError):
            raise WrongError("cipher: message authentication failed") from None
        return {"plaintext": base64.b64encode(plain).decode()}

    def rewrap(self, item: dict[str, Any]) -> dict[str, Any]:
        return self.encrypt(item | self.decrypt(item))


class Transit(BaseHTTPRequestHandler):
    """One request; the keys are kept by namespace and mount."""

    keys: ClassVar[dict[tuple[str, str, str], Key]] = {}
    token: ClassVar[str] = ""
    state: ClassVar[str] = "open"
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words: object) -> None:
        """Say nothing: what is asked are keys."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if self.path.startswith("/test/"):
            Transit.state = {"seal": "sealed", "unseal": "open", "redirect": "redirecting"}[
                self.path.removeprefix("/test/")
            ]
            return self._answer(200, {})
        if self.state == "sealed":
            return self._answer(503, {"errors": ["Vault is sealed"]})
        if self.state == "redirecting":
            return self._answer(307, {}, Location="http://169.254.169.254/latest/meta-data/")
        if self.headers.get("X-Vault-Token") != self.token:
            return self._answer(403, {"errors": ["permission denied"]})
        try:
            return self._answer(*self._done(asked))
        except WrongError as wrong:
            return self._answer(400, {"errors": [str(wrong)]})

    def _done(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        _, _v1, mount, act, name, *rest = self.path.split("/")
        place = (self.headers.get("X-Vault-Namespace", ""), mount, name)
        if act == "keys" and self.command == "POST" and not rest:
            self.keys.setdefault(place, Key(asked))
        key = self.keys.get(place)
        if key is None:
            return (
                (404, {"errors": []})
                if act == "keys"
                else (400, {"errors": ["encryption key not found"]})
            )
        if act == "keys":
            if rest == ["rotate"]:
                key.versions.append(AESGCM.generate_key(256))
            if rest == ["config"]:
                key.min_decryption_version = int(asked["min_decryption_version"])
            return 200, {"data": key.about(name)}
        do = {"encrypt": key.encrypt, "decrypt": key.decrypt, "rewrap": key.rewrap}[act]
        if "batch_input" not in asked:
            return 200, {"data": do(asked)}
        results = [self._one(do, item) for item in asked["batch_input"]]
        return (400 if any("error" in one for one in results) else 200), {
            "data": {"batch_results": results}
        }

    def _one(self, do: Any, item: dict[str, Any]) -> dict[str, Any]:
        try:
            return dict(do(item))
        except WrongError as wrong:
            return {"error": str(wrong)}

    def _answer(self, status: int, told: dict[str, Any], **headers: str) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for header, value in headers.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(content)


def main(port: str, token: str, *certificate: str) -> None:
    """Serve until the process is ended; say the port when ready."""
    Transit.token = token
    server = ThreadingHTTPServer(("127.0.0.1", int(port)), Transit)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
