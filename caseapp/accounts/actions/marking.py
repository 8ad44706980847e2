"""The mark that a browser keeps after somebody came in with it: ours by a keyed hash, and nobody's by name."""

import secrets
from hmac import compare_digest
from typing import Final

from caseapp.kernel.work import Work

SEED_BYTES: Final = 16


def new_mark(work: Work) -> str:
    """Return a mark for a browser that has none."""
    seed = secrets.token_hex(SEED_BYTES)
    return seed + _proof(work, seed)


def is_our_mark(work: Work, mark: str) -> bool:
    """Say whether this house made a mark: another one could be known to whoever planted it."""
    seed, proof = mark[: 2 * SEED_BYTES], mark[2 * SEED_BYTES :]
    return compare_digest(proof.encode("utf-8", "replace"), _proof(work, seed).encode())


def _proof(work: Work, seed: str) -> str:
    return work.vault.index("browser", seed).hex()
