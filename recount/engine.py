"""Who computes: the only file that knows which library does the joins and the sums.

Steps are written once, with narwhals expressions. Files are read into Polars frames; the steps
after that run lazily in the engine that was asked for, and small results come back as eager Polars
frames, so that every engine ends in the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount.bodies import texts_of, whole_numbers
from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Frame = nw.DataFrame[Any]
    Lazy = nw.LazyFrame[Any]

ENGINES = ("polars", "duckdb", "pandas")


def start(frame: Frame, engine: str) -> Lazy:
    """Hand an eager Polars frame to an engine; what comes after is computed there."""
    if engine == "polars":
        return frame.lazy()
    if engine == "duckdb":
        _installed("duckdb")
        return frame.lazy("duckdb")
    if engine == "pandas":
        return _pandas(frame)
    raise RecountError(
        say("The engine “{engine}” is not known.", engine=engine),
        mend=say("Choose one of: {engines}.", engines=", ".join(ENGINES)),
    )


def along(frame: Frame, other: Lazy) -> Lazy:
    """Hand a small eager frame to the engine that another frame is in."""
    if other.implementation.is_polars():
        return start(frame, "polars")
    return start(frame, "duckdb" if other.implementation.is_duckdb() else "pandas")


def hold(frame: Lazy) -> Lazy:
    """Compute a frame once and keep it, for several uses."""
    if frame.implementation.is_duckdb():
        return frame.collect("pyarrow").lazy("duckdb")
    return frame.collect().lazy()


def collect(frame: Lazy) -> Frame:
    """Bring a result back as an eager Polars frame, whoever computed it."""
    import polars as pl

    computed = frame.collect()
    if computed.implementation.is_polars():
        return computed
    return nw.from_native(pl.DataFrame(pl.from_arrow(computed.to_arrow())), eager_only=True)


def like(frame: Frame, sample: Any) -> Any:  # noqa: ANN401 - whatever kind of frame went in
    """Give a result back as the kind of frame that `sample` is; as pandas for paths."""
    given = nw.from_native(sample, pass_through=True)
    kind = getattr(given, "implementation", None)
    if kind is not None and kind.is_polars():
        return frame.to_native()
    if kind is not None and kind.is_pyarrow():
        return frame.to_arrow()
    if kind is not None and kind.is_duckdb():
        import duckdb

        return duckdb.from_arrow(frame.to_arrow())
    import pandas as pd
    import pyarrow as pa  # type: ignore[import-untyped]

    # pandas' own integers would turn into fractions at the first null.
    kinds = {pa.int64(): pd.Int64Dtype(), pa.large_string(): pd.StringDtype()}
    return frame.to_arrow().to_pandas(types_mapper=kinds.get)


def gather(values: nw.Series[Any], at: nw.Series[Any]) -> nw.Series[Any]:
    """Take `values` by number, row by row; a join would build a table for it."""
    return nw.from_native(values.to_native().gather(at.to_native()), series_only=True)


def run_starts(frame: Frame, columns: Sequence[str]) -> tuple[nw.Series[Any], Frame]:
    """Number the runs of rows that are alike in `columns` (text), for an eager frame.

    Out: for every row the number of its run (UInt32), and the first row of each, blanks as "".
    """
    import polars as pl

    native = frame.to_native().select(columns)
    changes = (pl.col(name).ne_missing(pl.col(name).shift(1)) for name in columns)
    begins = pl.any_horizontal(*changes) | (pl.int_range(pl.len()) == 0)
    begun = native.lazy().select(begins.alias("begins")).collect()["begins"]
    run = begun.cast(pl.UInt32).cum_sum() - 1
    starts = native.filter(begun).with_columns(pl.col(columns).fill_null(""))
    return nw.from_native(run, series_only=True), nw.from_native(starts, eager_only=True)


def marked(numbers: nw.Series[Any], length: int) -> nw.Series[Any]:
    """For each number below `length` whether it occurs."""
    import polars as pl

    found = pl.int_range(length, eager=True).is_in(numbers.to_native().unique().implode())
    return nw.from_native(found, series_only=True)


def replaced(texts: nw.Series[Any], other: Mapping[str, str]) -> nw.Series[Any]:
    """Put other texts in the place of some."""
    return (
        texts if not other else nw.from_native(texts.to_native().replace(other), series_only=True)
    )


def lists(frame: Frame, columns: Iterable[str]) -> dict[str, list[Any]]:
    """The cells of some columns of an eager frame as Python lists."""
    native = frame.to_native()
    return {name: native.get_column(name).to_list() for name in columns}


def blanks(frame: Frame, columns: Iterable[str]) -> dict[str, int]:
    """How many cells of each column of an eager frame are null."""
    native = frame.to_native()
    return {name: native.get_column(name).null_count() for name in columns}


def picked(frame: Frame, columns: Mapping[str, str]) -> Frame:
    """Some columns of an eager frame under other names (new -> old).

    What `select` does, without a query: of a small table the query would take most of the time.
    """
    import polars as pl

    native = frame.to_native()
    series = [native.get_column(old).alias(new) for new, old in columns.items()]
    return nw.from_native(pl.DataFrame(series), eager_only=True)


def words_in(frame: Frame, columns: Sequence[str]) -> dict[str, nw.Series[Any]]:
    """For columns of text their distinct texts, without blanks and plain numbers."""
    import polars as pl

    native = frame.to_native()
    # Names repeat from row to row: few of them are left to be told apart.
    starts = native.select(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in columns)
    found = {}
    for name in columns:
        texts = native[name].filter(starts[name])
        texts = texts.filter(texts.cast(pl.Int64, strict=False).is_null()).drop_nulls().unique()
        found[name] = nw.from_native(texts, series_only=True)
    return found


_BETWEEN, _ESCAPE = "\x1f", "\x1e"


def number_alike(frame: Frame, columns: Sequence[str]) -> tuple[nw.Series[Any], Frame]:
    """Number the distinct rows of an eager frame by `columns` (text without nulls).

    Out: for every row the number of what it says (UInt32), and the first row of each number.
    """
    import polars as pl

    native = frame.to_native()
    # One text for all columns: Polars finds its like several times faster than that of five.
    key = native.select(pl.concat_str(columns, separator=_BETWEEN).alias("key"))["key"]
    if key.str.count_matches(_BETWEEN, literal=True).max() != len(columns) - 1:
        plain = (
            pl.col(name)
            .str.replace_all(_ESCAPE, f"{_ESCAPE}0", literal=True)
            .str.replace_all(_BETWEEN, f"{_ESCAPE}1", literal=True)
            for name in columns
        )
        key = native.select(pl.concat_str(*plain, separator=_BETWEEN).alias("key"))["key"]
    first = native.filter(key.is_first_distinct())
    known = key.unique(maintain_order=True).to_frame("key").with_row_index("number")
    number = key.to_frame("key").join(known, on="key", how="left", maintain_order="left")["number"]
    return nw.from_native(number, series_only=True), nw.from_native(first, eager_only=True)


def plain_counts(
    frame: Frame, allowed: Mapping[str, range]
) -> tuple[Frame, dict[str, nw.Series[Any]]]:
    """Read what is written in plain digits, column by column of an eager frame of text.

    `allowed`: per column the numbers that may stand there. Out: the frame with those columns as
    Int64, null for a blank and for whatever else is written; and for each column the rows (UInt32)
    in which something else is written.
    """
    import polars as pl

    numbers, odd = [], []
    for name, range_ in allowed.items():
        number = pl.col(name).cast(pl.Int64, strict=False)
        # Polars would also take "+5" for a number, and "-5": both signs stand before the digits.
        plain = (pl.col(name) >= "0") & number.is_between(range_[0], range_[-1])
        numbers.append(pl.when(plain).then(number).alias(name))
        strange = pl.col(name).is_not_null() & plain.fill_null(value=False).not_()
        odd.append(strange.alias(f"odd {name}"))
    read = frame.to_native().with_columns(*numbers, *odd)
    rows = {name: read[f"odd {name}"].arg_true() for name in allowed}
    return nw.from_native(read.drop(f"odd {name}" for name in allowed), eager_only=True), {
        name: nw.from_native(at, series_only=True) for name, at in rows.items()
    }


def column(name: str, values: Sequence[object]) -> nw.Series[Any]:
    """Make a column of text of what stands in JSON; whole numbers are written all at once."""
    import polars as pl

    try:
        numbers = pl.Series(name, values, dtype=pl.Int64) if whole_numbers(values) else None
    except (OverflowError, TypeError):  # more digits than 64 bits hold
        numbers = None
    if numbers is None:
        numbers = pl.Series(name, texts_of(values), dtype=pl.String)
    series = numbers.cast(pl.String)
    return nw.from_native(series, series_only=True)


def table(columns: Mapping[str, Iterable[object]], schema: Mapping[str, nw.dtypes.DType]) -> Frame:
    """Make a small eager frame from Python lists."""
    data = {name: list(values) for name, values in columns.items()}
    return nw.from_dict(data, schema=dict(schema), backend="polars")


def _pandas(frame: Frame) -> Lazy:
    # Arrow-backed columns: pandas' own integers would turn into fractions at the first null.
    import pandas as pd

    native = frame.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)
    eager: Frame = nw.from_native(native, eager_only=True)
    return eager.lazy()


def _installed(package: str) -> None:
    try:
        __import__(package)
    except ImportError as missing:
        raise RecountError(
            say("The engine {engine} is not installed.", engine=package),
            mend=say('Install it: pip install "recount-cli[{engine}]"', engine=package),
        ) from missing
