"""Tables that several reports have: findings, inputs, and any table as a reader wants it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recount.report import _files, columns, frames
from recount.report.shape import Table
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.model import Finding, Input
    from recount.texts import Text


def notes(assumptions: Iterable[Text], lang: str) -> tuple[str, ...]:
    """Say what was taken for granted."""
    return tuple(speak(text, lang) for text in assumptions)


def for_reader(table: Table, lang: str, *, several: bool) -> Table:
    """Show a table's words in place of its codes."""
    return replace(table, columns=columns.for_reader(table.columns, lang, several=several))


def all_findings(found: Iterable[Finding], lang: str) -> Table:
    """List every finding, with all that it is."""
    title, rows = speak(say("Findings"), lang), frames.findings(found, lang)
    return Table("findings", title, columns.findings(lang), rows)


def inputs(given: tuple[Input, ...], lang: str) -> tuple[Table, ...]:
    """The files with their digests, and what was understood of them."""
    title, rows = speak(say("Inputs"), lang), frames.inputs(given, lang)
    return Table("inputs", title, columns.inputs(lang), rows), *_files.sheets(given, lang)


def contests(found: Iterable[Finding]) -> int:
    """Count the contests that findings name."""
    return len({one.contest for one in found if one.contest})
