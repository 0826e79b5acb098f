"""Settled places in, those whose regions above were taken from the other side out, as findings.

A kecamatan or a desa may stand alone, without provinsi and kabupaten/kota, and be the only one of
its name on the other side. It is taken for that one, and said so once a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount.model import LEVELS, Finding
from recount.regions import UNMATCHED
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.model import Sheet, Side
    from recount.places import Settled
    from recount.regions import Regions

    Frame = nw.DataFrame[Any]

_KABKOTA = LEVELS.index("kabkota")


def borrowed(
    rows: Frame, places: Frame, settled: Settled, side: Side, sheets: Sequence[Sheet]
) -> list[Finding]:
    """Say it once a file, at its first such row. `rows`: `sheet`, `row`, `place` of a side."""
    above = _borrowing(places, settled, side)
    if not above:
        return []
    hit = rows.filter(nw.col("place").is_in(list(above))).sort("sheet", "row")
    files: dict[str, list[tuple[int, int, int]]] = {}
    for sheet, row, place in hit.select("sheet", "row", "place").iter_rows():
        files.setdefault(sheets[sheet].label, []).append((sheet, row, place))
    nodes = settled.regions.nodes
    return [
        _said(
            len(cells),
            sorted({nodes.name[above[place]] for _, _, place in cells}),
            sheets[cells[0][0]].place(cells[0][1], None),
            side,
        )
        for cells in files.values()
    ]


def _said(count: int, regions: list[str], place: str, side: Side) -> Finding:
    return Finding(
        "borrowed-region",
        "warning",
        say(
            "Forms that name no provinsi and no kabupaten/kota: {count}; by their names they were "
            "taken for those of the other side in {regions}.",
            count=count,
            regions=", ".join(regions),
        ),
        say("Write the place above the table, into a column or into the file's name."),
        place,
        side,
    )


def _borrowing(places: Frame, settled: Settled, side: Side) -> dict[int, int]:
    """The places of a side that name nothing above a kecamatan or a desa, but lie in a region.

    Out: number of the place -> that region's node. A region of a list counts as known, and so does
    one that the side itself names elsewhere.
    """
    bare = nw.col("code") == ""
    for level in range(1, _KABKOTA + 1):
        bare = bare & (nw.col(f"key{level}") == "")
    numbered = places.with_columns(settled.nodes.alias("node"), bare=bare).with_row_index("at")
    own = numbered.filter(nw.col(side), nw.col("node") != UNMATCHED)
    alone = own.filter(nw.col("bare")).select("at", "node")
    around = ((at, _around(settled.regions, node)) for at, node in alone.iter_rows())
    above = {at: up for at, up in around if up is not None}
    if not above:
        return {}
    known = own.filter(~nw.col("bare"))["node"].unique().to_list()
    named = {_around(settled.regions, node) for node in known}
    return {at: node for at, node in above.items() if node not in named}


def _around(regions: Regions, node: int) -> int | None:
    """The kabupaten/kota around a node, else its provinsi; None for none, or one of a list."""
    around = [up for up in regions.above(node) if regions.nodes.level[up] <= _KABKOTA]
    if not around or regions.nodes.listed[around[0]]:
        return None
    return around[0]
