"""Readings of one or two sides in, their tallies out: every cell a figure or a finding.

A tally is an eager frame with one row per copy of a form: `level` (Int8, number of the level),
`node` (Int32, region), `station` (Int32, TPS number, -1 above the TPS), `sheet` and `row` (Int32,
where it stands), and per box a nullable Int64 column. Each distinct text is read once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.headings import meaning, slug
from recount.model import LEVELS, MARK, NAMED_LEVELS, Finding, Sheet
from recount.names import squash
from recount.numbers import Unread, column_style, parse_count, parse_station, why
from recount.places import Written, settle
from recount.regions import UNMATCHED, Regions, code_level, parse_code, station_region
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recount.model import Reading, Side
    from recount.places import Fault

    Frame = nw.DataFrame[object]

PLACES = ("code", "name", "level", *NAMED_LEVELS)
_KEYS = {"sheet", "row", "tps", "contest", *PLACES}
_TPS = LEVELS.index("tps")
_STATION_DIGITS = 999


@dataclass(slots=True)
class Raw:
    """One side as it was written: rows of text from all its sheets, and what was said on the way.

    `rows`: eager frame of text; `sheet`, `row`, the place columns, `contest`, the boxes.
    """

    side: Side
    rows: Frame
    boxes: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    candidates: Mapping[str, str] = field(default_factory=dict)


class Tally(NamedTuple):
    """One side's forms as figures, contest by contest, and the findings of reading them."""

    side: Side
    frames: Mapping[str, Frame]
    boxes: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    findings: list[Finding]


class _Parsed(NamedTuple):
    rows: Frame
    findings: list[Finding]


def combine(side: Side, readings: Sequence[tuple[Reading, Sheet]]) -> Raw:
    """Put the rows of all sheets of a side under one another; columns that one lacks are null."""
    frames = [
        reading.rows.with_columns(sheet=nw.lit(number, nw.Int32))
        for number, (reading, _) in enumerate(readings)
    ]
    rows = nw.concat(frames, how="diagonal") if len(frames) > 1 else frames[0]
    boxes = tuple(c for c in rows.columns if c not in _KEYS and not c.startswith("row "))
    candidates: dict[str, str] = {}
    for reading, _ in readings:
        for id_, name in reading.candidates.items():
            candidates.setdefault(id_, name)
    return Raw(side, rows, _in_order(boxes), tuple(sheet for _, sheet in readings), candidates)


def _in_order(boxes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(boxes, key=box_order))


def box_order(box: str) -> tuple[int, int, str]:
    """Candidates first, by their number; then the other boxes by name."""
    kind, _, id_ = box.partition(":")
    if kind != "candidate":
        return (1, 0, box)
    return (0, int(id_) if id_.isdigit() else 0, id_)


def take_in(
    raws: Sequence[Raw],
    listed: Sequence[Written] = (),
    *,
    naming: Naming,
) -> tuple[list[Tally], Regions]:
    """Turn what both sides wrote into figures on the regions of one tree.

    `listed`: the region list, when there is one. `naming`: which contest the rows belong to.
    """
    coded = [_with_place(raw) for raw in raws]
    places = _distinct_places(coded)
    written = [*listed, *_written(places)]
    settled = settle(written)
    nodes = settled.nodes[len(listed) :]
    faults = settled.faults[len(listed) :]
    tallies = []
    for raw, rows in zip(raws, coded, strict=True):
        lookup = places.select(*_place_columns(places)).with_columns(
            nw.new_series("place", range(len(nodes)), nw.Int32, backend=places.implementation),
            nw.new_series("node", nodes, nw.Int32, backend=places.implementation),
        )
        placed = rows.join(lookup, on=_place_columns(places), how="left")
        tallies.append(_tally(raw, placed, settled.regions, faults, naming))
    return tallies, settled.regions


def _place_columns(frame: Frame) -> list[str]:
    return [name for name in PLACES if name in frame.columns]


def _with_place(raw: Raw) -> Frame:
    """Fill blank place cells with an empty text: nulls never meet in a join."""
    rows = raw.rows
    return rows.with_columns(nw.col(name).fill_null("") for name in _place_columns(rows))


def _distinct_places(coded: list[Frame]) -> Frame:
    columns = [name for name in PLACES if any(name in rows.columns for rows in coded)]
    parts = []
    for at, rows in enumerate(coded):
        missing = [nw.lit("").alias(name) for name in columns if name not in rows.columns]
        if missing:
            coded[at] = rows = rows.with_columns(*missing)
        flag = nw.lit(at == 0), nw.lit(at == 1)
        parts.append(
            rows.select(*columns).unique().with_columns(ours=flag[0], theirs=flag[1])
        )
    both = nw.concat(parts, how="vertical")
    return both.group_by(*columns).agg(nw.col("ours").max(), nw.col("theirs").max())


def _written(places: Frame) -> list[Written]:
    columns = _place_columns(places)
    names = {
        level: [text or None for text in places[level]] if level in columns else [None] * len(places)
        for level in NAMED_LEVELS
    }
    codes = [text or None for text in places["code"]] if "code" in columns else [None] * len(places)
    if "name" in columns:
        _spread_names(places, names, codes)
    keys = [_squashed(names[level], level) for level in NAMED_LEVELS]
    texts = zip(*(names[level] for level in NAMED_LEVELS), strict=True)
    return [
        Written(code, text, key, ours, theirs)
        for code, text, key, ours, theirs in zip(
            codes, texts, zip(*keys, strict=True), places["ours"], places["theirs"], strict=True
        )
    ]


def _squashed(texts: list[str | None], level: str) -> list[str | None]:
    known: dict[str | None, str | None] = {
        text: (squash(text, level) or None) if text else None for text in set(texts)
    }
    return [known[text] for text in texts]


def _spread_names(
    places: Frame, names: dict[str, list[str | None]], codes: list[str | None]
) -> None:
    """Put names from a column that is not of one level under the level that their row states."""
    levels = places["level"] if "level" in places.columns else [""] * len(places)
    for at, (name, level, code) in enumerate(
        zip(places["name"], levels, codes, strict=True)
    ):
        stated = meaning(level) if level else None
        parsed = parse_code(code) if code else None
        if stated and stated.role in NAMED_LEVELS:
            role = stated.role
        elif parsed and code_level(parsed) < _TPS:
            role = LEVELS[code_level(parsed)]
        else:
            role = _finest(names, at)
        if name and names[role][at] is None:
            names[role][at] = name


def _finest(names: dict[str, list[str | None]], at: int) -> str:
    """The level below the lowest one that a row names; the kecamatan where it names none."""
    named = [level for level in NAMED_LEVELS if names[level][at]]
    if not named:
        return "kecamatan"
    return NAMED_LEVELS[min(NAMED_LEVELS.index(named[-1]) + 1, len(NAMED_LEVELS) - 1)]


def _tally(
    raw: Raw, rows: Frame, regions: Regions, faults: Sequence[tuple[Fault, ...]], naming: Naming
) -> Tally:
    rows, findings = _stations(raw, rows)
    for box in raw.boxes:
        rows, found = _figures(raw, rows, box, regions)
        findings += found
    findings += _place_findings(raw, rows, faults, regions)
    levels = engine.table(
        {"node": range(len(regions.nodes)), "level": [node.level for node in regions.nodes]},
        {"node": nw.Int32(), "level": nw.Int8()},
    )
    kept = rows.filter(nw.col("node") != UNMATCHED).drop("level", strict=False)
    kept = kept.join(levels, on="node", how="left").with_columns(
        level=nw.when(nw.col("station") >= 0).then(_TPS).otherwise(nw.col("level")).cast(nw.Int8)
    )
    lines = [name for name in kept.columns if name.startswith("row ")]
    forms = ["level", "node", "station", "sheet", "row", *raw.boxes, *lines]
    frames = _by_contest(kept, forms, naming)
    return Tally(raw.side, frames, raw.boxes, raw.sheets, findings)


class Naming(NamedTuple):
    """Which contest rows belong to: the id where they name none, and ids by written name."""

    default: str
    ids: Mapping[str, str]


def _by_contest(rows: Frame, forms: list[str], naming: Naming) -> dict[str, Frame]:
    if "contest" not in rows.columns:
        return {naming.default: rows.select(*forms)}
    written: dict[str, list[str | None]] = {}
    for text in rows["contest"].unique():
        id_ = naming.ids.get(slug(text), slug(text)) if text else naming.default
        written.setdefault(id_, []).append(text)
    split = {}
    for id_, texts in sorted(written.items()):
        here = nw.col("contest").is_in([text for text in texts if text is not None])
        blank = nw.col("contest").is_null() if None in texts else nw.lit(value=False)
        split[id_] = rows.filter(here | blank).select(*forms)
    return split


def _distinct(rows: Frame, column: str) -> list[tuple[int, str]]:
    """The distinct texts of a column, each with its sheet: a column has one style per sheet."""
    pairs = rows.select("sheet", column).drop_nulls().unique()
    return list(zip(pairs["sheet"].to_list(), pairs[column].to_list(), strict=True))


def _stations(raw: Raw, rows: Frame) -> _Parsed:
    if "tps" not in rows.columns:
        return _Parsed(rows.with_columns(station=nw.lit(-1, nw.Int32)), [])
    texts = rows["tps"].drop_nulls().unique().to_list()
    read = {text: parse_station(text) for text in texts}
    lookup = _lookup(
        rows, {"tps": texts}, "station", [n if isinstance(n, int) else None for n in read.values()]
    )
    rows = rows.join(lookup, on="tps", how="left").with_columns(
        nw.col("station").fill_null(-1).cast(nw.Int32)
    )
    odd = [text for text, n in read.items() if not isinstance(n, int) or n > _STATION_DIGITS]
    strange = rows.filter(nw.col("tps").is_in(odd)) if odd else rows.head(0)
    findings = []
    for sheet, row, text in zip(strange["sheet"], strange["row"], strange["tps"], strict=True):
        findings.append(_station_finding(raw, sheet, row, text, read[text]))
    unreadable = [text for text in odd if isinstance(read[text], Unread) and not _blank(read[text])]
    if unreadable:
        rows = rows.with_columns(
            node=nw.when(nw.col("tps").is_in(unreadable).fill_null(value=False))
            .then(UNMATCHED)
            .otherwise(nw.col("node"))
            .cast(nw.Int32)
        )
    return _Parsed(rows, [finding for finding in findings if finding])


def _blank(read: int | Unread) -> bool:
    return isinstance(read, Unread) and read.reason == "blank"


def _station_finding(
    raw: Raw, sheet: int, row: int, text: str, read: int | Unread
) -> Finding | None:
    if _blank(read):
        return None
    shown = text.removeprefix(MARK)
    if isinstance(read, int):
        message = say("“{text}” is a TPS number of more than three digits.", text=shown)
        mend = say("Compare it with the form; the row is used as it stands.")
        return Finding("R12", "warning", message, mend, _where(raw, sheet, row, "tps"), raw.side)
    message = say("“{text}” is no TPS number.", text=shown)
    mend = say("Write the number as on the form, such as 001; until then the row is left out.")
    return Finding("station", "error", message, mend, _where(raw, sheet, row, "tps"), raw.side)


def _lookup(
    rows: Frame, keys: dict[str, list[object]], name: str, values: Sequence[int | None]
) -> Frame:
    schema: dict[str, nw.dtypes.DType] = {}
    for key in keys:
        schema[key] = rows.schema[key]
    schema[name] = nw.Int64()
    return nw.from_dict({**keys, name: values}, schema=schema, backend=rows.implementation)


def _figures(raw: Raw, rows: Frame, box: str, regions: Regions) -> _Parsed:
    """Read one box: each distinct text once, in the style of its column."""
    pairs = _distinct(rows, box)
    by_sheet: dict[int, list[str]] = {}
    for sheet, text in pairs:
        by_sheet.setdefault(sheet, []).append(text)
    styles = {sheet: column_style(texts) for sheet, texts in by_sheet.items()}
    read = [parse_count(text, styles[sheet]) for sheet, text in pairs]
    keys: dict[str, list[object]] = {
        "sheet": [sheet for sheet, _ in pairs],
        box: [text for _, text in pairs],
    }
    lookup = _lookup(rows, keys, "figure", [n if isinstance(n, int) else None for n in read])
    rows = rows.join(lookup, on=["sheet", box], how="left")
    unread = {
        pair: n
        for pair, n in zip(pairs, read, strict=True)
        if isinstance(n, Unread) and n.reason != "blank"
    }
    findings = _unread_cells(raw, rows, box, unread, regions) if unread else []
    return _Parsed(rows.drop(box).rename({"figure": box}), findings)


def _unread_cells(
    raw: Raw, rows: Frame, box: str, unread: dict[tuple[int, str], Unread], regions: Regions
) -> list[Finding]:
    cells = rows.filter(nw.col(box).is_in(sorted({text for _, text in unread})))
    line = f"row {box}" if f"row {box}" in rows.columns else "row"
    findings = []
    for sheet, text, row, node, station in zip(
        *(cells[name] for name in ("sheet", box, line, "node", "station")), strict=True
    ):
        if (cause := unread.get((sheet, text))) is None:
            continue
        rule = "R12" if cause.reason in {"negative", "fraction"} else "unread"
        findings.append(
            Finding(
                rule,
                "error",
                why(cause),
                say("Compare the cell with the form; until then it counts as not read."),
                _where(raw, sheet, row, box),
                raw.side,
                _region(regions, node, station),
            )
        )
    return findings


def _region(regions: Regions, node: int, station: int) -> str | None:
    if node == UNMATCHED:
        return None
    region = regions.nodes[node].region
    return region if station < 0 else station_region(region, station)


def _where(raw: Raw, sheet: int, row: int, box: str | None) -> str:
    return raw.sheets[sheet].place(row, box)


def _place_findings(
    raw: Raw, rows: Frame, faults: Sequence[tuple[Fault, ...]], regions: Regions
) -> list[Finding]:
    faulty = [at for at, fault in enumerate(faults) if fault]
    if not faulty:
        return []
    found = []
    hit = rows.filter(nw.col("place").is_in(faulty))
    for place, sheet, row, node in zip(
        hit["place"], hit["sheet"], hit["row"], hit["node"], strict=True
    ):
        for fault in faults[place]:
            found.append(
                Finding(*fault, _where(raw, sheet, row, None), raw.side, _region(regions, node, -1))
            )
    return found


def listed_places(rows: Iterable[tuple[str, str]]) -> list[Written]:
    """Turn a region list (code, name) into places; the code says which level each is of."""
    places = []
    for code, name in rows:
        parsed = parse_code(code)
        if parsed is None or code_level(parsed) >= _TPS:
            continue
        at = code_level(parsed) - 1
        names: list[str | None] = [None] * 4
        names[at] = name
        keys = [squash(text, NAMED_LEVELS[i]) if text else None for i, text in enumerate(names)]
        places.append(Written(parsed, tuple(names), tuple(keys), False, False, listed=True))  # noqa: FBT003
    return places


def assumed(readings: Iterable[Reading]) -> tuple[Text, ...]:
    """What was taken for granted while reading, each sentence once."""
    return tuple(dict.fromkeys(text for reading in readings for text in reading.assumptions))
