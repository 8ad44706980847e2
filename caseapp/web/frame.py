"""The frame of every page: languages, filters, the menu, and what happened just before."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from flask import Flask, current_app, flash, g, get_flashed_messages, request
from flask_babel import gettext as _

from caseapp.domain.policy import Permission
from caseapp.domain.rules.rule import Severity
from caseapp.kernel import clock
from caseapp.kernel.seals import Unreadable
from caseapp.web import language_switch
from caseapp.web.assets import asset_addresses
from caseapp.web.filters import FILTERS
from caseapp.web.i18n import NAMES, Words, language, wire_languages
from caseapp.web.labels import SEVERITIES, label
from caseapp.web.login import SignedIn
from caseapp.web.menus import (
    FOOT_LINKS,
    Count,
    Link,
    NavItem,
    Person,
    menu_for,
    nav_for,
    role_label,
)
from caseapp.web.request import current_actor, machine
from caseapp.web.returning import wire_returning

NAME: Final = "caseapp.frame"


@dataclass(slots=True)
class FrameSources:
    """What slices tell the frame; they set it when their blueprint is registered."""

    counts: Callable[[], Mapping[str, Count]] = dict
    """The numbers beside the menu, by endpoint; asked once a page."""
    place: Callable[[], str] = str
    """Where the signed-in person works: the name of a location or region."""


def frame_sources(app: Flask) -> FrameSources:
    """Return what the slices can fill in."""
    return cast("FrameSources", app.extensions[NAME])


def say(kind: str, bold: Words, text: Words = "") -> None:
    """Keep a message for the next page: kind good, warning, critical or nothing.

    It travels in the cookie of the browser, signed and not sealed: no names of children in it.
    """
    flash(f"{bold}\n{text}", kind)


def say_unreadable(fault: Unreadable) -> None:
    """Say on the next page that a record cannot be read, and so cannot be changed."""
    say(
        "critical",
        _("This record cannot be read, so it cannot be changed."),
        _("Tell the administrator: ref %(reference)s.", reference=fault.reference),
    )


def wire_frame(app: Flask) -> None:
    """Give templates their filters, functions and frame; add the switch of languages."""
    app.extensions[NAME] = FrameSources()
    wire_languages(app, _account_language)
    wire_returning(app)
    app.register_blueprint(language_switch.bp)
    exists = _plain_endpoints(app)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.filters.update(label=label, severity_word=lambda s: SEVERITIES[Severity(s)])
    app.jinja_env.globals.update(
        asset=asset_addresses(app), exists=exists, language=language, languages=NAMES, P=Permission
    )

    @app.context_processor
    def _frame() -> dict[str, Any]:
        person = None if g.get("plain_frame") else _person(app)
        return {
            "actor": person,
            "nav": _Menu(app, person, exists) if person else (),
            "menu_links": menu_for(person, exists) if person else (),
            "foot_links": [link for link in FOOT_LINKS if exists(link.endpoint)],
            "locale": language(),
            "flashes": _flashes() if not g.get("plain_frame") else (),
            "today": clock.local_day(machine().now()),
        }


@dataclass(frozen=True, slots=True)
class _Menu:
    """The menu, made when a template draws it: a page that hides it asks for no counts."""

    app: Flask
    person: Person
    exists: Callable[[str], bool]

    def __iter__(self) -> Iterator[NavItem]:
        counts = frame_sources(self.app).counts()
        return iter(nav_for(self.person.role, self.exists, counts, request.endpoint))


def _person(app: Flask) -> Person | None:
    actor = current_actor()
    if actor.account_id is None:
        return None
    return Person(actor, role_label(actor.role, frame_sources(app).place()))


def _flashes() -> list[tuple[str, str, str]]:
    found = cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))
    return [(kind, *_halves(message)) for kind, message in found]


def _halves(message: str) -> tuple[str, str]:
    bold, _, text = message.partition("\n")
    return bold, text


def _account_language() -> str | None:
    """Return the language of somebody who was already looked up: never ask the database for it."""
    user = g.get("_login_user")
    return user.language if isinstance(user, SignedIn) else None


def _plain_endpoints(app: Flask) -> Callable[[str], bool]:
    """Return the question whether an endpoint exists and needs nothing in its address."""

    def exists(endpoint: str) -> bool:
        if endpoint not in app.view_functions:
            return False
        return any(not rule.arguments for rule in current_app.url_map.iter_rules(endpoint))

    return exists


__all__ = [
    "Count",
    "FrameSources",
    "Link",
    "NavItem",
    "Person",
    "frame_sources",
    "say",
    "wire_frame",
]
