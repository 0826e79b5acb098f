"""How the cells of a workbook look: calm, and the same in grey; every colour says a word again."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from recount.report.words import SEVERITY_WORDS, STATUS_WORDS
from recount.texts import speak

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from recount.report.shape import Column
    from recount.texts import Text

CREATED = datetime(2018, 6, 27, tzinfo=UTC).replace(tzinfo=None)
"""A fixed time, so that the bytes do not depend on the day."""

A4 = 9
"""The number of this paper in a workbook."""

LINE = 15
"""Height of a line of text, in points."""

TALLEST = 405
"""Points; a row can be 409 high."""

SHADES: dict[str, tuple[Mapping[str, Text], dict[str, dict[str, object]]]] = {
    "status": (
        STATUS_WORDS,
        {
            "differs": {"bold": True, "bg_color": "#FCE4D6"},
            "conflict": {"bold": True, "bg_color": "#DDEBF7"},
            "partial": {"italic": True, "bg_color": "#FFF2CC"},
            "withheld": {"italic": True, "bg_color": "#E4DFEC"},
            "unread": {"italic": True, "bg_color": "#EDEDED"},
        },
    ),
    "severity": (
        SEVERITY_WORDS,
        {
            "error": {"bold": True, "bg_color": "#FCE4D6"},
            "warning": {"italic": True, "bg_color": "#FFF2CC"},
        },
    ),
}
"""By column: the words of its codes, and how a cell with one of them looks."""

BESIDE = {"status": ("difference",)}
"""Columns whose cells are as bold or slanted as the word that the one says."""


class Formats(NamedTuple):
    """How cells look: headings, numbers, texts; and on the first sheet lines and titles."""

    head: Format
    head_number: Format
    number: Format
    signed: Format
    fraction: Format
    text: Format
    wrapped: Format
    line: Format
    title: Format
    section: Format
    lead: Format


def options() -> dict[str, object]:
    """How xlsxwriter is to work: without temporary files, and texts as texts.

    The font is one that every program has, or one of the same widths. xlsxwriter writes into what
    it is given, so each workbook is given its own.
    """
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }


def formats(book: Workbook) -> Formats:
    """Make the looks of a workbook, always in the same order."""
    top = {"valign": "top"}
    text = {**top, "align": "left", "indent": 1}
    head = {**text, "bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#F2F2F2"}
    return Formats(
        head=book.add_format(head),
        head_number=book.add_format({**head, "align": "right", "indent": 0}),
        number=book.add_format({**top, "num_format": "#,##0_ "}),
        signed=book.add_format({**top, "num_format": "+#,##0_ ;-#,##0_ ;0_ "}),
        fraction=book.add_format({**top, "num_format": "0.0###_ "}),
        text=book.add_format(text),
        wrapped=book.add_format({**text, "text_wrap": True}),
        line=book.add_format({**top, "text_wrap": True}),
        title=book.add_format({"bold": True, "font_size": 14, "text_wrap": True, **top}),
        section=book.add_format({"bold": True, "bottom": 1, **top}),
        lead=book.add_format({"bold": True, "text_wrap": True, **top}),
    )


class Shade(NamedTuple):
    """A word in the reader's language; how a cell that says it looks, and one beside that."""

    word: str
    look: Format
    beside: Format


def shades(book: Workbook, lang: str) -> dict[str, list[Shade]]:
    """By column: its words and their looks; what stands beside them gets no colour."""
    return {
        key: [
            Shade(
                speak(words[code], lang),
                book.add_format(look),
                book.add_format({key: look[key] for key in look if key != "bg_color"}),
            )
            for code, look in looks.items()
        ]
        for key, (words, looks) in SHADES.items()
    }


def shade(
    sheet: Worksheet,
    columns: Sequence[Column],
    height: int,
    known: Mapping[str, list[Shade]],
) -> None:
    """Let the cells of a sheet that say a status, and those beside them, look like it."""
    from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

    for key, looks in known.items():
        at = next((at for at, column in enumerate(columns) if column.key == key), None)
        if at is None or not height:
            continue
        beside = [i for i, column in enumerate(columns) if column.key in BESIDE.get(key, ())]
        for one in looks:
            rule = {"type": "formula", "criteria": f'=${xl_col_to_name(at)}2="{one.word}"'}
            sheet.conditional_format(1, at, height, at, {**rule, "format": one.look})
            for other in beside:
                sheet.conditional_format(1, other, height, other, {**rule, "format": one.beside})


def height(characters: int, width: int) -> int:
    """How high a row is, in points, that holds so long a text in so wide a column."""
    return min(LINE * max(1, ceil(characters / width)), TALLEST)


def print_on_pages(sheet: Worksheet) -> None:
    """In print: landscape, as wide as a page, headed on every page, with the page's number."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.repeat_rows(0)
