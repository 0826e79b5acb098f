"""Findings in, the tables that the screen lists of them out: one a rule, gravest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recount.report import columns, frames
from recount.report.shape import Table
from recount.report.words import RULE_WORDS, SEVERITY_WORDS, SIDE_WORDS, capital, word
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.model import Finding

LISTED = 500
"""So many findings of a rule are listed; the rest are counted."""

FIRST = 5
"""So many findings of a rule are listed beside a reconciliation; the title says how many."""

GRAVITY = {"error": 0, "warning": 1, "note": 2}


def by_severity(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort the gravest to the top; what is alike stays in its order."""
    return tuple(sorted(found, key=lambda one: GRAVITY[one.severity]))


def tables(found: Iterable[Finding], lang: str) -> tuple[Table, ...]:
    """List findings rule by rule, so that what to do is said once where it is the same."""
    return tuple(_table(held, lang) for held in _by_rule(by_severity(found)))


def first_of_ours(found: Iterable[Finding], lang: str) -> tuple[Table, ...]:
    """List the first findings of every rule about our own files; what was mistyped before sums.

    Notes ask nothing of anybody; they are counted only.
    """
    own = [one for one in by_severity(found) if one.side != "theirs" and one.severity != "note"]
    rules = sorted(_by_rule(own), key=lambda held: (GRAVITY[held[0].severity], _sums(held[0])))
    return tuple(_first(held, lang) for held in rules)


def _by_rule(found: Iterable[Finding]) -> list[list[Finding]]:
    rules: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        rules.setdefault((one.severity, one.rule), []).append(one)
    return list(rules.values())


def _sums(one: Finding) -> bool:
    """Whether it is about figures that do not add up: these rules are numbered."""
    return one.rule[1:].isdigit()


def _first(held: list[Finding], lang: str) -> Table:
    table = _table(held, lang)
    title = speak(say("{side}: {title}", side=SIDE_WORDS["ours"], title=table.title), lang)
    return replace(table, title=title, rows=table.rows.head(FIRST))


def _rule(one: Finding, lang: str) -> str:
    """A rule's words; one that is numbered, and a project's own, as it is called."""
    words = word(RULE_WORDS, one.rule, lang)
    return f"({words})" if one.rule in RULE_WORDS else words


def _table(held: list[Finding], lang: str) -> Table:
    first = held[0]
    alike = all(one.mend == first.mend for one in held)
    severity = capital(word(SEVERITY_WORDS, first.severity, lang))
    title = speak(
        say("{severity} {rule}: {n}.", severity=severity, rule=_rule(first, lang), n=len(held)),
        lang,
    )
    return Table(
        name=f"findings:{first.severity}:{first.rule}",
        title=f"{title} {speak(first.mend, lang)}" if alike else title,
        columns=columns.findings_listed(lang, alike=alike),
        rows=frames.findings(held, lang),
        limit=LISTED,
    )
