"""The desk of the privacy officer: who saw which file, and what children and parents ask."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.web.guard import guard

bp = Blueprint("privacy", __name__)


@bp.route("/inzage")
@guard(Permission.PRIVACY_DESK)
def desk(work: Work) -> ResponseReturnValue:
    """Say what this desk will hold: no request can be answered here yet."""
    return render_template("privacy/desk.html")
