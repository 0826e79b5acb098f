"""Small elections as files, their plans as folders, and a second opinion on every draw."""

from __future__ import annotations

import csv
from fractions import Fraction
from hashlib import sha256
from math import gcd, lcm
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SEED = "31415926535897932384"
Votes = tuple[int, ...]

# Names of no region list, so that nothing is expected beside them.
PLACES = tuple(f"Desa Atas {letter}" for letter in "ABCDEFGHIJKL")
ONLINE: dict[str, Votes] = {
    place: (120 + 7 * at, 60 + 5 * at, 30) for at, place in enumerate(PLACES)
}
VOTERS = 400
"""Registered in every kecamatan."""


def table(rows: Mapping[str, Iterable[int | str]], *more: str) -> str:
    """A plain table of kecamatan in one kota: three candidates, then what else is named."""
    lines = [",".join(("kabkota", "kecamatan", "1", "2", "3", *more))]
    lines += [
        ",".join(("Kota Contoh", place, *map(str, figures))) for place, figures in rows.items()
    ]
    return "\n".join(lines) + "\n"


def online(rows: Mapping[str, Votes] = ONLINE, voters: int = VOTERS) -> str:
    return table({place: (*votes, voters) for place, votes in rows.items()}, "registered")


def put(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def again(path: str) -> str:
    """The same figures as another file; that of the plan itself is no form."""
    source = Path(path)
    return put(source.with_name("ours.csv"), source.read_text(encoding="utf-8") + "\n")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def drawn_again(frame: Path, seed: str, draws: int) -> list[str]:
    """The draws, from the published file alone and with nothing of recount."""
    rows = rows_of(frame)
    u = [Fraction(row["u"]) for row in rows]
    scale = lcm(*(one.denominator for one in u))
    weights = [int(one * scale) for one in u]
    weights = [weight // gcd(*weights) for weight in weights]
    found = []
    for number in range(1, draws + 1):
        rest = int(sha256(f"{seed},{number}".encode()).hexdigest(), 16) % sum(weights)
        at = 0
        while rest >= weights[at]:
            rest -= weights[at]
            at += 1
        found.append(rows[at]["id"])
    return found
