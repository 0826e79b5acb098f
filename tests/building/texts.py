"""The text files that are no plain table of units: L10, L12 and L14."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.building.figures import Unit
from tests.building.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.building.noise import Pen


def junk_and_totals(units: Sequence[Unit], pen: Pen) -> Paper:
    """Write headings 0, 1, 2, 3, Total, two rows of zeros, and a total like "426.0" in each row."""
    paper = Paper("csv")
    paper.line(0, "0", "1", "2", "3", "Total")
    for row in (1, 2):
        for column in range(5):
            paper.put(row, column, "0.0" if column == 4 else "0", "note")
    for row, unit in enumerate(units, 3):
        three = Unit(unit.names, {**unit.boxes, "candidate:3": unit.boxes["invalid"]})
        paper.put(row, 0, f"TPS {int(unit.names['tps']):03d}")
        boxes = [f"candidate:{number}" for number in (1, 2, 3)]
        read = [pen.put(paper, row, at, three, box) for at, box in enumerate(boxes, 1)]
        paper.put(row, 4, f"{sum(figure or 0 for figure in read)}.0", "total")
    return paper


def name_headings(units: Sequence[Unit], pen: Pen) -> Paper:
    """Write a heading with a comment mark, and numbers of no known system beside the names."""
    paper = Paper("csv")
    heads = ("#HEADER:ProvinceCode", "ProvinceName", "KabupatenCode", "KabupatenName")
    votes = ("SyarifuddinIdrisVotes", "HartatiWibowoVotes", "TotalVotes")
    paper.line(0, *heads, "KecamatanCode", "KecamatanName", *votes)
    for row, unit in enumerate(units, 1):
        names = unit.names
        paper.line(row, "23", names["provinsi"], "7", names["kabkota"], str(200 + 7 * row))
        paper.put(row, 5, pen.name(names["kecamatan"], "kecamatan"))
        read = [
            pen.put(paper, row, at, unit, box)
            for at, box in ((6, "candidate:1"), (7, "candidate:2"))
        ]
        paper.put(row, 8, str(sum(figure or 0 for figure in read)), "total")
    return paper


def long_table(units: Sequence[Unit], pen: Pen) -> Paper:
    """Write one candidate's votes per row."""
    paper = Paper("csv")
    paper.line(0, "kabupaten", "kecamatan", "desa", "paslon", "suara")
    rows = [(unit, number) for unit in units for number in (1, 2)]
    if "shuffled" in pen.noises:
        pen.rng.shuffle(rows)
    for row, (unit, number) in enumerate(rows, 1):
        names = [pen.name(unit.names[at], at) for at in ("kabkota", "kecamatan", "desa")]
        paper.line(row, *names, f"{number:02d}")
        pen.put(paper, row, 4, unit, f"candidate:{number}")
    return paper
