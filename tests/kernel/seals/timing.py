"""Print what seals cost: `python -m tests.kernel.seals.timing`; figures, no promises."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from uuid import UUID

from caseapp.kernel.crypto import Domain
from caseapp.kernel.keys import Keyring, establish, refuse_published
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import make_root_file
from caseapp.kernel.vault import Vault
from tests.kernel.seals.sealed_rows import CARD, Card, Child

CHILDREN = 3000
MANY = 20_000


@contextmanager
def timed(what: str, number: int) -> Iterator[None]:
    """Print how long this took, and for each of a number."""
    start = perf_counter()
    yield
    took = perf_counter() - start
    print(f"{what:50} {took * 1e3:8.1f} ms  {took / number * 1e6:7.2f} µs each")  # noqa: T201


def main() -> None:
    """Make keys, seal and open, in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_root_file(Path(folder) / "root.key")
        store = Keystore(f"sqlite:///{folder}/keystore.db")
        establish(root, store, sealed_rows=False)
        with timed("look for the root key in the source tree", 1):
            refuse_published(root, Path(__file__).resolve().parents[3])
        with timed("open the keyring", 1):
            ring = Keyring.open(root, store)
        with timed(f"make two keys each for {MANY}", MANY):
            Vault(ring).make_keys([UUID(int=number) for number in range(1, MANY + 1)])
        ids = [UUID(int=number) for number in range(1, CHILDREN + 1)]
        places = [Child.__dict__["card"].place(one, one) for one in ids]
        vault = Vault(ring)
        vault.prefetch(Domain.DOSSIER, ids)
        with timed(f"seal {CHILDREN}, unwrapping their keys", CHILDREN):
            envelopes = [vault.seal(place, CARD, Card) for place in places]
        vault = Vault(ring)
        with timed(f"fetch the keys of {CHILDREN} and open one seal each", CHILDREN):
            vault.prefetch(Domain.DOSSIER, ids)
            for place, envelope in zip(places, envelopes, strict=True):
                vault.open(place, envelope, Card)
        with timed(f"open {CHILDREN} seals more under the same keys", CHILDREN):
            for place, envelope in zip(places, envelopes, strict=True):
                vault.open(place, envelope, Card)
        print(f"a card {date(2015, 1, 1)} takes {len(envelopes[0])} bytes")  # noqa: T201
        store.close()


if __name__ == "__main__":
    main()
