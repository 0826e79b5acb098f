"""How the cells of a template look."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]

INPUT, FAINT, GOOD, WAITING = "#FFFDE7", "#EDEDED", "#CCE5F6", "#FFD0B0"
"""What is typed into; what is fixed; what holds; what does not (yet). Blue and orange are told
apart by all kinds of eyes."""


class Formats(NamedTuple):
    """Title, place, headings; labels and sexes; typed numbers, names and sums; checks; hints."""

    title: Format
    place: Format
    head: Format
    number_row: Format
    label: Format
    heading: Format
    sex: Format
    typed: Format
    typed_name: Format
    total: Format
    check_label: Format
    check: Format
    good: Format
    waiting: Format
    hint: Format
    link: Format
    plain: Format
    count: Format
    share: Format


def formats(book: Workbook) -> Formats:
    """Make the formats in a workbook."""
    edge = {"border": 1, "border_color": "#808080", "valign": "vcenter"}
    number = {**edge, "num_format": "#,##0", "align": "right"}
    head = {**edge, "bold": True, "align": "center", "text_wrap": True, "bg_color": FAINT}
    made = {
        "title": {"bold": True, "font_size": 12},
        "place": {"bold": True},
        "head": head,
        "number_row": {**edge, "align": "center", "italic": True, "font_size": 9},
        "label": {**edge, "text_wrap": True},
        "heading": {**edge, "bold": True, "bg_color": FAINT, "text_wrap": True},
        "sex": {**edge, "align": "center"},
        "typed": {**number, "bg_color": INPUT, "locked": False},
        "typed_name": {**head, "bg_color": INPUT, "locked": False},
        "total": {**number, "bold": True, "bg_color": FAINT},
        "check_label": {**edge, "font_size": 9, "text_wrap": True},
        "check": {**edge, "font_size": 9, "align": "center"},
        "good": {"bg_color": GOOD},
        "waiting": {"bg_color": WAITING, "bold": True},
        "hint": {"italic": True, "font_size": 9, "font_color": "#404040"},
        "link": {**edge, "font_color": "#0563C1", "underline": 1},
        "plain": edge,
        "count": number,
        "share": {**number, "num_format": "0%"},
    }
    return Formats(**{name: book.add_format(look) for name, look in made.items()})
