"""Every text for people can be translated: on every page, and in the errors of every form (W1, W2)."""

from collections.abc import Iterator

import pytest

from tests.meta import pseudo
from tests.meta.filling import blanks
from tests.meta.hall import TRAIL, Hall
from tests.meta.test_pages import walk

ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

READERS = ("cpk", "guardian", "coordinator", "administrator", "monitor", None)
"""Between them they see every page but two, and each kind of child."""


@pytest.fixture
def spoken(hall: Hall) -> Iterator[Hall]:
    """Give the hall while it speaks the made-up language."""
    pseudo.speak(hall.app)
    yield hall
    pseudo.be_silent(hall.app)


def speechless(hall: Hall, who: str | None) -> Iterator[str]:
    """Yield each page with words that no translator would ever see."""
    data = pseudo.data_of_the_world()
    for seen in walk(hall, who):
        words = pseudo.outside(seen.html, data) if seen.status == 200 else []
        if words:
            yield f"{seen}: {words}"


def silent_errors(hall: Hall, who: str | None) -> Iterator[tuple[str, int, list[str]]]:
    """Send every form as it stands with nothing filled in; yield endpoint, errors shown, unmarked words."""
    data = pseudo.data_of_the_world()
    for seen in walk(hall, who):
        for blank in blanks(seen.html, seen.path):
            answer = hall.ask(who, "POST", seen.path, blank)
            written = hall.written - TRAIL
            if answer.status_code == 200:
                html = answer.get_data(as_text=True)
                yield seen.endpoint, html.count("field__error"), pseudo.outside(html, data)
            if written or answer.status_code == 303:
                hall.put_back()


@ON_SQLITE
@pytest.mark.parametrize("who", READERS, ids=str)
def test_every_word_on_every_page_can_be_translated(spoken: Hall, who: str | None) -> None:
    assert list(speechless(spoken, who)) == []


@ON_SQLITE
def test_every_form_posted_empty_says_so_in_the_language_of_the_page(spoken: Hall) -> None:
    shown: dict[str, int] = {}
    for who in READERS:
        for endpoint, errors, words in silent_errors(spoken, who):
            assert words == [], endpoint
            shown[endpoint] = max(errors, shown.get(endpoint, 0))
    assert len(shown) > 45
    assert sum(1 for errors in shown.values() if errors) > 45


def test_words_that_pass_the_translator_by_are_noticed() -> None:
    page = (
        "<!doctype html><html lang='nl'><title>⟦A⟧</title><h1>⟦Child <b>%s</b>⟧ Save</h1>"
        "<input aria-label='Search' placeholder='⟦x⟧'><p>Zqxfamily, azc Hier 12:30 ⟦a ⟦b⟧ c⟧</p></html>"
    )
    assert pseudo.outside(page, pseudo.data_of_the_world()) == ["Save", "Search"]
