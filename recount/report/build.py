"""A result in, a report out: which tables there are, their columns, and the words around them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from recount.model import LEVELS
from recount.report import (
    _absent,
    _files,
    _findings,
    _held,
    _hidden,
    _levels,
    _matter_tables,
    _sources,
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
    from collections.abc import Callable, Iterable

    import polars as pl

    from recount.model import Coverage, Finding, Input
    from recount.result import Result, Tallied
    from recount.texts import Text

LISTED_TOTALS = 200


def build(result: Result, lang: str) -> Report:
    """Report a reconciliation: the answer, the coverage, the discrepancies level by level."""
    rows = cache(
        partial(frames.comparisons, result.comparisons, result.election, lang, result.parts)
    )
    found = result.findings
    undone = (*_undone.lines(found, lang), *_undone.messages(result.undone, lang))
    title = _sources.title(result.election, say("Forms and online figures"), lang)
    undone += _hidden.lines(result, lang)
    return Report(
        title=title,
        lang=lang,
        sources=(*_sources.sources(result.inputs, result.version, lang), *undone),
        answer=answer.outcome(result.outcome, result.coverage, result.election, lang),
        closing=(
            *answer.counts(result.summary, lang),
            answer.findings(found, lang),
            *_sources.listing(found, result.inputs, lang),
        ),
        notes=(
            *_sources.understood(result.inputs, lang),
            *_notes(result.assumptions, lang),
            *undone,
        ),
        screen=partial(_reconcile_screen, result, rows, lang),
        sheets=partial(_reconcile_sheets, result, rows, lang),
        main=lambda: _discrepancies(rows(), lang),
        document=partial(document.reconcile, result, lang),
        caption=_sources.caption(title, result.inputs, result.version, lang),
    )


def build_check(tallied: Tallied, lang: str) -> Report:
    """Report every finding about the files of one side."""
    found = _findings.by_severity(tallied.findings)
    table = cache(lambda: _all_findings(found, lang))
    return Report(
        title=speak(say("Check of the files"), lang),
        lang=lang,
        sources=_sources.sources(tallied.inputs, tallied.version, lang),
        answer=(answer.findings(found, lang), *_absent.lines(found, lang)),
        closing=(),
        notes=_notes(tallied.assumptions, lang),
        screen=lambda: (
            *_files.screen(tallied.inputs, lang),
            *_findings.tables(_absent.others(found), lang),
        ),
        sheets=lambda: (
            _for_reader(table(), lang, several=_contests(found) > 1),
            *_inputs(tallied.inputs, lang),
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
        notes=(*_notes(tallied.assumptions, lang), *unread),
        screen=partial(_totals_screen, tallied, lang),
        sheets=partial(_totals_sheets, tallied, lang),
        main=partial(_totals, tallied, lang),
        document=partial(document.aggregate, tallied, lang),
        caption=_sources.caption(title, tallied.inputs, tallied.version, lang),
    )


def _notes(assumptions: Iterable[Text], lang: str) -> tuple[str, ...]:
    return tuple(speak(text, lang) for text in assumptions)


def _reconcile_screen(
    result: Result, rows: Callable[[], pl.LazyFrame], lang: str
) -> tuple[Table, ...]:
    held = sorted(result.coverage, key=lambda one: (one.contest, LEVELS.index(one.level)))
    several = len({one.contest for one in held}) > 1
    frame = rows().collect()
    whole = frame if result.hidden is None else frames.plain(result.hidden.before)
    return (
        *_votes_listed(result, lang),
        *_matter_tables.screen(result, lang),
        _coverage(held, lang, several=several),
        *(_levels.level(one, frame, whole, lang, several=several) for one in held),
        *_levels.conflicts(frame, lang),
        *_findings.first_of_ours(result.findings, lang),
    )


def _reconcile_sheets(
    result: Result, rows: Callable[[], pl.LazyFrame], lang: str
) -> tuple[Table, ...]:
    several = len({one.contest for one in result.coverage}) > 1
    every = _discrepancies(_levels.in_order(rows().collect()), lang)
    divided = ("contest", "level_words") if several else ("level_words",)
    return (
        _votes(result, lang),
        *_matter_tables.sheets(result, lang),
        _coverage(result.coverage, lang, several=several),
        replace(_for_reader(every, lang, several=several), divided=divided),
        _for_reader(_all_findings(result.findings, lang), lang, several=several),
        *_inputs(result.inputs, lang),
    )


def _for_reader(table: Table, lang: str, *, several: bool) -> Table:
    return replace(table, columns=columns.for_reader(table.columns, lang, several=several))


def _votes_listed(result: Result, lang: str) -> tuple[Table, ...]:
    """List the votes contest by contest, below a title that says what is combined."""
    title = speak(say("Votes (combined: ours where held, else online)"), lang)
    several = len(result.outcome) > 1
    return tuple(
        Table(
            name=f"votes:{one.contest}:{one.region}",
            title=f"{harmless(one.contest)}, {harmless(one.region)}: {title}" if several else title,
            columns=columns.votes(lang),
            rows=frames.votes((one,), result.election, lang),
        )
        for one in result.outcome
    )


def _votes(result: Result, lang: str) -> Table:
    return Table(
        name="votes",
        title=speak(say("Votes"), lang),
        columns=columns.votes_of_all(lang, several=len(result.outcome) > 1),
        rows=frames.votes(result.outcome, result.election, lang),
    )


def _coverage(held: Iterable[Coverage], lang: str, *, several: bool) -> Table:
    return Table(
        name="coverage",
        title=speak(say("Coverage"), lang),
        columns=columns.coverage(lang, several=several),
        rows=frames.coverage(held, lang, partial(_held.left_out, lang=lang)),
    )


def _discrepancies(rows: pl.LazyFrame, lang: str) -> Table:
    title = speak(say("Discrepancies"), lang)
    recap = columns.has_recap(rows.select("recap").collect())
    return Table("discrepancies", title, columns.comparisons(lang, recap=recap), rows)


def _all_findings(found: Iterable[Finding], lang: str) -> Table:
    title, rows = speak(say("Findings"), lang), frames.findings(found, lang)
    return Table("findings", title, columns.findings(lang), rows)


def _inputs(given: tuple[Input, ...], lang: str) -> tuple[Table, ...]:
    """The files with their digests, and what was understood of them."""
    title, rows = speak(say("Inputs"), lang), frames.inputs(given, lang)
    return Table("inputs", title, columns.inputs(lang), rows), *_files.sheets(given, lang)


def _contests(found: Iterable[Finding]) -> int:
    return len({one.contest for one in found if one.contest})


def _totals_sheets(tallied: Tallied, lang: str) -> tuple[Table, ...]:
    several = len(tallied.election.contests) > 1
    return (
        _for_reader(_totals(tallied, lang), lang, several=several),
        _for_reader(_all_findings(tallied.findings, lang), lang, several=several),
        *_inputs(tallied.inputs, lang),
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
