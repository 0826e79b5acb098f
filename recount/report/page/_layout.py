"""A report in both languages in, the blocks of its page in their order out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from recount.report.page import _charts, _tables
from recount.report.page._discrepancies import explored
from recount.report.shape import Parts
from recount.texts import OTHER, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.report.page._charts import Drawing
    from recount.report.page._tables import Shown
    from recount.report.page._words import Said, Words
    from recount.report.parts import Leaders
    from recount.report.shape import Report, Table

FIRST, LAST = ("coverage", "discrepancies"), ("findings", "inputs")
"""Tables that have their place before the pictures over time and behind all others."""

SHOWN_AS_BARS = "votes"
"""The table that a page shows as a picture, where it has one."""

DRAWN = 76
"""Characters across a drawing that is made of them."""


class BarShown(NamedTuple):
    """One candidate in the picture of the leaders: per side votes, share of the longest, leads."""

    label: Said
    sides: tuple[tuple[str, Said, bool], ...]


class LeadersShown(NamedTuple):
    """The picture of one contest."""

    title: Said
    sides: tuple[Said, ...]
    bars: tuple[BarShown, ...]


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a page says, in order; `sections`: (id, title, what it shows)."""

    title: Said
    headline: list[Said]
    glimpse: str
    answer: list[Said]
    sources: list[Said]
    leaders: tuple[LeadersShown, ...]
    drawing: Said | None
    sections: list[Section]
    closing: list[Said]
    notes: list[Said]

    def has(self, id_: str) -> bool:
        """Whether there is a part of that name."""
        return any(section.id == id_ for section in self.sections)

    def tables(self) -> Iterator[Shown]:
        """The tables in the order in which the page shows them."""
        for section in self.sections:
            if section.table:
                yield section.table


class Section(NamedTuple):
    """One part of a page: a table or a drawing."""

    id: str
    title: Said
    table: Shown | None = None
    drawing: Drawing | None = None


def laid_out(report: Report, other: Report, words: Words) -> Blocks:
    """Put the blocks into their order: answer, leaders, coverage, discrepancies, and so on."""
    parts, twin = _parts(report), _parts(other)
    return Blocks(
        title=words.put(report.title, other.title),
        headline=words.both(parts.headline, twin.headline),
        glimpse=_glimpse(parts, twin, words),
        answer=words.both(report.answer, other.answer),
        sources=words.both(report.sources, other.sources),
        leaders=tuple(
            _leaders(*both, words) for both in zip(parts.leaders, twin.leaders, strict=True)
        ),
        drawing=_drawing(report, other, words),
        sections=list(_sections(report, other, (parts, twin), words)),
        closing=words.both(report.closing, other.closing),
        notes=words.both(report.notes, other.notes),
    )


def _parts(report: Report) -> Parts:
    return report.page() if report.page else Parts()


def _drawing(report: Report, other: Report, words: Words) -> Said | None:
    """What a report draws with characters, where it has no better picture for a page."""
    if report.page or not (report.drawing and other.drawing):
        return None
    lines, others = ("\n".join(draw(DRAWN)) for draw in (report.drawing, other.drawing))
    return words.put(lines, others, lines=True) if lines else None


def _glimpse(parts: Parts, twin: Parts, words: Words) -> str:
    """The first curves once more, small, beside the sentence that they show."""
    if not (parts.headline and parts.curves):
        return ""
    return _charts.curves(parts.curves[0], twin.curves[0], "glimpse", words).narrow


def _sections(
    report: Report, other: Report, parts: tuple[Parts, Parts], words: Words
) -> Iterator[Section]:
    one, two = parts
    replaced = {table.name for table in one.tables} | ({SHOWN_AS_BARS} if one.leaders else set())
    tables = [
        pair
        for pair in zip(report.sheets(), other.sheets(), strict=True)
        if pair[0].name not in replaced and _has_rows(pair[0])
    ]
    last = [pair for pair in tables if pair[0].name in LAST]
    behind = tables[tables.index(last[-1]) + 1 :] if last else []
    first = [pair for pair in tables if pair[0].name in FIRST]
    between = [pair for pair in tables if pair not in (*first, *last, *behind)]
    yield from (_table(*pair, one, words) for pair in first)
    for at, (a, b) in enumerate(zip(one.curves, two.curves, strict=True)):
        drawing = _charts.curves(a, b, f"curves{at}", words)
        yield Section(f"curves{at}", drawing.title, drawing=drawing)
    yield from (_table(*pair, one, words) for pair in zip(one.tables, two.tables, strict=True))
    if one.scatter and two.scatter:
        drawing = _charts.scatter(one.scatter, two.scatter, words)
        yield Section("scatter", drawing.title, drawing=drawing)
    yield from (_table(*pair, one, words) for pair in (*between, *last, *behind))


def _has_rows(table: Table) -> bool:
    """An empty table says nothing on a page; that there are no discrepancies does."""
    return table.name == "discrepancies" or not table.rows.head(1).collect().is_empty()


def _table(table: Table, other: Table, parts: Parts, words: Words) -> Section:
    if table.name == "discrepancies":
        shown = explored(table, other, parts.files, words)
    else:
        shown = _tables.plain(table, other, words)
    return Section(table.name, shown.title, table=shown)


def _leaders(one: Leaders, other: Leaders, words: Words) -> LeadersShown:
    longest = max((vote or 0 for bar in one.bars for vote in bar.votes), default=0) or 1
    most = [max((bar.votes[side] or 0 for bar in one.bars), default=0) for side in range(3)]
    bars = tuple(
        BarShown(
            words.put(mine.label, twin.label),
            tuple(
                (
                    "" if vote is None else f"{100 * vote / longest:.2f}%",
                    words.put(number(vote, words.lang), number(vote, OTHER[words.lang])),
                    vote is not None and vote == most[side] > 0,
                )
                for side, vote in enumerate(mine.votes)
            ),
        )
        for mine, twin in zip(one.bars, other.bars, strict=True)
    )
    return LeadersShown(
        words.put(one.title, other.title), tuple(words.both(one.sides, other.sides)), bars
    )
