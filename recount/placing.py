"""Rows of both sides in, the distinct places they name out, and which of them each row names."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.headings import meaning
from recount.model import LEVELS, NAMED_LEVELS
from recount.names import squash
from recount.places import Written
from recount.regions import code_level, parse_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Frame = nw.DataFrame[Any]

PLACES = ("code", "name", "level", *NAMED_LEVELS)
"""The columns of a reading that say where a row belongs, but for the TPS number."""

_TPS = LEVELS.index("tps")


class Placed(NamedTuple):
    """For each side's rows the number of the place they name, and the distinct places."""

    numbers: list[nw.Series[Any]]
    places: list[Written]


def place_rows(sides: Sequence[Frame]) -> Placed:
    """Number the distinct places of all sides; the first side is ours, the second theirs."""
    columns = [name for name in PLACES if any(name in rows.columns for rows in sides)]
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
    return Placed(numbers, _written(distinct, columns))


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
    if not columns:
        whole = rows.head(1).select(nw.lit(0, nw.Int32).alias("run"))
        return rows.select(nw.lit(0, nw.Int32).alias("run"))["run"], whole
    full = rows.select(_filled(rows, columns))
    changes = reduce(nw.Expr.__or__, (nw.col(name) != nw.col(name).shift(1) for name in columns))
    started = full.select(changes.fill_null(value=True).alias("run"))["run"]
    run = started.cast(nw.Int32).cum_sum() - 1
    return run, full.with_columns(run).filter(started)


def _written(places: Frame, columns: Sequence[str]) -> list[Written]:
    blank: list[str | None] = [None] * len(places)
    texts = {name: [text or None for text in places[name].to_list()] for name in columns}
    names = {level: texts.get(level, blank) for level in NAMED_LEVELS}
    codes = texts.get("code", blank)
    if "name" in texts:
        names = {level: list(written) for level, written in names.items()}
        _spread_names(texts["name"], texts.get("level", blank), codes, names)
    keys = [_squashed(names[level], level) for level in NAMED_LEVELS]
    return list(
        map(
            Written,
            codes,
            zip(*names.values(), strict=True),
            zip(*keys, strict=True),
            places["ours"].to_list(),
            places["theirs"].to_list(),
        )
    )


def _squashed(texts: list[str | None], level: str) -> list[str | None]:
    known = {text: (squash(text, level) or None) if text else None for text in set(texts)}
    return [known[text] for text in texts]


def _spread_names(
    written: Sequence[str | None],
    levels: Sequence[str | None],
    codes: Sequence[str | None],
    names: dict[str, list[str | None]],
) -> None:
    """Put names from a column that is not of one level under the level that their row states."""
    for at, (name, level, code) in enumerate(zip(written, levels, codes, strict=True)):
        role = _stated_level(level, code) or _next_level(names, at)
        if name and names[role][at] is None:
            names[role][at] = name


def _stated_level(level: str | None, code: str | None) -> str | None:
    stated = meaning(level) if level else None
    if stated and stated.role in NAMED_LEVELS:
        return stated.role
    parsed = parse_code(code) if code else None
    return LEVELS[code_level(parsed)] if parsed and code_level(parsed) < _TPS else None


def _next_level(names: dict[str, list[str | None]], at: int) -> str:
    """The level below the lowest one that a row names; the kecamatan where it names none."""
    named = [number for number, level in enumerate(NAMED_LEVELS) if names[level][at]]
    return NAMED_LEVELS[min(named[-1] + 1, len(NAMED_LEVELS) - 1)] if named else "kecamatan"


def listed_places(rows: Iterable[tuple[str, str]]) -> list[Written]:
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
    return places
