"""Pages that people agree to equal the code (E4 and its like)."""

import argparse
from pathlib import Path

import pytest

from caseapp.cli import docs


def run(*, check: bool) -> int:
    return docs.run(argparse.Namespace(check=check))


def test_the_pages_in_docs_equal_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(check=True) == 0, capsys.readouterr().out


def test_a_page_that_differs_is_shown_and_mended_by_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    assert run(check=True) == 1
    assert run(check=False) == 0
    assert run(check=True) == 0
    page = tmp_path / "docs" / next(iter(docs.PAGES))
    page.write_text(page.read_text("utf-8") + "| XYZ-1 | made up |\n", "utf-8")
    capsys.readouterr()
    assert run(check=True) == 1
    assert "-| XYZ-1 | made up |" in capsys.readouterr().out
