"""Possible causes in words: ids, marks and chances in, a brief text and a sentence each out.

They are offered as possible: what a cause saw is said, and how often it would fit by chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.report._cause_words import WORDS
from recount.texts import Text, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

LISTS = ("causes", "cause_marks", "cause_chances")
"""Columns of comparisons, lists of the same length: `diagnoses.CAUSES`."""

SELDOM = 1000
"""A chance below one in so many is not said more exactly."""


def with_causes(rows: pl.DataFrame) -> pl.DataFrame:
    """Give the lists their kinds; empty ones where a frame has none."""
    import polars as pl

    kinds = dict(zip(LISTS, (pl.String, pl.String, pl.Float64), strict=True))
    return rows.with_columns(
        (pl.col(name) if name in rows.columns else pl.lit([])).cast(pl.List(kind)).alias(name)
        for name, kind in kinds.items()
    )


def in_words(rows: pl.DataFrame, lang: str) -> pl.DataFrame:
    """Add `cause_words` and `cause_full` (null: unexplained); `causes` becomes one text of ids."""
    import polars as pl

    each = _each(rows).with_columns(once=_once())
    kinds = each.select("causes", "cause_marks", "once").unique(maintain_order=True)
    said = [_said(*kind, lang=lang) for kind in kinds.iter_rows()]
    words = kinds.with_columns(
        pl.Series("cause_words", [brief for brief, _ in said], dtype=pl.String),
        pl.Series("cause_full", [full for _, full in said], dtype=pl.String),
    )
    texts = ("causes", "cause_words", "cause_full")
    worded = each.join(
        words, on=["causes", "cause_marks", "once"], how="left", maintain_order="left"
    ).select("at", *texts)
    several = pl.col("at").is_duplicated()
    joined = pl.concat([worded.filter(~several), _joined(worded.filter(several))])
    numbered = rows.drop(LISTS).with_row_index("at")
    return numbered.join(joined, on="at", how="left", maintain_order="left").drop("at")


def _joined(worded: pl.DataFrame) -> pl.DataFrame:
    """Several causes of one figure in one text; apart, for hardly any figure has several."""
    import polars as pl

    signs = {"causes": " ", "cause_words": "; ", "cause_full": "\n"}
    texts = (pl.col(name).str.join(sign) for name, sign in signs.items())
    return worded.sort("at", maintain_order=True).group_by("at", maintain_order=True).agg(*texts)


def details(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `cause_details`, for each cause what it saw and its chance, and keep `causes`."""
    import polars as pl

    struct = pl.struct(cause="causes", saw="cause_marks", chance="cause_chances")
    each = _each(rows).select("at", struct.alias("cause_details"))
    gathered = each.group_by("at", maintain_order=True).all()
    none = pl.lit([], dtype=gathered.schema["cause_details"])
    joined = rows.with_row_index("at").join(gathered, on="at", how="left", maintain_order="left")
    return joined.with_columns(pl.col("cause_details").fill_null(none)).drop("at")


def _each(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per cause, with the number of its comparison."""
    import polars as pl

    held = rows.select(LISTS).with_row_index("at").filter(pl.col("causes").list.len() > 0)
    return held.explode(LISTS)


def _once() -> pl.Expr:
    """A chance as "once in so many", rounded; 0 where it is no coincidence at all."""
    import polars as pl

    often = (1 / pl.col("cause_chances")).clip(1, SELDOM).round_sig_figs(1).cast(pl.Int64)
    return pl.when(pl.col("cause_chances") > 0).then(often).otherwise(0)


def _said(cause: str, mark: str, once: int, *, lang: str) -> tuple[str, str]:
    if cause not in WORDS:
        return harmless(cause), harmless(cause)
    brief, full = WORDS[cause](mark)
    return speak(brief, lang), " ".join(speak(text, lang) for text in (full, *_coincidence(once)))


def _coincidence(once: int) -> Iterator[Text]:
    if once == SELDOM:
        yield say("By chance it would fit less than once in {n} such cases.", n=SELDOM)
    elif once:
        yield say("By chance it would fit about once in {n} such cases.", n=once)
