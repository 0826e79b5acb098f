"""The chain of a figure: from form to form, from the votes up to the online count and the recap.

A link is what one kind of form says of a region: its own row, or the sum of its parts "n of m". The
figure changed at the first link that says otherwise than the last one before it. A sum of which
parts are missing, or of which nobody knows how many there are, and a blank break no chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.layers import Layer, raised
from recount.model import INCOMPLETE, LEVELS
from recount.nested import with_lists

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from recount.choose import Chosen
    from recount.engine import Frame, Lazy
    from recount.layers import Tree
    from recount.model import Sheet

FIELDS: dict[str, nw.dtypes.DType] = {
    "at": nw.String(),
    "form": nw.String(),
    "figure": nw.Int64(),
    "read": nw.Int64(),
    "expected": nw.Int64(),
}
CHAIN = nw.List(nw.Struct(FIELDS))
KEYS: dict[str, nw.dtypes.DType] = {
    "level": nw.Int8(),
    "unit": nw.Int64(),
    "item": nw.String(),
    "changed_at": nw.String(),
}

COUNT, RECAP = "count", "recap"
"""The links behind the forms: what the online system shows, and its official recap."""

Key = tuple[int, int, str]


class Link(NamedTuple):
    """What one kind of form says of a region.

    `at`: the level of the form, COUNT or RECAP. `read` of `expected` parts stand behind `figure`
    (None: blank); `expected` None: nobody knows how many there are. `place`: of a cell, where it is
    one.
    """

    at: str
    form: str | None
    figure: int | None
    read: int
    expected: int | None
    place: str | None = None

    @property
    def whole(self) -> bool:
        """Whether it can be held against another one."""
        return self.figure is not None and self.read == self.expected


class Sources(NamedTuple):
    """Everything that says a figure: our layers, the online side's, and the recap's figures.

    `online`: by level, from the top. `shows`: which link the online side is. `recap`: columns
    `level`, `unit`, `item`, `recap`.
    """

    ours: Sequence[Layer]
    online: Sequence[Layer]
    shows: str
    recap: Frame | None
    tree: Tree


class Change(NamedTuple):
    """The first link that says otherwise than the one before it, and by how much."""

    link: Link
    shift: int


def changed(links: Iterable[Link], tolerance: int = 0) -> Change | None:
    """Find where a figure changes first; None where it does not."""
    last: int | None = None
    for link in links:
        if not link.whole or link.figure is None:
            continue
        if last is not None and abs(link.figure - last) > tolerance:
            return Change(link, link.figure - last)
        last = link.figure
    return None


def chains(
    sources: Sources, items: Sequence[str], asked: Frame, tolerance: int = 0
) -> Frame | None:
    """Say of each region asked for (`level`, `unit`) its chain, box by box.

    Out: KEYS and `chain` (CHAIN); None where there is none.
    """
    found = [*paths(sources, items, asked).items()]
    several = [(key, links) for key, links in found if len(links) > 1]
    if not several:
        return None
    changes = [changed(links, tolerance) for _, links in several]
    keys = [
        (*key, change.link.at if change else None)
        for (key, _), change in zip(several, changes, strict=True)
    ]
    rows = engine.table(dict(zip(KEYS, zip(*keys, strict=True), strict=True)), KEYS)
    parts = [(at, *link[:-1]) for at, (_, links) in enumerate(several) for link in links]
    schema = {"at row": nw.UInt32(), **FIELDS}
    flat = engine.table(dict(zip(schema, zip(*parts, strict=True), strict=True)), schema)
    return with_lists(rows, flat, "at row", "chain")


def paths(sources: Sources, items: Sequence[str], asked: Frame) -> dict[Key, list[Link]]:
    """Give the links of each region and box, those of the votes first.

    `asked`: columns `level`, `unit`. Only where a form of ours says anything.
    """
    found: dict[Key, list[Link]] = {}
    wanted: dict[int, set[int]] = {}
    for level, unit in asked.select("level", "unit").unique().iter_rows():
        wanted.setdefault(level, set()).add(unit)
    for layer in sources.ours:
        for key, link in _links(layer, items, wanted, sources.tree, LEVELS[layer.at]):
            found.setdefault(key, []).append(link)
    found = {key: _brief(links) for key, links in found.items()}
    for key, link in _online(sources, items, wanted).items():
        if key in found:
            found[key].append(link)
    for key, link in _recap(sources.recap, wanted):
        if key in found:
            found[key].append(link)
    return found


def _links(
    layer: Layer, items: Sequence[str], wanted: Mapping[int, set[int]], tree: Tree, at: str
) -> Iterator[tuple[Key, Link]]:
    """What a layer says of the regions asked for."""
    boxes = [box for box in items if box in layer.rows.columns]
    boxes = [box for box in boxes if not layer.rows[box].is_null().all()]
    marks = [INCOMPLETE] if INCOMPLETE in layer.rows.columns else []
    if not boxes or min(wanted, default=len(LEVELS)) > layer.level:
        return
    for level, frame in raised(layer, [*boxes, *marks], tree):
        if level not in wanted:
            continue
        here = frame.filter(nw.col("unit").is_in(list(wanted[level])))
        own = _places(layer, boxes, wanted[level]) if level == layer.level else {}
        for row in here.iter_rows(named=True):
            unit, known = row["unit"], row["held"] == 0 and not (marks and row[INCOMPLETE])
            expected = row["expected"] if known else None
            for box in boxes:
                read = row[f"{box}.read"]
                if read or level == layer.level:
                    place = own.get((unit, box))
                    link = Link(at, layer.form, row[box], read, expected, place)
                    yield (level, unit, box), link


def _places(
    layer: Layer, boxes: Sequence[str], units: Collection[int]
) -> dict[tuple[int, str], str]:
    """The address of each cell of a layer's own rows, of some units."""
    found = {}
    rows = layer.rows.filter(nw.col("unit").is_in(list(units)))
    for row in rows.iter_rows(named=True) if layer.sheets else ():
        unit, sheet = row["unit"], layer.sheets[row["sheet"]]
        for box in boxes:
            decided = layer.places.get((layer.level, unit, box))
            found[unit, box] = decided or sheet.place(row.get(f"row {box}") or row["row"], box)
    return found


def _brief(links: Sequence[Link]) -> list[Link]:
    """Leave out what a form says twice: the sum of its columns, where its own total is the same.

    A total that is blank, or a sum of totals of which some are, says no more than the columns.
    """
    kept: list[Link] = []
    for link in links:
        again = bool(kept) and kept[-1].at == link.at
        if again and not link.whole:
            continue
        if again and not (kept[-1].whole and kept[-1].figure != link.figure):
            kept.pop()
        kept.append(link)
    return kept


def _online(
    sources: Sources, items: Sequence[str], wanted: Mapping[int, set[int]]
) -> dict[Key, Link]:
    """What the online side says: its own row of a region, else the sum of the nearest parts."""
    found: dict[Key, Link] = {}
    for layer in sources.online:
        for key, link in _links(layer, items, wanted, sources.tree, sources.shows):
            if key not in found or found[key].figure is None:
                found[key] = link
    return found


def _recap(recap: Frame | None, wanted: Mapping[int, set[int]]) -> Iterator[tuple[Key, Link]]:
    if recap is None:
        return
    rows = recap.select("level", "unit", "item", "recap").iter_rows()
    for level, unit, item, figure in rows:
        if unit in wanted.get(level, ()):
            yield (level, unit, item), Link(RECAP, None, figure, 1, 1)


def with_chain(rows: Lazy, chain: Frame | None) -> Lazy:
    """Put the chains beside comparisons, null where there is none."""
    if chain is None:
        return rows.with_columns(changed_at=nw.lit(None, nw.String()), chain=nw.lit(None, CHAIN))
    return rows.join(chain.lazy(), on=["level", "unit", "item"], how="left")


def online_layers(online: Chosen, levels: Iterable[int], sheets: Sequence[Sheet]) -> list[Layer]:
    """The online side's figures as layers, from the top."""
    by_level = ((at, online.forms.filter(nw.col("level") == at)) for at in sorted(levels))
    return [
        Layer(at, at, None, engine.collect(forms), sheets, places=online.places)
        for at, forms in by_level
    ]
