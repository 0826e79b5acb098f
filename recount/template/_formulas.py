"""The rules of a form in, one formula for each rule and column out: "OK" or not yet.

A formula says nothing while nothing is typed in its column. Of a line by sex a rule speaks only
where men or women are filled in: who types the sum alone is not kept waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.boxes import SEXES
from recount.equation_text import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.equations import Comparison, Linear
    from recount.model import FormModel

CHECKED = ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R10")
"""The rules that single forms are held against while they are typed (forms.md, section 4)."""

_SIGNS = {"==": "=", "<=": "<=", ">=": ">="}


class Rule(NamedTuple):
    """A rule of a form: its id, and what has to hold."""

    id: str
    comparisons: tuple[Comparison, ...]


def rules_of(form: FormModel, boxes: Sequence[str]) -> list[Rule]:
    """Give the rules that speak of nothing but boxes of the form; a rule without any is left out.

    `boxes`: those the form has, with candidates and sexes.
    """
    candidates = [box for box in boxes if box.startswith("candidate:")]
    held: dict[str, list[Comparison]] = {id_: [] for id_ in CHECKED}
    for equation in form.equations:
        comparison = parse(equation.text).of(candidates)
        if (
            equation.rule in held
            and equation.unless not in boxes
            and set(comparison.boxes) <= set(boxes)
        ):
            held[equation.rule].append(comparison)
    return [Rule(id_, tuple(of)) for id_, of in held.items() if of]


def sexed(form: FormModel) -> set[str]:
    """Give the lines that come as men, women and both: those whose sum is a rule."""
    sums = [parse(equation.text) for equation in form.equations if equation.rule == "R3"]
    return {box for one in sums for box in one.right.terms}


def formula(rule: Rule, cells: Mapping[str, str], whole: str, waiting: str) -> str:
    """Write the check of a rule in one column.

    `cells`: box -> its cell there. `whole`: all cells of the column. `waiting`: what it says where
    the rule does not hold (yet).
    """
    terms = ",".join(_term(one, cells) for one in rule.comparisons)
    otherwise = f'"{waiting}"'
    if len(rule.comparisons) == 1 and rule.comparisons[0].sign == "==":
        one = rule.comparisons[0]
        apart = f"{_side(one.left, cells)}-({_side(one.right, cells)})"
        otherwise = f'IF({_complete(one, cells)},{otherwise}&" "&TEXT({apart},"+0;-0"),{otherwise})'
    return f'=IF(COUNT({whole})=0,"",IF(AND({terms}),"OK",{otherwise}))'


def _term(one: Comparison, cells: Mapping[str, str]) -> str:
    sign = _SIGNS[one.sign]
    holds = f"AND({_complete(one, cells)},{_side(one.left, cells)}{sign}{_side(one.right, cells)})"
    by_sex = [cells[box] for box in one.boxes if box[-2:] in SEXES]
    return f"IF(COUNT({','.join(by_sex)})=0,TRUE,{holds})" if by_sex else holds


def _complete(one: Comparison, cells: Mapping[str, str]) -> str:
    return f"COUNT({','.join(cells[box] for box in one.boxes)})={len(one.boxes)}"


def _side(side: Linear, cells: Mapping[str, str]) -> str:
    """Write a sum of boxes. N() takes a blank cell, and a text that was typed, as nothing."""
    parts = [
        f"N({cells[box]})" if factor == 1 else f"{float(factor)}*N({cells[box]})"
        for box, factor in side.terms.items()
    ]
    return "+".join(parts)
