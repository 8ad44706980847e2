"""The switch to another language, for everyone, on every page."""

from typing import Final

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from caseapp.kernel.work import Work
from caseapp.web.forms import Form, HiddenField, maybe
from caseapp.web.guard import public
from caseapp.web.i18n import remember

bp: Final = Blueprint("web", __name__)


class LanguageForm(Form):
    """The language, and the page to go back to."""

    language = HiddenField()
    back = HiddenField()


@bp.post("/taal")
@public("somebody who cannot sign in must be able to read the page too")
def language(work: Work) -> ResponseReturnValue:
    """Remember the language for this session and return to the page."""
    form = LanguageForm(request.form)
    remember(maybe(form.language) or "")
    return redirect(own_address(maybe(form.back) or "/"), 303)


def own_address(address: str) -> str:
    """Return the address when it is a path of ours, else the first page."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_path and address.isprintable() else "/"
