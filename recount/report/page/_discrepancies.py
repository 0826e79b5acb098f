"""The comparisons in, what a page lets one sort, choose and drill down through out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recount.model import LEVELS
from recount.report.cells import shares
from recount.report.columns import HEADINGS
from recount.report.page._causes import KINDS
from recount.report.page._regions import Tree
from recount.report.page._tables import MOST, Shown, cell, described, numbered, standing
from recount.report.page._words import INTERFACE
from recount.report.words import LEVEL_WORDS
from recount.texts import OTHER, harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from recount.report.page._words import Words
    from recount.report.shape import Table

    Columns = list[tuple[str, str, list[Any]]]
    Places = list[int | str]

CHOICES = ("item", "status", "changed_at")
"""Columns by which rows can be chosen, beside region, level and cause."""

FIRST = ("differs", "partial", "conflict", "withheld")
"""Statuses that a page keeps before all others where it has no room for every row."""

_FIGURES = ("ours", "theirs", "recap")
_READ = ("ours_read", "ours_expected", "theirs_read", "theirs_expected")
_WORDED = (
    ("status", "status_words"),
    ("causes", "cause_words"),
    ("changed_at", "changed_at_words"),
)
"""Columns of words, and the frame's column that holds them; shown where there are any."""

_MORE = (("causes", "cause_full"), ("changed_at", "chain_words"))
"""What the details of a row say, and the frame's column that holds it."""

_PLACE = re.compile(r"^(.+?)(!.*|:\d+)$", re.DOTALL)
_BETWEEN = " | "
"""Stands between the addresses of copies."""

_TITLES = {key: INTERFACE[word] for key, word in (("cells", "cells"), ("changed_at", "change"))}


def explored(table: Table, other: Table, files: Mapping[str, int], words: Words) -> Shown:
    """Lay the table of discrepancies out: region, box, figures, status, causes, cells.

    `files`: by how a file is called in addresses the number of its row among the inputs.
    """
    whole, twin = table.rows.collect(), other.rows.collect()
    frame, twin = _kept(whole), _kept(twin)
    tree = Tree()
    where, places = tree.add(frame), _places(frame, files)
    columns: Columns = [("name", "w", where), *_columns(frame, twin, words), ("cells", "c", places)]
    heads = {key: words.speak(_TITLES.get(key) or HEADINGS[key]) for key, _, _ in columns}
    first = [_static(kind, values, tree, words) for _, kind, values in columns]
    data = {
        "columns": [
            described(key, kind, heads[key], values) | ({"filter": 1} if key in CHOICES else {})
            for key, kind, values in columns
        ],
        "tree": tree.data(words),
        **_beside(frame, twin, words),
    }
    return Shown(
        table.name,
        words.put(table.title, other.title),
        tuple((heads[key], kind) for key, kind, _ in columns),
        standing(first),
        {"name": table.name, "n": frame.height, "left": whole.height - frame.height, **data},
        frame.height,
    )


def _kept(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that a page has room for, in their order; what differs goes before what is blank."""
    import polars as pl

    if rows.height <= MOST:
        return rows
    numbered_rows = rows.with_row_index("at")
    first = numbered_rows.sort(~pl.col("status").is_in(list(FIRST)), "at").head(MOST)
    return first.sort("at").drop("at")


def _columns(frame: pl.DataFrame, twin: pl.DataFrame, words: Words) -> Columns:
    """What stands between a row's region and its cells; a column without anything is left out."""
    figures = [key for key in _FIGURES if key != "recap" or _has(frame, key)]
    found: Columns = [("item", "t", _both(frame, twin, "item_brief", words))]
    found += [(key, "n", frame.get_column(key).to_list()) for key in figures]
    found += [("difference", "s", frame.get_column("difference").to_list())]
    read = (_read(frame, words.lang), _read(twin, OTHER[words.lang]))
    found += [("read", "t r", numbered(*read, words))] if any(read[0]) else []
    worded = [(key, name) for key, name in _WORDED if _has(frame, name)]
    return found + [(key, "t", _both(frame, twin, name, words)) for key, name in worded]


def _beside(frame: pl.DataFrame, twin: pl.DataFrame, words: Words) -> dict[str, Any]:
    """What the script needs beside the columns: levels, contests, causes, details."""
    several = frame.height > 0 and frame.get_column("contest").n_unique() > 1
    more = [(key, name) for key, name in _MORE if _has(frame, name)]
    return {
        "level_title": words.speak(HEADINGS["level"]).at,
        "contest_title": words.speak(HEADINGS["contest"]).at,
        "cause_title": words.speak(HEADINGS["causes"]).at,
        "level_words": [words.speak(LEVEL_WORDS[level]).at for level in LEVELS],
        "contests": _both(frame, frame, "contest", words) if several else None,
        "causes": _causes(frame, words),
        "more": [
            {
                "title": words.speak(_TITLES.get(key) or HEADINGS[key]).at,
                "values": _both(frame, twin, name, words, lines=True),
            }
            for key, name in more
        ],
    }


def _has(frame: pl.DataFrame, name: str) -> bool:
    return name in frame.columns and frame.get_column(name).null_count() < frame.height


def _both(
    frame: pl.DataFrame, twin: pl.DataFrame, name: str, words: Words, *, lines: bool = False
) -> list[int | None]:
    texts, others = (one.get_column(name).to_list() for one in (frame, twin))
    return numbered(texts, others, words, lines=lines)


def _read(frame: pl.DataFrame, lang: str) -> list[str]:
    return [shares(four, lang) for four in frame.select(*_READ).iter_rows()]


def _causes(frame: pl.DataFrame, words: Words) -> list[list[int]] | None:
    """The causes of each row one by one, to choose by; None where no row has any."""
    if not _has(frame, "causes"):
        return None
    return [
        [_kind(id_, words) for id_ in (ids or "").split()] for ids in frame.get_column("causes")
    ]


def _kind(id_: str, words: Words) -> int:
    return words.speak(KINDS[id_]).at if id_ in KINDS else words.number(id_)


def _places(frame: pl.DataFrame, files: Mapping[str, int]) -> list[Places | None]:
    """The cells of each row as (number of the file or -1, address), one after the other."""
    pairs = frame.select("place_ours", "place_theirs").iter_rows()
    return [_cells(pair, files) for pair in pairs]


def _cells(pair: tuple[str | None, ...], files: Mapping[str, int]) -> Places | None:
    found: Places = []
    for place in (part for text in pair if text for part in text.split(_BETWEEN)):
        hit = _PLACE.match(place)
        number = files.get(hit[1], -1) if hit else -1
        found += (number, harmless(place))
    return found or None


def _static(kind: str, values: list[Any], tree: Tree, words: Words) -> list[Any]:
    """Write a column's first cells in the language that the page opens with."""
    if kind == "w":
        return [tree.said(at, words) for at in values]
    if kind == "c":
        return [_pairs(value or []) for value in values]
    return [cell(kind, value, words) for value in values]


def _pairs(places: Places) -> list[tuple[int | str, ...]]:
    return list(zip(places[::2], places[1::2], strict=True))
