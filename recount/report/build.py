"""A result in, a report out: which tables there are, their columns, and the words around them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from recount.model import LEVELS, STATUSES
from recount.report import _sources, answer, columns, document, frames
from recount.report.shape import Report, Table
from recount.report.words import LEVEL_WORDS, STATUS_WORDS, counted, word
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import polars as pl

    from recount.model import Coverage, Finding, Input
    from recount.result import Result, Tallied
    from recount.texts import Text

LISTED = 20
"""So many rows a level's discrepancies take on the screen; the rest are counted."""

LISTED_TOTALS = 200
LISTED_FINDINGS = 500

ORDER = ("differs", "conflict", "withheld", "partial", "unread", "ours_only", "theirs_only")
"""A region with several boxes is counted once, under the first of these that it has."""

SHOWN = {"differs": 0, "partial": 1, "equal": 2}
"""The statuses listed row by row, in this order; conflicts have a list of their own, and the
others are counted."""


def build(result: Result, lang: str) -> Report:
    """Report a reconciliation: the answer, the coverage, the discrepancies level by level."""
    rows = cache(partial(frames.comparisons, result.comparisons, result.election, lang))
    found = result.findings
    tail = (answer.listing(lang),) if found else ()
    return Report(
        title=_sources.title(result.election, lang),
        lang=lang,
        sources=_sources.sources(result.inputs, result.version, lang),
        answer=answer.outcome(result.outcome, result.coverage, result.election, lang),
        closing=(*answer.counts(result.summary, lang), answer.findings(found, lang), *tail),
        notes=_notes(result.assumptions, lang),
        screen=partial(_reconcile_screen, result, rows, lang),
        sheets=partial(_reconcile_sheets, result, rows, lang),
        main=lambda: _discrepancies(rows(), lang),
        document=partial(document.reconcile, result, lang),
    )


def build_check(tallied: Tallied, lang: str) -> Report:
    """Report every finding about the files of one side."""
    found = _by_severity(tallied.findings)
    table = cache(lambda: _findings(found, lang))
    return Report(
        title=speak(say("Check of the files"), lang),
        lang=lang,
        sources=_sources.sources(tallied.inputs, tallied.version, lang),
        answer=(answer.findings(found, lang),),
        closing=(),
        notes=_notes(tallied.assumptions, lang),
        screen=lambda: (_findings_listed(table(), lang),) if found else (),
        sheets=lambda: (table(), _inputs(tallied.inputs, lang)),
        main=table,
        document=partial(document.check, tallied, lang),
    )


def build_aggregate(tallied: Tallied, lang: str) -> Report:
    """Report the totals of one side, each with the number of units behind it."""
    found = tallied.findings
    tail = (answer.listing(lang),) if found else ()
    return Report(
        title=_sources.title(tallied.election, lang),
        lang=lang,
        sources=_sources.sources(tallied.inputs, tallied.version, lang),
        answer=(),
        closing=(answer.findings(found, lang), *tail),
        notes=_notes(tallied.assumptions, lang),
        screen=partial(_totals_screen, tallied, lang),
        sheets=lambda: (
            _totals(tallied, lang),
            _findings(found, lang),
            _inputs(tallied.inputs, lang),
        ),
        main=partial(_totals, tallied, lang),
        document=partial(document.aggregate, tallied, lang),
    )


def _notes(assumptions: Iterable[Text], lang: str) -> tuple[str, ...]:
    return tuple(speak(text, lang) for text in assumptions)


def _reconcile_screen(
    result: Result, rows: Callable[[], pl.LazyFrame], lang: str
) -> tuple[Table, ...]:
    held = sorted(result.coverage, key=lambda one: (one.contest, LEVELS.index(one.level)))
    several = len({one.contest for one in held}) > 1
    frame = rows().collect()
    tally = _regions_by_status(frame)
    levels = (_level(one, frame, tally, lang, several=several) for one in held)
    return (_coverage(held, lang, several=several), *levels, *_conflicts(frame, lang))


def _reconcile_sheets(
    result: Result, rows: Callable[[], pl.LazyFrame], lang: str
) -> tuple[Table, ...]:
    return (
        _coverage(result.coverage, lang, several=True),
        _discrepancies(rows(), lang),
        _findings(result.findings, lang),
        _inputs(result.inputs, lang),
    )


def _coverage(held: Iterable[Coverage], lang: str, *, several: bool) -> Table:
    return Table(
        name="coverage",
        title=speak(say("Coverage"), lang),
        columns=columns.coverage(lang, several=several),
        rows=frames.coverage(held, lang, partial(answer.left_out, lang=lang)),
    )


def _discrepancies(rows: pl.LazyFrame, lang: str) -> Table:
    title = speak(say("Discrepancies"), lang)
    return Table("discrepancies", title, columns.comparisons(lang), rows)


def _findings(found: Iterable[Finding], lang: str) -> Table:
    title, rows = speak(say("Findings"), lang), frames.findings(found, lang)
    return Table("findings", title, columns.findings(lang), rows)


def _findings_listed(full: Table, lang: str) -> Table:
    return replace(full, columns=columns.findings_listed(lang), limit=LISTED_FINDINGS)


def _inputs(given: Iterable[Input], lang: str) -> Table:
    title, rows = speak(say("Inputs"), lang), frames.inputs(given, lang)
    return Table("inputs", title, columns.inputs(lang), rows)


def _level(
    held: Coverage,
    frame: pl.DataFrame,
    tally: dict[tuple[str, str], dict[str, int]],
    lang: str,
    *,
    several: bool,
) -> Table:
    """List what differs at one level; its title accounts for every region there."""
    import polars as pl

    here = (
        frame.lazy()
        .filter(contest=held.contest, level=held.level)
        .filter(pl.col("status").is_in(list(SHOWN)))
    )
    rank = pl.col("status").replace_strict(SHOWN, return_dtype=pl.Int8)
    title = _regions_counted(held, tally.get((held.contest, held.level), {}), lang)
    return Table(
        name=f"discrepancies:{held.contest}:{held.level}",
        title=f"{harmless(held.contest)}: {title}" if several else title,
        columns=columns.level(held.level, lang),
        rows=here.sort(rank, maintain_order=True),
        limit=LISTED,
    )


def _conflicts(frame: pl.DataFrame, lang: str) -> tuple[Table, ...]:
    """List where our own copies contradict each other, if they do anywhere."""
    rows = frame.filter(status="conflict")
    if rows.is_empty():
        return ()
    title = speak(say("Our own copies contradict each other: {n}", n=rows.height), lang)
    return (Table("conflicts", title, columns.conflicts(lang), rows.lazy(), limit=LISTED),)


def _regions_by_status(frame: pl.DataFrame) -> dict[tuple[str, str], dict[str, int]]:
    """(contest, level) -> status -> how many regions; each region under its gravest status."""
    import polars as pl

    grave = pl.col("status").replace_strict(
        {status: at for at, status in enumerate(ORDER)}, default=len(ORDER), return_dtype=pl.Int8
    )
    worst = frame.group_by("contest", "level", "region").agg(grave.min().alias("worst"))
    found: dict[tuple[str, str], dict[str, int]] = {}
    for contest, level, at, n in worst.group_by("contest", "level", "worst").len().iter_rows():
        if at < len(ORDER):
            found.setdefault((contest, level), {})[ORDER[at]] = n
    return found


def _regions_counted(held: Coverage, counts: dict[str, int], lang: str) -> str:
    """Account for every region: `103 kecamatan: 66 sama, 35 berbeda, 2 hanya pada daring`."""
    both = held.compared + sum(held.left_out.values())
    equal = max(0, both - sum(counts.values()))
    known = {**counts, "equal": equal, "missing": answer.missing(held)}
    every = [(status, known.get(status, 0)) for status in (*STATUSES, "missing")]
    return speak(
        say(
            "{n} {level}: {counts}.",
            n=max(held.expected, both),
            level=LEVEL_WORDS[held.level],
            counts=counted(every, STATUS_WORDS, lang),
        ),
        lang,
    )


def _by_severity(found: Iterable[Finding]) -> tuple[Finding, ...]:
    rank = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(found, key=lambda one: rank[one.severity]))


def _totals_screen(tallied: Tallied, lang: str) -> tuple[Table, ...]:
    long = frames.totals(tallied.totals, tallied.boxes, tallied.election, lang).collect()
    pairs = long.select("contest", "level").unique(maintain_order=True).rows()
    several = len({contest for contest, _ in pairs}) > 1
    return tuple(
        Table(
            name=f"totals:{contest}:{level}",
            title=f"{harmless(contest)}, {name}" if several else name,
            columns=columns.totals_level(level, lang),
            rows=long.lazy().filter(contest=contest, level=level),
            limit=LISTED_TOTALS,
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
