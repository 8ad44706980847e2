"""Signing in through the identity provider of the organisation: pages that are there only when it is set.

The way out begins with a button, never with a link from elsewhere. It goes on by a header and a link, because
a browser holds a form to the addresses of our own policy.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import linking
from caseapp.accounts.forms import SureForm
from caseapp.accounts.views import known_browser
from caseapp.accounts.views.blueprint import this_session
from caseapp.accounts.views.door import begin, device_of
from caseapp.domain.second_factor import Level, is_fresh
from caseapp.kernel.oidc import Identity, Provider, ProviderError, provider_of, way_back, way_out
from caseapp.kernel.work import Work
from caseapp.web.frame import say
from caseapp.web.guard import public, signed_in, signed_in_freshly
from caseapp.web.language_switch import own_address
from caseapp.web.request import machine, visitor

bp: Final = Blueprint("provider", __name__)

TRIP: Final = "provider"
"""In the cookie of the browser: the state of the trip, when it began, where to after it, and what for."""


def provider_name() -> str:
    """Return how the organisation calls its provider."""
    settings = machine().settings
    return settings.oidc_name or settings.oidc_issuer.partition("//")[2]


@bp.app_context_processor
def _name() -> dict[str, Any]:
    return {"provider_name": provider_name}


@bp.route("/inloggen/organisatie", methods=["POST"])
@public("here one goes to the provider to become somebody")
def set_out(work: Work) -> ResponseReturnValue:
    """Go to the provider to sign in."""
    SureForm(request.form)  # refuses fields that nobody asked for
    return _go(work, link=False)


@bp.route("/inloggen/terug")
@public("here one comes back from the provider")
def come_back(work: Work) -> ResponseReturnValue:
    """Take the answer of the provider, once, in the browser that set out."""
    trip = session.pop(TRIP, None)
    identity = _identity(work, trip)
    if identity is None:
        say("warning", _("That did not work."), _("Try again, or use your password."))
        return redirect(url_for("accounts.sign_in"), 303)
    return _link(work, identity) if trip["link"] else _arrive(work, identity)


@bp.route("/account/koppeling")
@signed_in
def link(work: Work) -> ResponseReturnValue:
    """Show whether I can sign in through the provider."""
    return render_template(
        "accounts/provider.html", is_linked=linking.is_linked(work, _own_id(work))
    )


@bp.route("/account/koppeling/maken", methods=["POST"])
@signed_in_freshly
def make_link(work: Work) -> ResponseReturnValue:
    """Go to the provider to show who I am there."""
    SureForm(request.form)
    return _go(work, link=True)


@bp.route("/account/koppeling/verbreken", methods=["POST"])
@signed_in_freshly
def end_link(work: Work) -> ResponseReturnValue:
    """Sign in through the provider no more."""
    if SureForm(request.form).submitted:
        linking.unlink_identity(work, _own_id(work))
        work.commit()
        say("good", _("The link is ended."))
    return redirect(url_for("provider.link"), 303)


def _go(work: Work, *, link: bool) -> ResponseReturnValue:
    trip = linking.new_trip(work)
    try:
        to = way_out(_provider(), trip)
    except ProviderError:
        say(
            "warning", _("%(name)s does not answer.", name=provider_name()), _("Use your password.")
        )
        return redirect(url_for("provider.link" if link else "accounts.sign_in"), 303)
    session[TRIP] = {"state": trip.state, "at": int(work.now.timestamp()), "link": link}
    page = render_template("accounts/to_provider.html", to=to)
    return page, 200, {"Refresh": f"0; url={to}"}


def _identity(work: Work, trip: Any) -> Identity | None:
    """Return who came back; None when this browser did not set out, is too late, or is not believed."""
    if not isinstance(trip, Mapping):
        return None
    gone = work.now.timestamp() - trip["at"]
    if not 0 <= gone < linking.TRIP_LASTS.total_seconds():
        return None
    try:
        return way_back(
            _provider(), linking.trip_of(work, trip["state"]), request.args.to_dict(), work.now
        )
    except ProviderError:
        return None


def _arrive(work: Work, identity: Identity) -> ResponseReturnValue:
    mark = known_browser.mark(work)
    arrival = linking.Arrival(
        identity=identity,
        address=request.remote_addr or "",
        device=device_of(request.user_agent.string),
        session_before=this_session(),
        mark=mark,
    )
    arrived = linking.arrive(machine(), arrival, work.route)
    if arrived is None:
        say(
            "warning",
            _("Nobody here is linked with this sign-in yet."),
            _("Sign in with your password and second step first. Then link it at My details."),
        )
        return redirect(url_for("accounts.sign_in"), 303)
    begin(arrived.token)
    if arrived.level is Level.FULL:
        known_browser.keep(mark)
    return redirect(url_for("accounts.second_step", next=own_address("/")), 303)


def _link(work: Work, identity: Identity) -> ResponseReturnValue:
    """Link what came back with who is signed in, if the second factor was proved just before."""
    who = visitor()
    if who is None or who.level is not Level.FULL or not is_fresh(who.proved_at, work.now):
        abort(403)
    if linking.link_identity(work, _own_id(work), identity):
        work.commit()
        say("good", _("From now on you can sign in through %(name)s.", name=provider_name()))
    else:
        say("warning", _("Another account is linked with this sign-in."))
    return redirect(url_for("provider.link"), 303)


def _provider() -> Provider:
    settings = machine().settings
    return provider_of(settings, settings.base_url.rstrip("/") + url_for("provider.come_back"))


def _own_id(work: Work) -> UUID:
    if work.actor.account_id is None:
        abort(401)
    return work.actor.account_id
