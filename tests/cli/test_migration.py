"""A drafted migration is the next in line, and imports no application."""

import argparse
import shutil
from pathlib import Path

import pytest

from caseapp.cli import migration
from caseapp.kernel import migrations
from tests.meta.tree import ROOT


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the migrations, so that a draft stays out of the tree."""
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    monkeypatch.setattr(migrations, "ROOT", tmp_path)
    return tmp_path / "migrations" / "versions"


@pytest.mark.parametrize(
    ("words", "name"),
    [("Keep the second phone!", "0010_keep_the_second_phone"), (" ", None), ("…", None)],
)
def test_the_name_is_the_next_number_and_the_words(words: str, name: str | None) -> None:
    assert migration.next_name("0009_before", words) == name


def test_a_draft_follows_the_newest_and_drops_what_no_model_has(steps: Path) -> None:
    before = migrations.newest()
    spare = steps / f"{migration.next_name(before, 'spare')}.py"
    newest = f'"""Spare."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\nrevision = "{spare.stem}"\n'
    newest += f'down_revision = "{before}"\n\n\ndef upgrade():\n'
    newest += '    op.create_table("spare", sa.Column("id", sa.Integer, primary_key=True))\n'
    spare.write_text(newest, "utf-8")
    assert migration.run(argparse.Namespace(words="Drop the spare")) == 0
    draft = (steps / f"{migration.next_name(spare.stem, 'drop the spare')}.py").read_text("utf-8")
    assert f"down_revision = '{spare.stem}'" in draft
    assert "op.drop_table('spare')" in draft
    assert "caseapp" not in draft


def test_without_words_nothing_is_drafted(steps: Path) -> None:
    before = sorted(steps.iterdir())
    assert migration.run(argparse.Namespace(words="?")) == 2
    assert sorted(steps.iterdir()) == before
