"""Where the forms of a tally lie: its units in, the smallest region around each sheet's out.

All sheets at once, level by level: a nation's desa one by one would take longer than reading them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.model import LEVELS, Named
from recount.nodes import ROOT
from recount.regions import SPAN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from recount.intake import Tally
    from recount.regions import Regions

    Frame = nw.DataFrame[Any]

LISTED = 8
"""So many regions of a file are listed; of more the smallest one that holds them all is named."""

SAMPLE = 500
"""About so many regions are looked at first: a nation's lie in all its provinces."""


class Lying(NamedTuple):
    """Where forms lie. `around`: by number of the sheet, the node that holds all its forms.

    `held`: by number of the file, how many regions have forms; `few`: which, where they are few.
    `nameless`: sheets with a form of which nothing says in which provinsi it lies.
    """

    around: Mapping[int, int]
    held: Mapping[int, int]
    few: Mapping[int, tuple[Named, ...]]
    nameless: Collection[int]


def lying(tally: Tally, regions: Regions) -> Lying:
    """Find where the forms of every sheet and every file lie."""
    pairs = _places(tally)
    files = [sheet.input for sheet in tally.sheets]
    once = pairs if files == [*range(len(files))] else _by_file(pairs, files)
    held = dict(once.group_by("key").agg(nw.len().alias("n")).iter_rows())
    return Lying(
        _around(pairs, regions), held, _few(once, held, regions), _nameless(pairs, regions)
    )


def named(node: int, regions: Regions, *, nameless: bool = False) -> Named:
    """A region as it is printed; the whole is `0`, and `nameless` nothing: its provinsi is open."""
    if node == ROOT and nameless:
        return Named("", "")
    return Named(regions.nodes.region[node], regions.nodes.name[node])


def _places(tally: Tally) -> Frame:
    """The distinct `key` (number of a sheet) and `node` of all forms."""
    parts = [_once(_runs(forms)) for forms in tally.frames.values()]
    return _once(nw.concat(parts)) if len(parts) > 1 else parts[0]


def _runs(forms: Frame) -> Frame:
    """One row for each run of forms of one region: most files are in order."""
    pairs = forms.select(key="sheet", node=(nw.col("unit") // SPAN).cast(nw.Int32))
    if not len(pairs):
        return pairs
    changed = [pairs[name] != pairs[name].shift(1) for name in ("key", "node")]
    return pairs.filter((changed[0] | changed[1]).fill_null(value=True))


def _once(pairs: Frame) -> Frame:
    """Each pair once, in order; one number is sorted out faster than two columns."""
    both = pairs.select(both=nw.col("key").cast(nw.Int64) * SPAN + nw.col("node").cast(nw.Int64))
    once = both["both"].unique().sort().to_frame()
    return once.select(
        key=(nw.col("both") // SPAN).cast(nw.Int32), node=(nw.col("both") % SPAN).cast(nw.Int32)
    )


def _by_file(pairs: Frame, files: list[int]) -> Frame:
    return _once(pairs.with_columns(engine.gather(_column(files), pairs["key"]).alias("key")))


def _everywhere(pairs: Frame, regions: Regions) -> list[int]:
    """Keys of which a sample of nodes already lies in no smaller region than the whole."""
    sample: dict[int, set[int]] = {}
    for key, node in pairs.gather_every(max(1, len(pairs) // SAMPLE)).iter_rows():
        sample.setdefault(key, set()).add(node)
    return [key for key, nodes in sample.items() if regions.common(nodes) == ROOT]


def _around(pairs: Frame, regions: Regions) -> dict[int, int]:
    """The smallest region that holds all nodes of a key (Regions.common, for many at once)."""
    whole = _everywhere(pairs, regions)
    found = dict.fromkeys(whole, ROOT)
    pairs = pairs.filter(~nw.col("key").is_in(whole)) if whole else pairs
    if not len(pairs):
        return found
    levels = _column(regions.nodes.level)
    parents = _column(regions.nodes.parent)
    for level in range(len(LEVELS) - 1, 0, -1):
        shared = pairs["key"].is_duplicated()
        if not shared.any():
            break
        node = pairs["node"]
        moved = shared & (engine.gather(levels, node) == level)
        up = engine.gather(parents, node)
        pairs = _once(pairs.with_columns(up.zip_with(moved, node).alias("node")))
    return found | dict(pairs.iter_rows())


def _nameless(pairs: Frame, regions: Regions) -> frozenset[int]:
    open_ = [top for top in regions.children.get(ROOT, ()) if regions.nodes.level[top] > 1]
    if not open_:
        return frozenset()
    inside = {
        node for top in open_ for at in range(1, len(LEVELS)) for node in regions.inside(top, at)
    }
    hit = pairs.filter(nw.col("node").is_in([*open_, *inside]))
    return frozenset(hit["key"].unique().to_list())


def _column(values: list[int]) -> nw.Series[Any]:
    return engine.table({"value": values}, {"value": nw.Int32()})["value"]


def _few(once: Frame, held: Mapping[int, int], regions: Regions) -> dict[int, tuple[Named, ...]]:
    few = [file for file, size in held.items() if size <= LISTED]
    found: dict[int, tuple[Named, ...]] = {}
    for file, node in once.filter(nw.col("key").is_in(few)).iter_rows() if few else ():
        found[file] = (*found.get(file, ()), named(node, regions))
    # By code: in which order regions were met is nothing to rely on.
    return {
        file: tuple(sorted(regions_, key=lambda one: one.code)) for file, regions_ in found.items()
    }
