"""Routes: guarded, open only with a reason, spelled alike, and none lost unnoticed (R1, R6, R8, R9)."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from caseapp.web.guard import Guarded, UnguardedRouteError, public, refuse_unguarded
from tests.census import CENSUS, Everyone, example
from tests.meta.hall import TRAIL, Hall, routes
from tests.meta.tree import ROOT

ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
LIST = ROOT / "tests" / "data" / "routes.txt"
PIECE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*|<(?:uuid|int|path|rule|limit|fact):[a-z_]+>")
OPEN = {
    "accounts.sign_in": "here one becomes somebody",
    "accounts.first_key": "the key that the command line printed is what lets in",
    "accounts.sign_out": "whose session has ended may leave too",
    "static": "style, script, fonts and icons: the same for everyone",
    "web.browser_report": "a browser tells without a session what it kept out; nothing is read or kept of it",
    "web.language": "somebody who cannot sign in must be able to read the page too",
}
"""What is open to the whole world, and why; it takes two people's eyes to add a line."""


def lines(app: Flask) -> list[str]:
    """Return every route as a line: its methods, its address, its endpoint."""
    found = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        found.append(f"{methods} {rule.rule} {rule.endpoint}")
    return sorted(found, key=lambda line: line.split(" ")[1:])


def badly_spelled(app: Flask) -> Iterator[str]:
    """Yield each address that is not made of words-with-hyphens and typed parts."""
    for rule in app.url_map.iter_rules():
        pieces = [piece for piece in rule.rule.split("/") if piece]
        if not all(PIECE.fullmatch(piece) for piece in pieces):
            yield rule.rule


def forgeries(hall: Hall) -> Iterator[str]:
    """Send every form with a wrong token, with none and with another's; yield what got through."""
    for endpoint, method in routes(hall.app):
        if method in {"GET", "HEAD"}:
            continue
        who = next(
            one for one in (*hall.tokens, None) if example(hall.ground, endpoint, one) is not None
        )
        path = hall.path(endpoint, example(hall.ground, endpoint, who) or {}, method)
        other = hall.client("monitor" if who != "monitor" else "cpk").token()
        for token in ("forged", "", other):
            answer = hall.ask(who, method, path, {"csrf_token": token})
            if answer.status_code != 400 or hall.written - TRAIL:
                yield f"{who} {method} {endpoint}: {answer.status_code} {hall.written}"


def bare_app() -> Flask:
    """Return an application with nothing but a guarded file route."""
    app = Flask("bare", static_folder=None)
    app.register_error_handler(404, lambda _error: ("", 404))
    return app


@ON_SQLITE
def test_the_application_refuses_to_start_with_an_unguarded_route(built: Flask) -> None:
    refuse_unguarded(built)
    app = bare_app()
    app.add_url_rule("/open", view_func=public("to try")(lambda _work: ""), endpoint="tried")
    refuse_unguarded(app)
    app.add_url_rule("/bare", view_func=lambda: "", endpoint="bare")
    with pytest.raises(UnguardedRouteError, match="bare"):
        refuse_unguarded(app)


@ON_SQLITE
def test_what_is_open_to_everyone_is_a_short_list_with_reasons(built: Flask) -> None:
    views = {name: view for name, view in built.view_functions.items() if isinstance(view, Guarded)}
    found = {
        name: view.open_because for name, view in views.items() if view.open_because is not None
    }
    assert found == OPEN
    assert {name for name, page in CENSUS.items() if page.needs is Everyone.ANYBODY} == set(OPEN)


@ON_SQLITE
def test_every_page_about_something_fetches_it_through_a_scope(built: Flask) -> None:
    """A view never receives an id: the parts of its address are taken by its scope (R4)."""
    left = []
    for rule in built.url_map.iter_rules():
        view = built.view_functions[rule.endpoint]
        assert isinstance(view, Guarded)
        if not view.open_because and set(rule.arguments) - set(view.takes):
            left.append(rule.endpoint)
    assert left == []


@ON_SQLITE
def test_addresses_are_words_with_hyphens_and_typed_parts(built: Flask) -> None:
    assert list(badly_spelled(built)) == []


def test_an_address_that_is_spelled_otherwise_is_noticed() -> None:
    app = bare_app()
    for path in ("/MyPage", "/a_b", "/kind/<child_id>", "/goed-zo/<uuid:row_id>"):
        app.add_url_rule(path, endpoint=path)
    assert sorted(badly_spelled(app)) == ["/MyPage", "/a_b", "/kind/<child_id>"]


@ON_SQLITE
def test_no_route_comes_or_goes_unnoticed(built: Flask) -> None:
    """A removed address breaks somebody's bookmark: `tests/data/routes.txt` changes with it."""
    assert lines(built) == LIST.read_text("utf-8").splitlines()


@pytest.mark.attack(25)
@pytest.mark.asvs("3.5.1")
@ON_SQLITE
def test_a_wrong_token_is_refused_by_every_form(hall: Hall) -> None:
    assert list(forgeries(hall)) == []


@pytest.mark.attack(25, twin="a form takes any token")
@ON_SQLITE
def test_a_form_that_takes_any_token_is_noticed(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(hall.app.config, "WTF_CSRF_ENABLED", False)
    assert len(list(forgeries(hall))) > 10
    hall.put_back()
