"""A plan and our forms in, how a reconciliation is reported with what they prove out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from recount.auditing.drawing import not_drawn_yet
from recount.auditing.measuring import measured
from recount.cli.audit._folder import load, refuse_own
from recount.errors import RecountError
from recount.readers import STDIN
from recount.report import build
from recount.report.audit import with_audit
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recount.auditing.plan import Measured
    from recount.options import Options
    from recount.report import Report
    from recount.result import Result


def builder(
    plan: str, ours: Sequence[str], options: Options, output: str | None
) -> Callable[[Result, str], Report]:
    """Report a reconciliation with a section on its audit. Raises RecountError at once.

    `options`: those that say how forms are read. `output`: what the report is written to.
    """
    if STDIN in ours:
        raise RecountError(
            say("With a plan the forms are read twice, and standard input only once."),
            mend=say("Save the forms as a file, and name that."),
        )
    refuse_own(plan, output)
    drawn = load(plan)
    if drawn.drawn is None:
        raise not_drawn_yet()
    asked = replace(options, contest=drawn.election.contests[0].id)

    @cache
    def found() -> Measured:
        return measured(drawn, list(ours), asked)

    return lambda result, lang: with_audit(build(result, lang), found(), lang)
