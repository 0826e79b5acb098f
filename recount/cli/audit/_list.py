"""A drawn plan in, the files of its draw out: for programs, and the list for those who travel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.auditing.plan import DRAW, LIST
from recount.auditing.writing import draw_file
from recount.report import RENDERERS
from recount.report.audit import build_draw

if TYPE_CHECKING:
    from recount.auditing.plan import Plan


def draw_files(plan: Plan) -> dict[str, bytes]:
    """The draw, the same bytes wherever and in whatever language it is drawn."""
    listed = RENDERERS["csv"](build_draw(plan, "en"))
    return {LIST: listed, DRAW: draw_file(plan)}
