"""Attack 62: keys in a core dump, in swap, or in the memory of a process that somebody looks into."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseapp.domain.policy import Actor
from caseapp.kernel import host
from caseapp.kernel.crypto import DataKey
from caseapp.people.models import Child
from tests.meta.tree import ROOT

PATTERN = Path("/proc/sys/kernel/core_pattern")
TOLD = (
    "import resource; from caseapp.kernel.host import dumps_core;"
    "print(resource.getrlimit(resource.RLIMIT_CORE)[0], dumps_core())"
)


def run(code: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python as somebody who allows core dumps does."""
    lift = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(4)[1],) * 2);"
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {lift} {code}"],
        cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def cores(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.name.startswith("core")]


@pytest.mark.attack(62)
@pytest.mark.asvs("11.7.2")
def test_a_process_that_closed_its_memory_leaves_no_core_when_it_crashes(tmp_path):
    done = run(
        "from caseapp.kernel.host import close_memory; close_memory(); import os; os.abort()",
        tmp_path,
    )
    assert done.returncode == -6
    assert cores(tmp_path) == []


@pytest.mark.attack(62, twin="core dumps are not shut off")
def test_a_process_that_did_not_close_its_memory_would_leave_one(tmp_path):
    assert run(TOLD, tmp_path).stdout.split()[1] == "True"
    if not PATTERN.read_text().startswith(("|", "/")):
        done = run("import os; os.abort()", tmp_path)
        assert done.returncode == -6
        assert cores(tmp_path)


@pytest.mark.attack(62)
@pytest.mark.asvs("11.7.2")
def test_every_command_and_the_web_server_close_their_memory_before_a_key_is_opened(tmp_path):
    command = (
        "import runpy; sys.argv = ['caseapp', 'keys', 'status']\n"
        "try: runpy.run_module('caseapp', run_name='__main__')\n"
        f"except SystemExit: pass\n{TOLD}"
    )
    place = {"CASEAPP_INSTANCE": str(tmp_path / "none"), "CASEAPP_STAGE": "test"}
    assert run(command, tmp_path, **place).stdout.split() == ["0", "False"]
    served = f"\ntry: import wsgi\nexcept BaseException: pass\n{TOLD}"
    assert run(served, tmp_path, **place).stdout.split() == ["0", "False"]
    code = (ROOT / "wsgi.py").read_text("utf-8")
    assert code.index("close_memory()") < code.index("load()") < code.index("create_app(settings)")


@pytest.mark.attack(62)
@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("/dev/sda2 partition 1 0 -2", ["/dev/sda2"]),
        ("/swapfile file 1 0 -2", ["/swapfile"]),
        ("/dev/dm-1 partition 1 0 -2", []),
        ("/dev/zram0 partition 1 0 -2", []),
        ("", []),
    ],
)
def test_swap_on_a_disk_that_nothing_encrypts_is_told(line, plain, tmp_path):
    swaps = tmp_path / "swaps"
    swaps.write_text(f"Filename Type Size Used Priority\n{line}\n")
    assert host.plain_swap(swaps) == plain


@pytest.mark.attack(62)
@pytest.mark.asvs("11.7.2")
@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_data_keys_live_as_long_as_a_request_and_no_longer(as_, house, world):
    client = as_("cpk")
    gc.collect()
    before = held()
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    with work.beyond("a test of memory"):
        assert work.session.get_one(Child, world.children["mine"]).card
    assert held() > before
    work.session.close()
    work.vault.forget()
    del work
    assert client.get(f"/kinderen/{world.children['mine']}").status_code == 200
    gc.collect()
    assert held() <= before


@pytest.mark.attack(62, twin="a vault is not forgotten at the end of a request")
@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_without_the_end_of_a_request_its_keys_would_stay(house, world):
    gc.collect()
    before = held()
    work = house.work(Actor(None, "test", everywhere=True), writes=False)
    with work.beyond("a test of memory"):
        assert work.session.get_one(Child, world.children["mine"]).card
    work.session.close()
    gc.collect()
    assert held() > before


def held() -> int:
    """Count the data keys that live in this process."""
    return sum(isinstance(one, DataKey) for one in gc.get_objects())
