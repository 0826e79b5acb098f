"""Figures to lay out: units with their boxes, made up or real, at TPS, desa or kecamatan."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEVELS = ("provinsi", "kabkota", "kecamatan", "desa", "tps")
SHARED = Path(__file__).parents[3] / "shared" / "data" / "pilpres_2019"

BONTANG = {
    "BONTANG UTARA": ("GUNUNG ELAI", "API API", "BONTANG KUALA"),
    "BONTANG SELATAN": ("BERBAS TENGAH", "SATIMPO"),
    "BONTANG BARAT": ("BELIMBING", "KANAAN", "GUNUNG TELIHAN"),
}
"""Kecamatan of Kota Bontang and some of their kelurahan (Permendagri 137/2017)."""

NAMES = ("SYARIFUDDIN IDRIS", "HARTATI WIBOWO", "RUSMADI NOOR", "SOFYAN LEMBONG")
"""Made-up candidates, for layouts that head columns with names."""


@dataclass(frozen=True)
class Unit:
    """One region or TPS: the names above it and its own, and its figures."""

    names: dict[str, str]
    boxes: dict[str, int]
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def candidates(self) -> list[str]:
        """Their boxes."""
        return [box for box in self.boxes if box.startswith("candidate:")]

    @property
    def level(self) -> str:
        return max(self.names, key=LEVELS.index)

    def within(self, level: str) -> tuple[str, ...]:
        """The names down to a level."""
        return tuple(self.names[name] for name in LEVELS[: LEVELS.index(level) + 1])


@dataclass(frozen=True)
class Figures:
    """The units of one kabupaten/kota, at the finest level that there is."""

    units: tuple[Unit, ...]

    def at(self, level: str) -> tuple[Unit, ...]:
        """The same figures added up to a level."""
        sums: dict[tuple[str, ...], Unit] = {}
        for unit in self.units:
            key = unit.within(level)
            names = dict(zip(LEVELS, key, strict=False))
            codes = {name: code for name, code in unit.codes.items() if name in names}
            so_far = sums.setdefault(key, Unit(names, {}, codes))
            for box, figure in unit.boxes.items():
                so_far.boxes[box] = so_far.boxes.get(box, 0) + figure
        return tuple(sums.values())

    def in_first(self, level: str) -> Figures:
        """Only what lies in the first region of a level that has several parts."""
        for first in dict.fromkeys(unit.within(level) for unit in self.units):
            inside = tuple(unit for unit in self.units if unit.within(level) == first)
            if len(inside) > 2:
                return Figures(inside)
        return self


KOTA_BANGUN = {
    "KOTA BANGUN": ("KOTA BANGUN ULU", "KOTA BANGUN ILIR", "LOLENG"),
    "LOA KULU": ("LOA KULU KOTA", "JEMBAYAN"),
}
"""Kecamatan and desa of Kutai Kartanegara whose names hold the word for a city."""


def made_up(
    seed: int = 7,
    candidates: int = 2,
    fewest: int = 2,
    regions: Mapping[str, Sequence[str]] = BONTANG,
) -> Figures:
    """Plausible figures that add up everywhere, of some TPS in every desa, `fewest` at least."""
    rng = random.Random(seed)  # noqa: S311 - noise, no secret
    units = []
    kabkota = "KOTA BONTANG" if regions is BONTANG else "KUTAI KARTANEGARA"
    for kecamatan, villages in regions.items():
        for desa in villages:
            for tps in range(1, rng.randint(fewest + 1, 5)):
                names = ("KALIMANTAN TIMUR", kabkota, kecamatan, desa, str(tps))
                units.append(Unit(dict(zip(LEVELS, names, strict=True)), _boxes(rng, candidates)))
    return Figures(tuple(units))


def _boxes(rng: random.Random, candidates: int) -> dict[str, int]:
    men, women = rng.randint(70, 150), rng.randint(70, 150)
    voted_m, voted_f = men - rng.randint(5, 40), women - rng.randint(5, 40)
    cast = voted_m + voted_f
    invalid = rng.randint(1, 9)
    valid = cast - invalid
    cuts = sorted(rng.sample(range(1, valid), candidates - 1))
    votes = [after - before for before, after in pairwise((0, *cuts, valid))]
    received = men + women + (men + women + 49) // 50
    spoiled = rng.randint(0, 2)
    return {
        "registered_dpt.m": men,
        "registered_dpt.f": women,
        "registered_dpt": men + women,
        "voters.m": voted_m,
        "voters.f": voted_f,
        "voters": cast,
        "ballots_received": received,
        "ballots_spoiled": spoiled,
        "ballots_unused": received - cast - spoiled,
        "ballots_used": cast,
        **{f"candidate:{number}": figure for number, figure in enumerate(votes, 1)},
        "valid": valid,
        "invalid": invalid,
        "cast": cast,
    }


def real(kabkota: str, level: str = "desa", whose: str = "kp") -> Figures:
    """Figures of the president's election 2019 in one kabupaten of East Kalimantan.

    `whose`: `kp`, those of citizens, or `situng`, those of the online system.
    """
    file = SHARED / ("kaltim_desa.csv" if level == "desa" else "kaltim_tps.csv")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["kabkota"] == kabkota]
    # The file adds new desa at its end; people keep a kecamatan together.
    rows.sort(key=lambda row: (row["kecamatan"], row["desa"], int(row.get("tps") or 0)))
    return Figures(tuple(_real_units(rows, level, whose)))


def _real_units(rows: Sequence[dict[str, str]], level: str, whose: str) -> Iterator[Unit]:
    columns = {
        "candidate:1": f"{whose}_pas1",
        "candidate:2": f"{whose}_pas2",
        "valid": f"{whose}_sah",
        "invalid": f"{whose}_tsah",
        "cast": f"{whose}_jum",
    }
    for row in rows:
        names = {name: row[name] for name in LEVELS if row.get(name)}
        boxes = {box: int(row[name]) for box, name in columns.items() if row[name]}
        if len(boxes) == len(columns) and boxes["cast"] and level in names:
            yield Unit(names, boxes)
