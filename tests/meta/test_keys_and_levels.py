"""The pages about keys and levels of protection say what the program does (ASVS 11.1.1, 14.1.1, 14.1.2)."""

import argparse
import re
from datetime import timedelta

import pytest

from caseapp.cli import keys
from caseapp.cli.data_page import data_page
from caseapp.kernel import rotation
from caseapp.kernel.crypto import SEALS_AT_MOST, Domain
from caseapp.kernel.keys import Lasting, Slot
from caseapp.kernel.keystore import State
from caseapp.kernel.seals import sealed_columns
from caseapp.settings import load
from caseapp.tables import METADATA
from tests.meta.tree import ROOT

KEYS = (ROOT / "docs" / "keys.md").read_text("utf-8")
LEVELS = (ROOT / "docs" / "protection.md").read_text("utf-8")
SETTINGS = load("production", {"CASEAPP_SECRET_KEY": "x" * 40})


def commands() -> set[str]:
    """Return the acts of the command."""
    parser = argparse.ArgumentParser()
    keys.add_arguments(parser)
    [actions] = [one for one in parser._actions if one.dest == "action"]
    return set(actions.choices)


@pytest.mark.asvs("11.1.1")
def test_the_policy_names_every_kind_of_key_every_state_and_every_command() -> None:
    assert all(state.value in KEYS for state in State)
    assert all(slot.value in KEYS for slot in Slot)
    named = set(re.findall(r"caseapp keys ([a-z-]+)", KEYS))
    assert named <= commands()
    assert commands() - named <= {"status"}
    for flag in ("--at-once", "--after", "--lost", "--from"):
        assert flag in KEYS


@pytest.mark.asvs("11.1.1", "13.3.4")
def test_the_figures_of_the_policy_are_those_of_the_program() -> None:
    assert f"kept {SETTINGS.key_backup_days} days" in KEYS
    assert timedelta(hours=24) == rotation.BACKUP_AT_MOST
    assert "last 24 hours" in KEYS
    assert rotation.KNOWN_AFTER == timedelta(minutes=6) > timedelta(seconds=Lasting().renew)
    assert "After six minutes" in KEYS
    assert f"{rotation.BATCH} at a time" in KEYS
    assert f"2^{SEALS_AT_MOST.bit_length() - 1} seals" in KEYS
    assert Lasting().ttl == SETTINGS.key_ttl_minutes * 60
    assert f"nothing for {SETTINGS.key_ttl_minutes} minutes" in KEYS


@pytest.mark.asvs("14.1.1", "14.1.2")
def test_every_domain_of_sealed_values_is_a_level_with_all_its_requirements() -> None:
    rows = {
        line.split("|")[1].strip(): line.split("|")
        for line in LEVELS.splitlines()
        if line.startswith("| ")
    }
    used = {column.domain.value for column in sealed_columns(METADATA)}
    assert used <= set(rows)
    for name in set(rows) & {domain.value for domain in Domain}:
        assert rows[name][3].strip() == f"`{name}`"
        assert all(cell.strip() for cell in rows[name][2:7])
    for word in (
        "Encryption",
        "Integrity",
        "Reading",
        "Addresses",
        "Caches",
        "Other parties",
        "Removal",
    ):
        assert f"- {word}:" in LEVELS
    assert f"{SETTINGS.list_key_days} days" in rows["import"][6]


@pytest.mark.asvs("14.1.1")
def test_each_sealed_column_stands_on_the_page_of_data_with_its_level() -> None:
    page = data_page()
    for column in sealed_columns(METADATA):
        section = page.split(f"\n## {column.table}\n")[1].split("\n## ")[0]
        assert re.search(
            rf"\| {column.column} \| ciphertext \| sealed: {column.domain.value}", section
        )
