"""Lay the region lists of the package out anew: tables of codes and names in, `recount/lists` out.

    python -m tools.regions [--source ../shared/data/regions] [--into recount/lists]

A second run writes the same bytes. What the columns are, and where the facts come from, stands in
`recount/lists/README.md`.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recount.model import LEVELS
from recount.names import bare, spellings, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT.parent / "shared" / "data" / "regions"
INTO = ROOT / "recount" / "lists"

HEADING = ("code", "name", "kpu", "bps", "also")
ALIASES = ("level", "within", "alias", "region", "source")
BPS_KABKOTA = 4
UNVERIFIED = "unverified"
REST = "rest"

Row = dict[str, str]


class Entry(NamedTuple):
    """A region of a list: its code with dots, its name, its codes elsewhere, its other name."""

    code: str
    name: str
    kpu: str = ""
    bps: str = ""
    also: str = ""


def main() -> None:
    """Write the list of 2018, the one of 2024, and the spellings in use."""
    parser = argparse.ArgumentParser(description="Lay the region lists out anew.")
    parser.add_argument("--source", type=Path, default=SOURCE, help="folder of the tables")
    parser.add_argument("--into", type=Path, default=INTO, help="where to write")
    options = parser.parse_args()
    first = list_of_2018(
        read(options.source / "indonesia_2018_to_kecamatan.csv"),
        read(options.source / "indonesia_2019_kpu_ids_to_kecamatan.csv"),
        read(options.source / "kaltim_crosswalk.csv"),
    )
    write(options.into / "2018.csv", HEADING, first)
    second = list_of_2024(read(options.source / "indonesia_2024_to_kecamatan.csv"))
    write(options.into / "2024.csv", HEADING, second)
    known = {entry.code: entry.name for entry in [*first, *second]}
    stated = aliases(read(options.source / "kaltim_aliases.csv"), known)
    write(options.into / "aliases.csv", ALIASES, stated)
    print(f"{len(first)} and {len(second)} regions, {len(stated)} aliases in {options.into}")


def list_of_2018(
    regions: Iterable[Row], ids: Iterable[Row], crosswalk: Iterable[Row]
) -> list[Entry]:
    """Bring codes and names, KPU's ids of 2019 and the BPS codes together."""
    names = {row["kode"]: " ".join(row["nama"].split()) for row in regions}
    bps = bps_codes(crosswalk)
    kpu = pair_ids(names, list(ids))
    entries = []
    for code, name in sorted(names.items()):
        id_, other = kpu.get(code, ("", ""))
        also = "" if same(code, name, other) else other
        entries.append(Entry(code, name, id_, bps.get(code, ""), also))
    return entries


def list_of_2024(regions: Iterable[Row]) -> list[Entry]:
    """Write KPU's codes of 2024 with dots: they are Kemendagri's; and the ids beside them."""
    entries = []
    for row in regions:
        code = row["kode"]
        dotted = ".".join(part for part in (code[:2], code[2:4], code[4:6]) if part)
        entries.append(Entry(dotted, " ".join(row["nama"].split()), row["kpu_id"]))
    return sorted(entries)


def bps_codes(crosswalk: Iterable[Row]) -> dict[str, str]:
    """The BPS codes of the kecamatan that the crosswalk has, and of all that lies above them."""
    codes: dict[str, str] = {}
    for row in crosswalk:
        code, own = row["kemendagri_code"], row["bps_2018_code"]
        if row["kemendagri_2018"] and own:
            above = ((code[:2], own[:2]), (code[:5], own[:BPS_KABKOTA]), (code, own))
            for ours, theirs in above:
                if codes.setdefault(ours, theirs) != theirs:
                    message = f"{ours} has two BPS codes: {codes[ours]}, {theirs}"
                    raise ValueError(message)
    return codes


def pair_ids(names: Mapping[str, str], ids: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """Find each region's id and name in KPU's tree of 2019.

    Inside its parent: by name, else by code, else it is the last one left on both sides.
    Some codes beside the ids are another region's or none (`0..`): the name goes first.
    """
    code_of = {row["kpu_id"]: row["kode_kemendagri"] for row in ids if row["tingkat"] != "3"}
    found = {row["kode_kemendagri"]: (row["kpu_id"], row["nama"]) for row in ids
             if row["tingkat"] != "3"}  # fmt: skip
    inside: dict[str, list[Row]] = defaultdict(list)
    for row in ids:
        if row["tingkat"] == "3":
            inside[code_of[row["kpu_id_parent"]]].append(row)
    own: dict[str, list[str]] = defaultdict(list)
    for code in names:
        own[code[:5]] += [code] if code.count(".") == 2 else []  # noqa: PLR2004 - a kecamatan
    for parent, codes in own.items():
        pairs = pair_inside({code: names[code] for code in codes}, inside[parent])
        found |= {code: (row["kpu_id"], row["nama"]) for code, row in pairs.items()}
    return found


def pair_inside(names: Mapping[str, str], rows: Iterable[Row]) -> dict[str, Row]:
    """Pair the kecamatan of one kabupaten/kota: by name, then by code, then the last one left."""
    pairs: dict[str, Row] = {}
    waiting = []
    for row in rows:
        hits = [code for code, name in names.items() if same(code, name, row["nama"])]
        if len(hits) == 1 and hits[0] not in pairs:
            pairs[hits[0]] = row
        else:
            waiting.append(row)
    for row in waiting[:]:
        if row["kode_kemendagri"] in names.keys() - pairs.keys():
            pairs[row["kode_kemendagri"]] = row
            waiting.remove(row)
    free = names.keys() - pairs.keys()
    if len(waiting) == len(free) == 1:
        pairs[free.pop()] = waiting[0]
    return pairs


def same(code: str, name: str, other: str) -> bool:
    """Whether two names of a region's level are one, the word for its sort aside."""
    level = LEVELS[code.count(".") + 1]
    first, second = (spelt(text, level) for text in (name, other))
    return not other or bool(first & second)


def spelt(name: str, level: str) -> set[str]:
    """The spellings of a name without the word for its sort."""
    return set(spellings(bare(squash(name, level), level)))


def aliases(rows: Iterable[Row], names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The spellings in use of which somebody has said where they stand; usage alone is left out."""
    kept = []
    for row in rows:
        code = row["code"]
        # A source may hold a comma without quotation marks: its rest stands behind the columns.
        stated = UNVERIFIED not in ", ".join([row["source"], *row.get(REST, ())])
        if stated and not same(code, names[code], row["alias"]):
            level = LEVELS[code.count(".") + 1]
            kept.append((level, code.rpartition(".")[0], row["alias"], code, row["source"]))
    return sorted(kept)


def read(path: Path) -> list[Row]:
    """Read a table of the source, every cell as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, restkey=REST))


def write(path: Path, heading: Sequence[str], body: Iterable[Sequence[str]]) -> None:
    """Write a table, the same on every system: UTF-8, commas, lines ended by LF."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *body])


if __name__ == "__main__":
    main()
