"""The application: settings, machine room, slices; it refuses to start when something is not right."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, Final

from flask import Flask, session
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from caseapp.accounts import actions as account_actions
from caseapp.accounts import queries as accounts
from caseapp.accounts.views import provider
from caseapp.accounts.views.blueprint import tell_carried
from caseapp.audit import queries as audit
from caseapp.casefile import queries as casefile
from caseapp.casefile.views.pacing import too_fast
from caseapp.continuity import queries as continuity
from caseapp.doctor import TABLE, Level, examine, refuse_unsound
from caseapp.domain.limits import limits_from
from caseapp.domain.mailing import LetterState
from caseapp.kernel import clock
from caseapp.kernel.db import open_engine
from caseapp.kernel.jobs import last_done
from caseapp.kernel.keys import EVERY_DOMAIN, Keyring, Lasting
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.machine import Machine
from caseapp.kernel.oidc import check_provider
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.seals import Domain
from caseapp.kernel.stolen import check_stolen
from caseapp.kernel.work import Work
from caseapp.notices import queries as notices
from caseapp.privacy.queries import refuse_unreplayed
from caseapp.reference.queries import in_force
from caseapp.reference.views.blueprint import Health, tell_health
from caseapp.settings import ROOT, Settings, SettingsError, limits_file, load
from caseapp.web import request as web_request
from caseapp.web.address_parts import CONVERTERS
from caseapp.web.arriving import wire_arriving
from caseapp.web.browser_report import wire_reports
from caseapp.web.days import write_day
from caseapp.web.errors import wire_errors
from caseapp.web.filters import moment
from caseapp.web.frame import wire_frame
from caseapp.web.guard import open_file, refuse_unguarded, tell_pace
from caseapp.web.headers import wire_headers
from caseapp.web.labels import ROLES
from caseapp.web.logged import wire_log
from caseapp.web.login import SignedIn, login_manager
from caseapp.web.request import drop_work
from caseapp.web.uploads import InMemoryRequest
from caseapp.wiring import REACTIONS, write_trail

SLICES: Final = (
    "accounts", "audit", "reference", "people", "placements", "moves", "schooling", "care", "observations",
    "guardianship", "safety", "continuity", "notices", "casefile", "exchange", "reporting", "privacy",
)  # fmt: skip
MEGABYTE: Final = 1024 * 1024
WORKER_IS_LATE: Final = timedelta(minutes=5)


def open_machine(
    settings: Settings,
    now: Callable[[], datetime] = clock.now,
    domains: Collection[Domain] = EVERY_DOMAIN,
) -> Machine:
    """Open the house, or raise KeyRefusal, SettingsError or UnsoundError; nothing was written then."""
    machine = build_machine(settings, now, domains)
    refuse_unreplayed(machine)
    refuse_unsound(machine)
    return machine


def build_machine(
    settings: Settings,
    now: Callable[[], datetime] = clock.now,
    domains: Collection[Domain] = EVERY_DOMAIN,
) -> Machine:
    """Open database and keys whatever else is wrong, as the doctor does, who says what it is."""
    check_stolen(settings.stolen_passwords)
    check_provider(settings)
    keyring = Keyring.open(
        root_key(settings),
        Keystore(settings.keystore_url),
        domains=domains,
        lasting=Lasting(ttl=settings.key_ttl_minutes * 60),
    )
    if not settings.is_demo:
        _refuse_demo_accounts(settings)
    return Machine(
        settings=settings,
        engine=open_engine(settings.database_url),
        keyring=keyring,
        find_limits=in_force(limits_from(limits_file())),
        reactions=REACTIONS,
        write_trail=write_trail,
        now=now,
    )


def create_app(settings: Settings | None = None, machine: Machine | None = None) -> Flask:
    """Build the application; raises UnguardedRouteError when a route has no guard."""
    settings = settings or (machine.settings if machine else load())
    app = Flask(
        "caseapp", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.request_class = InMemoryRequest
    app.config.update(_flask_settings(settings))
    app.extensions["caseapp"] = machine or open_machine(settings)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    app.url_map.converters.update(CONVERTERS)
    _set_templates(app)
    app.view_functions["static"] = open_file(
        "style, script, fonts and icons: the same for everyone"
    )(_static(app))
    CSRFProtect(app)  # type: ignore[no-untyped-call]
    _let_in(app)
    for wire in (wire_log, wire_arriving, wire_frame, wire_reports, wire_headers, wire_errors):
        wire(app)
    app.teardown_request(drop_work)
    _take_in_slices(app, settings)
    refuse_unguarded(app)
    return app


def _take_in_slices(app: Flask, settings: Settings) -> None:
    """Give every slice its addresses, and tell the lower ones what those above them know."""
    for name in SLICES:
        app.register_blueprint(import_module(f"caseapp.{name}.views").bp)
    if settings.oidc_issuer:
        app.register_blueprint(provider.bp)
    tell_health(app, _health)
    tell_health(app, _doctor)
    tell_carried(app, casefile.count_carried)
    tell_pace(app, too_fast)


def _let_in(app: Flask) -> None:
    """Say how a browser's token becomes somebody.

    Without its variable in templates: an error page must not ask the database who is there.
    """
    manager: Any = login_manager()
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(lambda token: _who(app.extensions["caseapp"], token))


def _set_templates(app: Flask) -> None:
    """Let a name that is missing fail, and keep the settings out of reach of templates."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.pop("config", None)


def _who(machine: Machine, token: str) -> SignedIn | None:
    """Return who a browser's token stands for; a sign of life is written once a minute at most."""
    visit = accounts.signed_in(machine, token)
    if visit is None:
        return None
    if visit.is_stale:
        account_actions.note_seen(machine, visit.session_id)
    if visit.has_risen:
        return _renewed(machine, visit)
    return _signed_in(token, visit)


def _renewed(machine: Machine, visit: accounts.Visit) -> SignedIn | None:
    """Give a browser another token, because a right began since it got the one it has."""
    token = account_actions.renew(machine, visit.session_id)
    again = accounts.signed_in(machine, token) if token else None
    if token is None or again is None:
        return None
    session["_user_id"] = token
    return _signed_in(token, again)


def _signed_in(token: str, visit: accounts.Visit) -> SignedIn:
    return SignedIn(
        token,
        visit.session_id,
        visit.actor,
        language=visit.language,
        must_change=visit.must_change,
        level=visit.level,
        proved_at=visit.proved_at,
        has_factor=visit.has_factor,
        pace=visit.pace,
    )


def _health(work: Work) -> Iterator[Health]:
    """Tell the page about the system what the slices above it know: no personal data."""
    day = continuity.last_done(work, "nightly")
    late = day is None or (work.today - day).days > 1
    yield Health(_("Nightly look"), write_day(day) if day else _("never"), is_good=not late)
    yield from _trail_health(work)
    yield from _mail_health(work)
    for role, count in accounts.count_open(work).items():
        yield Health(_("Open accounts: %(role)s", role=ROLES[role]), str(count))


def _doctor(work: Work) -> Iterator[Health]:
    """Tell the page what the doctor finds; in a demo what is not as in production is just a fact."""
    machine = web_request.machine()
    otherwise = None if machine.settings.is_demo else False
    for code, finding in examine(machine):
        is_good = True if finding.level is Level.OK else otherwise
        yield Health(TABLE[code].label, finding.sentence, is_good)


def _trail_health(work: Work) -> Iterator[Health]:
    """Tell whether the trail is whole, and when somebody looked."""
    last = audit.last_look(work)
    words = moment(last.at, work.today) if last else _("never")
    if audit.is_broken(work):
        words = _("broken: a file leaves the house only after two people looked at it")
    yield Health(_("Log of who saw what"), words, is_good=not audit.is_broken(work))


def _mail_health(work: Work) -> Iterator[Health]:
    """Tell whether the worker is there, and how the mail is."""
    at = last_done(work, "compose")
    words = moment(at, work.today) if at else _("never")
    yield Health(_("Worker"), words, is_good=at is not None and work.now - at < WORKER_IS_LATE)
    if not web_request.machine().settings.mail_host:
        yield Health(_("Mail"), _("off: mails wait in the outbox"))
    lost = notices.count_letters(work).get(LetterState.DEAD, 0)
    yield Health(_("Mails that could not be delivered"), str(lost), is_good=not lost)


def _static(app: Flask) -> Any:
    def static(filename: str) -> Any:
        return app.send_static_file(filename)

    return static


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-caseapp" if settings.cookie_secure else "caseapp",
        "SESSION_COOKIE_SECURE": settings.cookie_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "MAX_CONTENT_LENGTH": 2 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "MAX_FORM_PARTS": 1000,
        "TRUSTED_HOSTS": list(settings.hosts),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "TESTING": settings.stage == "test",
        "PROPAGATE_EXCEPTIONS": False,
    }


def _refuse_demo_accounts(settings: Settings) -> None:
    """Raise SettingsError when an account of the demo world stands in a database that is not a demo."""
    engine = open_engine(settings.database_url)
    try:
        if accounts.has_demo_accounts(engine):
            raise SettingsError(
                "This database holds demo accounts and may not run outside the demo stage."
            )
    finally:
        engine.dispose()
