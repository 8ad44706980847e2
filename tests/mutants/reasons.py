"""Why a mutant that no test notices may live: it is no fault, or a person decided so."""

from typing import Final

REASONS: Final[dict[str, dict[str, str]]] = {
    "caseapp.domain.reach": {
        "_runs: (s.start, s.end or date.max, s.end is None, str(s.id)) -> without str(s.id)": (
            "the last word in the order of two stays with the same days: two such stays overlap, which"
            " the record refuses; the id only makes the order of wrong data steady"
        ),
    },
    "caseapp.kernel.keys": {
        "_refuse_anew: ', ' -> 'XX, XX'": "the words of a message: between the names of lost keys",
    },
    "caseapp.kernel.door": {
        "module: 'belongs to who asks and who decides' -> 'XXbelongs to who asks and who decidesXX'": (
            "words for who reads the code: why a table is no part of a file"
        ),
    },
    "caseapp.audit.actions.chaining": {
        "let_go: update(HEAD).where(HEAD.c.id == 1) -> without HEAD.c.id == 1": (
            "the same: migration 0002 writes the one row of this table, and nothing adds another"
        ),
    },
    "caseapp.audit.actions.writing": {
        "write: zip(rows, seen, strict=True) -> without strict=True": (
            "the same: both are made from one list of entries, so they are of one length"
        ),
    },
    "caseapp.web.guard": {
        "module: 'caseapp.proof' -> 'XXcaseapp.proofXX'": (
            "the same: a name that only this module writes and reads, through the constant"
        ),
    },
    "caseapp.kernel.crypto": {
        "extracted: bytes(KEY_BYTES) -> without KEY_BYTES": (
            "the same: HMAC fills a short key with zeros, so no salt and 32 zeros are one (RFC 5869, 2.2)"
        ),
    },
}
