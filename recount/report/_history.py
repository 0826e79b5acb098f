"""What changed between captures in, a report out: the answer, curves, a list by effect."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.history import DOWN, KINDS
from recount.history import history as compare
from recount.report import _chart, _curves, _findings, _times, answer, frames
from recount.report.columns import column, findings
from recount.report.document import SCHEMA
from recount.report.shape import Column, Parts, Report, Table
from recount.report.words import LEVEL_WORDS
from recount.tellings import when
from recount.texts import Several, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from recount.events import Event
    from recount.history import History
    from recount.model import Snapshot
    from recount.report.shape import Kind
    from recount.series import Capture
    from recount.texts import Text

LISTED = 30
"""Events that the screen lists; all are in the CSV, JSON and Excel files."""

KIND_WORDS = {
    "decrease": say("decrease"),
    "lead_change": say("lead changed"),
    "transfer": say("transfer"),
    "exchange": say("exchange"),
    "withheld": say("withheld"),
    "returned": say("returned"),
    "vanished": say("vanished"),
    "new": say("new"),
    "progress_back": say("progress went back"),
    "changed_after_complete": say("changed after 100 %"),
    "jump": say("jump"),
}

KEYS = (
    *("kind", "contest", "level", "region", "name", "item", "before_at", "at", "before"),
    *("after", "change", "counted_before", "counted_after", "message"),
)
NUMBERS = frozenset({"before", "after", "counted_before", "counted_after"})

HEADINGS = {
    "kind": say("Event"),
    "before_at": say("From"),
    "at": say("To"),
    "before": say("Before"),
    "after": say("After"),
    "change": say("Change"),
    "counted_before": say("TPS in, before"),
    "counted_after": say("TPS in, after"),
    "message": say("What happened"),
}


def build_history(history: History, version: str, lang: str) -> Report:
    """Report what changed, ranked by its effect on the margin."""
    return Report(
        title=speak(say("History of the online figures"), lang),
        lang=lang,
        sources=tuple(_sources(history, version, lang)),
        answer=tuple(speak(text, lang) for text in _answer(history)),
        closing=(*_counts(history, lang), answer.findings(history.findings, lang)),
        notes=tuple(speak(text, lang) for text in history.notes),
        screen=partial(_screen, history, lang),
        sheets=partial(_sheets, history, lang),
        main=partial(_events, history, lang),
        document=partial(_document, history, lang),
        drawing=partial(_drawing, history, lang=lang),
        page=partial(pictures, history, lang),
    )


def of_captures(captures: Sequence[Snapshot]) -> History | None:
    """What changed between the captures that a reconciliation rests on; None without two times."""
    if len({one.taken_at for one in captures if one.taken_at}) < 2:  # noqa: PLR2004 - one with the next
        return None
    try:
        return compare(captures)
    except RecountError:  # of two systems or layers, one time each
        return None


def pictures(history: History, lang: str) -> Parts:
    """Make the sentences on top, the curves and their tables."""
    return Parts(
        headline=_curves.headline(history, lang),
        curves=_curves.curves(history, lang),
        tables=(*_told(history, lang), _captures(history, lang)),
    )


def _told(history: History, lang: str) -> tuple[Table, ...]:
    """What happened, in sentences; the figures of it are in the workbook."""
    several = len({event.contest for event in history.events}) > 1
    keys = ("kind", *(("contest",) if several else ()), "level", "before_at", "at", "message")
    columns = tuple(_column(key, lang) for key in keys)
    return (replace(_events(history, lang), columns=columns),) if history.events else ()


def _sources(history: History, version: str, lang: str) -> Iterator[str]:
    first, last = (history.captures[at].taken_at for at in (0, -1))
    text = say(
        "{n} captures, {first} to {last}",
        n=len(history.captures),
        first=when(first),
        last=when(last),
    )
    yield speak(text, lang)
    yield speak(say("recount {version}", version=version), lang)


def _answer(history: History) -> Iterator[Text]:
    down = [event for event in history.events if event.kind in DOWN]
    if down:
        yield down[0].message
    else:
        yield say("Nothing went down, and the lead never changed.")
    held = [when(one.taken_at) for one in history.captures if one.withheld]
    if held:
        yield say(
            "Withheld as a whole, and not compared: {n} of {m} captures ({times}).",
            n=len(held),
            m=len(history.captures),
            times=Several(tuple(held)),
        )


def _counts(history: History, lang: str) -> Iterator[str]:
    counts = Counter(event.kind for event in history.events)
    parts = [
        say("{what}: {n}", what=KIND_WORDS[kind], n=counts[kind]) for kind in KINDS if counts[kind]
    ]
    if parts:
        yield speak(say("Events: {parts}.", parts=Several(tuple(parts))), lang)


def _drawing(history: History, width: int, *, lang: str) -> tuple[str, ...]:
    """Draw the largest region of the contest in which most has happened."""
    series = history.series[0]
    told = [e.contest for e in history.events if e.kind in DOWN] or [""]
    rows = series.rows.select("contest", "level", "unit").unique().sort("level", "contest", "unit")
    found = rows.rows(named=True)
    own = [row for row in found if row["contest"] == told[0]] or found
    return _chart.draw(series, own[0]["contest"], own[0]["unit"], width, lang) if own else ()


def _screen(history: History, lang: str) -> tuple[Table, ...]:
    several = len({event.contest for event in history.events}) > 1
    keys = ("kind", *(("contest",) if several else ()), "message")
    events = Table(
        name="events",
        title=speak(say("What changed, by its effect on the margin"), lang),
        columns=tuple(_column(key, lang) for key in keys),
        rows=_frame(history, lang),
        limit=LISTED,
    )
    return (*([events] if history.events else []), *_findings.tables(history.findings, lang))


def _sheets(history: History, lang: str) -> tuple[Table, ...]:
    rows = frames.findings(history.findings, lang)
    found = Table("findings", speak(say("Findings"), lang), findings(lang), rows)
    return _events(history, lang), _captures(history, lang), found


def _events(history: History, lang: str) -> Table:
    title = speak(say("Events"), lang)
    return Table("events", title, tuple(_column(key, lang) for key in KEYS), _frame(history, lang))


def _column(key: str, lang: str) -> Column:
    if key not in HEADINGS:
        return column(key, lang)
    shown = f"{key}_words" if key in {"kind", "before_at", "at"} else None
    kind: Kind = "signed" if key == "change" else "number" if key in NUMBERS else "text"
    return Column(key, speak(HEADINGS[key], lang), kind, shown)


def _frame(history: History, lang: str) -> pl.LazyFrame:
    import polars as pl

    whole = {*NUMBERS, "change"}
    schema = {key: pl.Int64() if key in whole else pl.String() for key in KEYS}
    rows = [_values(event, lang) for event in history.events]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    words = {kind: speak(text, lang) for kind, text in KIND_WORDS.items()}
    levels = {level: speak(text, lang) for level, text in LEVEL_WORDS.items()}
    return frame.lazy().with_columns(
        pl.col("kind").replace(words).alias("kind_words"),
        pl.col("level").replace(levels).alias("level_words"),
        pl.col("item").alias("item_words"),
        *(_times.said(frame, key, lang) for key in ("before_at", "at")),
    )


def _values(event: Event, lang: str) -> tuple[object, ...]:
    return tuple(
        speak(event.message, lang) if key == "message" else getattr(event, key) for key in KEYS
    )


def _captures(history: History, lang: str) -> Table:
    """List every file of every capture, with its digest."""
    import polars as pl

    schema = {"taken_at": pl.String, "path": pl.String, "sha256": pl.String, "bytes": pl.Int64}
    rows = [
        (one.taken_at, file.path, file.sha256, file.bytes)
        for one in history.captures
        for file in one.inputs
    ]
    frame = pl.LazyFrame(rows, schema=schema, orient="row")
    columns = tuple(column(key, lang) for key in schema)
    return Table("captures", speak(say("Captures"), lang), columns, frame)


def _document(history: History, lang: str) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "captures": [_capture(one) for one in history.captures],
        "events": [dict(zip(KEYS, _values(e, lang), strict=True)) for e in history.events],
    }


def _capture(one: Capture) -> dict[str, object]:
    inputs = [
        {"path": file.path, "sha256": file.sha256, "bytes": file.bytes, "taken_at": file.taken_at}
        for file in one.inputs
    ]
    return {
        "taken_at": one.taken_at,
        "inputs": inputs,
        "withheld": one.withheld,
        "progress": {"counted": one.progress.counted, "total": one.progress.total},
    }
