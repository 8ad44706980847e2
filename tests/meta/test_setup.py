"""Set-up that cannot go on says why in a sentence, and ends with 1."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.meta.tree import ROOT

TOOLS = ("bash", "env", "id", "cat", "flock", "tail", "grep", "df", "awk", "dirname", "rm")
PYTHON = Path(sys.executable).resolve()
MORE = ("mkdir", "touch", "sha256sum", "cut", "sh")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Copy the set-up to a folder, beside a machine that has next to nothing."""
    for folder in ("config/setup", "config/requirements"):
        shutil.copytree(ROOT / folder, tmp_path / "house" / folder)
    machine = tmp_path / "bin"
    machine.mkdir()
    for tool in (*TOOLS, *MORE):
        found = shutil.which(tool)
        assert found
        (machine / tool).symlink_to(found)
    return tmp_path


def program(bare: Path, name: str, body: str) -> None:
    """Put a program on the bare machine."""
    path = bare / "bin" / name
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)


def ready(bare: Path, what: str = "demo") -> subprocess.CompletedProcess[str]:
    """Run the set-up on that machine."""
    return subprocess.run(
        [bare / "house" / "config" / "setup" / "ready.sh", what],
        env={"PATH": str(bare / "bin"), "TMPDIR": str(bare), "HOME": str(bare)},
        capture_output=True,
        text=True,
        check=False,
    )


def python_without_venv(bare: Path) -> None:
    program(bare, "python3", f'case "$2" in *ensurepip*) exit 1;; esac\nexec {PYTHON} "$@"')


def python_with_venv(bare: Path) -> None:
    """Put a Python there whose new environments hold a pip that tells one story."""
    told = bare / "pip-says"
    script = (
        f'if [ "$2" = venv ]; then mkdir -p .venv/bin; cp {bare}/pip .venv/bin/python; exit; fi'
    )
    program(bare, "python3", f'{script}\nexec {PYTHON} "$@"')
    (bare / "pip").write_text(f"#!/bin/sh\ncat {told}\nexit 1\n", "utf-8")
    (bare / "pip").chmod(0o755)
    cp = shutil.which("cp")
    assert cp
    (bare / "bin" / "cp").symlink_to(cp)


def test_without_python_it_says_so(bare: Path) -> None:
    done = ready(bare)
    assert done.returncode == 1
    assert "no Python 3.11 or newer was found" in done.stderr


def test_without_venv_and_apt_it_says_what_to_install(bare: Path) -> None:
    python_without_venv(bare)
    done = ready(bare)
    assert done.returncode == 1
    assert "this machine has no apt-get. Install python3." in done.stderr
    assert "-venv" in done.stderr


def test_without_root_it_says_what_to_run(bare: Path) -> None:
    python_without_venv(bare)
    program(bare, "apt-get", "exit 0")
    (bare / "bin" / "id").unlink()
    program(bare, "id", "echo 1000")
    done = ready(bare)
    assert done.returncode == 1
    assert "this needs root: run 'apt-get install python3." in done.stderr


def test_a_nearly_full_disk_is_told_before_anything_is_installed(bare: Path) -> None:
    python_with_venv(bare)
    (bare / "bin" / "df").unlink()
    program(bare, "df", "echo head; echo disk 9 9 12 9 .")
    done = ready(bare)
    assert done.returncode == 1
    assert "the disk has 12 MB left and this needs 400 MB" in done.stderr


@pytest.mark.parametrize(
    ("pip_says", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full while installing"),
        ("NewConnectionError: nobody there", "no answer from the network while installing"),
        ("No matching distribution", "installing runtime.lock did not work"),
    ],
)
def test_what_pip_could_not_do_is_told_and_leaves_the_environment_marked(
    bare: Path, pip_says: str, told: str
) -> None:
    python_with_venv(bare)
    (bare / "pip-says").write_text(pip_says, "utf-8")
    done = ready(bare)
    assert done.returncode == 1
    assert told in done.stderr
    assert (bare / "house" / ".venv" / "half-made").exists()


def test_a_half_made_environment_is_thrown_away(bare: Path) -> None:
    python_with_venv(bare)
    (bare / "pip-says").write_text("nothing", "utf-8")
    left = bare / "house" / ".venv" / "left-behind"
    left.parent.mkdir()
    left.touch()
    assert "half made or out of date" in ready(bare).stdout
    assert not left.exists()
