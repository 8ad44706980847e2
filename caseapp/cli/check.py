"""Say what the rules find in a dossier document on a day, without a database."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from caseapp.domain.continuity import assess
from caseapp.domain.document import DocumentError, load, parse
from caseapp.domain.json_text import MOST_BYTES, JsonTextError, read_json
from caseapp.domain.limits import LimitBook, limits_from
from caseapp.domain.readers import Day, pairs
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Finding
from caseapp.settings import limits_file

_WRONG: Final = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take one document, or lines of them."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="a dossier document; - for stdin")
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day (today if not given)")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='read lines {"id": ..., "on": DATE, "dossier": {...}} from stdin, answer each',
    )


def run(args: argparse.Namespace) -> int:
    """Print what is found; return 2, and say where, when a document is not valid."""
    limits = limits_from(limits_file())
    if args.jsonl:
        return _check_lines(args.file, limits)
    if args.file is None:
        return _refused("Name a FILE, or - for standard input, or give --jsonl.")
    try:
        dossier = load(_read(args.file))
    except OSError as error:
        return _refused(f"{args.file}: {error.strerror}.")
    except DocumentError as error:
        return _refused(f"{error.path or '(document)'}: {error.sentence}")
    on = args.on or _today()
    findings = assess(dossier, on, limits)
    if args.json:
        print(json.dumps([_as_json(finding) for finding in findings], indent=2))
    else:
        print("\n".join(_for_people(findings, on)))
    return 0


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return _WRONG


def _day(text: str) -> date:
    try:
        return Day().read(text)
    except DocumentError as error:
        raise argparse.ArgumentTypeError(error.sentence) from None


def _today() -> date:
    from caseapp.kernel import clock

    return clock.today()


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _as_json(finding: Finding) -> Mapping[str, str | None]:
    return {
        "rule": finding.rule,
        "subject": finding.subject,
        "severity": finding.severity.value,
        "since": finding.since.isoformat(),
        "due": None if finding.due is None else finding.due.isoformat(),
    }


def _for_people(findings: Sequence[Finding], on: date) -> Iterator[str]:
    """Yield a line for each finding, or one that says that there is none."""
    if not findings:
        yield f"Nothing found on {on}."
    for finding in findings:
        name = RULES[finding.rule].name
        line = f"{finding.severity.value:8}  {finding.rule}  {name} ({finding.subject})"
        line += f", since {finding.since}"
        yield line if finding.due is None else f"{line}, due {finding.due}"


def _check_lines(name: str | None, limits: LimitBook) -> int:
    """Answer every line; a bad one gets an error in its own answer, so that the others go on."""
    try:
        if name in {None, "-"}:
            _answer_lines(sys.stdin.buffer, limits)
        else:
            with Path(str(name)).open("rb") as file:
                _answer_lines(file, limits)
    except OSError as error:
        return _refused(f"{name or 'standard input'}: {error.strerror}.")
    return 0


def _answer_lines(source: BinaryIO, limits: LimitBook) -> None:
    for line in _lines(source):
        if line.strip():
            print(json.dumps(answer(line, limits)))


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Yield the lines; of one that is too long only its start, which is enough to refuse it."""
    while line := source.readline(MOST_BYTES + 2):
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = source.readline(MOST_BYTES + 2)
        yield line


def answer(line: bytes, limits: LimitBook) -> Mapping[str, object]:
    """Return the findings for one line, or an error with path and sentence; never raises."""
    said: dict[str, object] = {"id": None, "on": None}
    try:
        given = pairs(read_json(line))
        said |= {key: given[key] for key in said if type(given.get(key)) in {str, int}}
        on, dossier = _asked(given)
        findings = assess(parse(dossier), on, limits)
    except JsonTextError as error:
        return said | {"error": {"path": "", "sentence": str(error)}}
    except DocumentError as error:
        return said | {"error": {"path": error.path, "sentence": error.sentence}}
    return said | {"findings": [_as_json(finding) for finding in findings]}


def _asked(given: Mapping[str, object]) -> tuple[date, object]:
    for key in ("id", "on", "dossier"):
        if key not in given:
            raise DocumentError(key, "This is missing.")
    try:
        return Day().read(given["on"]), given["dossier"]
    except DocumentError as error:
        raise error.within("on") from None
