"""Nothing goes to a browser's storage, to strangers, or along with what a file says of itself."""

import io
import re
from pathlib import Path

import pytest
import xlsxwriter

from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.words import ListKind
from tests.meta.tree import PACKAGE, ROOT
from tests.samples import SAMPLES

STORES = re.compile(
    r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open|serviceWorker"
)
STRANGER = re.compile(
    r"""(?:src|href|action)=["'](?:https?:)?//|@import|url\(["']?(?:https?:)?//"""
)
AUTHOR = "zqx-author-of-the-file"


def files(*patterns: str) -> list[Path]:
    """Return the files that a browser gets."""
    found = [*ROOT.glob("static/*"), *(ROOT / "templates").rglob("*.html")]
    return [file for file in found if file.is_file() and file.suffix in patterns]


@pytest.mark.asvs("14.3.3")
def test_no_script_keeps_anything_in_the_storage_of_a_browser() -> None:
    scripts = files(".js", ".html")
    assert any(file.suffix == ".js" for file in scripts)
    assert [file.name for file in scripts if STORES.search(file.read_text("utf-8"))] == []
    assert STORES.search("localStorage.setItem('x', 1)")


@pytest.mark.asvs("14.2.3")
def test_no_page_loads_anything_from_somebody_else() -> None:
    pages = files(".js", ".html", ".css")
    assert len(pages) > 50
    assert [file.name for file in pages if STRANGER.search(file.read_text("utf-8"))] == []
    assert STRANGER.search('<script src="https://tracker.example/x.js">')


@pytest.mark.asvs("14.2.3", "15.3.2")
def test_only_some_modules_can_call_somebody_else() -> None:
    """Mail server, key services, identity provider, collector of the log, each by settings; a free port."""
    calls = re.compile(
        r"^(?:import|from) (?:requests|boto3|smtplib|socket|urllib\.request|http\.client|httpx)\b",
        re.MULTILINE,
    )
    callers = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if calls.search(path.read_text("utf-8"))
    }
    assert callers <= {
        "cli/demo.py",
        "kernel/aws_kms.py",
        "kernel/endpoints.py",
        "kernel/host.py",
        "kernel/mail.py",
        "kernel/oidc.py",
        "kernel/shipping.py",
        "kernel/vault_transit.py",
        "audit/actions/vouching.py",
    }


@pytest.mark.asvs("14.2.8")
def test_who_made_a_file_is_not_taken_over_with_its_rows() -> None:
    lines = (SAMPLES / "locaties.csv").read_text("utf-8-sig").splitlines()
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"author": AUTHOR, "comments": AUTHOR, "company": AUTHOR})
    sheet = book.add_worksheet("locaties")
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line.split(";"))
    book.close()
    table = read_table(ListKind.LOCATIONS, memory.getvalue())
    assert AUTHOR not in repr(table)
    assert lines[1].split(";")[0] in repr(table)
