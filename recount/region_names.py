"""Regions by number in, their codes, names and the regions above them out, for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.aggregate import TPS

if TYPE_CHECKING:
    from recount.engine import Frame
    from recount.regions import Regions

BETWEEN = "\x1f"
"""Joins codes into one text for a while; no code and no name that is compared can hold it."""


def names(regions: Regions, up: Frame, frame: Frame) -> Frame:
    """Code, name, parent's name and parents of every region in a frame, by `node`, `station`.

    `up`: aggregate.ancestors.
    """
    known = {
        kind: nw.new_series(kind, values, nw.String, backend="polars")
        for kind, values in (("region", regions.nodes.region), ("name", regions.nodes.name))
    }
    parents = nw.new_series("parent", regions.nodes.parent, nw.Int32, backend="polars")
    used = frame.select("node").unique()["node"]
    above = engine.gather(parents, used)
    nodes = used.to_frame().with_columns(
        engine.gather(known["region"], used),
        engine.gather(known["name"], used),
        engine.gather(known["name"], above).alias("within"),
    )
    nodes = nodes.with_columns(_paths(up, known["region"], used)).with_columns(_joint())
    named = frame.select("node", "station").unique().join(nodes, on="node", how="left")
    named = named.with_columns(_station_names())
    none = nw.lit([], nw.List(nw.String()))
    split = nw.when(nw.col("path") != "").then(nw.col("path").str.split(BETWEEN)).otherwise(none)
    return named.with_columns(parents=split).drop("path", "joint")


def _joint() -> nw.Expr:
    """What `regions.station_joint` says, for a column."""
    named = nw.col("region").str.contains("/") | ~nw.col("region").str.contains(r"\A[0-9]{2}")
    return nw.when(named).then(nw.lit("/")).otherwise(nw.lit(".")).alias("joint")


def _station_names() -> list[nw.Expr]:
    """Name the stations; a region keeps what it is called."""
    number = nw.col("station").cast(nw.String).str.zfill(3)
    of_station = {
        "region": nw.concat_str("region", "joint", number),
        "name": nw.concat_str(nw.lit("TPS "), number),
        "within": nw.col("name"),
        "path": nw.when(nw.col("path") == "")
        .then("region")
        .otherwise(nw.concat_str("path", nw.lit(BETWEEN), "region")),
    }
    station = nw.col("station") >= 0
    return [
        nw.when(station).then(text).otherwise(nw.col(name)).alias(name)
        for name, text in of_station.items()
    ]


def _paths(up: Frame, codes: nw.Series[Any], nodes: nw.Series[Any]) -> nw.Series[Any]:
    """For each node the codes of its ancestors from the top, as one text; the whole is no part."""
    columns = {}
    for level in range(1, TPS):
        above = engine.gather(up[f"up{level}"], nodes)
        # Where there is no ancestor of a level, the node stands for itself.
        code = (
            engine.gather(codes, above)
            .to_frame()
            .select(nw.when(above != nodes).then(nw.col(codes.name)).alias(f"path{level}"))
        )
        columns[f"path{level}"] = code[f"path{level}"]
    table = nodes.to_frame().with_columns(**columns)
    joined = nw.concat_str(*columns, separator=BETWEEN, ignore_nulls=True)
    return table.select(joined.fill_null("").alias("path"))["path"]
