"""Comparisons in, the tables that the screen lists of them out, level by level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import STATUSES
from recount.report import columns
from recount.report._chain import has_chain
from recount.report._held import missing
from recount.report.shape import Table
from recount.report.words import LEVEL_WORDS, STATUS_WORDS, counted, ranks
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    import polars as pl

    from recount.model import Coverage

LISTED, REGIONS = 40, 20
"""So many rows, of at most so many regions, are listed at a level; the rest is counted."""

ORDER = ("differs", "conflict", "withheld", "partial", "unread", "ours_only", "theirs_only")
"""A region with several boxes is counted once, under the first of these that it has."""

SHOWN = {"differs": 0, "partial": 0, "equal": 1}
"""The statuses listed row by row, in this order; conflicts have a list of their own, and the
others are counted."""


def level(
    held: Coverage, frame: pl.DataFrame, whole: pl.DataFrame, lang: str, *, several: bool
) -> Table:
    """List what differs at one level; its title accounts for every region there.

    `whole`: all comparisons, where `frame` holds only those that were asked for.
    """
    import polars as pl

    here = frame.filter(contest=held.contest, level=held.level)
    every = whole.filter(contest=held.contest, level=held.level)
    title = _regions_counted(held, _regions_by_status(every), lang)
    return Table(
        name=f"discrepancies:{held.contest}:{held.level}",
        title=f"{harmless(held.contest)}: {title}" if several else title,
        columns=columns.level(
            held.level, lang, recap=columns.has_recap(here), chain=has_chain(here)
        ),
        rows=in_order(here.filter(pl.col("status").is_in(list(SHOWN)))),
        limit=LISTED,
        group="region",
        groups=REGIONS,
    )


def conflicts(frame: pl.DataFrame, lang: str) -> tuple[Table, ...]:
    """List where our own copies contradict each other, if they do anywhere."""
    rows = frame.filter(status="conflict")
    if rows.is_empty():
        return ()
    title = speak(say("Our own copies contradict each other: {n}", n=rows.height), lang)
    return (Table("conflicts", title, columns.conflicts(lang), rows.lazy(), limit=LISTED),)


def in_order(rows: pl.DataFrame) -> pl.LazyFrame:
    """Keep a region's rows together, candidates first; what differs before all others.

    The levels, and the regions among their like, stay in the order they come in.
    """
    import polars as pl

    items = ranks(rows.get_column("item").unique().to_list())
    box = pl.col("item").replace_strict(items, return_dtype=pl.Int64)
    rank = pl.col("status").replace_strict(SHOWN, default=len(SHOWN), return_dtype=pl.Int8)
    at, level, region = pl.col("at"), ("contest", "level"), ("contest", "level", "region")
    order = (at.min().over(level), rank.min().over(region), at.min().over(region), box)
    return rows.lazy().with_row_index("at").sort(*order).drop("at")


def _regions_by_status(here: pl.DataFrame) -> dict[str, int]:
    """How many regions of each status; each region under its gravest."""
    import polars as pl

    grave = pl.col("status").replace_strict(
        {status: at for at, status in enumerate(ORDER)}, default=len(ORDER), return_dtype=pl.Int8
    )
    worst = here.group_by("region").agg(grave.min().alias("worst")).get_column("worst")
    counts = worst.value_counts().iter_rows()
    return {ORDER[at]: n for at, n in counts if at < len(ORDER)}


def _regions_counted(held: Coverage, counts: dict[str, int], lang: str) -> str:
    """Account for every region: `103 kecamatan: 66 sama, 35 berbeda, 2 hanya pada daring`."""
    both = held.compared + sum(held.left_out.values())
    equal = max(0, both - sum(counts.values()))
    known = {**counts, "equal": equal, "missing": missing(held)}
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
