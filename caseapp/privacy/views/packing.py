"""The answer to a request for access as one package: asked for, agreed to by another, made once."""

import json

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.document import write
from caseapp.domain.granting import RefusedError
from caseapp.domain.policy import Permission
from caseapp.domain.privacy_rights import Asker, Refusal, Right, RightRefusedError
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import Work
from caseapp.privacy import actions, queries
from caseapp.privacy.facts import Everything, everything
from caseapp.privacy.forms import PackageForm, VersionForm
from caseapp.privacy.scope import RequestOf, the_request
from caseapp.privacy.views import looking, reading
from caseapp.privacy.views.blueprint import bp, name_of
from caseapp.privacy.views.refusing import refused_words
from caseapp.privacy.views.requesting import to_request
from caseapp.privacy.views.saying import lines_of
from caseapp.web.days import write_day
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.labels import label

FORMAT = "caseapp-answer/1"


@bp.route("/verzoeken/<uuid:request_id>/pakket/vragen", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_request, fresh=True)
def ask_package(work: Work, found: RequestOf) -> ResponseReturnValue:
    """Ask a second person to let the whole file leave the house."""
    form = PackageForm(request.form, values={"version": found.row.version})
    if form.submitted:
        try:
            actions.ask_package(
                work,
                found.row,
                maybe(form.version),
                some(form.reason),
                without_words=bool(form.without_words.data),
            )
        except (RightRefusedError, RefusedError) as refused:
            form.complain(refused_words(refused))
        else:
            return to_request(work, found, _("A second person is asked to agree."))
    return render_template("privacy/ask_package.html", form=form, found=found)


@bp.route("/verzoeken/<uuid:request_id>/pakket", methods=["POST"])
@guard(Permission.PRIVACY_DESK, on=the_request, fresh=True)
def package(work: Work, found: RequestOf) -> ResponseReturnValue:
    """Make the package and give it: once, never kept; it takes the agreement of a second person."""
    VersionForm(request.form)
    try:
        actions.give_package(work, found.row)
        content = _made(work, found)
    except (RightRefusedError, RefusedError) as refused:
        say("critical", refused_words(refused))
    except Unreadable as fault:
        say(
            "critical",
            _("A part of the file cannot be read, so there is no answer: half of it is none."),
            _("Tell the administrator: ref %(reference)s.", reference=fault.reference),
        )
    else:
        work.commit()
        answer = Response(content, mimetype="application/zip")
        name = _("answer-%(day)s", day=work.today.isoformat())
        answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.zip")
        return answer
    work.undo()
    return redirect(url_for("privacy.one_request", request_id=found.row.id), 303)


def _made(work: Work, found: RequestOf) -> bytes:
    row = found.row
    kept = everything(work, row.child_id, without_words=row.facts.without_words)
    if kept is None:
        raise RightRefusedError(Refusal.NOT_ALLOWED)
    return actions.pack(work, _files(work, found, kept), _about(work, found))


def _files(work: Work, found: RequestOf, kept: Everything) -> dict[str, str | bytes]:
    """Return the files of the package by name: for people as text and page, for machines as JSON."""
    title = _("What is kept about %(name)s", name=name_of(found.child))
    chapters = reading.told(kept)
    seen = lines_of(work, queries.who_saw(work, found.row.child_id))
    page = render_template(
        "privacy/dossier.html", title=title, chapters=chapters, seen=seen, today=work.today
    )
    read_me, file, who_saw = _("read-me"), _("file"), _("who-saw")
    return {
        f"{read_me}.txt": _read_me(work, found, title),
        f"{file}.txt": reading.as_text(title, chapters),
        f"{file}.html": page,
        f"{who_saw}.txt": looking.as_text(seen) + "\n",
        f"{who_saw}.csv": looking.as_csv(seen),
        "dossier.json": _json(write(kept.dossier)),
        "beside.json": _json(_beside(kept)),
    }


def _beside(kept: Everything) -> dict[str, object]:
    said = [
        {
            "chapter": row.chapter,
            "on": row.facts.on.isoformat(),
            "by": row.facts.by,
            "text": row.facts.text,
        }
        for row in kept.statements
    ]
    texts = [{"what": one.what, "on": one.on.isoformat(), "text": one.text} for one in kept.beside]
    return {"statements": said, "texts": texts}


def _about(work: Work, found: RequestOf) -> dict[str, object]:
    return {
        "format": FORMAT,
        "made_at": work.now.isoformat(timespec="seconds"),
        "request": str(found.row.id),
        "received_on": found.row.received_on.isoformat(),
        "asked_by": found.row.asker,
        "without_own_words": found.row.facts.without_words,
    }


def _read_me(work: Work, found: RequestOf, title: str) -> str:
    facts = found.row.facts
    lines = [
        title,
        "",
        _("Asked: %(what)s", what=label(Right(found.row.right))),
        _("Asked by: %(who)s", who=facts.asker_name or label(Asker(found.row.asker))),
        _("Came in on: %(day)s", day=write_day(found.row.received_on)),
        _("Made on: %(day)s", day=write_day(work.today)),
        "",
        _("What is left out: where other members of the family live. That is theirs."),
    ]
    if facts.without_words:
        lines.append(_("Also left out: what the child said in its own words."))
    lines += [
        "",
        _("Is something wrong? You may ask to correct it, or have your own words put beside it."),
        _("You can complain to the Autoriteit Persoonsgegevens."),
        _("Keep this well: whoever has these files can read them."),
    ]
    return "\n".join(lines) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
