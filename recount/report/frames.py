"""The tables behind a report: a result in, frames with the codes and the words side by side out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from recount.report import _chain
from recount.report._causes import in_words, with_causes
from recount.report._partly import named
from recount.report._units import unit_rows
from recount.report.words import (
    LEVEL_GLOSSES,
    LEVEL_WORDS,
    SEVERITY_WORDS,
    SIDE_WORDS,
    STATUS_WORDS,
    box,
    brief,
    candidate,
    capital,
    names,
    spoken,
    word,
)
from recount.texts import harmless, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import narwhals as nw
    import polars as pl

    from recount.model import Coverage, Election, Finding, Input, Outcome
    from recount.report._partly import Parts

Row = TypeVar("Row")

BETWEEN = "\x1f"
"""Stands between two codes that are looked up as one; no code holds a control character."""


def plain(frame: nw.DataFrame[Any]) -> pl.DataFrame:
    """Hand over an engine's frame as Polars; coded columns become ordinary text."""
    import polars as pl
    import polars.selectors as cs

    native = frame.to_polars()
    return native.with_columns(
        (cs.categorical() | cs.enum()).cast(pl.String), pl.col("parents").cast(pl.List(pl.String))
    )


def with_recap(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the column of the official recap, empty, where a frame of comparisons has none."""
    import polars as pl

    if "recap" in rows.columns:
        return rows
    return rows.with_columns(pl.lit(None, dtype=pl.Int64).alias("recap"))


def comparisons(
    frame: nw.DataFrame[Any], election: Election, lang: str, partly: Parts | None = None
) -> pl.LazyFrame:
    """Comparisons with `parents` and `causes` as texts, and words beside level, item, status.

    `status_listed`: the same words, but nothing for what differs: there the difference says it.
    `cause_words`, `cause_full`: the causes in a few words, and with a line for each. `chain`: as
    one text; `chain_words`, `changed_at_words`: the same for a reader.
    """
    import polars as pl

    rows = in_words(with_causes(with_recap(plain(frame))), lang)
    rows = _chain.worded(_chain.with_chain(rows), lang)
    status = pl.col("status").replace(spoken(STATUS_WORDS, lang))
    return rows.lazy().with_columns(
        pl.col("parents").list.join(" > "),
        pl.col("parents").alias("path"),
        named(partly, lang).alias("region_words"),
        pl.col("level").replace(spoken(LEVEL_WORDS, lang)).alias("level_words"),
        status.alias("status_words"),
        pl.when(pl.col("status") != "differs").then(status).alias("status_listed"),
        *item_words(rows.select("contest", "item").unique(), election, lang),
    )


def item_words(pairs: pl.DataFrame, election: Election, lang: str) -> tuple[pl.Expr, pl.Expr]:
    """Say what each box is, in full and in brief, per contest: names belong to a contest."""
    import polars as pl

    known = names(election)
    both = pl.concat_str("contest", "item", separator=BETWEEN)

    def worded(words: Callable[[str, str, Mapping[tuple[str, str], str], str], str]) -> pl.Expr:
        return both.replace(
            {
                f"{contest}{BETWEEN}{item}": words(contest, item, known, lang)
                for contest, item in pairs.iter_rows()
            }
        )

    return worded(box).alias("item_words"), worded(brief).alias("item_brief")


def totals(
    frame: nw.DataFrame[Any],
    boxes: tuple[str, ...],
    election: Election,
    lang: str,
    partly: Parts | None = None,
) -> pl.LazyFrame:
    """Totals, one row per region and box: `item`, `sum`, `read`; regions in the frame's order."""
    import polars as pl

    rows = plain(frame).lazy().with_row_index("at")
    keys = ("at", "contest", "level", "region", "name", "within", "expected")
    parts = [
        rows.select(
            *keys,
            pl.lit(item).alias("item"),
            pl.col(item).alias("sum"),
            pl.col(f"{item}.read").alias("read"),
        )
        for item in boxes
    ]
    long = pl.concat(parts).sort("at", maintain_order=True)
    pairs = long.select("contest", "item").unique().collect()
    return long.with_columns(
        named(partly, lang).alias("region_words"),
        *item_words(pairs, election, lang),
    )


def totals_wide(frame: nw.DataFrame[Any], lang: str) -> pl.LazyFrame:
    """Totals as they are, one row per region, with `parents` as one text and the level's word."""
    import polars as pl

    return (
        plain(frame)
        .lazy()
        .with_columns(
            pl.col("parents").list.join(" > "),
            pl.col("level").replace(spoken(LEVEL_WORDS, lang)).alias("level_words"),
        )
    )


def findings(found: Iterable[Finding], lang: str) -> pl.LazyFrame:
    """Findings as rows: rule, severity, side, contest, region, message, mend, place, and words."""
    columns: dict[str, Callable[[Finding], str | None]] = {
        "rule": lambda one: one.rule,
        "severity": lambda one: one.severity,
        "severity_words": lambda one: word(SEVERITY_WORDS, one.severity, lang),
        "side": lambda one: one.side,
        "side_words": lambda one: one.side and word(SIDE_WORDS, one.side, lang),
        "contest": lambda one: one.contest,
        "region": lambda one: one.region,
        "message": lambda one: speak(one.message, lang),
        "mend": lambda one: speak(one.mend, lang),
        "place": lambda one: one.place,
        "where": lambda one: one.place or one.region,
        "advice": lambda one: f"{speak(one.message, lang)} {speak(one.mend, lang)}",
    }
    return _texts(tuple(found), columns).lazy()


def inputs(given: Iterable[Input], lang: str) -> pl.LazyFrame:
    """Inputs as rows: side, path, sha256, taken_at, system, layer (text), bytes, forms (counts)."""
    import polars as pl

    files = tuple(given)
    columns: dict[str, Callable[[Input], str | None]] = {
        "side": lambda one: one.side,
        "side_words": lambda one: word(SIDE_WORDS, one.side, lang),
        "path": lambda one: one.path,
        "sha256": lambda one: one.sha256,
        "taken_at": lambda one: one.taken_at,
        "system": lambda one: one.system,
        "layer": lambda one: one.layer,
    }
    return (
        _texts(files, columns)
        .with_columns(
            pl.Series("bytes", [one.bytes for one in files], dtype=pl.Int64),
            pl.Series("forms", [one.forms for one in files], dtype=pl.Int64),
        )
        .lazy()
    )


def votes(outcomes: Iterable[Outcome], election: Election, lang: str) -> pl.LazyFrame:
    """Votes as rows: contest, region, candidate (in words), then ours, theirs and corrected.

    Candidates in the order of theirs; after each contest's last one the units behind the sums.
    """
    import polars as pl

    known = names(election)
    sides = ("ours", "theirs", "corrected")
    rows = [row for one in outcomes for row in _votes(one, known, lang)]
    texts = dict.fromkeys(("contest", "region", "candidate"), pl.String)
    counts = dict.fromkeys(sides, pl.Int64)
    return pl.LazyFrame(rows, schema={**texts, **counts}, orient="row")


def _votes(
    one: Outcome, known: Mapping[tuple[str, str], str], lang: str
) -> Iterator[tuple[str | int | None, ...]]:
    standings = (one.ours, one.theirs, one.corrected)
    ours, theirs, corrected = (dict(standing.ranking) for standing in standings)
    key = (harmless(one.contest), harmless(one.region))
    for who in dict.fromkeys((*theirs, *corrected, *ours)):
        label = candidate(one.contest, who, known, lang)
        yield (*key, label, ours.get(who), theirs.get(who), corrected.get(who))
    for what, *counts in unit_rows(one):
        yield (*key, capital(speak(what, lang)), *counts)


def coverage(
    held: Iterable[Coverage], lang: str, left_out: Callable[[Coverage], str]
) -> pl.LazyFrame:
    """Coverage as rows: contest, level, the four counts, and what was left out in words."""
    import polars as pl

    rows = tuple(held)
    columns: dict[str, Callable[[Coverage], str | None]] = {
        "contest": lambda one: one.contest,
        "level": lambda one: one.level,
        "level_words": lambda one: word(LEVEL_GLOSSES, one.level, lang),
        "left_out": left_out,
    }
    counts = {
        key: pl.Series([getattr(one, key) for one in rows], dtype=pl.Int64)
        for key in ("expected", "ours", "theirs", "compared")
    }
    return _texts(rows, columns).with_columns(**counts).lazy()


def _texts(rows: tuple[Row, ...], columns: dict[str, Callable[[Row], str | None]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        {name: [_safe(get(row)) for row in rows] for name, get in columns.items()},
        schema=dict.fromkeys(columns, pl.String),
    )


def _safe(text: str | None) -> str | None:
    return None if text is None else harmless(text)
