"""What the tests of words and forms ask for: a small application in both languages, no database."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale

from caseapp.web.i18n import CATALOGUES, wire_languages

Reading = Callable[[str], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the Dutch of today, so that no test reads an older one."""
    folder = tmp_path_factory.mktemp("words")
    target = folder / "nl" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with (CATALOGUES / "nl" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        catalogue = read_po(source, locale="nl")
    with target.open("wb") as file:
        write_mo(file, catalogue)
    return folder


@pytest.fixture(scope="session")
def words_app(catalogues: Path) -> Flask:
    """Make an application that has languages and nothing else."""
    app = Flask("words")
    app.secret_key = secrets.token_hex()
    wire_languages(app, lambda: None, catalogues)
    return app


@pytest.fixture
def reading(words_app: Flask) -> Reading:
    """Give what makes a block in which texts are in one language."""

    @contextmanager
    def block(language: str) -> Iterator[None]:
        with words_app.test_request_context(), force_locale(language):
            yield

    return block
