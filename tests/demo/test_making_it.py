"""Making the demo world with its command: again, and after it was broken off halfway."""

from pathlib import Path

import pytest

from caseapp.cli import main
from caseapp.cli.demo import READY


@pytest.mark.parametrize("anew", [[], ["--anew"]], ids=["half-made", "anew"])
def test_a_demo_world_is_made_again_where_one_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, anew: list[str]
) -> None:
    monkeypatch.setenv("CASEAPP_INSTANCE", str(tmp_path))
    command = ["demo", "--only-make", "--children", "8"]
    assert main(command) == 0
    if not anew:
        (tmp_path / READY).unlink()
    assert main([*command, *anew]) == 0
    assert (tmp_path / READY).exists()
    assert (tmp_path / "secret.key").exists()
