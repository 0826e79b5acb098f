"""Lay the chain of one kabupaten out: forms of four levels and the online count, president 2019.

Run from the project's folder: `python sample_data/make_chain.py [--source ../shared/data]`. A
second run writes the same bytes. Which figures are published and which are added up here stands in
`sample_data/README.md`.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from make import HERE, PROVINCE, SOURCE, STAMP, Row, read, without_clock, write_csv
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

KABUPATEN = "64.11"
"""Mahakam Ulu: 5 kecamatan, 50 desa, 115 TPS."""

LINES = {
    "voters": ("B.4", "Jumlah pengguna hak pilih (B.1 + B.2 + B.3)"),
    "1": ("01", "Joko Widodo - Ma'ruf Amin"),
    "2": ("02", "Prabowo Subianto - Sandiaga Uno"),
    "valid": ("V.A", "JUMLAH SELURUH SUARA SAH"),
    "invalid": ("V.B", "JUMLAH SUARA TIDAK SAH"),
}
"""The lines of a form, number and label, as it prints them."""

SECTION = ("IV.", "DATA PEROLEHAN SUARA PASANGAN CALON")
"""Stands above the candidates."""

TITLES = {
    "DAA1": "DARI SETIAP TPS DI TINGKAT DESA/KELURAHAN",
    "DA1": "DARI SETIAP DESA/KELURAHAN DI TINGKAT KECAMATAN",
    "DB1": "DARI SETIAP KECAMATAN DI TINGKAT KABUPATEN/KOTA",
}
SOURCES = {"voters": "jum", "1": "pas1", "2": "pas2", "valid": "sah", "invalid": "tsah"}
ONLINE = ("suara_1", "suara_2", "suara_sah", "suara_tidak_sah", "pengguna_hak_pilih")
C1 = ("1", "2", "valid", "invalid", "voters")

Figures = dict[str, int | None]


@dataclass(frozen=True)
class Form:
    """One sheet in the official layout: a column for each unit, and JUMLAH AKHIR."""

    code: str
    sheet: str
    places: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, Figures], ...]

    @property
    def lines(self) -> list[str]:
        """The lines of which at least one unit has a figure."""
        return [line for line in LINES if any(line in figures for _, figures in self.units)]


def main() -> None:
    """Write the chain below `--into`."""
    parser = argparse.ArgumentParser(description="Lay the chain of one kabupaten out.")
    parser.add_argument("--source", type=Path, default=SOURCE, help="folder of the figures")
    parser.add_argument("--into", type=Path, default=HERE, help="where to write")
    options = parser.parse_args()
    source = options.source / "pilpres_2019"
    into = options.into / "pilpres_2019_mahakam_ulu"
    (into / "forms").mkdir(parents=True, exist_ok=True)
    stations = [r for r in read(source / "kaltim_tps.csv") if r["kode_desa"].startswith(KABUPATEN)]
    stations.sort(key=lambda row: (row["kode_desa"], int(row["tps"])))
    write_stations(into / "forms" / "c1.csv", stations, "kp")
    write_stations(into / "online.csv", stations, "situng")
    write_daa1(into / "forms", stations)
    desa = [r for r in read(source / "kaltim_desa.csv") if r["kode"].startswith(KABUPATEN)]
    write_da1(into / "forms", sorted(desa, key=lambda row: row["kode"]))
    above = [r for r in read(source / "kecamatan.csv") if r["kode"].startswith(KABUPATEN)]
    write_db1(into / "forms", sorted(above, key=lambda row: row["kode"]))


def counted(row: Row, whose: str) -> Figures:
    """Give the figures of a TPS; nothing where it was not collected."""
    there = row[f"{whose}_{SOURCES['valid']}"] not in {"", "0"}
    return {
        line: int(text) if there and (text := row[f"{whose}_{name}"]) else None
        for line, name in SOURCES.items()
    }


def write_stations(path: Path, stations: Sequence[Row], whose: str) -> None:
    """Write a row per TPS."""
    heading = ["kode", "provinsi", "kabkota", "kecamatan", "desa", "tps", *ONLINE]
    body = []
    for row in stations:
        figures = counted(row, whose)
        place = [row[key] for key in ("kode_desa", "provinsi", "kabkota", "kecamatan", "desa")]
        numbers = ("" if figures[line] is None else str(figures[line]) for line in C1)
        body.append([*place, row["tps"].zfill(3), *numbers])
    write_csv(path, heading, body)


def write_daa1(into: Path, stations: Sequence[Row]) -> None:
    """Write a workbook per kecamatan with a sheet per desa: its TPS, as the C1 forms have them."""
    for kecamatan, rows in grouped(stations, "kecamatan"):
        forms = []
        for desa, inside in grouped(rows, "desa"):
            units = tuple((f"TPS {int(row['tps'])}", counted(row, "kp")) for row in inside)
            forms.append(Form("DAA1", desa, around(inside[0], "desa", "kecamatan"), units))
        save(into / f"daa1_{slug(kecamatan)}.xlsx", forms)


def write_da1(into: Path, desa: Sequence[Row]) -> None:
    """Write a workbook per kecamatan: its desa, as the recapitulation was published."""
    for kecamatan, rows in grouped(desa, "kecamatan"):
        units = tuple((row["desa"], recapitulated(row)) for row in rows)
        form = Form("DA1", "DA1", around(rows[0], "kecamatan"), units)
        save(into / f"da1_{slug(kecamatan)}.xlsx", [form])


def write_db1(into: Path, kecamatan: Sequence[Row]) -> None:
    """Write the workbook of the kabupaten: its kecamatan, as the recapitulation was published."""
    units = tuple((row["kecamatan"], recapitulated(row)) for row in kecamatan)
    save(into / "db1_mahakam_ulu.xlsx", [Form("DB1", "DB1", around(kecamatan[0]), units)])


def recapitulated(row: Row) -> Figures:
    """Give both candidates' votes in the official recapitulation; it was published no further."""
    return {"1": int(row["rekap_pas1"]), "2": int(row["rekap_pas2"])}


def grouped(rows: Sequence[Row], key: str) -> list[tuple[str, list[Row]]]:
    """Group rows that follow each other."""
    return [(name, list(inside)) for name, inside in groupby(rows, key=lambda row: row[key])]


def around(row: Row, *levels: str) -> tuple[tuple[str, str], ...]:
    """Say which places a form names in its title."""
    words = {"desa": "DESA/KELURAHAN", "kecamatan": "KECAMATAN", "kabkota": "KABUPATEN/KOTA"}
    named = tuple((words[level], row[level]) for level in (*levels, "kabkota"))
    return (*named, ("PROVINSI", PROVINCE))


def slug(name: str) -> str:
    """Write a name as part of a file's name."""
    return name.lower().replace(" ", "_")


def save(path: Path, forms: Sequence[Form]) -> None:
    """Write a workbook of forms."""
    path.write_bytes(workbook(forms))


def workbook(
    forms: Sequence[Form], total: Callable[[Form, str], int | None] | None = None
) -> bytes:
    """Lay forms out, one a sheet; `total`: what stands under JUMLAH AKHIR (default: the sum)."""
    book = Workbook()
    book.properties.creator = "recount"
    book.properties.created = STAMP.replace(tzinfo=None)
    book.remove(book.worksheets[0])
    for form in forms:
        put(book.create_sheet(form.sheet[:31].replace("/", "-")), form, total or added)
    saved = BytesIO()
    book.save(saved)
    return without_clock(saved.getvalue())


def added(form: Form, line: str) -> int | None:
    """Add a line up; where a unit was not collected, nothing stands there."""
    figures = [figures.get(line) for _, figures in form.units]
    return None if None in figures else sum(figure or 0 for figure in figures)


def put(sheet: Worksheet, form: Form, total: Callable[[Form, str], int | None]) -> None:
    """Write a form: its titles, the heading of the units, their numbers, and line by line."""
    sheet.cell(1, 1, f"MODEL {form.code}-PPWP").font = Font(bold=True)
    sheet.cell(2, 1, "SERTIFIKAT REKAPITULASI HASIL PENGHITUNGAN PEROLEHAN SUARA")
    sheet.cell(3, 1, f"{TITLES[form.code]}, PEMILIHAN UMUM TAHUN 2019")
    for row, (word, name) in enumerate(form.places, 4):
        sheet.cell(row, 1, word)
        sheet.cell(row, 3, f": {name}")
    top = 5 + len(form.places)
    names = ["NO", "URAIAN", *(name for name, _ in form.units), "JUMLAH AKHIR"]
    for column, name in enumerate(names, 1):
        cell = sheet.cell(top, column, name)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.cell(top + 1, column, column)
        sheet.column_dimensions[cell.column_letter].width = 44 if column == 2 else 11  # noqa: PLR2004
    rows: list[list[str | int | None]] = []
    for line in form.lines:
        counts = [figures.get(line) for _, figures in form.units]
        rows += [[*SECTION]] if line == "1" else []
        rows.append([*LINES[line], *counts, total(form, line)])
    for row, values in enumerate(rows, top + 2):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)


if __name__ == "__main__":
    main()
