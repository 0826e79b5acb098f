"""L1 to L14: which units and boxes each one shows, and how its sheet looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from tests.building import across, down, noise
from tests.building.figures import NAMES, Unit
from tests.building.paper import Paper
from tests.building.texts import junk_and_totals, long_table, name_headings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.building.figures import Figures
    from tests.building.noise import Pen


class Draft(NamedTuple):
    """The files of a layout: name -> sheets; and the levels that the files themselves name."""

    files: Mapping[str, Sequence[Paper]]
    levels: tuple[str, ...]
    delimiter: str = ","
    bom: bool = False


class Drawing(Protocol):
    """What a layout can do."""

    def __call__(self, figures: Figures, pen: Pen) -> Draft:
        """Lay the figures out."""


PLACE = ("provinsi", "kabkota")
TITLE = "REKAPITULASI HASIL PENGHITUNGAN PEROLEHAN SUARA"
SIMPLE = {
    "candidate:1": "PASLON 1",
    "candidate:2": "PASLON 2",
    "valid": "SUARA SAH",
    "invalid": "SUARA TIDAK SAH",
    "cast": "JUMLAH SUARA SAH DAN TIDAK SAH",
}
PLACES = {"kecamatan": "KECAMATAN", "desa": "DESA/KELURAHAN", "tps": "TPS"}


def _title(units: Sequence[Unit], pen: Pen, *levels: str) -> tuple[str, ...]:
    words = {
        "provinsi": "PROVINSI",
        "kabkota": "KABUPATEN/KOTA",
        "kecamatan": "KECAMATAN",
        "desa": "DESA",
    }
    first = units[0].names
    return (TITLE, *(f"{words[at]} : {pen.name(first[at], at)}" for at in levels))


def _block(units: Sequence[Unit], pen: Pen, form: str, *levels: str) -> list[list[str]]:
    """Title lines and a block that names the place, label and name in cells of their own."""
    words = {
        "provinsi": "PROVINSI",
        "kabkota": "KABUPATEN/KOTA",
        "kecamatan": "KECAMATAN",
        "desa": "DESA/KELURAHAN",
    }
    first = units[0].names
    block = [[words[at], "", f": {pen.name(first[at], at)}"] for at in levels]
    return [
        ["MODEL " + form],
        [TITLE],
        ["PEMILIHAN GUBERNUR DAN WAKIL GUBERNUR TAHUN 2018"],
        *block,
    ]


def _groups(units: Sequence[Unit], level: str) -> list[list[Unit]]:
    keys = dict.fromkeys(unit.within(level) for unit in units)
    return [[unit for unit in units if unit.within(level) == key] for key in keys]


def l1(figures: Figures, pen: Pen) -> Draft:
    """One workbook per kecamatan, one sheet per desa, TPS as columns; a cover."""
    files: dict[str, list[Paper]] = {}
    for kecamatan in _groups(figures.at("tps"), "kecamatan"):
        sheets = [_cover(kecamatan, pen, "kecamatan")] if "cover" in pen.noises else []
        for units in _groups(kecamatan, "desa"):
            plan = across.Plan(
                _block(units, pen, "DAA-KWK", *PLACE, "kecamatan", "desa"),
                [f"TPS {unit.names['tps']}" for unit in units],
                over="RINCIAN PEROLEHAN SUARA PER TPS",
            )
            sheets.append(across.across(units, plan, pen, units[0].names["desa"]))
        files[f"{kecamatan[0].names['kecamatan']}.xlsx"] = _more_sheets(sheets, pen)
    return Draft(files, (*PLACE, "kecamatan", "desa", "tps"))


def l2(figures: Figures, pen: Pen) -> Draft:
    """Kecamatan as columns, two rows of headings, "IV." in the heading, thousands with a comma."""
    units = figures.at("kecamatan")
    titles = [
        [TITLE],
        ["PROVINSI", "", units[0].names["provinsi"]],
        ["KABUPATEN/KOTA", "", units[0].names["kabkota"]],
    ]
    heads = [f"KEC. {pen.name(unit.names['kecamatan'], 'desa')}" for unit in units]
    pen.noises -= {"text_numbers", "dots", "decimal_zero"}
    pen.noises |= {"commas"}
    plan = across.Plan(
        titles, heads, over="IV. RINCIAN", formulas=False, numbers="numbers_row" in pen.noises
    )
    return Draft(
        {"rekap.xlsx": _more_sheets([across.across(units, plan, pen, "DB1")], pen)},
        (*PLACE, "kecamatan"),
    )


def l3(figures: Figures, pen: Pen) -> Draft:
    """The official DA1: a sheet per kecamatan, desa as columns."""
    sheets = [_cover(figures.at("desa"), pen, "kabkota")] if "cover" in pen.noises else []
    for units in _groups(figures.at("desa"), "kecamatan"):
        plan = across.Plan(
            _block(units, pen, "DA1-KWK", *PLACE, "kecamatan"),
            [pen.name(unit.names["desa"], "desa") for unit in units],
        )
        sheets.append(across.across(units, plan, pen, units[0].names["kecamatan"]))
    return Draft({"da1.xlsx": _more_sheets(sheets, pen)}, (*PLACE, "kecamatan", "desa"))


def _labels(pen: Pen, labels: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    bare = "total_formula" in pen.noises or "total_plain" in pen.noises
    labels = {at: "" if bare and at != "kabkota" else label for at, label in labels.items()}
    return labels, "total_plain" not in pen.noises


def l4(figures: Figures, pen: Pen) -> Draft:
    """A long list with merged region cells and a total for every desa and kecamatan."""
    units = figures.at("tps")
    totals, formulas = _labels(
        pen, {"kabkota": "GRAND TOTAL", "kecamatan": "TOTAL", "desa": "JUMLAH"}
    )
    plan = down.Plan(
        PLACES,
        dict(SIMPLE),
        _title(units, pen, *PLACE),
        merged=True,
        totals=totals,
        formulas=formulas,
    )
    return Draft(
        {"daftar.xlsx": _more_sheets([down.down(units, plan, pen)], pen)},
        (*PLACE, "kecamatan", "desa", "tps"),
    )


def l5(figures: Figures, pen: Pen) -> Draft:
    """Two merged rows of headings, a hidden row, subtotals that are a SUM in one column only."""
    units = figures.at("desa")
    pen.noises |= {"hidden_row"}
    boxes: dict[str, str | tuple[str, str]] = {
        "candidate:1": ("PEROLEHAN SUARA PASANGAN CALON", "1"),
        "candidate:2": ("PEROLEHAN SUARA PASANGAN CALON", "2"),
        "valid": "SUARA SAH",
        "invalid": "SUARA TIDAK SAH",
        "cast": "JUMLAH SUARA SAH DAN TIDAK SAH",
    }
    places = {at: PLACES[at] for at in ("kecamatan", "desa")}
    plan = down.Plan(
        places,
        boxes,
        _title(units, pen, *PLACE),
        merged=True,
        totals={"kabkota": "TOTAL ", "kecamatan": ""},
        only="cast",
    )
    return Draft(
        {"jumlah.xlsx": _more_sheets([down.down(units, plan, pen)], pen)},
        (*PLACE, "kecamatan", "desa"),
    )


def l6(figures: Figures, pen: Pen) -> Draft:
    """A flat template, one row per TPS, the TPS as text "001"."""
    places = {"provinsi": "PROVINSI", "kabkota": "KABUPATEN/KOTA", **PLACES}
    plan = down.Plan(places, dict(SIMPLE), numbered=False, totals=_flat_totals(pen))
    return Draft(
        {"template.xlsx": _more_sheets([down.down(figures.at("tps"), plan, pen)], pen)},
        tuple(places),
    )


def _flat_totals(pen: Pen) -> dict[str, str]:
    if "total_labelled" in pen.noises:
        return {"kabkota": "JUMLAH AKHIR"}
    return {"kabkota": ""} if pen.noises & {"total_formula", "total_plain"} else {}


def l7(figures: Figures, pen: Pen) -> Draft:
    """Separated by semicolons, with a byte-order mark and empty columns at the end."""
    boxes = {
        "candidate:1": "suara_1",
        "candidate:2": "suara_2",
        "valid": "sah",
        "invalid": "tidak_sah",
    }
    plan = down.Plan(
        {"kabkota": "kabupaten", "kecamatan": "kecamatan", "desa": "desa"},
        dict(boxes),
        numbered=False,
        totals=_flat_totals(pen),
    )
    paper = down.down(figures.at("desa"), plan, pen)
    paper.empty_columns = 3
    return Draft({"suara.csv": [paper]}, tuple(plan.places), ";", bom=True)


def l8(figures: Figures, pen: Pen) -> Draft:
    """A wide export with the candidates' names as headings."""
    boxes = {f"candidate:{at}": name.title() for at, name in enumerate(NAMES, 1)}
    plan = down.Plan(
        {"kabkota": "Kabupaten/Kota", "kecamatan": "Kecamatan", "desa": "Kelurahan"},
        dict(boxes),
        numbered=False,
    )
    return Draft({"export.csv": [down.down(figures.at("desa"), plan, pen)]}, tuple(plan.places))


def l9(figures: Figures, pen: Pen) -> Draft:
    """Two rows of headings over the voters, a total row without a label, footnotes below."""
    units = figures.at("desa")
    voters = {"registered_dpt": "DATA PEMILIH (DPT)", "voters": "PENGGUNA HAK PILIH"}
    boxes: dict[str, str | tuple[str, str]] = {
        f"{box}{sex}": (head, word)
        for box, head in voters.items()
        if box in units[0].boxes
        for sex, word in ((".m", "L"), (".f", "P"), ("", "JUMLAH"))
    }
    pen.noises |= {"footnotes"}
    places = {at: PLACES[at] for at in ("kecamatan", "desa")}
    plan = down.Plan(
        places,
        boxes | dict(SIMPLE),
        _title(units, pen, *PLACE),
        totals={"kabkota": ""},
        formulas="total_plain" not in pen.noises,
    )
    return Draft(
        {"pemilih.xlsx": _more_sheets([down.down(units, plan, pen)], pen)},
        (*PLACE, "kecamatan", "desa"),
    )


def l10(figures: Figures, pen: Pen) -> Draft:
    """The place in the file's name alone; headings 0, 1, 2, 3, Total; two rows of zeros."""
    files = {}
    for units in _groups(figures.at("tps"), "desa"):
        parts = [units[0].names[at] for at in (*PLACE, "kecamatan", "desa")]
        files["_".join(parts) + ".csv"] = [junk_and_totals(units, pen)]
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
        {"kecamatan": "kecamatan", "desa": "kelurahan", "tps": "tps"}, dict(SIMPLE), numbered=False
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


def _cover(units: Sequence[Unit], pen: Pen, level: str) -> Paper:
    paper = Paper("COVER")
    words = {"provinsi": "PROVINSI", "kabkota": "KABUPATEN/KOTA", "kecamatan": "KECAMATAN"}
    lines = [at for at in words if list(words).index(at) <= list(words).index(level)]
    paper.put(1, 1, "REKAPITULASI SUARA")
    for row, at in enumerate(lines, 3):
        paper.put(row, 1, f"{words[at]} {pen.name(units[0].names[at], 'desa')}")
    return paper


def _more_sheets(sheets: list[Paper], pen: Pen) -> list[Paper]:
    """Hide the last sheet, or add a copy of it."""
    if "hidden_sheet" in pen.noises and len(sheets) > 1:
        sheets[-1].hidden = True
    if "copy_sheet" in pen.noises:
        last = sheets[-1]
        copy = Paper(
            f"Copy of {last.name}"[:31],
            dict(last.cells),
            list(last.merged),
            set(last.hidden_rows),
            set(last.hidden_columns),
        )
        copy.copy = True
        sheets.append(copy)
    return sheets


_CELLS = frozenset({*noise.NAMES, *noise.NUMBERS, *noise.MISSING, *noise.ODD, "stray", "footnotes"})
_BOOK = _CELLS | {"hidden_row", "copy_sheet", "shuffled", "numbers_row"}
_TEXT = frozenset({*noise.NUMBERS, *noise.MISSING, "nihil", "half"})
_ACROSS = _CELLS | {"shuffled", "hidden_column", "copy_sheet"}

LAYOUTS: dict[str, tuple[Drawing, frozenset[str]]] = {
    "L1": (l1, _ACROSS | {"cover", "hidden_sheet"}),
    "L2": (
        l2,
        _ACROSS - {"prefixed", "text_numbers", "dots", "commas", "decimal_zero"} | {"numbers_row"},
    ),
    "L3": (l3, _ACROSS | {"cover", "hidden_sheet"}),
    "L4": (l4, _BOOK | {"total_formula", "total_plain"}),
    "L5": (l5, _BOOK - {"hidden_row"}),
    "L6": (l6, _BOOK | set(noise.TOTALS)),
    "L7": (
        l7,
        _TEXT | set(noise.NAMES) | {"shuffled", "footnotes", "total_labelled", "total_plain"},
    ),
    # Candidates without a number are known by their figures: a column half of words is none.
    "L8": (l8, _TEXT - {"nihil"} | set(noise.NAMES) | {"shuffled", "footnotes"}),
    "L9": (l9, _BOOK - {"footnotes"} | {"total_plain"}),
    "L10": (l10, _TEXT - {"decimal_zero"}),
    "L11": (l11, _TEXT | {"shuffled"}),
    "L12": (l12, _TEXT - {"nihil", "half"} | set(noise.NAMES)),
    "L14": (l14, _TEXT | set(noise.NAMES) | {"shuffled"}),
}
"""By its number in the forms' description: what draws it, and the noise that it can carry."""
