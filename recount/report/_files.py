"""Receipts as tables: on the screen one a file or a line a file, in a workbook all with numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.boxes import CANDIDATE, box_text
from recount.report import _receipts
from recount.report.columns import column
from recount.report.shape import Column, Table
from recount.report.words import LEVEL_WORDS, SIDE_WORDS, word
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.model import Input, Receipt, VotesRead
    from recount.report.shape import Kind
    from recount.texts import Text

    Held = list[tuple[Input, Receipt]]

LISTED = 200
"""So many files are listed on the screen."""

_TITLE = say("Files")
_HEADINGS: dict[str, tuple[Text, Kind]] = {
    "file": (say("File"), "text"),
    "read": (say("Sheets read"), "number"),
    "skipped": (say("Sheets passed over"), "number"),
    "layouts": (say("Layout"), "text"),
    "form": (say("Form"), "text"),
    "units": (say("Forms"), "number"),
    "level": (say("Level"), "text"),
    "code": (say("Code"), "text"),
    "region": (say("Region"), "text"),
    "regions": (say("Regions"), "number"),
    "left_out": (say("Left out"), "number"),
    "boxes": (say("Boxes found"), "text"),
    "missing": (say("Boxes missing"), "text"),
    "error": (say("Errors"), "number"),
    "warning": (say("Warnings"), "number"),
    "note": (say("Notes"), "number"),
    "findings": (say("Findings"), "text"),
    "sheet": (say("Sheet"), "text"),
    "reason": (say("Passed over because"), "text"),
}
_BRIEF = ("file", "units", "region", "skipped", "left_out", "findings")
_NO_BRIEF = frozenset({"findings", "sheet", "reason"})


def screen(inputs: Iterable[Input], lang: str) -> tuple[Table, ...]:
    """List the receipts of a check: of a few files in full, of more a line each."""
    held = _held(inputs)
    if len(held) > _receipts.FULL:
        return (_brief(held, lang),)
    return tuple(_full(one, receipt, lang) for one, receipt in held)


def sheets(inputs: Iterable[Input], lang: str) -> tuple[Table, ...]:
    """All receipts for a workbook: a row for each file, and one for each sheet of a file."""
    held = _held(inputs)
    return (_all(held, lang), _by_sheet(held, lang)) if held else ()


def _held(inputs: Iterable[Input]) -> Held:
    return [(one, one.receipt) for one in inputs if one.receipt]


def _full(one: Input, receipt: Receipt, lang: str) -> Table:
    import polars as pl

    about, understood = speak(say("Receipt"), lang), speak(say("Understood"), lang)
    pairs = _receipts.said(receipt, lang)
    rows = pl.LazyFrame(pairs, schema={"about": pl.String, "said": pl.String}, orient="row")
    columns = (Column("about", about), Column("said", understood))
    return Table(f"receipt:{one.path}", harmless(one.path), columns, rows)


def _brief(held: Held, lang: str) -> Table:
    import polars as pl

    rows = [{**_row(one, receipt, lang), "file": harmless(receipt.label)} for one, receipt in held]
    columns = tuple(_column(key, lang) for key in _BRIEF)
    frame = pl.LazyFrame(
        [{key: row[key] for key in _BRIEF} for row in rows], schema=_schema(_BRIEF)
    )
    return Table("files", speak(_TITLE, lang), columns, frame, limit=LISTED)


def _all(held: Held, lang: str) -> Table:
    import polars as pl

    keys = tuple(key for key in _HEADINGS if key not in _NO_BRIEF)
    boxes = list(dict.fromkeys(_key(sum_) for _, receipt in held for sum_ in receipt.sums))
    several = len({contest for contest, _ in boxes}) > 1
    named = {"/".join(box): _sum_title(box, lang, several=several) for box in boxes}
    rows = [
        {"side": word(SIDE_WORDS, one.side, lang), **_row(one, receipt, lang), **_sums(receipt)}
        for one, receipt in held
    ]
    frame = pl.LazyFrame(
        rows, schema={"side": pl.String, **_schema(keys), **dict.fromkeys(named, pl.Int64)}
    )
    columns = (
        Column("side", column("side", lang).title),
        *(_column(key, lang) for key in keys),
        *(Column(key, title, "number") for key, title in named.items()),
    )
    return Table("files", speak(_TITLE, lang), columns, frame)


def _by_sheet(held: Held, lang: str) -> Table:
    import polars as pl

    keys = ("file", "sheet", "layouts", "form", "units", "code", "region", "reason")
    rows = [
        {
            "file": harmless(one.path),
            "sheet": sheet.sheet and harmless(sheet.sheet),
            "layouts": sheet.layout and speak(_receipts.layout(sheet.layout), lang),
            "form": _receipts.form_title(sheet.form),
            "units": sheet.units,
            "code": sheet.region and harmless(sheet.region.code),
            "region": sheet.region and harmless(sheet.region.name),
            "reason": sheet.skipped and speak(sheet.skipped, lang),
        }
        for one, receipt in held
        for sheet in receipt.sheets
    ]
    columns = tuple(_column(key, lang) for key in keys)
    frame = pl.LazyFrame(rows, schema=_schema(keys))
    return Table("sheets", speak(say("Sheets"), lang), columns, frame)


def _row(one: Input, receipt: Receipt, lang: str) -> dict[str, str | int | None]:
    forms = dict.fromkeys(_receipts.form_title(each.form) for each in receipt.sheets if each.form)
    layouts = dict.fromkeys(each.layout for each in receipt.sheets if each.layout)
    counts = {key: receipt.findings.get(key, 0) for key in ("error", "warning", "note")}
    skipped = _receipts.skipped(receipt)
    return {
        "file": harmless(one.path),
        "read": len(receipt.sheets) - skipped,
        "skipped": skipped,
        "layouts": ", ".join(speak(_receipts.layout(name), lang) for name in layouts) or None,
        "form": ", ".join(str(form) for form in forms) or None,
        "units": receipt.units,
        "level": word(LEVEL_WORDS, receipt.level, lang) if receipt.level else None,
        "code": receipt.region and harmless(receipt.region.code),
        "region": speak(_receipts.region(receipt.region), lang) if receipt.region else None,
        "regions": receipt.held,
        "left_out": len(receipt.left_out),
        "boxes": _boxes(receipt.boxes, lang),
        "missing": _boxes(receipt.missing, lang),
        **counts,
        "findings": _receipts.found(receipt, lang),
    }


def _boxes(boxes: Iterable[str], lang: str) -> str | None:
    return ", ".join(speak(box_text(box), lang) for box in boxes) or None


def _key(one: VotesRead) -> tuple[str, str]:
    return one.contest, one.candidate


def _sums(receipt: Receipt) -> dict[str, int | None]:
    return {"/".join(_key(one)): one.votes for one in receipt.sums}


def _sum_title(box: tuple[str, str], lang: str, *, several: bool) -> str:
    contest, id_ = box
    title = speak(box_text(CANDIDATE + id_), lang)
    return f"{harmless(contest)}: {title}" if several else title


def _column(key: str, lang: str) -> Column:
    title, kind = _HEADINGS[key]
    return Column(key, speak(title, lang), kind, optional=kind == "text" and key != "file")


def _schema(keys: Iterable[str]) -> dict[str, type]:
    import polars as pl

    return {key: pl.Int64 if _HEADINGS[key][1] == "number" else pl.String for key in keys}
