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
from benchmarks.injecting import NOISE, inject
from benchmarks.mistakes import BOXES, Station
from benchmarks.telling import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.injecting import Injected
    from benchmarks.mistakes import Figures

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path("pilpres_2019") / "indonesia_tps.csv.gz"
FIGURES = ("pas1", "pas2", "sah", "tsah", "jum")
"""In the order of BOXES; with `kp_` in front citizens' figures, with `situng_` the system's."""
NAMES = ("1", "2", "suara_sah", "tidak_sah", "suara_sah_tidak_sah")


class Judged(NamedTuple):
    """How well one class is told.

    `stations`: with such a mistake. `named`, `first`: share of them (a station's figures share its
    weight) of which the class is among the causes, the first one. `sure`, `right`: share of the
    claims of a class, first or any, that are true.
    """

    kind: str
    stations: int
    named: float
    first: float
    sure: float
    right: float


def read_stations(source: Path) -> pl.DataFrame:
    """The stations of which both sides have all five figures; a row for each, with its code."""
    raw = pl.read_csv(source, infer_schema_length=0)
    numbers = [f"{side}_{box}" for side in ("kp", "situng") for box in FIGURES]
    whole = raw.with_columns(pl.col("tps", *numbers).cast(pl.Int64, strict=False))
    known = pl.all_horizontal(pl.col(name) >= 0 for name in numbers)
    coded = pl.col("kode_desa").str.len_chars() == len("11.01.01.2001")
    kept = whole.filter(known & coded & pl.col("tps").is_between(1, 999))
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


def side_of(stations: Sequence[Station], figures: Sequence[Figures]) -> pl.DataFrame:
    """A side as a table with the headings that people write."""
    named = {name: [row[at] for row in figures] for at, name in enumerate(NAMES)}
    places = {"kode": [one.parent for one in stations], "tps": [one.number for one in stations]}
    return pl.DataFrame(places | named)


def explained(ours: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """What recount says of the stations: `region`, `item`, `causes`."""
    result: Any = recount.reconcile(ours, theirs, levels=("tps",))
    return result.comparisons


def judged(made: Injected, said: pl.DataFrame) -> list[Judged]:
    """Hold the causes against the truth; every station has the same weight."""
    codes = {f"{one.parent}.{one.number:03}": at for at, one in enumerate(made.stations)}
    known = pl.DataFrame(
        {"region": [*codes], "kind": [made.truth.get(at, "") for at in codes.values()]}
    )
    rows = said.join(known, on="region", how="left").with_columns(
        weight=1 / pl.len().over("region"), first=pl.col("causes").list.first()
    )
    kinds = sorted({*made.truth.values()} - {NOISE})
    return [_of_class(rows, kind) for kind in [*kinds, NOISE]]


def _of_class(rows: pl.DataFrame, kind: str) -> Judged:
    true = pl.col("kind") == kind
    claim = pl.lit(kind)
    if kind == NOISE:  # of what has no cause, none is the right answer
        named = first = pl.col("causes").list.len() == 0
    else:
        named, first = pl.col("causes").list.contains(claim), pl.col("first") == claim
    named, first = named.fill_null(value=False), first.fill_null(value=False)
    weight = pl.col("weight")

    def share(of: pl.Expr, among: pl.Expr) -> float:
        part, whole = rows.select(
            weight.filter(of & among).sum(), b=weight.filter(among).sum()
        ).row(0)
        return part / whole if whole else float("nan")

    return Judged(
        kind,
        rows.filter(true)["region"].n_unique(),
        share(named, true),
        share(first, true),
        share(true, first),
        share(true, named),
    )


def real_ones(frame: pl.DataFrame) -> tuple[int, dict[str, float]]:
    """Of the stations where one side adds up and the other does not: the first causes' shares.

    Out: how many stations there are, and how many of them (by weight) got which first cause.
    """
    stations = [
        Station(desa, tps, ()) for desa, tps in frame.select("kode_desa", "tps").iter_rows()
    ]
    sides = (
        side_of(stations, frame.select(f"{side}_{box}" for box in FIGURES).rows())
        for side in ("kp", "situng")
    )
    said = explained(*sides)
    wrong = frame.filter(adds_up("kp") != adds_up("situng"))
    code = pl.concat_str("kode_desa", pl.lit("."), pl.col("tps").cast(pl.String).str.zfill(3))
    rows = said.join(wrong.select(code.alias("region")), on="region", how="semi")
    rows = rows.with_columns(
        weight=1 / pl.len().over("region"),
        first=pl.col("causes").list.first().fill_null("unexplained"),
    )
    counted = rows.group_by("first").agg(pl.col("weight").sum()).sort("weight", descending=True)
    return rows["region"].n_unique(), dict(counted.iter_rows())


def told(rows: Sequence[Judged], real: tuple[int, dict[str, float]]) -> str:
    """The table, as Markdown."""
    count, found = real
    head = ("class", "stations", "recall", "first", "precision", "of any claim", "real errors")
    lines = [
        (
            one.kind,
            f"{one.stations:,}",
            *(f"{share:.3f}" for share in (one.named, one.first, one.sure, one.right)),
            f"{found.get('unexplained' if one.kind == NOISE else one.kind, 0):,.0f}",
        )
        for one in rows
    ]
    rest = {kind: n for kind, n in found.items() if kind not in {one.kind for one in rows}}
    others = [
        (kind, "", "", "", "", "", f"{n:,.0f}") for kind, n in rest.items() if kind != "unexplained"
    ]
    return table([head, *lines, *others, ("all", "", "", "", "", "", f"{count:,}")])


def main() -> None:
    """Measure everything in one run and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--per-class", type=int, default=2000, help="mistakes of each class")
    parser.add_argument("--seed", type=int, default=2019, help="of the mistakes")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    source = options.data / SOURCE
    if not source.exists():
        print(f"skipped: {source} is not there; say with --data where the folder of data is")
        return
    frame = read_stations(source)
    stations = clean(frame)
    made = inject(stations, Random(options.seed), options.per_class)
    said = explained(side_of(stations, made.ours), side_of(stations, made.theirs))
    print(told(judged(made, said), real_ones(frame)))


if __name__ == "__main__":
    main()
