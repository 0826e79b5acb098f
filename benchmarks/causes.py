"""Known mistakes put into real stations, and real ones: how well recount tells the causes apart.

`python -m benchmarks.causes [--per-class N] [--seed N] [--data DIR] [--write]`: stations of 2019
whose figures add up and agree on both sides get mistakes of every class; recount reconciles them,
and its causes are held against what was done. `--write` puts the tables into docs/causes.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

import recount
from benchmarks.causes_told import confusions, made_table, real_table, write
from benchmarks.injecting import inject
from benchmarks.judging import Judged, confused, counted_real, judged
from benchmarks.mistakes import Station
from benchmarks.wholes import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.injecting import Injected
    from benchmarks.wholes import Shown

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "causes.md"
SOURCE = Path("pilpres_2019") / "indonesia_tps.csv.gz"
FIGURES = ("pas1", "pas2", "sah", "tsah", "jum")
"""In the order of BOXES; with `kp_` in front citizens' figures, with `situng_` the system's."""
NAMES = ("1", "2", "suara_sah", "tidak_sah", "suara_sah_tidak_sah")
BEFORE, NOW = "2019-04-18 12:00", "2019-04-20 12:00"
DESA = len("11.01.01.2001")
MOST = 999
"""The largest number of a TPS."""


class Told(NamedTuple):
    """What was measured of one election."""

    judged: list[Judged]
    confused: Mapping[tuple[str, str], float]


def read_stations(source: Path) -> pl.DataFrame:
    """The stations of which both sides have all five figures; a row for each, with its code."""
    raw = pl.read_csv(source, infer_schema_length=0)
    numbers = [f"{side}_{box}" for side in ("kp", "situng") for box in FIGURES]
    whole = raw.with_columns(pl.col("tps", *numbers).cast(pl.Int64, strict=False))
    known = pl.all_horizontal(pl.col(name) >= 0 for name in numbers)
    coded = pl.col("kode_desa").str.len_chars() == DESA
    kept = whole.filter(known & coded & pl.col("tps").is_between(1, MOST))
    return kept.unique(["kode_desa", "tps"], keep="none", maintain_order=True)


def adds_up(side: str) -> pl.Expr:
    """Whether the candidates are the valid votes, and these with the invalid ones all of them."""
    first, second, valid, invalid, cast = (pl.col(f"{side}_{box}") for box in FIGURES)
    return (first + second == valid) & (valid + invalid == cast)


def same() -> pl.Expr:
    """Whether both sides say the same."""
    return pl.all_horizontal(pl.col(f"kp_{box}") == pl.col(f"situng_{box}") for box in FIGURES)


def clean(frame: pl.DataFrame) -> list[Station]:
    """The stations that add up and agree on both sides."""
    names = [f"kp_{box}" for box in FIGURES]
    rows = frame.filter(adds_up("kp") & same()).select("kode_desa", "tps", *names)
    return [Station(desa, tps, tuple(figures)) for desa, tps, *figures in rows.iter_rows()]


def as_table(
    places: Mapping[str, Sequence[object]], rows: Iterable[Sequence[int | None]]
) -> pl.DataFrame:
    """A side as a table with the headings that people write."""
    columns = list(zip(*rows, strict=True))
    return pl.DataFrame({**places, **dict(zip(NAMES, columns, strict=True))})


def explained(ours: pl.DataFrame, theirs: pl.DataFrame, *levels: str) -> pl.DataFrame:
    """What recount says of the regions of some levels."""
    result: Any = recount.reconcile(ours, theirs, levels=levels, regions="none")
    said: pl.DataFrame = result.comparisons
    return said


def places_of(stations: Sequence[Station]) -> dict[str, Sequence[object]]:
    """Where the stations are."""
    return {"kode": [one.parent for one in stations], "tps": [one.number for one in stations]}


def tell_stations(made: Injected) -> Told:
    """Reconcile stations with mistakes, and judge what is said."""
    places = places_of(made.stations)
    said = explained(as_table(places, made.ours), as_table(places, made.theirs), "tps")
    code = {at: f"{one.parent}.{one.number:03}" for at, one in enumerate(made.stations)}
    truth = {code[at]: kind for at, kind in made.truth.items()}
    return Told(judged(truth, said), confused(truth, said))


def tell_wholes(stations: Sequence[Station], shown: Shown) -> Told:
    """Reconcile stations with what a system shows of the regions above, at two times."""
    ours = as_table(places_of(stations), [one.figures for one in stations])
    codes = [*shown.before, *shown.now]
    times = [BEFORE] * len(shown.before) + [NOW] * len(shown.now)
    rows = [*shown.before.values(), *shown.now.values()]
    said = explained(ours, as_table({"kode": codes, "waktu": times}, rows), "kecamatan", "desa")
    return Told(judged(shown.truth, said), confused(shown.truth, said))


def tell_real(frame: pl.DataFrame) -> tuple[int, dict[str, float]]:
    """Of the stations where one side adds up and the other does not: what comes first.

    Out: how many there are, and how many of them have which first cause.
    """
    code = pl.concat_str("kode_desa", pl.lit("."), pl.col("tps").cast(pl.String).str.zfill(3))
    places = {"kode": frame["kode_desa"].to_list(), "tps": frame["tps"].to_list()}
    ours, theirs = (
        as_table(places, frame.select(f"{side}_{box}" for box in FIGURES).rows())
        for side in ("kp", "situng")
    )
    wrong = frame.filter(adds_up("kp") != adds_up("situng")).select(code)["kode_desa"]
    return len(wrong), counted_real(explained(ours, theirs, "tps"), wrong)


def report(source: Path, seed: int, per_class: int) -> str:
    """Measure everything; the tables as text."""
    frame = read_stations(source)
    stations = clean(frame)
    random = Random(seed)  # noqa: S311 - a seed makes the measurement the same again
    alone = tell_stations(inject(stations, random, per_class))
    above = tell_wholes(stations, show(stations, random, per_class))
    return "\n\n".join(
        (
            f"Seed {seed}, {per_class:,} mistakes of each class, in {len(stations):,} stations.",
            made_table(alone.judged, above.judged),
            confusions(alone.confused, above.confused),
            real_table(*tell_real(frame)),
        )
    )


def main() -> None:
    """Measure everything in one run and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--per-class", type=int, default=2000, help="mistakes of each class")
    parser.add_argument("--seed", type=int, default=2019, help="of the mistakes")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="update docs/causes.md")
    options = parser.parse_args()
    source = options.data / SOURCE
    if not source.exists():
        print(f"skipped: {source} is not there; say with --data where the folder of data is")
        return
    text = report(source, options.seed, options.per_class)
    if options.write:
        write(PAGE, text)
    print(text)


if __name__ == "__main__":
    main()
