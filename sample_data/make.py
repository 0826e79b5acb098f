"""Lay the sample data out anew: tables of figures in, the files beside this script out.

Run from the project's folder: `python sample_data/make.py [--source ../shared/data]`. A second run
writes the same bytes. What is left blank, and why, stands in `sample_data/README.md`; how each
workbook is laid out stands in `workbooks.toml`.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import tomllib
import zipfile
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from recount.audit import Batch, claims, collect, draw, frame
from recount.cli import main as recount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1] / "shared" / "data"
PROVINCE = "KALIMANTAN TIMUR"
STAMP = datetime(2019, 6, 30, 12, tzinfo=UTC)
"""Stands in every workbook in place of the time of the run."""

TOO_MANY_MISSING = 1 / 25
"""A cell stays blank when a larger share than this of the stations behind it was not collected."""

FIGURES = {"1": "pas1", "2": "pas2", "valid": "sah", "invalid": "tsah", "voters": "jum"}
"""The five numbers -> their names in the source, after `kp_` or `situng_`. Kawal Pemilu's `jum` is
line I.B.4 of the form, pengguna hak pilih: not the sum of valid and invalid votes."""

ONLINE = ("suara_1", "suara_2", "suara_sah", "suara_tidak_sah", "pengguna_hak_pilih")
"""Headings of the export, in the order of `FIGURES`."""

PAIRS_2018 = (
    "1 Andi Sofyan Hasdam - Rizal Effendi",
    "2 Syaharie Jaang - Awang Ferdian Hidayat",
    "3 Isran Noor - Hadi Mulyadi",
    "4 Rusmadi Wongso - Safaruddin",
)
LATE = {"seen_at": "2018-06-30", "tps_total": "7287", "votes_3": "330456", "votes_4": "398706"}
"""Seen on 30 June at an hour nobody wrote down; two of the four pairs (kaltim.tribunnews.com)."""

KECAMATAN = 2
"""Dots in the code of a kecamatan."""

BATCHES = Path("audit_vectors") / "01_kaltim_like_macro_wr.json"
BY_RANK = {"P1": "3", "P2": "4", "P3": "2", "P4": "1"}
"""The candidates of the made-up split, by rank -> their numbers on the ballot."""

REGISTERED_2018 = 2_378_411
SEED = "62701843950218467335"
"""Of the worked example: made up for it; in an audit it is thrown in public."""
DRAWS = 150
DIFFERING = {2: ("3", "4", 12), 9: ("2", "1", 40)}
"""Of the forms to collect, by number: so many votes stand online with the first of two pairs, and
on the form with the second."""

Row = dict[str, str]


@dataclass(frozen=True)
class Layout:
    """How one coordinator keeps a workbook; the fields are explained in `workbooks.toml`."""

    code: str
    file: str
    kabkota: str
    sheet: str
    titles: tuple[str, ...]
    columns: Mapping[str, str]
    group: str | None = None
    total: str | None = None


def main() -> None:
    """Write both sets and the region list below `--into`."""
    parser = argparse.ArgumentParser(description="Lay the sample data out anew.")
    parser.add_argument("--source", type=Path, default=SOURCE, help="folder of the figures")
    parser.add_argument("--into", type=Path, default=HERE, help="where to write")
    options = parser.parse_args()
    write_president(options.source, options.into / "pilpres_2019_kaltim")
    write_governor(options.source / "kaltim_2018", options.into / "pilgub_kaltim_2018")
    write_audit(options.source, options.into / "audit_kaltim_2018")
    regions = read(options.source / "regions" / "kaltim_2018.csv")
    heading = ["code", "name", "level", "parent"]
    body = [[row[key] for key in heading] for row in regions]
    write_csv(options.into / "regions_kaltim_2018.csv", heading, body)


def write_president(source: Path, into: Path) -> None:
    """Write the ten workbooks of the citizens' figures and the one export of the online ones."""
    everywhere = read(source / "pilpres_2019" / "kecamatan.csv")
    rows = sorted((r for r in everywhere if r["provinsi"] == PROVINCE), key=lambda r: r["kode"])
    missing = not_collected(read(source / "pilpres_2019" / "kaltim_tps.csv"))
    (into / "ours").mkdir(parents=True, exist_ok=True)
    for told in tomllib.loads((HERE / "workbooks.toml").read_text(encoding="utf-8"))["workbook"]:
        layout = Layout(**told)
        inside = [row for row in rows if row["kode"].startswith(layout.code)]
        places = [place(row, layout) for row in inside]
        counts = [collected(row, missing) for row in inside]
        (into / "ours" / layout.file).write_bytes(workbook(layout, places, counts))
    heading = ["kode", "provinsi", "kabkota", "kecamatan"]
    taken = heading + [f"situng_{name}" for name in FIGURES.values()]
    write_csv(
        into / "theirs.csv", [*heading, *ONLINE], [[row[key] for key in taken] for row in rows]
    )


def not_collected(stations: Iterable[Row]) -> Counter[tuple[str, str]]:
    """Count, per kecamatan and number, the stations published online that citizens do not hold."""
    return Counter(
        (row["kode_desa"][:8], name)
        for row in stations
        for name in FIGURES.values()
        if int(row[f"situng_{name}"] or 0) > 0
        and (not row[f"kp_{name}"] or row["kp_cakupan"] in {"", "0"})
    )


def place(row: Row, layout: Layout) -> Row:
    """Say where a kecamatan lies, the way its coordinator writes it."""
    return {
        "provinsi": "Kalimantan Timur",
        "kabkota": layout.kabkota,
        "kecamatan": row["kecamatan"].title(),
    }


def collected(row: Row, missing: Mapping[tuple[str, str], int]) -> dict[str, int | None]:
    """Give a kecamatan's five numbers; None where too many of its stations were not collected."""
    most = TOO_MANY_MISSING * int(row["n_tps"])
    return {
        field: None if missing.get((row["kode"], name), 0) > most else int(row[f"kp_{name}"])
        for field, name in FIGURES.items()
    }


def workbook(
    layout: Layout, places: Sequence[Row], counts: Sequence[Mapping[str, int | None]]
) -> bytes:
    """One sheet: title lines, an empty row, the headings, a row per kecamatan, perhaps JUMLAH."""
    book = Workbook()
    book.properties.creator = "recount"
    book.properties.created = STAMP.replace(tzinfo=None)
    sheet = book.worksheets[0]
    sheet.title = layout.sheet
    put_titles(sheet, layout)
    start = len(layout.titles) + 2
    put_headings(sheet, layout, start)
    for number, (words, numbers) in enumerate(zip(places, counts, strict=True), 1):
        put_row(sheet, layout, start + number, {"no": number, **words, **numbers})
    if layout.total is not None:
        sums = {field: sum(numbers[field] or 0 for numbers in counts) for field in FIGURES}
        put_row(sheet, layout, start + len(counts) + 1, {layout.total: "JUMLAH", **sums})
    saved = BytesIO()
    book.save(saved)
    return without_clock(saved.getvalue())


def put_titles(sheet: Worksheet, layout: Layout) -> None:
    """Merge each title line over the width of the table, as people do."""
    for row, title in enumerate(layout.titles, 1):
        cell = sheet.cell(row, 1, title)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
        sheet.merge_cells(None, row, 1, row, len(layout.columns))


def put_headings(sheet: Worksheet, layout: Layout, row: int) -> None:
    """Write the headings, wrapped and bold, and give each column a width to read it by."""
    for column, (heading, field) in enumerate(layout.columns.items(), 1):
        cell = sheet.cell(row, column, heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        width = {"no": 8, "provinsi": 18, "kabkota": 25, "kecamatan": 24}.get(field, 15)
        sheet.column_dimensions[cell.column_letter].width = width


def put_row(
    sheet: Worksheet, layout: Layout, row: int, values: Mapping[str, str | int | None]
) -> None:
    """Write one row: words, counts as the coordinator keeps them, nothing where it is not known."""
    for column, field in enumerate(layout.columns.values(), 1):
        value = values.get(field)
        if isinstance(value, int) and field in FIGURES:
            put_count(sheet, (row, column), value, layout.group)
        elif value is not None:
            sheet.cell(row, column, value)


def put_count(sheet: Worksheet, where: tuple[int, int], count: int, group: str | None) -> None:
    """Write a count as a real number, or as text with `group` between the thousands."""
    cell = sheet.cell(*where)
    if group is None:
        cell.value, cell.number_format = count, "#,##0"
    else:
        cell.value, cell.number_format = f"{count:,}".replace(",", group), "@"
        cell.alignment = Alignment(horizontal="right")


def without_clock(saved: bytes) -> bytes:
    """Replace every time of the run inside a workbook, so that a second run writes the same."""
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    frozen = BytesIO()
    with zipfile.ZipFile(BytesIO(saved)) as old, zipfile.ZipFile(frozen, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, old.read(name))
            new.writestr(entry, part)
    return frozen.getvalue()


def write_governor(source: Path, into: Path) -> None:
    """Write one CSV per capture of the public page, and the final recap."""
    into.mkdir(parents=True, exist_ok=True)
    heading = ["kode", "provinsi", "tps_in", "tps_total", *PAIRS_2018]
    keys = ["tps_in", "tps_total", "votes_1", "votes_2", "votes_3", "votes_4"]
    keys += ["valid_published", "invalid_published"]
    for seen in [*read(source / "captures.csv"), LATE]:
        body = [["64", PROVINCE, *(seen.get(key, "") for key in keys)]]
        name = re.sub(r"(T\d\d):(\d\d):00(\+\d\d):(\d\d)", r"\1\2\3\4", seen["seen_at"])
        write_csv(into / f"{name}.csv", [*heading, "suara_sah", "suara_tidak_sah"], body)
    write_recap(source / "pilgub_kaltim_2018_final_dc1.csv", into / "final_recap_dc1.csv")


def write_recap(source: Path, into: Path) -> None:
    """Write the final recap: the province, then each kabupaten/kota with what is known of it."""
    heading = ["kode", "provinsi", "kabkota", *PAIRS_2018, "suara_sah", "suara_tidak_sah", "dpt"]
    body = []
    for row in sorted(read(source), key=lambda row: row["kode"]):
        votes = [value for key, value in row.items() if re.match(r"p\d_", key)]
        kabkota = "" if row["level"] == "provinsi" else row["nama"]
        figures = [row[key] for key in ("suara_sah", "suara_tidak_sah", "dpt")]
        body.append([row["kode"], PROVINCE, kabkota, *votes, *figures])
    write_csv(into, heading, body)


def write_audit(source: Path, into: Path) -> None:
    """Write the example of an audit: real totals, over kecamatan whose shares are made up."""
    into.mkdir(parents=True, exist_ok=True)
    made_up = json.loads((source / BATCHES).read_text(encoding="utf-8"))["batches"]
    regions = read(source / "regions" / "kaltim_2018.csv")
    names = {row["code"]: row["name"] for row in regions}
    codes = sorted(code for code in names if code.count(".") == KECAMATAN)
    places = [[code, names[code.rpartition(".")[0]], names[code]] for code in codes]
    votes = [{BY_RANK[who]: n for who, n in one["votes"].items()} for one in made_up]
    add_what_is_missing(votes, source / "kaltim_2018" / "pilgub_kaltim_2018_final_dc1.csv")
    ballots = [one["bound"] for one in made_up]
    heading = ["kode", "kabkota", "kecamatan", *PAIRS_2018]
    body = [
        [*place, *numbers(own), str(sum(own.values())), str(most - sum(own.values()))]
        for place, own, most in zip(places, votes, ballots, strict=True)
    ]
    write_csv(into / "online.csv", [*heading, "suara_sah", "suara_tidak_sah"], body)
    voters = shared_out(REGISTERED_2018, ballots)
    rows = [[*place, str(n)] for place, n in zip(places, voters, strict=True)]
    write_csv(into / "registered.csv", [*heading[:3], "pemilih_terdaftar"], rows)
    drawn = forms_to_collect(codes, votes, voters)
    forms = [[*places[at], *numbers(own)] for at, own in on_the_forms(drawn, votes)]
    write_csv(into / "forms.csv", heading, forms)
    write_plan(into)


def write_plan(into: Path) -> None:
    """Plan and draw as an observer would, with the commands."""
    shutil.rmtree(into / "plan", ignore_errors=True)
    given = {"--online": "online.csv", "--registered": "registered.csv"}
    files = [word for option, name in given.items() for word in (option, str(into / name))]
    recap = into.parent / "pilgub_kaltim_2018" / "final_recap_dc1.csv"
    plan = ["--official", str(recap), "-o", str(into / "plan"), "--seed", SEED]
    with redirect_stdout(TextIOWrapper(BytesIO())):
        done = recount(["audit", "plan", *files, *plan])
    if done:
        raise SystemExit(done)


def add_what_is_missing(votes: Sequence[dict[str, int]], recap: Path) -> None:
    """Give the largest kecamatan what the made-up split lacks of the declared totals: 2 votes."""
    declared = next(row for row in read(recap) if row["level"] == "provinsi")
    largest = max(votes, key=lambda own: sum(own.values()))
    for key, total in declared.items():
        if found := re.match(r"p(\d)_", key):
            largest[found[1]] += int(total) - sum(own[found[1]] for own in votes)


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """Share a number out in whole parts; what is left goes to the largest remainders."""
    parts = [total * weight // sum(weights) for weight in weights]
    rests = [total * weight % sum(weights) for weight in weights]
    for at in sorted(range(len(parts)), key=lambda at: -rests[at])[: total - sum(parts)]:
        parts[at] += 1
    return parts


def forms_to_collect(
    codes: Sequence[str], votes: Sequence[dict[str, int]], voters: Sequence[int]
) -> list[int]:
    """Draw with the seed of the example; where in the list each kecamatan stands."""
    batches = [Batch(*one) for one in zip(codes, votes, voters, strict=True)]
    totals = {who: sum(own[who] for own in votes) for who in votes[0]}
    drawn = draw(frame(batches, claims(totals)), SEED, count=DRAWS)
    return [codes.index(code) for code in collect(drawn)]


def on_the_forms(
    drawn: Sequence[int], votes: Sequence[dict[str, int]]
) -> Iterator[tuple[int, dict[str, int]]]:
    """Give what stands on each form: what is online, but for those that differ."""
    for number, at in enumerate(drawn, 1):
        own = dict(votes[at])
        if number in DIFFERING:
            fewer, more, shift = DIFFERING[number]
            own[fewer], own[more] = own[fewer] - shift, own[more] + shift
        yield at, own


def numbers(votes: Mapping[str, int]) -> list[str]:
    """The four pairs' votes, in the order of the ballot."""
    return [str(votes[number]) for number in sorted(votes)]


def read(path: Path) -> list[Row]:
    """Read a CSV file of the source, row by row, every cell as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(path: Path, heading: Sequence[str], body: Iterable[Sequence[str]]) -> None:
    """Write a CSV file, the same on every system: UTF-8, commas, lines ended by LF."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *body])


if __name__ == "__main__":
    main()
