"""Comparisons in, those that a reader asked for out; what is left away is counted, never lost.

Nothing here changes what is compared or counted: only what is listed.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount.errors import RecountError
from recount.texts import say
from recount.wanted_region import Wanted, wanted_region

if TYPE_CHECKING:
    from recount.engine import Frame
    from recount.model import Election
    from recount.options import Options
    from recount.regions import Regions

ALL = 100
_LEAST = re.compile(r"([0-9]{1,10})(?:[.,]([0-9]{1,4}))? *(%?)")
GROUP = ("contest", "level", "region")


class Least(NamedTuple):
    """The smallest difference that is shown: votes, or a share of the larger figure."""

    votes: int
    share: Fraction | None


class Asked(NamedTuple):
    """What a reader wants to see of the comparisons; None: everything of that kind."""

    region: Wanted | None = None
    candidate: str | None = None
    least: Least | None = None
    top: int | None = None


class Hidden(NamedTuple):
    """What was asked for, and how much of the comparisons is not shown for it.

    `before`: the comparisons before that (eager frame, as Result.comparisons). `rows`: how many of
    them are not shown; `left`: per contest and level how many of its regions are not shown at all.
    `least`: as it was given.
    """

    asked: Asked
    before: Any
    rows: int
    left: dict[tuple[str, str], int]
    least: str | None = None


def least_difference(text: str | None) -> Least | None:
    """Read a smallest difference: `10` votes, or `1%` of the larger figure."""
    if text is None:
        return None
    found = _LEAST.fullmatch(text.strip())
    if found is None or (found[2] and not found[3]):
        raise RecountError(
            say("{option} cannot be “{value}”.", option="--min-difference", value=text),
            mend=say("Give a number of votes, such as 10, or a percentage, such as 1% or 0.5%."),
        )
    amount = Fraction(f"{found[1]}.{found[2] or 0}")
    return Least(0, amount / ALL) if found[3] else Least(int(amount), None)


def checked(options: Options) -> None:
    """Refuse at once, before anything is read, what cannot be asked for."""
    least_difference(options.min_difference)
    if options.top is not None and options.top < 1:
        raise RecountError(
            say("{option} cannot be “{value}”.", option="--top", value=str(options.top)),
            mend=say("Give a whole number from 1."),
        )


def asked_for(options: Options, regions: Regions, election: Election) -> Asked | None:
    """What was asked for, once the regions and the candidates are known; None: everything."""
    given = (options.only, options.candidate, options.min_difference, options.top)
    if all(one is None for one in given):
        return None
    return Asked(
        None if options.only is None else wanted_region(options.only, regions, "--only"),
        None if options.candidate is None else _candidate(options.candidate, election),
        least_difference(options.min_difference),
        options.top,
    )


def _candidate(text: str, election: Election) -> str:
    """The box of a candidate, by the number on the ballot."""
    known = {one.id: one.name for contest in election.contests for one in contest.candidates}
    wanted = text.strip().removeprefix("candidate:")
    id_ = wanted.lstrip("0") or wanted
    if id_ in known:
        return f"candidate:{id_}"
    listed = ", ".join(f"{id_} {name}".rstrip() for id_, name in known.items())
    raise RecountError(
        say("{option} cannot be “{value}”.", option="--candidate", value=text),
        mend=say("Choose one of: {choices}.", choices=listed),
    )


def show(frame: Frame, asked: Asked, least: str | None) -> tuple[Frame, Hidden]:
    """Keep what was asked for of the comparisons (listing.COLUMNS), in their order."""
    kept = frame
    if asked.region is not None:
        code = nw.lit(asked.region.region)
        inside = nw.col("parents").list.contains(asked.region.region)
        kept = kept.filter((nw.col("region") == code) | inside)
    if asked.candidate is not None:
        kept = kept.filter(nw.col("item") == asked.candidate)
    if asked.least is not None:
        kept = kept.filter(_large(asked.least))
    if asked.top is not None:
        kept = _first(kept, asked.top)
    before, after = _regions(frame), _regions(kept)
    left = {key: n - after.get(key, 0) for key, n in before.items() if n > after.get(key, 0)}
    return kept, Hidden(asked, frame, len(frame) - len(kept), left, least)


def _large(least: Least) -> nw.Expr:
    """Whether a difference is as large; one that is not known is not."""
    size = nw.col("difference").abs()
    if least.share is None:
        return (size >= least.votes).fill_null(value=False)
    larger = nw.max_horizontal("ours", "theirs")
    part, whole = least.share.numerator, least.share.denominator
    return ((size > 0) & (size * whole >= larger * part)).fill_null(value=False)


def _first(frame: Frame, top: int) -> Frame:
    """The first regions of each level: they stand in order of their effect on the margin."""
    numbered = frame.with_row_index("at")
    starts = numbered.group_by(*GROUP).agg(nw.col("at").min())
    ranked = starts.with_columns(nw.col("at").rank("dense").over("contest", "level").alias("rank"))
    kept = ranked.filter(nw.col("rank") <= top).select(*GROUP)
    return numbered.join(kept, on=list(GROUP), how="semi").sort("at").drop("at")


def _regions(frame: Frame) -> dict[tuple[str, str], int]:
    """How many regions a frame names, by contest and level."""
    counted = frame.select(*GROUP).unique().group_by("contest", "level").agg(nw.len().alias("n"))
    return {(contest, level): n for contest, level, n in counted.iter_rows()}
