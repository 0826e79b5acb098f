"""A small chain of forms: two kecamatan of Mahakam Ulu, every form of every level.

The TPS are those of `sample_data/pilpres_2019_mahakam_ulu`; every form says what those below it add
up to, until a test changes one figure.
"""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLES = Path(__file__).parents[1] / "sample_data"
SAMPLE = SAMPLES / "pilpres_2019_mahakam_ulu"
KECAMATAN = {"LAHAM": 3, "LONG APARI": 2}
"""So many desa of each are taken."""
HEADINGS = {
    "1": "suara_1",
    "2": "suara_2",
    "valid": "suara_sah",
    "invalid": "suara_tidak_sah",
    "voters": "pengguna_hak_pilih",
}
ITEMS = {"1": "candidate:1", "2": "candidate:2", **{box: box for box in list(HEADINGS)[2:]}}

Region = tuple[str, ...]
"""The names from the kecamatan down, a TPS by its number; () is the kabupaten."""
Figures = dict[str, int | None]

CHANGED_AT = {
    "daa1 column": "desa",
    "daa1 total": "desa",
    "da1 column": "kecamatan",
    "da1 total": "kecamatan",
    "db1 column": "kabkota",
    "db1 total": "kabkota",
    "count": "count",
    "recap": "recap",
}
"""Where a figure that changes in a link has changed first, as the answer says it.

A column of DAA1 is a TPS, of DA1 a desa, of DB1 a kecamatan; a total is JUMLAH AKHIR.
"""


@cache
def laid_out() -> Any:  # noqa: ANN401 - a module
    """The script that lays the sample out."""
    if str(SAMPLES) not in sys.path:
        sys.path.append(str(SAMPLES))
    spec = importlib.util.spec_from_file_location("make_chain", SAMPLES / "make_chain.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_chain"] = module
    spec.loader.exec_module(module)
    return module


@dataclass
class Chain:
    """What every form says: link -> region -> figures."""

    says: dict[str, dict[Region, Figures]] = field(default_factory=lambda: defaultdict(dict))

    def changed(self, link: str, region: Region, box: str, to: int | None) -> Chain:
        """The same chain, with one figure changed."""
        other = deepcopy(self)
        other.says[link][region][box] = to
        return other


def clean() -> Chain:
    """A chain in which every form agrees with those below it."""
    chain = Chain()
    stations = chosen()
    sums: dict[Region, Figures] = defaultdict(lambda: dict.fromkeys(HEADINGS, 0))
    for region, figures in stations.items():
        for link in ("tps", "daa1 column", "count"):
            chain.says[link][region] = dict(figures)
        for above in (region[:2], region[:1], ()):
            for box, figure in figures.items():
                sums[above][box] = (sums[above][box] or 0) + (figure or 0)
    of_level = {2: ("daa1 total", "da1 column"), 1: ("da1 total", "db1 column"), 0: ("db1 total",)}
    for region, figures in sums.items():
        for link in (*of_level[len(region)], "recap"):
            chain.says[link][region] = dict(figures)
    for region, figures in stations.items():
        chain.says["recap"][region] = dict(figures)
    return chain


@cache
def chosen() -> Mapping[Region, Figures]:
    """The TPS of the desa that are taken, all of them with figures."""
    with (SAMPLE / "forms" / "c1.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    desa: dict[str, list[str]] = {}
    for row in rows:
        known = desa.setdefault(row["kecamatan"], [])
        if row["desa"] not in known:
            known.append(row["desa"])
    kept = {name: desa[name][:count] for name, count in KECAMATAN.items()}
    return {
        (row["kecamatan"], row["desa"], row["tps"]): {
            box: int(row[heading]) for box, heading in HEADINGS.items()
        }
        for row in rows
        if row["desa"] in kept.get(row["kecamatan"], ())
    }


def write(chain: Chain, folder: Path) -> tuple[Path, Path]:
    """Write our forms into a folder, and the online count and recap as one table beside it."""
    forms = folder / "forms"
    forms.mkdir(parents=True)
    _table(forms / "c1.csv", chain.says["tps"], {"": HEADINGS})
    of_sheet = [
        *_forms(chain, "DAA1", 2, "daa1"),
        *_forms(chain, "DA1", 1, "da1"),
        *_forms(chain, "DB1", 0, "db1"),
    ]
    make = laid_out()
    totals = {id(form): total for form, total in of_sheet}
    book = make.workbook([form for form, _ in of_sheet], lambda form, box: totals[id(form)][box])
    (forms / "forms.xlsx").write_bytes(book)
    _online(chain, folder / "online.csv")
    return forms, folder / "online.csv"


def _forms(chain: Chain, code: str, depth: int, link: str) -> list[tuple[Any, Figures]]:
    """The forms of one level, each with what it prints as the total."""
    make = laid_out()
    made = []
    columns, totals = chain.says[f"{link} column"], chain.says[f"{link} total"]
    for region, total in totals.items():
        units = tuple(
            (f"TPS {int(unit[-1])}" if depth == 2 else unit[-1], figures)
            for unit, figures in columns.items()
            if unit[:depth] == region
        )
        row = {"kabkota": "MAHAKAM ULU", **dict(zip(("kecamatan", "desa"), region, strict=False))}
        levels = ("kecamatan", "desa")[:depth][::-1]
        name = f"{code} {' '.join(region)}"[:31]
        made.append((make.Form(code, name, make.around(row, *levels), units), total))
    return made


def _table(path: Path, rows: Mapping[Region, Figures], layers: Mapping[str, Any]) -> None:
    heading = ["provinsi", "kabkota", "kecamatan", "desa", "tps"]
    heading += [f"{layer}{text}" for layer, texts in layers.items() for text in texts.values()]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(heading)
        for region, figures in rows.items():
            place = [*region, *[""] * (3 - len(region))]
            numbers = [figures[box] for texts in layers.values() for box in texts]
            out.writerow(["KALIMANTAN TIMUR", "MAHAKAM ULU", *place, *numbers])


def _online(chain: Chain, path: Path) -> None:
    """The count of every TPS, and the recap of every region."""
    rows: dict[Region, Figures] = {}
    for region, recap in chain.says["recap"].items():
        count = chain.says["count"].get(region, {})
        rows[region] = {f"count {box}": count.get(box) for box in HEADINGS}
        rows[region] |= {f"recap {box}": figure for box, figure in recap.items()}
    layers = {
        "situng_": {f"count {box}": HEADINGS[box] for box in HEADINGS},
        "rekap_": {f"recap {box}": HEADINGS[box] for box in HEADINGS},
    }
    _table(path, rows, layers)
