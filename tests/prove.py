"""Runs the long proofs in full, goes on where an earlier run stopped, and writes docs/proof.md.

How far each proof is stands in instance/proofs; a proof that ended on this commit is not run again. Options:
--share 0.1 takes a tenth of the rounds, --only NAME one proof. It ends with 1 when something was not proved.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from caseapp.kernel import clock
from caseapp.settings import ROOT

STATE: Final = ROOT / "instance" / "proofs"
LINES: Final = 20
"""So many lines of a proof are kept: the figures, then each fault."""
PAPER: Final = ROOT / "docs" / "proof.md"


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof: its module in tests/proofs, what it proves, its option for rounds, how many, and where."""

    module: str
    says: str
    option: str
    rounds: int
    databases: Sequence[str] = ("sqlite", "postgresql")

    def runs(self) -> Iterator[tuple[str, str]]:
        """Yield a name and a database for each time it is run; once when it needs none."""
        for database in self.databases or ("",):
            yield f"{self.module}-{database}".rstrip("-"), database


PROOFS: Final = (
    Proof(
        "any_dossier",
        "Any document is assessed without a crash, and the order in which it is written means nothing.",
        "--rounds",
        5000,
        databases=(),
    ),
    Proof(
        "audit_chain",
        "32 writers at once leave one chain without a gap or a fork, and a million records are verified within"
        " ten seconds, without a false alarm.",
        "--records",
        1_000_000,
    ),
    Proof(
        "idor_replay",
        "Keys that one person saw are of no use to another, in the path, the query, a form, a hidden field or"
        " a list: nothing is told and nothing of a child that is not in sight is changed.",
        "--rounds",
        10_000,
        databases=("sqlite",),
    ),
    Proof(
        "import_kills",
        "A worker that is killed (kill -9) while it applies a list leaves nothing half, and the next one"
        " applies all of it, once.",
        "--kills",
        100,
    ),
    Proof(
        "key_rotation",
        "While 8 people write and 8 read, keys are replaced, wrapped anew and destroyed, by a process that"
        " is killed (kill -9) again and again: no request fails, and every value opens in the end.",
        "--kills",
        100,
    ),
    Proof(
        "list_fuzz",
        "Whatever file comes in as a list, hurt, random or made to do harm, gives a report or a sentence: no"
        " crash, no page that fails, no file over 5 seconds or 300 MB, and nothing is written about children.",
        "--files",
        10_000,
    ),
    Proof(
        "list_readings",
        "Random files and random series of lists are read and told as the page about the samples says, held"
        " against a second reading that was made from that page alone.",
        "--rounds",
        20_000,
        databases=(),
    ),
    Proof(
        "list_worlds",
        "Random series of lists through a real house are told as a second reading of the page tells them, what"
        " is applied is what was tried, and rows that a person takes are carried out and are then the same.",
        "--rounds",
        200,
    ),
    Proof(
        "mail_faults",
        "Whatever a mail server does - down, slow, refusing, hanging up with or without the mail - and wherever"
        " a worker is killed (kill -9), no message is lost; a mail comes once, and twice at most where nobody"
        " could know, as the same mail; the desk sees what did not arrive. Pages answer as fast meanwhile.",
        "--rounds",
        20,
    ),
    Proof(
        "move_races",
        "However many people take a step of one move at once, the child ends in one place, with one person"
        " who is responsible, and the trail holds each step that was done once.",
        "--rounds",
        5000,
    ),
    Proof(
        "mutants",
        "Of small faults that are made in crypto, keys, policy, guard, reach, door and trail, one at a time,"
        " tests notice nine of ten in each module; docs/mutants.md says why the others may live.",
        "--rounds",
        15,
        databases=(),
    ),
    Proof(
        "nightly_kills",
        "A nightly look that is killed (kill -9) goes on where it was, ends with the same alerts, and a second"
        " look changes nothing.",
        "--rounds",
        200,
    ),
    Proof(
        "raising_races",
        "32 workers let the alerts of the same 500 children follow the facts at once, half of them are killed"
        " (kill -9), some with a clock that is behind: each interruption is raised once, and none is missed.",
        "--rounds",
        4,
        databases=("postgresql",),
    ),
    Proof(
        "restoring",
        "A backup of 12,000 children, made while people write, is restored beside its keys: all tables have the"
        " checksums of the backup, the trail is whole, every card opens but those of who was erased since;"
        " flipped bytes never show a wrong value.",
        "--children",
        12_000,
    ),
    Proof(
        "same_answer",
        "Whether an account exists cannot be told by the clock: the medians of wrong tries, at known and at"
        " unknown accounts, lie less than 5 ms apart, with passwords as dear to hash as in production.",
        "--rounds",
        500,
    ),
    Proof(
        "sight_histories",
        "After any history of stays, a move and times of responsibility, on any day and for every sort of"
        " actor: the children in sight by a brute reading of the facts, by the selects, and by the server's"
        " own rows are the same.",
        "--rounds",
        5000,
    ),
    Proof(
        "since_stays",
        "The first day of an interruption never moves while its condition holds, on each day of three years.",
        "--rounds",
        200,
        databases=(),
    ),
    Proof(
        "two_moves",
        "A history of two moves played day by day gives the alerts, owners and days that the same history gives"
        " when it comes in as a document and is looked at once; after each day a nightly look changes nothing.",
        "--rounds",
        12,
    ),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run of a proof ended."""

    commit: str
    day: str
    rounds: int
    seconds: int
    lines: list[str]
    proved: bool


def commit_now() -> str:
    """Return the commit of this tree, and say so when it holds more than that."""
    key = _git("rev-parse", "--short=12", "HEAD")
    return f"{key} with changes" if _git("status", "--porcelain", "caseapp", "migrations") else key


def _git(*words: str) -> str:
    done = subprocess.run(("git", *words), cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def run(proof: Proof, name: str, database: str, rounds: int, commit: str) -> Outcome:
    """Run a proof, from where it was stopped on this commit, and keep how it ended."""
    ended, state = STATE / f"{name}.ended.json", STATE / f"{name}.json"
    earlier = _earlier(ended)
    if earlier and earlier.proved and (earlier.commit, earlier.rounds) == (commit, rounds):
        return earlier
    if not _belongs(name, commit):
        state.unlink(missing_ok=True)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", f"tests.proofs.{proof.module}", proof.option, str(rounds),
         "--state", str(state), *(("--database", database) if database else ())],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()[:LINES] or done.stderr.splitlines()[-1:]
    day = clock.today().isoformat()
    seconds = round(time.monotonic() - began)
    outcome = Outcome(commit, day, rounds, seconds, lines, proved=done.returncode == 0)
    ended.write_text(json.dumps(asdict(outcome)), "utf-8")
    return outcome


def _earlier(file: Path) -> Outcome | None:
    return Outcome(**json.loads(file.read_text("utf-8"))) if file.exists() else None


def _belongs(name: str, commit: str) -> bool:
    """Say whether what was kept of a proof is of this commit, and mark it as being so from now on."""
    mark = STATE / f"{name}.commit"
    known = mark.exists() and mark.read_text("utf-8") == commit
    mark.write_text(commit, "utf-8")
    return known


def paper(outcomes: Sequence[tuple[Proof, str, Outcome]]) -> str:
    """Return docs/proof.md: what was proved, on which commit, with which figures."""
    lines = [
        "# What was proved",
        "",
        "Written by `make prove`; `make test` runs a small sample of each with a fixed seed.",
        "",
    ]
    for proof in PROOFS:
        found = [(database, one) for of, database, one in outcomes if of is proof]
        if not found:
            continue
        each = " on each database" if proof.databases else ""
        full = f"A full run takes {proof.rounds} rounds{each}."
        lines += [f"## {proof.module}", "", proof.says, full, ""]
        lines += [
            "| database | proved | figures | seconds of the last run | day | commit |",
            "|---|---|---|---|---|---|",
        ]
        for database, one in found:
            figures = one.lines[0].replace("|", "/") if one.lines else "nothing was said"
            word = "yes" if one.proved else "**no**"
            lines.append(
                f"| {database or 'none'} | {word} | {figures} | {one.seconds} | {one.day} | {one.commit} |"
            )
        lines += ["", *(f"    {line}" for _, one in found if not one.proved for line in one.lines)]
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for and write down how it ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="which part of the rounds (1)")
    parser.add_argument("--only", choices=[proof.module for proof in PROOFS])
    asked = parser.parse_args(arguments)
    STATE.mkdir(parents=True, exist_ok=True)
    commit, outcomes = commit_now(), []
    for proof in PROOFS:
        rounds = max(1, round(proof.rounds * asked.share))
        for name, database in proof.runs():
            if asked.only in {None, proof.module}:
                outcomes.append((proof, database, run(proof, name, database, rounds, commit)))
                _say(f"{name}: {' '.join(outcomes[-1][2].lines[:1])}")
            elif (earlier := _earlier(STATE / f"{name}.ended.json")) is not None:
                outcomes.append((proof, database, earlier))
    PAPER.write_text(paper(outcomes), "utf-8")
    return 0 if all(outcome.proved for _, _, outcome in outcomes) else 1


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped. Run it again, and it goes on from here.")
