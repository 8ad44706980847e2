"""When somebody else was first: the page says so, and keeps what was typed."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from caseapp.continuity.forms import MistakenForm, PutOffForm
from caseapp.kernel.work import Work
from caseapp.web.past import meanwhile

if TYPE_CHECKING:
    from caseapp.continuity.models import Alert


def look_again(work: Work, row: "Alert", form: MistakenForm | PutOffForm) -> None:
    """Let who was second read what changed first; the form then counts from the alert as it is now."""
    work.undo()
    work.session.refresh(row)
    meanwhile(form, {}, row.version)
    form.complain(_("Somebody else changed this alert in the meantime. Look at it again first."))
