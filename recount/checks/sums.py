"""The sums that are printed on every form: what the candidates got, and what was cast.

R1: the candidates add up to the valid votes. R2: valid and invalid votes add up to the votes cast.
R3: men and women add up to both. Source: forms.md, section 4 (labels of C1 ... D.Hasil).
A rule is only applied where every box of it is read; nothing is filled in.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.boxes import box_text, box_texts
from recount.model import Finding
from recount.texts import say

if TYPE_CHECKING:
    from recount.checks._side import CheckedSide


_MEND = {
    "ours": say("Compare with the form: if it says the same, note it; if not, correct our copy."),
    "theirs": say("The online figures do not add up by themselves: keep this page or file."),
}


class Sum(NamedTuple):
    """Parts that add up to a whole."""

    rule: str
    parts: tuple[str, ...]
    whole: str


def check(side: CheckedSide) -> list[Finding]:
    """Find the forms whose printed sums do not hold."""
    return [finding for rule in _rules(side) for finding in _broken(side, rule)]


def _rules(side: CheckedSide) -> list[Sum]:
    boxes = set(side.boxes)
    candidates = tuple(box for box in side.boxes if box.startswith("candidate:"))
    rules = [Sum("R1", candidates, "valid"), Sum("R2", ("valid", "invalid"), "cast")]
    rules += [
        Sum("R3", (f"{box}.m", f"{box}.f"), box) for box in sorted(boxes) if f"{box}.m" in boxes
    ]
    return [rule for rule in rules if len(rule.parts) > 1 and {*rule.parts, rule.whole} <= boxes]


def _broken(side: CheckedSide, rule: Sum) -> list[Finding]:
    boxes = (*rule.parts, rule.whole)
    read = reduce(nw.Expr.__and__, (~nw.col(box).is_null() for box in boxes))
    added = reduce(nw.Expr.__add__, (nw.col(box) for box in rule.parts))
    broken = side.forms.filter(read).with_columns(added=added)
    broken = broken.filter(nw.col("added") != nw.col(rule.whole)).sort("sheet", "row")
    columns = ("unit", "sheet", side.line(rule.whole), "added", rule.whole)
    return [
        Finding(
            rule.rule,
            "error",
            say(
                "{parts} add up to {added}; {whole} says {written}.",
                parts=box_texts(rule.parts, " + "),
                added=added,
                whole=box_text(rule.whole),
                written=written,
            ),
            _MEND[side.side],
            side.place(sheet, row, rule.whole),
            side.side,
            side.region(unit),
            side.contest,
        )
        for unit, sheet, row, added, written in broken.select(*columns).iter_rows()
    ]
