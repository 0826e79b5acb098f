"""The chain of one contest: what was read of both sides in, everything that says a figure out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount import engine
from recount.aggregate import present_levels
from recount.chain import COUNT, RECAP, Sources, chains, online_layers
from recount.layers import layers_of, several, tree
from recount.nearest import nearest_to_the_votes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.choose import Chosen
    from recount.engine import Frame
    from recount.layers import Layer
    from recount.material import Material


def followed(
    material: Material, contest: str, up: Frame, chosen: list[Chosen]
) -> tuple[list[Chosen], Sources | None]:
    """Gather the chain of a contest, and take of our forms the figures nearest to the votes.

    `chosen`: of both sides. With forms of one level there is nothing to follow.
    """
    if not several(material.tallies[0], contest):
        return chosen, None
    sources = sources_of(material, contest, up, chosen)
    ours, *theirs = chosen
    return [_nearest(material, contest, ours, sources), *theirs], sources


def chain_of(
    sources: Sources | None,
    recap: Frame | None,
    items: Sequence[str],
    shown: Frame,
    tolerance: int,
) -> Frame | None:
    """The chains of the regions that are shown (columns: chain.SCHEMA)."""
    if sources is None:
        return None
    return chains(sources._replace(recap=recap), items, shown, tolerance)


def sources_of(material: Material, contest: str, up: Frame, chosen: Sequence[Chosen]) -> Sources:
    """Gather what our forms say, and the online side where there is one; `chosen`: of each."""
    ours = material.tallies[0]
    layers = layers_of(ours, contest, material.digests("ours"), material.regions)
    layers = sorted([*layers, *_totals_of(material, contest)], key=_order)
    online: list[Layer] = []
    others: list[Frame] = []
    for theirs, tally in zip(chosen[1:], material.tallies[1:], strict=False):
        online += online_layers(theirs, present_levels(theirs.forms), tally.sheets)
        others.append(engine.collect(theirs.forms.select("unit", "level")))
    tree_ = tree(material.regions, up, layers, others)
    return Sources(layers, online, _shows(material), None, tree_)


def _totals_of(material: Material, contest: str) -> list[Layer]:
    """The totals that our forms print, as layers."""
    if material.totals is None:
        return []
    digests = material.digests("ours")
    return layers_of(material.totals, contest, digests, material.regions, total=True)


def _nearest(material: Material, contest: str, ours: Chosen, sources: Sources) -> Chosen:
    """Our forms, each with the figures nearest to the votes."""
    totals = [layer for layer in sources.ours if layer.total]
    forms = set(ours.forms.collect_schema().names())
    boxes = [box for box in material.tallies[0].used(contest) if box in forms]
    return nearest_to_the_votes(ours, boxes, totals, sources.tree)


def _order(layer: Layer) -> tuple[int, int, bool]:
    """From the votes up: by the level of the form, its parts before its totals."""
    return -layer.at, -layer.level, layer.total


def _shows(material: Material) -> str:
    """Which link the online side is: the recap where it shows nothing else."""
    layers = {one.layer for one in material.inputs if one.side == "theirs" and one.forms}
    return RECAP if layers == {"recap"} else COUNT
