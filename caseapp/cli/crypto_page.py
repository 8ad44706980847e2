"""The page docs/crypto.md: keys, algorithms, where they are used, and what comes after them."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from caseapp.cli.crypto_uses import PRIMITIVES, USES
from caseapp.kernel.crypto import AES_256_GCM, FORMAT, KEY_BYTES, SEALS_AT_MOST, Domain
from caseapp.kernel.keys import Slot
from caseapp.kernel.seals import sealed_columns
from caseapp.tables import METADATA

_HEAD: Final = """# Cryptography

What is encrypted, hashed, signed or drawn in this house, with which keys, and where. A test reads the
code and fails when it uses something that does not stand here; the words "approved" are those of ASVS
5.0, appendix C.
"""

_LIFE: Final = """## What does what

- A value of a sealed column: AES-256-GCM under the data key of its subject and domain. Bound to (form,
  domain, table, column, subject, row); the envelope names form, algorithm and generation of the key, and
  keys are never tried in turn.
- A data key: AES-256-GCM under HKDF-SHA256(key of the domain, its version, the subject), bound to the
  same ids. ASVS lists KW and KWP first for this; they know no bound ids, and cost thirty times as much on
  pages with many children.
- A key of a domain: wrapped by the root key (file, environment, Vault transit, AWS KMS), bound to its
  name and version.
- What may never be done with a key: seal with a key of another domain, index with a key of a domain, sign
  with anything but `audit_sign`. Each purpose has a label of its own in its derivation or binding.
- No certificate is kept by the application: the proxy has the one of the site, `vault_ca_file` names who
  vouches for a key service.
"""

_PLAN: Final = """## What comes after

Algorithms can be replaced one by one: an envelope begins with its form and algorithm, a wrapped key
stands beside its version, a record of the trail beside the version of its key, a password beside the
parameters of its hash. A new algorithm is a new number: readers learn it first, then writers use it, then
what is old is sealed anew, and a program that does not know the number refuses and writes nothing.

Against a quantum computer: what is encrypted here is symmetric with 256 bits, of which 128 are left;
nothing that is stolen today opens later. What would fall are signatures and the agreement on keys in TLS.
Each primitive below says what takes its place. In order: (1) TLS, as soon as the system's library offers
X25519MLKEM768: it protects today's traffic against being kept; (2) checkpoints: a second signature by ML-
DSA beside Ed25519, both checked; (3) passkeys and the identity provider follow their standards. Looked at
each year, and when NIST or the NCSC says something new.
"""


def crypto_page() -> str:
    """Return the page as Markdown."""
    return "\n".join((_HEAD, *_keys(), "", _LIFE, *_primitives(), "", *_uses(), "", _PLAN))


def _keys() -> Iterator[str]:
    columns = Counter(column.domain for column in sealed_columns(METADATA))
    yield "## Keys"
    yield ""
    most = f"2^{SEALS_AT_MOST.bit_length() - 1}"
    yield f"Every key is {KEY_BYTES} random bytes. A data key seals at most {most} values in one process,"
    yield f"then a new generation follows. Envelopes: form {FORMAT}, algorithm {AES_256_GCM}."
    yield ""
    yield "| key | what for | what it can open |"
    yield "|---|---|---|"
    yield "| root | wraps the keys below; never in a database | all, with the keystore and the database |"
    for domain in Domain:
        yield f"| {domain} | wraps data keys, one for each subject | {columns[domain]} sealed columns |"
    for slot, why in _SLOTS.items():
        yield f"| {slot} | {why} | nothing |"
    yield "| secret.key | signs the token of each form and the messages of the queue | nothing |"


_SLOTS: Final = {
    Slot.INDEX: "keyed indexes, one key derived for each",
    Slot.AUDIT_MAC: "ties each record of the trail to the one before",
    Slot.AUDIT_SIGN: "signs checkpoints of the trail (Ed25519)",
}


def _primitives() -> Iterator[str]:
    yield "## Algorithms"
    yield ""
    yield "| as the library calls it | algorithm | bits of security | appendix C | after a quantum computer |"
    yield "|---|---|---|---|---|"
    for name, one in PRIMITIVES.items():
        bits = one.bits or "-"
        yield f"| `{name}` | {one.algorithm} | {bits} | {one.status} | {one.quantum} |"


def _uses() -> Iterator[str]:
    yield "## Where they are used"
    yield ""
    yield "| module | with | for |"
    yield "|---|---|---|"
    for module, used in USES.items():
        for name, why in used.items():
            yield f"| `{module}` | `{name}` | {why} |"
