"""Findings in, the tables that the screen lists of them out: one a rule, gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.report import columns, frames
from recount.report.shape import Table
from recount.report.words import SEVERITY_WORDS, capital, word
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.model import Finding

LISTED = 500
"""So many findings of a rule are listed; the rest are counted."""

GRAVITY = {"error": 0, "warning": 1, "note": 2}


def by_severity(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort the gravest to the top; what is alike stays in its order."""
    return tuple(sorted(found, key=lambda one: GRAVITY[one.severity]))


def tables(found: Iterable[Finding], lang: str) -> tuple[Table, ...]:
    """List findings rule by rule, so that what to do is said once where it is the same."""
    rules: dict[tuple[str, str], list[Finding]] = {}
    for one in by_severity(found):
        rules.setdefault((one.severity, one.rule), []).append(one)
    return tuple(_table(held, lang) for held in rules.values())


def _table(held: list[Finding], lang: str) -> Table:
    first = held[0]
    alike = all(one.mend == first.mend for one in held)
    title = speak(
        say(
            "{severity} {rule}: {n}.",
            severity=capital(word(SEVERITY_WORDS, first.severity, lang)),
            rule=first.rule,
            n=len(held),
        ),
        lang,
    )
    return Table(
        name=f"findings:{first.severity}:{first.rule}",
        title=f"{title} {speak(first.mend, lang)}" if alike else title,
        columns=columns.findings_listed(lang, alike=alike),
        rows=frames.findings(held, lang),
        limit=LISTED,
    )
