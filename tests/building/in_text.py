"""L7, L8 and L10 to L14: text files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.building import down
from tests.building.drafts import PLACE, Draft, flat_totals, groups, simple
from tests.building.figures import NAMES, Unit
from tests.building.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.building.figures import Figures
    from tests.building.noise import Pen


def l7(figures: Figures, pen: Pen) -> Draft:
    """Separated by semicolons, with a byte-order mark and empty columns at the end."""
    boxes = {
        **{box: box.replace("candidate:", "suara_") for box in figures.units[0].candidates},
        "valid": "sah",
        "invalid": "tidak_sah",
    }
    plan = down.Plan(
        {"kabkota": "kabupaten", "kecamatan": "kecamatan", "desa": "desa"},
        dict(boxes),
        numbered=False,
        totals=flat_totals(pen),
    )
    paper = down.down(figures.at("desa"), plan, pen)
    paper.empty_columns = 3
    return Draft({"suara.csv": [paper]}, tuple(plan.places), ";", bom=True)


def l8(figures: Figures, pen: Pen) -> Draft:
    """A wide export with the candidates' names as headings."""
    units = figures.at("desa")
    boxes = {box: name.title() for box, name in zip(units[0].candidates, NAMES, strict=False)}
    plan = down.Plan(
        {"kabkota": "Kabupaten/Kota", "kecamatan": "Kecamatan", "desa": "Kelurahan"},
        dict(boxes),
        numbered=False,
    )
    return Draft({"export.csv": [down.down(figures.at("desa"), plan, pen)]}, tuple(plan.places))


def l10(figures: Figures, pen: Pen) -> Draft:
    """The place in the file's name alone; headings 0, 1, 2, 3, Total; two rows of zeros."""
    files = {}
    for units in groups(figures.at("tps"), "desa"):
        parts = [units[0].names[at] for at in (*PLACE, "kecamatan", "desa")]
        files["_".join(parts).replace("/", "-") + ".csv"] = [junk_and_totals(units, pen)]
    return Draft(files, (*PLACE, "kecamatan", "desa", "tps"))


def l11(figures: Figures, pen: Pen) -> Draft:
    """Regions as slugs with a number or a code."""

    def slugged(unit: Unit) -> Unit:
        order = sum(map(ord, unit.names["desa"]))
        numbers = {
            "kecamatan": f"{len(unit.names['kecamatan']):02d}",
            "desa": f"{2001 + order % 40}",
        }
        names = {
            at: f"{numbers[at]}-{name.lower().replace(' ', '-')}" if at in numbers else name
            for at, name in unit.names.items()
        }
        return Unit(names, unit.boxes)

    plan = down.Plan(
        {"kecamatan": "kecamatan", "desa": "kelurahan", "tps": "tps"},
        simple(figures.units[0]),
        numbered=False,
    )
    units = [slugged(unit) for unit in figures.at("tps")]
    return Draft({"slug.csv": [down.down(units, plan, pen)]}, tuple(plan.places))


def l12(figures: Figures, pen: Pen) -> Draft:
    """A heading line with a comment mark, numbers of another system beside the names."""
    return Draft({"feed.csv": [name_headings(figures.at("kecamatan"), pen)]}, (*PLACE, "kecamatan"))


def l14(figures: Figures, pen: Pen) -> Draft:
    """Long: one candidate's votes per row."""
    return Draft(
        {"panjang.csv": [long_table(figures.at("desa"), pen)]}, ("kabkota", "kecamatan", "desa")
    )


def junk_and_totals(units: Sequence[Unit], pen: Pen) -> Paper:
    """Write headings 0, 1, 2, 3, Total, two rows of zeros, and a total like "426.0" in each row."""
    paper = Paper("csv")
    boxes = [*units[0].candidates, f"candidate:{len(units[0].candidates) + 1}"]
    end = len(boxes) + 1
    paper.line(0, *(str(at) for at in range(end)), "Total")
    for row in (1, 2):
        for column in range(end + 1):
            paper.put(row, column, "0.0" if column == end else "0", "note")
    for row, unit in enumerate(units, 3):
        more = Unit(unit.names, {**unit.boxes, boxes[-1]: unit.boxes["invalid"]})
        paper.put(row, 0, f"TPS {int(unit.names['tps']):03d}")
        read = [pen.put(paper, row, at, more, box) for at, box in enumerate(boxes, 1)]
        paper.put(row, end, f"{sum(figure or 0 for figure in read)}.0", "total")
    return paper


def name_headings(units: Sequence[Unit], pen: Pen) -> Paper:
    """Write a heading with a comment mark, and numbers of no known system beside the names."""
    paper = Paper("csv")
    heads = ("#HEADER:ProvinceCode", "ProvinceName", "KabupatenCode", "KabupatenName")
    boxes = units[0].candidates
    votes = [f"{name.title().replace(' ', '')}Votes" for name in NAMES[: len(boxes)]]
    paper.line(0, *heads, "KecamatanCode", "KecamatanName", *votes, "TotalVotes")
    for row, unit in enumerate(units, 1):
        names = unit.names
        paper.line(row, "23", names["provinsi"], "7", names["kabkota"], str(200 + 7 * row))
        paper.put(row, 5, pen.name(names["kecamatan"], "kecamatan"))
        read = [pen.put(paper, row, at, unit, box) for at, box in enumerate(boxes, 6)]
        paper.put(row, 6 + len(boxes), str(sum(figure or 0 for figure in read)), "total")
    return paper


def long_table(units: Sequence[Unit], pen: Pen) -> Paper:
    """Write one candidate's votes per row."""
    paper = Paper("csv")
    paper.line(0, "kabupaten", "kecamatan", "desa", "paslon", "suara")
    rows = [(unit, box) for unit in units for box in unit.candidates]
    if "shuffled" in pen.noises:
        pen.rng.shuffle(rows)
    for row, (unit, box) in enumerate(rows, 1):
        names = [pen.name(unit.names[at], at) for at in ("kabkota", "kecamatan", "desa")]
        paper.line(row, *names, f"{int(box.partition(':')[2]):02d}")
        pen.put(paper, row, 4, unit, box)
    return paper
