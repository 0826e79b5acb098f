"""Small sheets, written as people type them, as grids; and what a layout makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from recount.layouts import understand
from recount.readers import read
from recount.texts import speak

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.model import FormModel, Grid, Reading


def grid(text: str, sheet: str | None = None, label: str = "a.csv", **facts: Any) -> Grid:  # noqa: ANN401 - fields of Grid
    """A sheet whose cells stand between bars, one row a line; blank lines count.

    `sheet`: makes it a workbook's sheet, with `facts` such as `merged`.
    """
    lines = [line.strip().removeprefix("|").removesuffix("|") for line in text.strip().splitlines()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    csv = "\n".join(";".join(f'"{cell}"' if cell else "" for cell in row) for row in rows)
    [found] = read("-", label=label, stdin=(csv + "\n").encode()).grids
    return replace(found, sheet=sheet, **facts)


def readings(
    text: str,
    sheet: str | None = None,
    known: Mapping[str, str] | None = None,
    **facts: Any,  # noqa: ANN401 - fields of Grid
) -> tuple[Reading, ...]:
    return understand(grid(text, sheet, **facts), known or {})


def reading(
    text: str, known: Mapping[str, str] | None = None, form: FormModel | None = None
) -> Reading:
    [read_] = understand(grid(text), known or {}, form)
    return read_


def table(read_: Reading, *columns: str) -> list[tuple[object, ...]]:
    """The rows of a reading, in the columns asked for."""
    return list(read_.rows.select(*columns).iter_rows())


def rules(read_: Reading) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.place) for finding in read_.findings]


def messages(read_: Reading) -> list[str]:
    return [speak(finding.message, "en") for finding in read_.findings]


def assumed(read_: Reading) -> list[str]:
    return [speak(text, "en") for text in read_.assumptions]
