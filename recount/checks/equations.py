"""R1 to R10 and a project's own: what holds between the boxes of one form.

The equations come from the form's model, as data; where no model is recognised, from the usual
rules. One is applied to a form only if every box of it is read; nothing is filled in. Both sides
are held to the same rules. Source: forms.md, section 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.boxes import CANDIDATE
from recount.checks._words import broken_text, mend_text, place_box
from recount.equation_text import parse
from recount.equations import CANDIDATES, Comparison, broken
from recount.forms import equations_of
from recount.model import Equation, Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recount.checks._side import CheckedSide
    from recount.engine import Frame

_FEWEST_CANDIDATES = 2
"""A file with one candidate's votes alone has not the sum of all."""


class Rule(NamedTuple):
    """An equation that can be applied to a side: its comparison names boxes that are there."""

    equation: Equation
    comparison: Comparison


def check(side: CheckedSide) -> list[Finding]:
    """Find the forms whose boxes contradict each other."""
    found = [
        finding
        for forms, equations in _by_form(side)
        for rule in applicable(equations, side.boxes)
        for finding in _broken(side, forms, rule)
    ]
    return [*found, *_not_applied(side)]


def applicable(equations: Iterable[Equation], boxes: Iterable[str]) -> Iterator[Rule]:
    """Those equations all of whose boxes are there; `candidates` is spread into its boxes."""
    known = tuple(boxes)
    candidates = [box for box in known if box.startswith(CANDIDATE)]
    for equation in equations:
        comparison = parse(equation.text)
        if CANDIDATES in comparison.boxes and len(candidates) < _FEWEST_CANDIDATES:
            continue
        comparison = comparison.of(candidates)
        if set(comparison.boxes) <= set(known):
            yield Rule(equation, comparison)


def _by_form(side: CheckedSide) -> Iterator[tuple[Frame, list[Equation]]]:
    """The forms of each kind, with the rules of that kind, changed as the project wants them."""
    kinds: dict[str | None, list[int]] = {}
    for number, sheet in enumerate(side.sheets):
        kinds.setdefault(sheet.form or side.election.form, []).append(number)
    for kind, sheets in kinds.items():
        forms = side.forms if len(kinds) == 1 else side.forms.filter(nw.col("sheet").is_in(sheets))
        equations = [_changed(side, equation) for equation in equations_of(kind)]
        yield forms, [*equations, *side.election.equations]


def _changed(side: CheckedSide, equation: Equation) -> Equation:
    setting = side.election.rules.get(equation.rule)
    if setting is None:
        return equation
    return Equation(
        equation.rule,
        equation.text,
        setting.severity or equation.severity,
        equation.mend,
        setting.tolerance or equation.tolerance,
        equation.unless,
        equation.message,
    )


def _not_applied(side: CheckedSide) -> Iterator[Finding]:
    """A project's own equation that no form could be held against is said, not passed over."""
    applied = {rule.equation.rule for rule in applicable(side.election.equations, side.boxes)}
    for equation in side.election.equations:
        if equation.rule not in applied:
            yield Finding(
                equation.rule,
                "note",
                say("No form here has all the boxes of “{text}”: not applied.", text=equation.text),
                say("If the forms have them, see which of their columns was not understood."),
                side=side.side,
                contest=side.contest,
            )


def _broken(side: CheckedSide, forms: Frame, rule: Rule) -> Iterator[Finding]:
    """The forms that break a rule. A null in any box makes the condition null: not applied."""
    equation, comparison = rule
    condition = broken(comparison, equation.tolerance)
    if equation.unless and equation.unless in side.boxes:
        condition = condition & nw.col(equation.unless).is_null()
    boxes = comparison.boxes
    at = place_box(comparison)
    found = forms.filter(condition).sort("sheet", "row")
    for unit, sheet, row, *figures in found.select(
        "unit", "sheet", side.line(at), *boxes
    ).iter_rows():
        values = dict(zip(boxes, figures, strict=True))
        yield Finding(
            equation.rule,
            equation.severity,
            equation.message or broken_text(comparison, values),
            mend_text(equation, side.side),
            side.place(sheet, row, at),
            side.side,
            side.region(unit),
            side.contest,
        )
