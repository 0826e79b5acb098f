"""L1 to L6 and L9: workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.building import across, down
from tests.building.drafts import (
    PLACE,
    PLACES,
    TITLE,
    Draft,
    block,
    cover,
    flat_totals,
    groups,
    labels_of,
    more_sheets,
    simple,
    title,
    titled,
)

if TYPE_CHECKING:
    from tests.building.figures import Figures
    from tests.building.noise import Pen
    from tests.building.paper import Paper


def l1(figures: Figures, pen: Pen) -> Draft:
    """One workbook per kecamatan, one sheet per desa, TPS as columns; a cover."""
    files: dict[str, list[Paper]] = {}
    bare = "bare_tps" in pen.noises
    for kecamatan in groups(figures.at("tps"), "kecamatan"):
        sheets = [cover(kecamatan, pen, "kecamatan")] if "cover" in pen.noises else []
        for units in groups(kecamatan, "desa"):
            plan = across.Plan(
                block(units, pen, "DAA-KWK", *titled(pen, "kecamatan", "desa")),
                [unit.names["tps"] if bare else f"TPS {unit.names['tps']}" for unit in units],
                over="NOMOR TPS" if bare else "RINCIAN PEROLEHAN SUARA PER TPS",
                total=pen.total() if "total_words" in pen.noises else "JUMLAH AKHIR",
            )
            sheets.append(across.across(units, plan, pen, units[0].names["desa"].replace("/", "-")))
        files[f"{kecamatan[0].names['kecamatan']}.xlsx"] = more_sheets(sheets, pen)
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
        titles,
        heads,
        over="IV. RINCIAN",
        formulas=False,
        numbers="numbers_row" in pen.noises,
        carried="carried" in pen.noises,
    )
    return Draft(
        {"rekap.xlsx": more_sheets([across.across(units, plan, pen, "DB1")], pen)},
        (*PLACE, "kecamatan"),
    )


def l3(figures: Figures, pen: Pen) -> Draft:
    """The official DA1: a sheet per kecamatan, desa as columns."""
    sheets = [cover(figures.at("desa"), pen, "kabkota")] if "cover" in pen.noises else []
    for units in groups(figures.at("desa"), "kecamatan"):
        plan = across.Plan(
            block(units, pen, "DA1-KWK", *titled(pen, "kecamatan")),
            [pen.name(unit.names["desa"], "desa") for unit in units],
            carried="carried" in pen.noises,
            total=pen.total() if "total_words" in pen.noises else "JUMLAH AKHIR",
        )
        sheets.append(across.across(units, plan, pen, units[0].names["kecamatan"]))
    return Draft({"da1.xlsx": more_sheets(sheets, pen)}, (*PLACE, "kecamatan", "desa"))


def l4(figures: Figures, pen: Pen) -> Draft:
    """A long list with merged region cells and a total for every desa and kecamatan."""
    units = figures.at("tps")
    totals, formulas = labels_of(
        pen, {"kabkota": "GRAND TOTAL", "kecamatan": "TOTAL", "desa": "JUMLAH"}
    )
    plan = down.Plan(
        PLACES,
        simple(units[0]),
        title(units, pen, *PLACE),
        merged=True,
        totals=totals,
        formulas=formulas,
    )
    return Draft(
        {"daftar.xlsx": more_sheets([down.down(units, plan, pen)], pen)},
        (*PLACE, "kecamatan", "desa", "tps"),
    )


def l5(figures: Figures, pen: Pen) -> Draft:
    """Two merged rows of headings, a hidden row, subtotals that are a SUM in one column only."""
    units = figures.at("desa")
    pen.noises |= {"hidden_row"}
    boxes: dict[str, str | tuple[str, str]] = {
        **{
            box: ("PEROLEHAN SUARA PASANGAN CALON", box.partition(":")[2])
            for box in units[0].candidates
        },
        "valid": "SUARA SAH",
        "invalid": "SUARA TIDAK SAH",
        "cast": "JUMLAH SUARA SAH DAN TIDAK SAH",
    }
    places = {at: PLACES[at] for at in ("kecamatan", "desa")}
    plan = down.Plan(
        places,
        boxes,
        title(units, pen, *PLACE),
        merged=True,
        totals={"kabkota": "TOTAL ", "kecamatan": ""},
        only="cast",
    )
    return Draft(
        {"jumlah.xlsx": more_sheets([down.down(units, plan, pen)], pen)},
        (*PLACE, "kecamatan", "desa"),
    )


def l6(figures: Figures, pen: Pen) -> Draft:
    """A flat template, one row per TPS, the TPS as text "001"."""
    places = {"provinsi": "PROVINSI", "kabkota": "KABUPATEN/KOTA", **PLACES}
    plan = down.Plan(places, simple(figures.units[0]), numbered=False, totals=flat_totals(pen))
    return Draft(
        {"template.xlsx": more_sheets([down.down(figures.at("tps"), plan, pen)], pen)},
        tuple(places),
    )


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
        boxes | simple(units[0]),
        title(units, pen, *PLACE),
        totals={"kabkota": ""},
        formulas="total_plain" not in pen.noises,
    )
    return Draft(
        {"pemilih.xlsx": more_sheets([down.down(units, plan, pen)], pen)},
        (*PLACE, "kecamatan", "desa"),
    )
