"""The page about data tells of every column, and for how long it is kept (S4)."""

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from caseapp.cli import data_page
from caseapp.kernel.seals import sealed_columns
from caseapp.tables import METADATA


@pytest.mark.asvs("14.1.1")
def test_every_column_stands_on_the_page() -> None:
    page = data_page.data_page()
    for table in METADATA.sorted_tables:
        chapter = page.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        missing = [c.name for c in table.columns if f"\n| {c.name} | " not in chapter]
        assert missing == [], table.name
    assert page.count("| sealed: ") == len(sealed_columns(METADATA))


def test_a_term_for_a_table_that_is_gone_is_noticed() -> None:
    assert set(data_page.KEPT) == set(METADATA.tables)


def test_a_table_without_a_term_stops_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = MetaData()
    Table("diary", grown, Column("id", Integer, primary_key=True))
    monkeypatch.setattr(data_page, "METADATA", grown)
    with pytest.raises(KeyError, match="diary"):
        data_page.data_page()


def test_a_text_that_does_not_say_why_stops_the_page() -> None:
    with pytest.raises(KeyError, match="clear"):
        data_page.how(Column("secret", String))
