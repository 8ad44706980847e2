"""A page opens what it shows, and asks the keystore once for many keys: no question for every row."""

from collections.abc import Iterator

import pytest

from caseapp.kernel.crypto import Domain
from caseapp.kernel.machine import Machine
from caseapp.kernel.vault import Vault

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

BUDGETS = {
    "/vandaag": (60, 6),
    "/kinderen": (40, 6),
    "/kinderen/{mine}/geschiedenis": (120, 10),
    "/kinderen/{mine}": (120, 10),
}
"""Values opened, and questions to the keystore, for somebody who sees a handful of children."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Vault]]:
    """Collect every vault of a request."""
    made: list[Vault] = []

    def note(self: Vault, *words: object) -> None:
        begin(self, *words)
        made.append(self)

    begin = Vault.__init__
    monkeypatch.setattr(Vault, "__init__", note)
    return made


@pytest.mark.parametrize("address", BUDGETS)
def test_a_page_stays_within_its_budget_of_seals(address, opened, as_, world) -> None:
    client = as_("cpk")
    opened.clear()
    page = client.get(address.format(**world.children))
    assert page.status_code == 200
    values, lookups = BUDGETS[address]
    assert 0 < sum(vault.opened for vault in opened) <= values
    assert sum(vault.lookups for vault in opened) <= lookups


def test_a_page_that_asks_for_each_row_would_be_noticed(opened, house: Machine, world) -> None:
    vault = Vault(house.keyring)
    for child_id in world.children.values():
        vault.prefetch(Domain.DOSSIER, [child_id])
    assert [one.lookups for one in opened] == [len(world.children)]
    assert len(world.children) > 1
