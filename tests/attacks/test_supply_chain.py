"""What we build on is what was agreed to: pinned with hashes, listed, looked at, and known by its risks."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.meta.tree import ROOT

SETUP = ROOT / "config" / "setup"
LOCKS = ROOT / "config" / "requirements"
PAGE = (ROOT / "docs" / "components.md").read_text("utf-8")
FINE = "flask==3.1.0 \\\n    --hash=sha256:" + "a" * 64 + "\n"


def loaded(name: str) -> Any:
    """Load a script of the set-up, which is no module of the program."""
    spec = importlib.util.spec_from_file_location(name, SETUP / f"{name}.py")
    assert spec and spec.loader  # noqa: PT018
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(SETUP))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SETUP))
    return module


known_packages = loaded("known_packages")
sbom = loaded("sbom")


def rows(heading: str) -> list[list[str]]:
    """Return the rows of the first table under a heading of the page."""
    section = PAGE.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    table = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1:]]


@pytest.mark.asvs("15.2.4")
@pytest.mark.attack(64)
@pytest.mark.parametrize("name", ["runtime", "fonts", "dev"])
def test_every_package_is_pinned_with_hashes_and_no_lock_names_a_place(name: str) -> None:
    lock = (LOCKS / f"{name}.lock").read_text("utf-8")
    asked = (LOCKS / f"{name}.in").read_text("utf-8")
    assert list(known_packages.faults(name, lock, asked)) == []


@pytest.mark.attack(
    64, twin="a lock without a hash, with a place, with a name that looks like another"
)
@pytest.mark.parametrize(
    ("lock", "asked", "told"),
    [
        ("flask==3.1.0\n", "", "flask has no hash"),
        (FINE + "--extra-index-url https://elsewhere.example.org\n", "", "names a place"),
        (FINE + "requests @ https://elsewhere.example.org/x.whl\n", "", "names a place"),
        (FINE + FINE.replace("flask", "flaskk"), "", "flask and flaskk look alike"),
        (FINE, "flask\ncryptography>=40\n", "cryptography is asked for and not pinned"),
    ],
)
def test_a_lock_that_is_not_fine_is_refused(lock: str, asked: str, told: str) -> None:
    assert list(known_packages.faults("x", FINE, "flask\n")) == []
    assert any(told in fault for fault in known_packages.faults("x", lock, asked))


@pytest.mark.asvs("15.2.4")
@pytest.mark.attack(64)
def test_what_is_installed_by_hand_is_seen() -> None:
    every = "".join((LOCKS / f"{name}.lock").read_text("utf-8") for name in known_packages.ASKED)
    without = re.sub(r"^flask==", "flasque==", every, flags=re.MULTILINE)
    assert "flask is installed and stands in no lock." in list(known_packages.strangers(without))
    other = re.sub(r"^flask==\S+", "flask==0.1", every, flags=re.MULTILINE)
    assert any(each.startswith("flask is installed as") for each in known_packages.strangers(other))
    assert not any(each.startswith("flask ") for each in known_packages.strangers(every))


@pytest.mark.attack(64)
def test_packages_are_installed_by_hash_and_never_built_or_resolved() -> None:
    ready = (SETUP / "ready.sh").read_text("utf-8")
    installs = re.findall(r"-m pip (?:[^\n]*\\\n)*[^\n]*", ready)
    assert installs
    for words in ("--require-hashes", "--only-binary=:all:", "--no-deps"):
        assert all(words in each for each in installs)


@pytest.mark.attack(64, twin="another build of a package under the same name and version")
def test_an_installer_refuses_a_package_whose_hash_is_another(tmp_path: Path) -> None:
    wheel = tmp_path / "harmless-1.0-py3-none-any.whl"
    wheel.write_bytes(b"not the one that was agreed to")
    (tmp_path / "x.lock").write_text(f"harmless==1.0 --hash=sha256:{'a' * 64}\n", "utf-8")
    words = [
        "--no-index",
        "--find-links",
        str(tmp_path),
        "--no-deps",
        "--target",
        str(tmp_path / "in"),
    ]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--require-hashes",
            *words,
            "-r",
            tmp_path / "x.lock",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr


@pytest.mark.asvs("15.1.2")
@pytest.mark.attack(64)
def test_the_inventory_lists_every_package_of_the_lock_and_no_address(tmp_path: Path) -> None:
    assert sbom.main(tmp_path / "sbom.json") == 0
    text = (tmp_path / "sbom.json").read_text("utf-8")
    bom = json.loads(text)
    pinned = {f"{n}=={v}" for n, v, _h in sbom.pins((LOCKS / "runtime.lock").read_text("utf-8"))}
    assert {f"{each['name']}=={each['version']}" for each in bom["components"]} == pinned
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    assert "http" not in text.replace('"httpx', "")
    assert all(each["properties"] and each["licenses"] for each in bom["components"])


@pytest.mark.attack(64)
def test_the_gate_fails_when_the_lists_of_known_faults_cannot_be_read(tmp_path: Path) -> None:
    house = tmp_path / "house"
    (house / ".venv" / "bin").mkdir(parents=True)
    (house / "config").mkdir()
    (house / "config" / "setup").symlink_to(SETUP)
    for name, code in (("python", 0), ("pip-audit", 1)):
        program = house / ".venv" / "bin" / name
        program.write_text(f"#!/bin/sh\nexit {code}\n", "utf-8")
        program.chmod(0o755)
    gate = house / "deps.sh"
    text = (SETUP / "deps.sh").read_text("utf-8").replace("/../..", "")
    gate.write_text(text, "utf-8")
    done = _run(gate)
    assert done.returncode == 1
    assert "could not be read" in done.stderr
    (house / ".venv" / "bin" / "pip-audit").write_text("#!/bin/sh\nexit 0\n", "utf-8")
    assert _run(gate).returncode == 0


def _run(gate: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", str(gate)], capture_output=True, text=True, check=False)


@pytest.mark.asvs("15.1.1")
def test_faults_have_a_time_within_which_they_are_mended() -> None:
    within = {row[0].split(" (")[0]: int(row[1].split()[0]) for row in rows("Within which time")}
    assert within == {
        "critical": 2, "high": 7, "medium": 30, "low": 90, "exploited now, whatever the number": 1,
    }  # fmt: skip
    assert "brought up to date every 90 days" in PAGE


@pytest.mark.asvs("15.1.4", "15.2.5")
def test_risky_components_are_those_of_the_lock_and_each_is_fenced_in() -> None:
    locked = {name for name, _v, _h in sbom.pins((LOCKS / "runtime.lock").read_text("utf-8"))}
    risky = {row[0]: row[2] for row in rows("Risky components")}
    assert set(risky) <= locked
    assert all(risky.values())
    compiled = {"python-calamine", "msgspec", "psycopg-binary", "cryptography", "cbor2"}
    speaking = {"requests", "boto3", "authlib"}
    assert compiled | speaking <= set(risky)


@pytest.mark.asvs("15.1.5", "15.2.5")
def test_dangerous_functions_are_where_the_page_says_and_fenced_in() -> None:
    for place, what, around in (row[:3] for row in rows("Dangerous functions")):
        path = place.strip("`").removeprefix("caseapp/")
        assert (ROOT / "caseapp" / path).exists(), path
        assert what
        assert around
    fences = (ROOT / "config" / "deploy" / "caseapp-worker.service").read_text("utf-8")
    fence = {"ProtectSystem=strict", "PrivateTmp=yes", "IPAddressDeny=any", "NoNewPrivileges=yes"}
    assert fence <= set(fences.splitlines())
