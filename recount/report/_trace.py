"""The path of one region's figures in, a report out: where each box changes, link by link."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from recount.report import _chain, _findings, _sources, answer, document, frames
from recount.report.columns import column, findings
from recount.report.shape import Column, Report, Table
from recount.report.words import LEVEL_WORDS, box, brief, names, ranks, word
from recount.texts import Several, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from recount.chain import Link
    from recount.report.shape import Kind
    from recount.result import Path, Traced
    from recount.texts import Text

KEYS = ("contest", "item", "at", "form", "figure", "read", "expected", "change", "place")
NUMBERS = frozenset({"figure", "read", "expected"})
HEADINGS = {
    "at": say("Stands on"),
    "form": say("Form"),
    "figure": say("Figure"),
    "change": say("Changes by"),
}


def build_trace(traced: Traced, lang: str) -> Report:
    """Report the path of one region: boxes as rows, what says a figure as columns."""
    table = partial(_steps, traced, lang)
    return Report(
        title=speak(_title(traced), lang),
        lang=lang,
        sources=_sources.sources(traced.inputs, traced.version, lang),
        answer=tuple(speak(text, lang) for text in _answer(traced, lang)),
        closing=(answer.findings(traced.findings, lang),),
        notes=tuple(speak(text, lang) for text in traced.assumptions),
        screen=partial(_screen, traced, lang),
        sheets=partial(_sheets, traced, lang),
        main=table,
        document=partial(document.trace, traced, lang),
    )


def _title(traced: Traced) -> Text:
    named = _chain.called(traced.region)
    level = LEVEL_WORDS[traced.level]
    if not traced.above:
        return say("Path of the figures of {region}, {level}", region=named, level=level)
    above = tuple(_chain.called(one) for one in reversed(traced.above))
    return say(
        "Path of the figures of {region}, {level} in {above}",
        region=named,
        level=level,
        above=Several(above),
    )


def _answer(traced: Traced, lang: str) -> Iterator[Text]:
    """Say which boxes change and where, or that none does, or that nothing could be compared."""
    apart = [path for path in traced.paths if path.changed]
    for path in apart:
        yield _change(path, traced, lang)
    held = [path for path in traced.paths if path.held]
    if not held:
        yield say("No figures on the path can be held against each other.")
    elif not apart and any(path.partly for path in traced.paths):
        yield say("No figure that is whole changes along the path ({n} boxes).", n=len(held))
    elif not apart:
        yield say("No figure changes along the path ({n} boxes).", n=len(held))
    if held and len(held) < len(traced.paths):
        yield say(
            "{n} of {m} boxes have one figure only, or none that is whole.",
            n=len(traced.paths) - len(held),
            m=len(traced.paths),
        )
    yield from _partly(traced.paths)
    yield from _inside(traced)


def _partly(paths: Iterable[Path]) -> Iterator[Text]:
    """Say what was held against nothing, because parts of it are missing; the fewest of a link."""
    fewest: dict[str, Link] = {}
    for link in (link for path in paths for link in path.partly):
        if link.at not in fewest or link.read < fewest[link.at].read:
            fewest[link.at] = link
    if not fewest:
        return
    each = tuple(
        say("{what} {share}", what=words, share=_chain.share(fewest[at]._asdict()))
        for at, words in _chain.LINK_WORDS.items()
        if at in fewest
    )
    yield say(
        "Not compared, for parts of these sums are missing or not known: {sums}.",
        sums=Several(each),
    )


def _inside(traced: Traced) -> Iterator[Text]:
    """Say how much changes further down, and what to trace."""
    for one in traced.inside:
        yield _chain.between_forms(one, inside=True)
    if traced.inside:
        region = _chain.asked(traced.inside[0].first[0].code)
        yield say("The path of the first: recount trace {region} FILES...", region=region)


def _change(path: Path, traced: Traced, lang: str) -> Text:
    at = path.changed
    label = box(path.contest, path.item, names(traced.election), lang)
    figure = (at.figure or 0) if at else 0
    return say(
        "{box}: {before} becomes {after} at: {where}.",
        box=label,
        before=figure - (path.shift or 0),
        after=figure,
        where=_chain.LINK_WORDS[at.at] if at else "",
    )


class _Spot(NamedTuple):
    """A column of the screen: what says a figure; `parts`: the columns of a form, not its total."""

    at: str
    parts: bool


def _spots(path: Path) -> list[tuple[_Spot, Link]]:
    """Where each link of a path stands; of two links of one form the first adds its columns up."""
    after = [link.at for link in path.links[1:]] + [""]
    return [
        (_Spot(link.at, link.at == following), link)
        for link, following in zip(path.links, after, strict=True)
    ]


def _screen(traced: Traced, lang: str) -> tuple[Table, ...]:
    contests = dict.fromkeys(path.contest for path in traced.paths)
    tables = [_paths(traced, contest, lang, several=len(contests) > 1) for contest in contests]
    return (*tables, *_findings.tables(traced.findings, lang))


def _paths(traced: Traced, contest: str, lang: str, *, several: bool) -> Table:
    """One contest: a row for each box, a column for everything that says a figure."""
    import polars as pl

    paths = _in_order(path for path in traced.paths if path.contest == contest)
    spots = {spot for path in paths for spot, _ in _spots(path)}
    order = sorted(spots, key=lambda spot: ([*_chain.LINK_WORDS].index(spot.at), not spot.parts))
    known = names(traced.election)
    rows = [_row(path, order, known, lang) for path in paths]
    columns = (
        replace(column("item", lang), brief="item_brief"),
        *(one for n, spot in enumerate(order) for one in _columns(n, _heading(spot, lang), lang)),
        Column("changed", column("changed_at", lang).title, optional=True),
    )
    schema = {one.key: pl.Int64() if one.kind == "number" else pl.String() for one in columns}
    words = {"item_words": pl.String(), "item_brief": pl.String()}
    frame = pl.LazyFrame(rows, schema={**schema, **words}, orient="row")
    title = speak(say("From the votes up"), lang)
    shown = f"{harmless(contest)}: {title}" if several else title
    return Table(f"path:{contest}", shown, columns, frame)


def _in_order(paths: Iterable[Path]) -> list[Path]:
    held = list(paths)
    order = ranks(path.item for path in held)
    return sorted(held, key=lambda path: order[path.item])


def _columns(number: int, heading: str, lang: str) -> tuple[Column, Column]:
    """What a form says, and from how many parts it is where some are missing."""
    read = Column(f"read{number}", column("read", lang).title, optional=True)
    return Column(f"at{number}", heading, "number"), read


def _row(
    path: Path, order: list[_Spot], known: Mapping[tuple[str, str], str], lang: str
) -> tuple[object, ...]:
    links = dict(_spots(path))
    cells: list[object] = []
    for link in (links.get(spot) for spot in order):
        cells += [link and link.figure, link and _chain.share(link._asdict())]
    at = path.changed
    changed = word(_chain.LINK_WORDS, at.at, lang) if at else ""
    words = (told(path.contest, path.item, known, lang) for told in (box, brief))
    return (path.item, *cells, changed, *words)


def _heading(spot: _Spot, lang: str) -> str:
    what = speak(_chain.LINK_WORDS[spot.at], lang)
    return speak(say("{form}, added up", form=what), lang) if spot.parts else what


def _sheets(traced: Traced, lang: str) -> tuple[Table, ...]:
    found = frames.findings(traced.findings, lang)
    return (
        *(table for table in _screen(traced, lang) if table.name.startswith("path:")),
        _steps(traced, lang),
        Table("findings", speak(say("Findings"), lang), findings(lang), found),
        Table(
            "inputs",
            speak(say("Inputs"), lang),
            tuple(column(key, lang) for key in ("side", "path", "sha256", "bytes", "forms")),
            frames.inputs(traced.inputs, lang),
        ),
    )


def _steps(traced: Traced, lang: str) -> Table:
    """Every link of every box, one a row."""
    import polars as pl

    known = names(traced.election)
    whole = {*NUMBERS, "change"}
    schema = {key: pl.Int64() if key in whole else pl.String() for key in KEYS}
    rows = [
        (
            path.contest,
            path.item,
            *link[:-1],
            path.shift if link is path.changed else None,
            link[-1],
        )
        for path in _in_order(traced.paths)
        for link in path.links
    ]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    boxes = {path.item: box(path.contest, path.item, known, lang) for path in traced.paths}
    levels = {code: speak(text, lang) for code, text in _chain.LINK_WORDS.items()}
    words = frame.lazy().with_columns(
        pl.col("item").replace(boxes).alias("item_words"),
        pl.col("at").replace(levels).alias("at_words"),
    )
    title = speak(say("Path, link by link"), lang)
    return Table("path", title, tuple(_column(key, lang) for key in KEYS), words, group="item")


def _column(key: str, lang: str) -> Column:
    if key not in HEADINGS:
        return column(key, lang)
    kind: Kind = "signed" if key == "change" else "number" if key in NUMBERS else "text"
    return Column(key, speak(HEADINGS[key], lang), kind, "at_words" if key == "at" else None)
