"""Rows of both sides in, the distinct places they name out, and which of them each row names."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.engine import number_alike, run_starts
from recount.headings import meaning
from recount.model import LEVELS, NAMED_LEVELS
from recount.names import REWRITTEN, SQUASHED, squash
from recount.places import Written, table_of
from recount.regions import code_level, parse_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Frame = nw.DataFrame[Any]

PLACES = ("code", "name", "level", *NAMED_LEVELS)
"""The columns of a reading that say where a row belongs, but for the TPS number."""

TABLE = ("code", *(f"{kind}{at}" for kind in ("name", "key") for at in range(1, 5)))
TABLE = (*TABLE, "ours", "theirs", "listed")
"""The columns of a table of places."""

_TPS = LEVELS.index("tps")
_OF_A_STATION = r"^\s*(?:[^.]{13}|.{17,})\s*$"
"""What the code of a TPS looks like from afar: 13 signs without dots, 17 with them."""


class Placed(NamedTuple):
    """For each side's rows the number of the place they name, and the distinct places.

    `stations`: the TPS numbers of those places whose code names a TPS.
    """

    numbers: list[nw.Series[Any]]
    places: Frame
    stations: dict[int, int]


def place_rows(sides: Sequence[Frame]) -> Placed:
    """Number the distinct places of all sides; the first side is ours, the second theirs."""
    columns = [name for name in PLACES if any(name in rows.columns for rows in sides)]
    # A file with nothing but TPS numbers names one place: none.
    columns = columns or ["code"]
    with ThreadPoolExecutor(len(sides)) as pool:
        runs = list(pool.map(lambda rows: run_starts(_with_all(rows, columns), columns), sides))
    starts = nw.concat([first for _, first in runs])
    number, distinct = number_alike(starts, columns)
    numbers, by, at = [], [], 0
    for run, first in runs:
        of_run = number[at : at + len(first)]
        at += len(first)
        numbers.append(engine.gather(of_run, run))
        by.append(engine.marked(of_run, len(distinct)))
    written = distinct.with_columns(
        ours=by[0], theirs=by[1] if len(by) > 1 else nw.lit(value=False)
    )
    places = _written(written, columns)
    return Placed(numbers, places, _coded_stations(places["code"]))


def _coded_stations(codes: nw.Series[Any]) -> dict[int, int]:
    """TPS numbers from codes of five parts, such as 64.72.01.1001.004 or 6472011001004."""
    numbered = codes.alias("code").to_frame().with_row_index("at")
    found = {}
    for at, text in numbered.filter(nw.col("code").str.contains(_OF_A_STATION)).iter_rows():
        code = parse_code(text)
        if code and code_level(code) == _TPS:
            found[at] = int(code.rpartition(".")[2])
    return found


def with_coded_stations(rows: Frame, stations: Mapping[int, int]) -> Frame:
    """Write the TPS number that a code names where no column does; `coded`: what codes name."""
    coded = engine.table(
        {"place": list(stations), "coded": [f"{number:03d}" for number in stations.values()]},
        {"place": nw.UInt32(), "coded": nw.String()},
    )
    named = nw.col("tps") if "tps" in rows.columns else nw.lit(None, nw.String)
    joined = rows.join(coded, on="place", how="left")
    return joined.with_columns(tps=nw.coalesce(named, "coded"))


def _with_all(rows: Frame, columns: Sequence[str]) -> Frame:
    none = nw.lit(None, nw.String)
    return rows.with_columns(none.alias(name) for name in columns if name not in rows.columns)


def _written(places: Frame, columns: Sequence[str]) -> Frame:
    """Lay the distinct places out as `places` wants them: names by level, and their keys."""
    none = nw.lit("")
    names = {
        f"name{level}": nw.col(role) if role in columns else none
        for level, role in enumerate(NAMED_LEVELS, 1)
    }
    code = nw.col("code") if "code" in columns else none
    table = places.with_columns(**names, code=code, listed=nw.lit(value=False))
    if "name" in columns:
        table = table.with_columns(_spread_names(table, columns))
    keys = [_squashed(table[f"name{at}"], role) for at, role in enumerate(NAMED_LEVELS, 1)]
    table = table.with_columns(*(key.alias(f"key{at}") for at, key in enumerate(keys, 1)))
    return table.select(*TABLE)


def _squashed(texts: nw.Series[Any], level: str) -> nw.Series[Any]:
    """Squash each distinct name once; most names of a nation are squashed already."""
    known = texts.unique()
    ready = known.str.contains(SQUASHED) & ~known.str.contains(REWRITTEN)
    odd = known.filter(~ready & (known != "")).to_list()
    return engine.replaced(texts, {text: squash(text, level) for text in odd})


def _spread_names(table: Frame, columns: Sequence[str]) -> list[nw.Series[Any]]:
    """Put names from a column that is not of one level under the level that their row states."""
    names = {role: table[f"name{at}"].to_list() for at, role in enumerate(NAMED_LEVELS, 1)}
    blank = [""] * len(table)
    levels = table["level"].to_list() if "level" in columns else blank
    codes = table["code"].to_list()
    for at, (name, level, code) in enumerate(
        zip(table["name"].to_list(), levels, codes, strict=True)
    ):
        role = _stated_level(level, code) or _next_level(names, at)
        if name and not names[role][at]:
            names[role][at] = name
    return [
        nw.new_series(f"name{at}", names[role], nw.String, backend="polars")
        for at, role in enumerate(NAMED_LEVELS, 1)
    ]


def _stated_level(level: str, code: str) -> str | None:
    stated = meaning(level) if level else None
    if stated and stated.role in NAMED_LEVELS:
        return stated.role
    parsed = parse_code(code) if code else None
    return LEVELS[code_level(parsed)] if parsed and code_level(parsed) < _TPS else None


def _next_level(names: dict[str, list[str]], at: int) -> str:
    """The level below the lowest one that a row names; the kecamatan where it names none."""
    named = [number for number, level in enumerate(NAMED_LEVELS) if names[level][at]]
    return NAMED_LEVELS[min(named[-1] + 1, len(NAMED_LEVELS) - 1)] if named else "kecamatan"


def listed_places(rows: Iterable[tuple[str, str]]) -> Frame:
    """Turn a region list (code, name) into places; the code says which level each is of."""
    places = []
    for code, name in rows:
        parsed = parse_code(code)
        if parsed is None or code_level(parsed) >= _TPS:
            continue
        at = code_level(parsed) - 1
        names = tuple(name if level == at else None for level in range(len(NAMED_LEVELS)))
        key = squash(name, NAMED_LEVELS[at]) or None
        keys = tuple(key if level == at else None for level in range(len(NAMED_LEVELS)))
        places.append(Written(parsed, names, keys, ours=False, theirs=False, listed=True))
    return table_of(places).select(*TABLE)
