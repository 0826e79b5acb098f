"""Both sides of a contest in; who leads, and what differs or is missing can change of it, out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recount.model import LEVELS, Outcome, Rest
from recount.outcome._collect import ToCollect
from recount.outcome._leaders import differing, favours, flips, sided
from recount.outcome._pairs import matter, worths
from recount.outcome._race import Race, side_of
from recount.outcome._rest import BOXES, left_over
from recount.outcome._sums import add_units, add_up, added
from recount.standing import same_winner, standing
from recount.thresholds import within

if TYPE_CHECKING:
    from datetime import date

    from recount.judging import SideForms
    from recount.outcome._race import Side
    from recount.outcome._rest import Left
    from recount.outcome._sums import Total, Units
    from recount.reconcile import Compared

__all__ = ["BOXES", "Race", "outcome"]


def outcome(
    race: Race, compared: Compared, forms: tuple[SideForms, SideForms], today: date | None = None
) -> Outcome:
    """Say who leads by ours, by theirs, and by ours corrected with theirs, and if that can change.

    The deciding region is the contest's, else the smallest one that holds every unit. `today`:
    for the days that are left to contest the result.
    """
    ours, theirs = sides = side_of("ours", forms[0], race), side_of("theirs", forms[1], race)
    units = add_units(race, compared, sides)
    nodes = set(units.sums["node"])
    total = add_up(race, units.sums, sides, compared.unit_level, nodes)
    decides = race.regions.common(nodes) if race.decides is None else race.decides
    corrected, official = (
        standing(total.sums, "corrected", race.items),
        standing(total.sums, "theirs", theirs.items),
    )
    # Without a candidate in common there is nobody to be the same.
    common = {*ours.items} & {*theirs.items}
    seats = race.contest.seats
    found = Outcome(
        race.contest.id,
        race.regions.nodes[decides].region,
        seats,
        standing(total.sums, "ours", ours.items),
        official,
        corrected,
        same_winner=same_winner(corrected, official, seats) if common else None,
        level=LEVELS[compared.unit_level],
        threshold=within(official, race.contest.threshold, today),
        added=added(total.sums),
    )
    if not ours.knows_all or not theirs.items:
        return found
    left = left_over(race, units, total, sides, compared.unit_level)
    return _with_changes(_with_rest(found, race, left, total, theirs), race, compared, units, total)


def _with_rest(found: Outcome, race: Race, left: Left, total: Total, theirs: Side) -> Outcome:
    """Add what the units without our form could do."""
    # Of some candidates nothing is reported there: only what we hold could decide.
    bounded = left.bounded and (theirs.knows_all or left.frame.is_empty())
    said = matter(total.sums, left, (race.items, theirs.items), race.contest.seats, bounded=bounded)
    worth = worths(left, said.closest) if said.closest else left.frame["most"]
    places = left.frame.select("node", "station").with_columns(worth.alias("worth"))
    return replace(
        found,
        certain=said.certain,
        units_that_could_flip=said.units_that_could_flip,
        bound=left.kind,
        first_to_collect=ToCollect(places, race.regions),
        pairs=said.pairs,
        rest=Rest(
            len(left.frame),
            int(left.frame["most"].sum() or 0) if bounded else None,
            int(left.frame["shown"].sum() or 0),
            left.unseen,
            int(left.frame["raised"].sum() or 0),
        ),
    )


def _with_changes(
    found: Outcome, race: Race, compared: Compared, units: Units, total: Total
) -> Outcome:
    """Add whose leader changes, and whom the differences favour."""
    apart = differing(race, units)
    levels = compared.unit_level, {*compared.levels, compared.unit_level}
    return replace(
        found,
        pairs=tuple(sided(pair, apart) for pair in found.pairs),
        flips=flips(race, units, total, apart, levels),
        favours=favours(race.items, apart),
    )
