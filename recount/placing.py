"""Rows of both sides in, the distinct places they name out, and which of them each row names."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.headings import meaning
from recount.model import LEVELS, NAMED_LEVELS
from recount.names import squash
from recount.places import Written, table_of
from recount.regions import code_level, parse_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    runs = [_runs(rows, columns) for rows in sides]
    named = [
        starts.select(
            *columns, nw.lit(at == 0).alias("ours"), nw.lit(at == 1).alias("theirs")
        ).unique()
        for at, (_, starts) in enumerate(runs)
    ]
    distinct = nw.concat(named).group_by(*columns).agg(nw.col("ours", "theirs").max())
    distinct = distinct.with_row_index("place")
    numbers = []
    for run, starts in runs:
        named_runs = starts.join(distinct, on=columns, how="left").sort("run")
        numbers.append(engine.gather(named_runs["place"], run))
    places = _written(distinct, columns)
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


def _filled(rows: Frame, columns: Sequence[str]) -> list[nw.Expr]:
    # Nulls never meet in a join: a blank place cell becomes an empty text.
    return [
        nw.col(name).fill_null("") if name in rows.columns else nw.lit("").alias(name)
        for name in columns
    ]


def _runs(rows: Frame, columns: Sequence[str]) -> tuple[nw.Series[Any], Frame]:
    """Number the runs of rows that name one place: in most files they stand together.

    Out: the run of every row, and the first row of each run.
    """
    full = rows.with_columns(_filled(rows, columns)).select(*columns)
    changes = reduce(nw.Expr.__or__, (nw.col(name) != nw.col(name).shift(1) for name in columns))
    started = full.select(changes.fill_null(value=True).alias("run"))["run"]
    run = started.cast(nw.Int32).cum_sum() - 1
    return run, full.with_columns(run).filter(started)


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
    """Squash each distinct name once."""
    known = texts.unique().to_list()
    squashed = [squash(text, level) if text else "" for text in known]
    lookup = engine.table(
        {"text": known, "key": squashed}, {"text": nw.String(), "key": nw.String()}
    )
    rows = texts.alias("text").to_frame().with_row_index("at")
    return rows.join(lookup, on="text", how="left").sort("at")["key"]


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
