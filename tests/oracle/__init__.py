"""The continuity rules a second time, written from rules.md alone, slowly and plainly.

Nothing of `caseapp.domain.rules` is used or looked at: where the two disagree about a document, one
of them does not say what rules.md says.
"""
