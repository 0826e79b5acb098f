"""A table in both languages in, columns of numbers and of numbers of words out: data, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recount.report.cells import share, shares, signed
from recount.report.words import LAYER_WORDS, RULE_WORDS, word
from recount.texts import OTHER, number, say

if TYPE_CHECKING:
    import polars as pl

    from recount.report.page._words import Said, Words
    from recount.report.shape import Column, Table

MOST = 20_000
"""Rows of one table that a page holds; it says how many there are more."""

FIRST = 15
"""Rows that stand in the page without its script."""

SMALL = 60
"""A table with no more rows than this stands there whole."""

CHOSEN = ("severity", "rule", "side", "kind", "level", "item", "contest", "system", "layer")
"""Columns of a plain table by which its rows can be chosen, where they have several values."""

UNBROKEN = 28
"""Words longer than this - digests, paths - may be broken; a time with its zone is not."""

WORDED = {"rule": RULE_WORDS, "layer": LAYER_WORDS, "system": {"table": say("a table")}}
"""Codes that a page says in words."""

CHOICES = 40
"""More values than this are no choice."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as a page has it. `data`: for the script; `rows`: the first ones, for the eye."""

    name: str
    title: Said
    heads: tuple[tuple[Said, str], ...]
    rows: tuple[tuple[Any, ...], ...]
    data: dict[str, Any]
    height: int


def plain(table: Table, other: Table, words: Words) -> Shown:
    """Take a table as it is, its columns in their order; those that say nothing are left out."""
    pairs = list(zip(table.columns, other.columns, strict=True))
    whole, twin = table.rows.collect(), other.rows.collect()
    frame, twin = whole.head(MOST), twin.head(MOST)
    made = [
        (one, encoded(frame, twin, one, two, words), words.put(one.title, two.title))
        for one, two in pairs
    ]
    kept = [(one, held, title) for one, held, title in made if not one.optional or _says(held)]
    columns = [
        described(one.key, _look(one, values, words), title, values) | _choice(one.key, values)
        for one, values, title in kept
    ]
    return Shown(
        table.name,
        words.put(table.title, other.title),
        tuple((title, _look(one, values, words)) for one, values, title in kept),
        standing([[cell(kind_of(one), v, words) for v in values] for one, values, _ in kept]),
        {
            "name": table.name,
            "columns": columns,
            "n": frame.height,
            "left": whole.height - frame.height,
        },
        frame.height,
    )


def kind_of(column: Column) -> str:
    """Say how the script writes a column: `n` a number, `s` a signed one, `t` words."""
    return {"number": "n", "signed": "s"}.get(column.kind, "t")


def _look(column: Column, values: list[Any], words: Words) -> str:
    """The kind, and `l` for words so long that they may be broken anywhere."""
    kind = kind_of(column)
    if kind != "t":
        return kind
    texts = {cell(kind, value, words) for value in set(values)}
    return "t l" if any(len(part) > UNBROKEN for text in texts for part in text.split()) else kind


def described(key: str, kind: str, title: Said, values: list[Any]) -> dict[str, Any]:
    """Describe a column to the script."""
    return {"key": key, "kind": kind, "title": title.at, "values": values}


def encoded(
    frame: pl.DataFrame, twin: pl.DataFrame, one: Column, two: Column, words: Words
) -> list[int | None]:
    """Give a column's numbers, or the number of the words in each row; None for nothing."""
    if one.kind in {"number", "signed"}:
        return frame.get_column(one.key).to_list()
    texts = _texts(frame, one, words.lang), _texts(twin, two, OTHER[words.lang])
    return numbered(*texts, words)


def numbered(
    texts: list[Any], others: list[Any], words: Words, *, lines: bool = False
) -> list[int | None]:
    """Give the number of the words in each row; `lines`: they may have several lines."""
    return [
        None if text in {None, ""} else words.number(text, other or text, lines=lines)
        for text, other in zip(texts, others, strict=True)
    ]


def _texts(frame: pl.DataFrame, column: Column, lang: str) -> list[Any]:
    if column.kind == "share":
        wholes = frame.get_column(column.of[0])
        return [
            share(n, m, lang) for n, m in zip(frame.get_column(column.key), wholes, strict=True)
        ]
    if column.kind == "shares":
        return [shares(four, lang) for four in frame.select(column.key, *column.of).iter_rows()]
    texts = frame.get_column(column.source).to_list()
    codes = WORDED.get(column.key)
    return [code and word(codes, code, lang) for code in texts] if codes else texts


def standing(columns: list[list[Any]]) -> tuple[tuple[Any, ...], ...]:
    """Give the rows that stand there without the script."""
    height = len(columns[0]) if columns else 0
    count = height if height <= SMALL else FIRST
    return tuple(zip(*(cells[:count] for cells in columns), strict=True))


def cell(kind: str, value: Any, words: Words) -> str:  # noqa: ANN401 - numbers of several kinds
    """Write one cell in the language that the page opens with."""
    if kind == "n":
        return number(value, words.lang)
    if kind == "s":
        return signed(value, words.lang)
    if value is None:
        return ""
    held = words.all[value]
    return held if isinstance(held, str) else held[0]


def _says(values: list[Any]) -> bool:
    return any(value is not None for value in values)


def _choice(key: str, values: list[Any]) -> dict[str, Any]:
    several = key in CHOSEN and 1 < len(set(values) - {None}) <= CHOICES
    return {"filter": 1} if several else {}
