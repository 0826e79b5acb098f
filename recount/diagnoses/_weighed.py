"""What was found for every figure in, what stands out: likeliest first, coincidences left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.nested import nested

if TYPE_CHECKING:
    from recount.engine import Frame

REST = 1.0
"""How much arises in another way, a few votes counted otherwise or an error nobody can name, where
all that a checksum proves is 1: as many TPS add up on both sides and still differ (5,664) as have
an error that is proved (5,772; forms.md, section 6)."""

LINE = 0.2
"""A cause stands where it made the figure in at least one of five such cases, as far as the
measured rates say: the rate of the cause, times how much better the figure fits it than any figure
as near, against everything else that may stand behind it."""

TOO_OFTEN = 0.5
"""What more than half of all figures as near would fit, says nothing: 153 and 154 have one digit
apart, and so has nearly every number beside another."""

SOUND = 0.05
"""What one box alone explains, counts for so much where both figures may be right, each for itself.
Where the sums hold on both sides, tens are no more often apart than nines and elevens (81, 114, 74
of 2,138 TPS), hundreds 2.5 times as often as 99 and 101 (30, 17, 11), while of the errors that a
checksum proves half are one digit. Of a kecamatan a third of the figures differ, for the many TPS
in it; few of them are misread."""

LEAST = 1e-9
"""No fit counts for more than this; what is no coincidence at all has a chance of 0."""


def weighed(all_found: Frame) -> Frame:
    """Keep what stands, in order.

    In: `row`, `sound`, `cause`, `mark`, `chance`, `rate`, `whole`, `order`. Out: `row`, `causes`,
    `cause_marks`, `cause_chances` (lists), of the rows with a cause. An explanation of the whole
    unit comes before a coincidence in one box, and is not weighed against it: of each of its boxes
    it would have to be another coincidence.
    """
    rate = nw.when(nw.col("sound") & ~nw.col("whole")).then(SOUND * nw.col("rate"))
    fit = rate.otherwise(nw.col("rate")) / nw.max_horizontal("chance", nw.lit(LEAST))
    scored = all_found.filter(nw.col("chance") <= TOO_OFTEN).with_columns(fit=fit)
    fits, whole = nw.col("fit"), nw.col("whole")
    of_units = nw.when(whole).then(fits).otherwise(nw.lit(0.0)).sum().over("row")
    others = nw.when(whole).then(of_units).otherwise(fits.sum().over("row"))
    stands = scored.filter(fits / (others + REST) >= LINE)
    ordered = stands.sort("row", "whole", "fit", "order", descending=[False, True, True, False])
    names = {"cause": "causes", "mark": "cause_marks", "chance": "cause_chances"}
    return nested(ordered, "row", tuple(names)).rename(names)
