"""The chain of one contest: what was read of both sides in, everything that says a figure out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount import engine
from recount.aggregate import present_levels
from recount.chain import COUNT, RECAP, Sources, online_layers
from recount.layers import layers_of, several, tree
from recount.nearest import nearest_to_the_votes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.choose import Chosen
    from recount.engine import Frame
    from recount.layers import Layer
    from recount.material import Material


def has_chain(material: Material, contest: str) -> bool:
    """Whether our forms of a contest are of several levels; with one there is nothing to follow."""
    return several(material.tallies[0], contest)


def sources_of(
    material: Material, contest: str, up: Frame, chosen: Sequence[Chosen], recap: Frame | None
) -> Sources:
    """Gather what our forms, the online side (where there is one) and its recap say.

    `chosen`: of both sides, or of ours alone. `recap`: recap.recap_figures.
    """
    ours = material.tallies[0]
    layers = layers_of(ours, contest, material.digests("ours"), material.regions)
    layers = sorted([*layers, *totals_of(material, contest)], key=_order)
    online: list[Layer] = []
    others: list[Frame] = []
    for theirs in chosen[1:]:
        online += online_layers(theirs.forms, present_levels(theirs.forms))
        others.append(engine.collect(theirs.forms.select("unit", "level")))
    tree_ = tree(material.regions, up, layers, others)
    return Sources(layers, online, _shows(material), recap, tree_)


def totals_of(material: Material, contest: str) -> list[Layer]:
    """The totals that our forms print, as layers."""
    if material.totals is None:
        return []
    digests = material.digests("ours")
    return layers_of(material.totals, contest, digests, material.regions, total=True)


def nearest(material: Material, contest: str, ours: Chosen, sources: Sources) -> Chosen:
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
