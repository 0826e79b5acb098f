"""How a broken equation is said: the numbers on both sides, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.boxes import box_text, box_texts
from recount.equations import shown
from recount.texts import Several, Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from recount.equations import Comparison, Linear
    from recount.model import Equation, Side

_ONLINE = say("The online figures do not add up by themselves: keep this page or file.")


def place_box(comparison: Comparison) -> str:
    """The box whose cell a finding points at: the one that stands alone, or else the first."""
    for side in (comparison.left, comparison.right):
        if len(side.terms) == 1:
            return next(iter(side.terms))
    return comparison.boxes[0]


def mend_text(equation: Equation, side: Side) -> Text:
    """What to do: on our side as the rule says; the online figures nobody here can mend."""
    return equation.mend if side == "ours" or equation.severity == "note" else _ONLINE


def broken_text(comparison: Comparison, values: Mapping[str, int]) -> Text:
    """Say what both sides come to on one form."""
    left, sign, right = comparison
    if sign == "==" and left.is_sum and right.is_sum and len(right.terms) == 1 < len(left.terms):
        return say(
            "{parts} add up to {added}; {whole} says {written}.",
            parts=box_texts(left.terms, " + "),
            added=shown(left.value(values)),
            whole=_words(right),
            written=shown(right.value(values)),
        )
    return Text(
        _TEMPLATES[sign].template,
        (
            ("left", _words(left)),
            ("first", shown(left.value(values))),
            ("right", _words(right)),
            ("second", shown(right.value(values))),
        ),
    )


_TEMPLATES = {
    "==": say("{left}: {first}, but {right}: {second}.", left="", first="", right="", second=""),
    "<=": say(
        "{left}: {first}; that is more than {right}: {second}.",
        left="", first="", right="", second="",
    ),
    ">=": say(
        "{left}: {first}; that is less than {right}: {second}.",
        left="", first="", right="", second="",
    ),
}  # fmt: skip


def _words(side: Linear) -> Text | Several:
    """A side of an equation with the boxes' names, each times its factor."""
    parts: list[object] = [_term(box, factor) for box, factor in side.terms.items()]
    if side.constant or not parts:
        parts.append(shown(side.constant))
    return Several(tuple(parts), " + ")


def _term(box: str, factor: Fraction) -> Text:
    if factor == 1:
        return box_text(box)
    return say("{box} × {factor}", box=box_text(box), factor=shown(factor))  # noqa: RUF001 - a sign
