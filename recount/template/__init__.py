"""A form and the regions it is for in, a workbook to type it into out: checks live as one types."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from recount.template._formats import formats
from recount.template._page import write_page
from recount.template._plan import MOST_CANDIDATES, MOST_UNITS, Plan, Region, plan
from recount.template._summary import write_summary
from recount.texts import say, speak

if TYPE_CHECKING:
    from recount.template._page import Written

__all__ = ["MOST_CANDIDATES", "MOST_UNITS", "Plan", "Region", "plan", "render"]

CREATED = datetime(2018, 6, 27, tzinfo=UTC).replace(tzinfo=None)
"""A fixed time, so that the bytes do not depend on the day."""


def render(what: Plan, lang: str) -> bytes:
    """Write the workbook: the summary, then one sheet for each form."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(buffer, options)
    book.set_properties({"created": CREATED, "title": what.titles[0]})
    looks = formats(book)
    summary = book.add_worksheet(speak(say("Summary"), lang))
    written: list[Written] = [
        write_page(book.add_worksheet(page.name), page, what, looks, lang) for page in what.pages
    ]
    write_summary(summary, what, written, looks, lang)
    book.close()
    return buffer.getvalue()
