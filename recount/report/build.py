"""A result in, a report out: which tables there are, their columns, and the words around them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from recount.model import LEVELS
from recount.report import (
    _chain,
    _findings,
    _held,
    _hidden,
    _history,
    _levels,
    _matter_tables,
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
from recount.texts import OTHER, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import polars as pl

    from recount.history import History
    from recount.model import Coverage
    from recount.result import Result


def build(result: Result, lang: str, told: Callable[[], History | None] | None = None) -> Report:
    """Report a reconciliation: the answer, the coverage, the discrepancies level by level.

    `told`: what changed between its captures, where another language has asked for it before.
    """
    told = told or cache(partial(_history.of_captures, result.captures))
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
            *_chain.changes(result.comparisons, lang, result.moved),
            answer.findings(found, lang),
            *_sources.listing(found, result.inputs, lang),
        ),
        notes=(
            *_sources.understood(result.inputs, lang),
            *_tables.notes(result.assumptions, lang),
            *undone,
        ),
        screen=partial(_reconcile_screen, result, rows, lang),
        sheets=partial(_reconcile_sheets, result, rows, lang),
        main=lambda: _discrepancies(rows(), lang),
        document=partial(document.reconcile, result, lang),
        other=partial(build, result, OTHER[lang], told),
        page=partial(_pictures.parts, result, rows, told, lang),
        caption=_sources.caption(title, result.inputs, result.version, lang),
    )


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
        replace(_tables.for_reader(every, lang, several=several), divided=divided),
        _tables.for_reader(_tables.all_findings(result.findings, lang), lang, several=several),
        *_tables.inputs(result.inputs, lang),
    )


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
    known = rows.select("recap", "chain").collect()
    beside = {"recap": columns.has_recap(known), "chain": _chain.has_chain(known)}
    return Table("discrepancies", title, columns.comparisons(lang, **beside), rows)
