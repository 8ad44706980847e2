"""Where cryptography is used, and with what: the table behind docs/crypto.md."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Primitive(NamedTuple):
    """An algorithm as a library offers it: bits of security, what ASVS appendix C says, its successor."""

    algorithm: str
    bits: int | None
    status: str
    quantum: str


APPROVED: Final = "approved"
NO_SECRET: Final = "for no secret"  # noqa: S105 - a word of the page
STAYS: Final = "stays: 128 bits are left"
NONE: Final = "not touched"

PRIMITIVES: Final[Mapping[str, Primitive]] = {
    "cryptography.AESGCM": Primitive(
        "AES-256-GCM, nonce of 96 random bits, tag of 128", 256, APPROVED, STAYS
    ),
    "cryptography.Ed25519PrivateKey": Primitive(
        "Ed25519 (RFC 8032), signing", 128, APPROVED, "ML-DSA (FIPS 204)"
    ),
    "cryptography.Ed25519PublicKey": Primitive(
        "Ed25519 (RFC 8032), checking", 128, APPROVED, "ML-DSA (FIPS 204)"
    ),
    "hashlib.sha256": Primitive("SHA-256", 128, APPROVED, STAYS),
    "hashlib.file_digest": Primitive("SHA-256, of a file", 128, APPROVED, STAYS),
    "hashlib.blake2b": Primitive("BLAKE2b, of 128 bits or more", 128, APPROVED, STAYS),
    "hashlib.sha1": Primitive("SHA-1, as a name in a published list", None, NO_SECRET, NONE),
    "hmac.digest": Primitive("HMAC-SHA256, and HKDF made of it (RFC 5869)", 256, APPROVED, STAYS),
    "hmac.compare_digest": Primitive("comparing in constant time", None, APPROVED, NONE),
    "os.urandom": Primitive("random bytes of the kernel", 256, APPROVED, NONE),
    "secrets": Primitive("random bytes of the kernel", 128, APPROVED, NONE),
    "argon2": Primitive("Argon2id, 64 MiB, 3 rounds", 128, APPROVED, STAYS),
    "pyotp": Primitive("TOTP (RFC 6238): HMAC-SHA1 over a step of 30 s, seed of 160 bits", 128,
                       "approved for one-time codes", STAYS),
    "webauthn": Primitive("WebAuthn: ES256, EdDSA or RS256 by the passkey", 128, APPROVED,
                          "follows the standard"),
    "joserfc": Primitive("RS256, ES256 of the identity provider's tokens", 112, APPROVED,
                         "follows the provider"),
    "authlib": Primitive("OpenID Connect with PKCE (S256)", 128, APPROVED, "follows the provider"),
    "ssl": Primitive("TLS 1.2 and 1.3 of the system's library", 128, APPROVED,
                     "X25519MLKEM768, when the library has it"),
    "random": Primitive("Mersenne Twister", None, NO_SECRET, NONE),
    "uuid.uuid5": Primitive("UUIDv5 (SHA-1)", None, NO_SECRET, NONE),
}  # fmt: skip

_FINGERPRINT: Final = "a fingerprint of a file or text, to know it again"
_TOKENS: Final = "tokens that nobody guesses"

USES: Final[Mapping[str, Mapping[str, str]]] = {
    "caseapp.kernel.crypto": {
        "cryptography.AESGCM": "seals of fields, wrapping of data keys, copies of the keystore",
        "cryptography.Ed25519PrivateKey": "checkpoints of the trail",
        "cryptography.Ed25519PublicKey": "checking them",
        "hashlib.sha256": "short names of places, checksums of copies",
        "hmac.digest": "keyed indexes, check values, the chain of the trail, keys derived from keys",
        "hmac.compare_digest": "check values of keys",
        "os.urandom": "keys and nonces",
    },
    "caseapp.accounts.actions.factors": {
        "pyotp": "the seed of codes from an app",
        "secrets": "recovery codes",
    },
    "caseapp.accounts.actions.first": {"secrets": _TOKENS},
    "caseapp.accounts.actions.linking": {"secrets": _TOKENS},
    "caseapp.accounts.actions.marking": {
        "hmac.compare_digest": "the mark of a known browser",
        "secrets": _TOKENS,
    },
    "caseapp.accounts.actions.passkeys": {
        "secrets": "challenges",
        "webauthn": "passkeys",
    },
    "caseapp.accounts.actions.sessions": {"secrets": "tokens of sessions"},
    "caseapp.accounts.actions.staff": {"secrets": "first passwords"},
    "caseapp.accounts.queries.factors": {
        "hashlib.sha256": "recovery codes, as they are kept: random, so without a salt",
        "pyotp": "checking codes",
    },
    "caseapp.accounts.queries.visits": {"hashlib.sha256": "tokens of sessions, as they are kept"},
    "caseapp.audit.queries.earlier": {"hashlib.sha256": "records of the trail"},
    "caseapp.audit.queries.verifying": {"hashlib.sha256": "checking the trail"},
    "caseapp.cli.keys": {"secrets": "the secret of the sign-in forms"},
    "caseapp.demo.bringing": {"hashlib.sha256": _FINGERPRINT},
    "caseapp.demo.dice": {"random": "the demo world: the same each time, on purpose"},
    "caseapp.domain.incoming": {
        "uuid.uuid5": "ids of rows that a document brings: the same each time"
    },
    "caseapp.domain.policy_version": {"hashlib.sha256": "the version of the rights"},
    "caseapp.domain.promises": {"uuid.uuid5": "ids of promises: the same each time"},
    "caseapp.domain.two_people": {"hashlib.sha256": "what two people agreed to"},
    "caseapp.exchange.actions.lists": {"hashlib.sha256": _FINGERPRINT},
    "caseapp.exchange.views.uploading": {"hashlib.sha256": _FINGERPRINT},
    "caseapp.kernel.chain": {"hashlib.sha256": "the chain of the trail"},
    "caseapp.kernel.checkpoints": {"hashlib.sha256": "checkpoints of the trail"},
    "caseapp.kernel.db": {"secrets": "ids of rows: random, and no secret"},
    "caseapp.kernel.digests": {"hashlib.blake2b": "fingerprints of sealed values, for the trail"},
    "caseapp.kernel.host": {"ssl": "looking whether the certificate of the site is still good"},
    "caseapp.kernel.mail": {"ssl": "the connection with the mail server"},
    "caseapp.kernel.manifest": {"hashlib.file_digest": "whether a file of a backup is whole"},
    "caseapp.kernel.oidc": {
        "authlib": "signing in by the organisation",
        "hmac.compare_digest": "state and nonce of such a sign-in",
        "joserfc": "the tokens of the identity provider",
    },
    "caseapp.kernel.passwords": {"argon2": "passwords, as they are kept"},
    "caseapp.kernel.queueing": {
        "hashlib.sha256": "the key of the queue, of the secret of the forms",
        "hmac.compare_digest": "messages of the queue",
        "hmac.digest": "messages of the queue",
    },
    "caseapp.kernel.shipping": {"ssl": "the connection with the collector of the log"},
    "caseapp.kernel.stolen": {"hashlib.sha1": "looking a password up in a published list"},
    "caseapp.kernel.table_sums": {"hashlib.sha256": "whether a table came back whole"},
    "caseapp.kernel.tombstones": {"hashlib.sha256": "the list of erasures"},
    "caseapp.privacy.actions.packing": {"hashlib.sha256": _FINGERPRINT},
    "caseapp.web.access": {"secrets": "numbers of requests in the log"},
    "caseapp.web.assets": {"hashlib.sha256": _FINGERPRINT},
    "caseapp.web.last_resort": {"secrets": "numbers of requests in the log"},
    "caseapp.web.choices": {"secrets": "the mark of a form that is sent once"},
}
"""Each module, what it uses, and what for."""
