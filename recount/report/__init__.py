"""Result -> Report (columns and words, said once) -> terminal, csv, json, xlsx, markdown, html.

Each format is one file with one function `render(report, look) -> bytes`, and one line below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.report import csv_file, json_file, markdown, page, terminal, xlsx_file
from recount.report._history import build_history
from recount.report._screen import build_screen
from recount.report._side import build_aggregate, build_check
from recount.report._trace import build_trace
from recount.report.build import build
from recount.report.shape import PLAIN, Look, Report, look_for

if TYPE_CHECKING:
    from recount.report.shape import Renderer

RENDERERS: dict[str, Renderer] = {
    "table": terminal.render,
    "csv": csv_file.render,
    "json": json_file.render,
    "xlsx": xlsx_file.render,
    "markdown": markdown.render,
    "html": page.render,
}

__all__ = [
    "PLAIN",
    "RENDERERS",
    "Look",
    "Report",
    "build",
    "build_aggregate",
    "build_check",
    "build_history",
    "build_screen",
    "build_trace",
    "look_for",
]
