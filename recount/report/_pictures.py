"""A result in, the pictures of its page out: who leads, how ours lie against theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw

from recount.model import LEVELS
from recount.report import frames
from recount.report._history import pictures
from recount.report._units import held_units
from recount.report.columns import HEADINGS, column
from recount.report.parts import Bar, Leaders, Scatter
from recount.report.shape import Column, Parts, Table
from recount.report.words import LEVEL_WORDS, SIDE_WORDS, candidate, names, spoken
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import polars as pl

    from recount.history import History
    from recount.model import Input, Outcome
    from recount.result import Result, Tallied

NAMED = 8
"""So many of the largest differences have a label in the scatter, where there is room."""


def parts(
    result: Result,
    rows: Callable[[], pl.LazyFrame],
    told: Callable[[], History | None],
    lang: str,
) -> Parts:
    """Make the pictures of a reconciliation. `told`: what changed between its captures."""
    frame, history = rows().collect(), told()
    return replace(
        pictures(_own(history, result), lang) if history else Parts(),
        leaders=tuple(leaders(result, lang)),
        scatter=_scatter(frame, lang),
        files=files(result.inputs, _called(frame)),
    )


def totals(tallied: Tallied, lang: str) -> Parts:
    """The totals a row for each box: on a page they are chosen by level and box."""
    import polars as pl

    rows = frames.totals(tallied.totals, tallied.boxes, tallied.election, lang)
    levels = pl.col("level").replace(spoken(LEVEL_WORDS, lang)).alias("level_words")
    several = len(tallied.election.contests) > 1
    keys = (*(("contest",) if several else ()), "level", "region", "name", "within", "item", "sum")
    share = Column("read", speak(HEADINGS["read"], lang), "share", of=("expected",), optional=True)
    made = (*(replace(column(key, lang), optional=key == "within") for key in keys), share)
    return Parts(
        tables=(Table("totals", speak(say("Totals"), lang), made, rows.with_columns(levels)),)
    )


def _own(history: History, result: Result) -> History:
    """Keep the contests that are reconciled, with the names that the result has for candidates."""
    wanted = {one.contest for one in result.outcome}
    known = {
        who: name for (contest, who), name in names(result.election).items() if contest in wanted
    }
    series = []
    for one in history.series:
        here = one.rows.filter(nw.col("contest").is_in([*wanted]))
        # Captures of one contest may call it otherwise, or not at all.
        rows = here if len(here) or one.rows["contest"].n_unique() > 1 else one.rows
        series.append(replace(one, rows=rows, candidates={**known, **one.candidates}))
    kept = {contest for one in series for contest in one.rows["contest"].unique()}
    events = tuple(event for event in history.events if event.contest in kept)
    return replace(history, events=events, series=tuple(one for one in series if len(one.rows)))


def leaders(result: Result, lang: str) -> Iterator[Leaders]:
    """Each contest's candidates with their votes by ours, by theirs, and combined."""
    known = names(result.election)
    several = len(result.outcome) > 1
    for one in result.outcome:
        title = speak(say("Votes on each side"), lang)
        where = f"{harmless(one.contest)}, {harmless(one.region)}: {title}"
        yield Leaders(
            where if several else title, _sides(one, lang), tuple(_bars(one, known, lang))
        )


def _sides(one: Outcome, lang: str) -> tuple[str, str, str]:
    ours, theirs, combined = (
        speak(say("{side}, {n}", side=SIDE_WORDS[side], n=held_units(one, held)), lang)
        for side, held in zip(SIDE_WORDS, (one.ours, one.theirs, one.corrected), strict=True)
    )
    return ours, theirs, combined


def _bars(one: Outcome, known: Mapping[tuple[str, str], str], lang: str) -> Iterator[Bar]:
    ours, theirs, combined = (
        dict(standing.ranking) for standing in (one.ours, one.theirs, one.corrected)
    )
    for who in dict.fromkeys((*theirs, *combined, *ours)):
        votes = (ours.get(who), theirs.get(who), combined.get(who))
        yield Bar(candidate(one.contest, who, known, lang), votes)


def _scatter(frame: pl.DataFrame, lang: str) -> Scatter | None:
    """The candidates' figures that differ, at the finest level that has any."""
    import polars as pl

    known = pl.col("ours").is_not_null() & pl.col("theirs").is_not_null()
    apart = pl.col("status").is_in(["differs", "partial"])
    found = frame.filter(known & apart & pl.col("item").str.starts_with("candidate:"))
    if found.is_empty():
        return None
    level = max(found.get_column("level").unique().to_list(), key=LEVELS.index)
    here = found.filter(level=level)
    points = tuple((int(one), int(two)) for one, two in here.select("ours", "theirs").iter_rows())
    largest = here.sort(pl.col("difference").abs(), descending=True, maintain_order=True)
    within = "within" if LEVELS.index(level) > LEVELS.index("kecamatan") else "item_brief"
    labels = largest.select("ours", "theirs", "region_words", within).head(NAMED).rows()
    return Scatter(
        title=speak(say("Ours against online"), lang),
        caption=speak(
            say(
                "Each dot is a candidate's votes in one {level} where the sides differ ({n} dots; "
                "darker where several lie together). On the line both sides say the same; the "
                "further from it, the larger the difference.",
                level=LEVEL_WORDS[level],
                n=len(points),
            ),
            lang,
        ),
        axes=(speak(SIDE_WORDS["ours"], lang), speak(SIDE_WORDS["theirs"], lang)),
        points=points,
        named=tuple(
            (one, two, harmless(f"{name}, {more or '-'}")) for one, two, name, more in labels
        ),
    )


def files(inputs: tuple[Input, ...], called: set[str]) -> dict[str, int]:
    """By how a file is called in addresses the number of its row among the inputs."""
    found: dict[str, int] = {}
    for at, one in enumerate(inputs):
        found.setdefault(one.receipt.label if one.receipt else one.path, at)
    for name in called - found.keys():
        ends = f"/{name}"
        hits = [at for at, one in enumerate(inputs) if one.path == name or one.path.endswith(ends)]
        if hits:
            found[name] = hits[0]
    return found


def _called(frame: pl.DataFrame) -> set[str]:
    """How the files are called in the addresses of cells."""
    import polars as pl

    places = pl.concat([frame.get_column("place_ours"), frame.get_column("place_theirs")])
    each = places.drop_nulls().str.split(" | ").explode()
    names_ = each.str.replace(r"(!.*|:\d+)$", "").unique()
    return {name for name in names_.to_list() if name}
