"""Nothing that must stay here leaves with the code (S6): secrets, hosts of registries, paths."""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from caseapp.settings import SettingsError, load
from tests.meta.tree import ROOT, texts

SECRET_NAME = re.compile(r"secret|password|passphrase|token|private|credential|_key$|^key$")
HARMLESS = {"key_provider", "key_file"}
LONG_ENOUGH = 20
RANDOM_FROM = 3.6
"""Bits a letter: hex keys have about 3.7, base64 ones 4.5 and more, words and addresses less."""

HOSTS = re.compile(
    # In pieces, or this file would name them itself.
    "|".join(
        r"\.".join(parts)
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "(?:org|com)"),
            ("yarnpkg", "com"),
            ("deb", "debian", "org"),
            ("archive", "ubuntu", "com"),
            ("proxy", "golang", "org"),
            ("crates", "io"),
        )
    )
)
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/\w")


def secrets_in(folder: Path) -> Iterator[str]:
    """Yield each setting in a folder of TOML files that holds a secret or looks like one."""
    for path in sorted(folder.glob("*.toml")):
        for name, value in _leaves(tomllib.loads(path.read_text("utf-8"))):
            if not isinstance(value, str) or not value:
                continue
            named = SECRET_NAME.search(name.lower()) and name not in HARMLESS
            if named or _looks_random(value) or re.search(r"://[^/\s:@]+:[^/\s@]+@", value):
                yield f"{path.name}: {name}"


def _leaves(table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value)
        elif isinstance(value, list):
            yield from ((name, each) for each in value)
        else:
            yield name, value


def _looks_random(value: str) -> bool:
    if len(value) < LONG_ENOUGH or not re.fullmatch(r"[\w+/=-]+", value, re.ASCII):
        return False
    counts = Counter(value).values()
    bits = -sum(n / len(value) * math.log2(n / len(value)) for n in counts)
    return bits > RANDOM_FROM and bool(re.search(r"\d", value))


def telltales(root: Path) -> Iterator[str]:
    """Yield each place where a text names a registry's host or a path of one machine."""
    for name, text in texts(root):
        for number, line in enumerate(text.splitlines(), 1):
            if found := HOSTS.search(line) or MACHINE.search(line):
                yield f"{name}:{number}: {found[0]}"


def test_no_setting_in_the_tree_is_a_secret() -> None:
    assert list(secrets_in(ROOT / "config")) == []


def test_a_secret_among_the_settings_is_seen(tmp_path: Path) -> None:
    (tmp_path / "twin.toml").write_text(
        'base_url = "https://localhost/a-long-but-harmless-address"\n'
        'key_file = "instance/root.key"\n'
        'secret_key = "short"\n'
        'seed = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"\n'
        "[mail]\n"
        'url = "smtp://user:hunter2@localhost"\n',
        "utf-8",
    )
    assert list(secrets_in(tmp_path)) == [
        "twin.toml: secret_key",
        "twin.toml: seed",
        "twin.toml: url",
    ]


def test_production_does_not_start_without_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        load("production", {"CASEAPP_INSTANCE": str(tmp_path)})


def test_no_file_names_a_registry_or_a_machine() -> None:
    assert list(telltales(ROOT)) == []


def test_a_registry_and_a_path_are_seen(tmp_path: Path) -> None:
    host = f"{'python' + 'hosted'}.org"
    place = f"/{'root'}/keys"
    (tmp_path / "a.lock").write_text(f"flask @ {host}/x\nfine\n", "utf-8")
    (tmp_path / "b.sh").write_text(f"cat {place}\ncat ../work/keys\n", "utf-8")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\xff\xfe")
    assert list(telltales(tmp_path)) == [f"a.lock:1: {host}", f"b.sh:1: {place[:7]}"]
