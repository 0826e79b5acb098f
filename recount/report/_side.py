"""One side read and added up in, a report of it out: what `check` and `aggregate` show."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from recount.report import (
    _absent,
    _files,
    _findings,
    _pictures,
    _sources,
    _tables,
    _undone,
    answer,
    columns,
    document,
    frames,
)
from recount.report.shape import Report, Table
from recount.report.words import LEVEL_WORDS, word
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from recount.result import Tallied

LISTED_TOTALS = 200


def build_check(tallied: Tallied, lang: str) -> Report:
    """Report every finding about the files of one side."""
    found = _findings.by_severity(tallied.findings)
    table = cache(lambda: _tables.all_findings(found, lang))
    return Report(
        title=speak(say("Check of the files"), lang),
        lang=lang,
        sources=_sources.sources(tallied.inputs, tallied.version, lang),
        answer=(answer.findings(found, lang), *_absent.lines(found, lang)),
        closing=(),
        notes=_tables.notes(tallied.assumptions, lang),
        screen=lambda: (
            *_files.screen(tallied.inputs, lang),
            *_findings.tables(_absent.others(found), lang),
        ),
        sheets=lambda: (
            _tables.for_reader(table(), lang, several=_tables.contests(found) > 1),
            *_tables.inputs(tallied.inputs, lang),
        ),
        main=table,
        document=partial(document.check, tallied, lang),
    )


def build_aggregate(tallied: Tallied, lang: str) -> Report:
    """Report the totals of one side, each with the number of units behind it."""
    found = tallied.findings
    unread = _undone.lines(found, lang)
    title = _sources.title(tallied.election, say("Totals"), lang)
    return Report(
        title=title,
        lang=lang,
        sources=(*_sources.sources(tallied.inputs, tallied.version, lang), *unread),
        answer=tuple(_absent.lines(found, lang)),
        closing=(
            answer.findings(found, lang),
            *_sources.listing(found, tallied.inputs, lang),
        ),
        notes=(*_tables.notes(tallied.assumptions, lang), *unread),
        screen=partial(_totals_screen, tallied, lang),
        sheets=partial(_totals_sheets, tallied, lang),
        main=partial(_totals, tallied, lang),
        document=partial(document.aggregate, tallied, lang),
        page=partial(_pictures.totals, tallied, lang),
        caption=_sources.caption(title, tallied.inputs, tallied.version, lang),
    )


def _totals_sheets(tallied: Tallied, lang: str) -> tuple[Table, ...]:
    several = len(tallied.election.contests) > 1
    return (
        _tables.for_reader(_totals(tallied, lang), lang, several=several),
        _tables.for_reader(_tables.all_findings(tallied.findings, lang), lang, several=several),
        *_tables.inputs(tallied.inputs, lang),
    )


def _totals_screen(tallied: Tallied, lang: str) -> tuple[Table, ...]:
    whole = tallied.totals, tallied.boxes, tallied.election
    long = frames.totals(*whole, lang, tallied.parts).collect()
    pairs = long.select("contest", "level").unique(maintain_order=True).rows()
    several = len({contest for contest, _ in pairs}) > 1
    return tuple(
        Table(
            name=f"totals:{contest}:{level}",
            title=f"{harmless(contest)}, {name}" if several else name,
            columns=columns.totals_level(level, lang),
            rows=long.lazy().filter(contest=contest, level=level),
            limit=LISTED_TOTALS,
            group="region",
        )
        for contest, level in pairs
        for name in [word(LEVEL_WORDS, level, lang)]
    )


def _totals(tallied: Tallied, lang: str) -> Table:
    return Table(
        name="totals",
        title=speak(say("Totals"), lang),
        columns=columns.totals(tallied, lang),
        rows=frames.totals_wide(tallied.totals, lang),
    )
