"""Who computes: the only file that knows which library does the joins and the sums.

Steps are written once, with narwhals expressions. Files are read into Polars frames; the steps
after that run lazily in the engine that was asked for, and small results come back as eager Polars
frames, so that every engine ends in the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    native: Any = values.to_native()
    return nw.from_native(native.gather(at.to_native()), series_only=True)


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
