"""Workbooks as they arrive: numbers and texts kept apart, nothing that looks blank but is not."""

from __future__ import annotations

import base64
import datetime as dt
import zlib
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from recount.errors import RecountError
from recount.model import DATE, ERROR_VALUE, FRACTION, NO_VALUE, TRUTH
from recount.readers import read as read_file
from tests.readers.making import cells, numbers, ods, read, repacked, workbook

SPREADSHEETS = Path(__file__).parents[3] / "shared" / "data" / "spreadsheets"
SHEET = "xl/worksheets/sheet1.xml"

XLS = (
    "eNrtWE1oE0EU/maSzZ9tmrSp0AolFKy1FiGtBz20a0UtKJaoB0WFumlzkKaphHrQi9WaoyB4UrwUevFS9eIPKujNg1DR"
    "g6AIiR49CQoe2qxv3u5qqjk0oEVlvmXevHkz387LvDeT3X2xGC/N3Wkv4ycMwoeKHUagyiaohL1GDNRv20r16hAVW+Of"
    "QjhEgQwYeNj4PKhiqOJdhsRt/1OSwHsqJ3AaI1P5bHINsYt9sITyYYCkwA2yRNHGXjWzHGPZwvIWj3zEcidbLrMcoLEl"
    "cQyL5kjPdjeLj8pO7otC3fcec96wJYVWPFNZfP6KcMYaGCqcsnJ/Z0eHvwHzoLgNZ/PZgpUrIUEBnMcXOwl89nbqk6S2"
    "r61dgOxfV9qDNexXpR+YgX2SE7yIdXjrUz0+7B5KLWEH78aAc+ruz45Zk9a0lacUSFHpo7CnrZxVsPJ07h62JjNnqNOg"
    "zq19/dsiisRbO7ZiazdyyjeQHEcT63FO/Bgd3ks3P708kEmbo2yZ4ePcOfQ3Kj9h44JiEDkKx0tP9jBjC8uLfNcNrLez"
    "TFC6Ut2VbnWVvbM85hL3dtE8/YxX5qYqvZv04seD9zuKH8zNpC8Ml88lFl6bc+ik5Rgnvrpm0St6xfVrCg9MrxbuAfGO"
    "Zdsvh0VIxlzfbfefrQnLiLAaZ+m01OqI7y3prpViixpswWy1Ho9pfsHsfS3KdlwqtuLJGjzJPL87jxMTiiMMGaKWZB8G"
    "ZTPuqoF0uP1ABBoaGhoaGhoaGhp1QfCDrfMYrx5BDfdFIeh+11mmUtGfSf5bHMIUXdP0YroHeaoLOFtX/qyHIbx7iVVy"
    "vO+FCkdo9gImkGE/JurOX3rRE9W/Z9XE2O/bQvXOX6nHzz88/zc81MsF"
)
"""An .xls of the table below, made with xlwt."""

XLSB = (
    "eNqNVgs8k30b3ibMHBoblrTPNEUHZyLlUOR8Gi+pt5w2ijDmMEUxU6kxcpytCI14MSWUU0hUDimv8IY5vSXLMSUv+aa+"
    "75PV937f8/z+v+e5n99zX8/vvp7r/l+3nSXfJjgAAABzFwrg/YRYCwECAAwQAIDgPiGeUQkLCPIlnMLhggkqXy9qyh6n"
    "/WMxB22bDEUi6yzNrsrLdN3ERgntDzH0KE4p3F7PN6t3DH3FbdQS57dqY9qjTkJs6WNz9HY6o9nmae/fvKEy1BVeOwSk"
    "IihyixD2YjTEVrsK/evLhv7Hr1v7XFI6Txs8ldXfBUkK9Mp6i88dMppU8wdrNHZJNXDc5nrVlZaI93RdXzUaHvOSahp4"
    "kDt6PVDW2aRsAF/DEPUbL9njT5eE1TeqKdaCzltHRKYR8j55677S8cwan4s0isP8dX5LI7RMxJ0RGl2e+KdMlqQF7gsi"
    "xYx5L4VWUdG1zf0G5bAEx2C5G183Y0DuwNWja446uPlRO/kDUs+qnC1diWPf/7g8pfi6evpJN9H9H9LkALv/8Ac5HXqi"
    "d3ZGspIbbeNyuP0H/lyDcGe+Z1F5LfbrbLBpUhURYOvZin+2GQgyhB3TjuPDlJ46F5VY5WfsaRpI7q909VdlL/6xZPCs"
    "ZT7Nad7EJJcVe3OyAXpOKMlb+NWzP0aBFKeWhuJGrPvO2PmJ4UWboqLiXMs2H5lGH/fbWvVyha6Kuu/RsMp2tML9fg+a"
    "mt7qhFdjft2Fx3Mvo1wLtsTEql8EtuE6Pwjadknb03zeKNy0cviwWlZVXJp0os9UrFzrWSqtMJY6Pfz8HqB3anTAOX/r"
    "xrrrYhinxNbq5i7kD3VzS3UPCjf3x+KIX+t+ec0NAOKHRgsw1dUAgI1I16esS9W57BH5AAAY9+nxwwH+wTj/YFfHcDyO"
    "cEKZ6HcmNdnIlstY7PTyFUXnbuxoFDTnD+DFR/yJiBHOrcFje61zdCgfh0Yrogw9Ym/kPJqu7axIKcI5HA98aJYadp9R"
    "RIO/pajsqnw2Pr+kXZ1IkqgC/RaW8UzKXFl6p/OktpyQtt5THA1T1Z1pFaeVOAfc5lyh35O4KBO2P6qvSWyh70xoSXyY"
    "0ImnmHSULkegcsYn+ajWsn7wndsM+KsYlue4xCFWavQjXCQ+tlCp6XH2L47yO5oFLhcXNhjXB7HKWiXY8BU9uZxbBmCD"
    "N636XnYcjpajU7SNC16kKzUBph+/uWblqKQiEsU8V+DC3Fo0FPE6oGYoLCY+z2rgEbg4LHmK+hnOSacJrQJEVgbug+jm"
    "iLSPTGkZOhnjm8QcE0voapOQl7JVmivNkFoZ6IUFrwZKTW+kOGpysauMG+3i0izMvX6T5Vcxxnc2iJHWxFhtW/ZBmW/z"
    "Y4SAtOfI72/52uzdgP04OiRgOsHnAPFM/6rv8Z55zSuCS240ONxFDPQE73nbAV8r+0oPivLx+dBKhkiJ2DkXzVFyE5Rg"
    "ZydJZmB+/kiKvwpO9aDNfiwnEZOPM5jIsBgyz2/P1kuhHxiyWPV/KL3LJh50wQcCTW8eNtCpLNYiuhGyEkeo21xh5j11"
    "TQVuyPHkFbwn8g5dIXEC8XnWYwG0sbKE4loEhluVFHf72rwuQ4+AAN813Z2wP2jJZwSNvBvnZFFyTU7xikyRm/JJZXth"
    "8cMPD7FYYHnyVXNx8a4IQ2PyPF/5Sxtja5WKLxKr0SS5CQ5/ZPWkIJbdXtdHo9Miw3aBFeKRDsZb9aA3XEYjP3TlD7un"
    "DbbEi1Bo5Hu3zxuhL870z46IpKtRrTVZnUjROyGO4dqBUaKbeg/H2wubJO/VyFIVZcsdSMhaDrmO+rVjt7v08YK7+Zbn"
    "zaa3x8CDWpPbUU/C+Y+4qFMHB8dbNcbMncKPymOWMZ8I7ZFSpl6kI6UKeGUvhebUxqrcaYE4lcz2MKxxcgd0xpFvEGZo"
    "X/TR871wwy22zZGQPFe4wrujRrGj28fCS8ZGLGZyZpjPf+moz+w5KckUHq23pyjO0rSu9OQxQkLBrSAIwu5x4e2jrOZQ"
    "2ORCxyd1xsSuu6axixGLxJN7S/e+I26tlM+4PDc93CVOe0Rj8+wCqqq6Q75c+jW4vSv6jX5CcPgZHGGN/FsYS5XD9tAv"
    "U7WwqUNV8WZ7jNEF5J5cCeHdOZZ55nur7SUzFc0dJKqXBJ2Wo5m+1OILOXoBfnvMwKgIQskRE7hasoaGd8c+KuFPTm8V"
    "tAxIPsRfjgmoI4Dcsa2FDmObHrCskPsG7bzFrUOep5Ng4lcvR9dJjFdk7nlZIEO8t1UpX5UqmZdknIaJlkool/6LiWRV"
    "NpAGKMtpV+Vs+Fu+8Dfai+J3LOt4XyNhQy9k4zWjVr2VhDqWJzcnYBbD7JeuhyhXLTRdqukfuSH4WqjE+BEjkrHo/U6p"
    "m7hnVOn87MNCpxcFvkZ9pV4ntaMi6lYcfG7JXdRz3N02ntkscylJLcZlXLAAjNz2HmIrduN6xrGlawRjdJyLsazuSHfm"
    "sEVg4iSFinCkVIt6tf2ezZw4PnLpmfsmT2Lg872M/U+Vpwa++CxVfZYWJnvXC0Xi7QO7mk7l8/fO49kmmg/aNdO9hPv7"
    "bV3EDnLOtd3xHRXd+FcMBFJlX3OjfdymkPn2V751/Pet8bX7i5O+WtHF6XNXWsMyQ83AN5nVVmbVCbMAVCD9lJ9EM/J5"
    "5U6QpqQmSkzPJXRsehVeSf90Gl6a8aQlO/u2DxRhVa4vArmxmbrvk9zlENZZClCyzYw14fQeadqOu8SwRUPQiaAWBjIP"
    "PYp/4dhMvlnzQc0205IuSCvXfQccf1AyjT2pzpZ25PxGqrkrermJMWMw0/tpkK2d+ZIcrYJtrcygjkHvG4YgEyUZpmgD"
    "S4faRcCdasW7dUyR2QNpQwfoEQsXmodOag1OUD7GEXQXXnjofklzuTfXUlu92W7DnFP2HDLsyL0L5S74v5R6yj0Ih3UI"
    "Djrt7/1VsPTO1obHDx8CGhtHRBiGT+moVBQNlYSSvmwZpUM1yrgeLa7oDvZEqIGFNVh8W4CGE7JyyiRFGI4NgAjELOxQ"
    "S2kMntdgkUImgVoyGhmqe9ywa14HBMH5/vu89e8jCgj4m+nre5SfTR3rKIbA/2sG4QXktfN1QB3Q/zJ3XixeQ1/HIoF+"
    "au+8ALx2tQ4wzrfBvHgTed1gPbF+0w/ewJvMu5etJ+sL8OxsvKm8Dbee2i34d+3HKw5eka7jvAX/XLJ2lvwCa28IcU9X"
    "7tf9hdaifwLxjbA9"
)
"""An .xlsb of the same table, made with pyxlsbwriter."""

SMALL = [
    ("Kecamatan", "1", "2"),
    ("Palaran", "1234", FRACTION + "1.5"),
    ("Sambutan", "1.234", TRUTH + "TRUE"),
]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234, "1234"),
        (-5, "-5"),
        (0, "0"),
        (426.0, "426"),
        (1e30, "1000000000000000019884624838656"),
        (1.234, FRACTION + "1.234"),
        (-0.5, FRACTION + "-0.5"),
        (1e-7, FRACTION + "0.0000001"),
        ("1.234", "1.234"),
        ("007", "007"),
        (" x ", " x "),
        ("   ", None),
        (True, TRUTH + "TRUE"),
        (dt.date(2018, 6, 27), DATE + "2018-06-27"),
        (dt.datetime(2018, 6, 27, 13, 30), DATE + "2018-06-27T13:30:00"),  # noqa: DTZ001
        (dt.timedelta(hours=36), DATE + "36:00:00"),
        ("=SUM(A1:A9)", NO_VALUE + "=SUM(A1:A9)"),
        ("#DIV/0!", ERROR_VALUE + "#DIV/0!"),
        ("_x0000_f1.5", "\u2400f1.5"),
    ],
)
def test_a_cell_says_what_it_is(value: object, text: str | None) -> None:
    """A real number is not the text that looks like it; a mark cannot be forged."""
    book = read(workbook({"DA1": [["TPS", value, "x"]]}), "a.xlsx")
    assert cells(book) == [("TPS", text, "x")]


def test_saved_formulas_are_their_value_and_errors_are_none() -> None:
    """What Excel computed counts; an error cell or an empty text computed is told apart."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("DA1")
    sheet.write_formula("A1", "=1+1", value=2)
    sheet.write_formula("B1", "=1/0", value="#DIV/0!")
    sheet.write_formula("C1", '=IF(A1>1,"","x")', value="")
    sheet.write_formula("D1", '="a"', value="a")
    sheet.write_formula("E3", "=NA()", value="#N/A")
    book.close()
    # Excel says that an empty result is a text, which xlsxwriter leaves out.
    data = repacked(target.getvalue(), {SHEET: (b'<c r="C1">', b'<c r="C1" t="str">')})
    assert cells(read(data, "a.xlsx")) == [
        ("2", ERROR_VALUE + "#DIV/0!", None, "a", None),
        (None, None, None, None, None),
        (None, None, None, None, ERROR_VALUE + "#N/A"),
    ]


def test_a_sheet_of_unsaved_formulas_only_is_not_empty() -> None:
    """The second look also finds cells beyond the last one that the fast reader sees."""
    book = read(workbook({"DA1": [[1], [None, "=A1"], [], ["=A1", "=B1"]]}), "a.xlsx")
    assert cells(book)[3] == (NO_VALUE + "=A1", NO_VALUE + "=B1")
    assert cells(read(workbook({"DA1": [["=1"]]}), "a.xlsx")) == [(NO_VALUE + "=1",)]


def test_addresses_are_those_of_the_sheet() -> None:
    """Blank rows and columns in front do not shift anything."""
    book = read(workbook({"DA1": [[], [], [None, None, "Palaran", 5]]}), "a.xlsx")
    assert cells(book)[2] == (None, None, "Palaran", "5")
    assert numbers(book) == [1, 2, 3]
    assert book.grids[0].place(3, 3) == "a.xlsx!DA1!D3"


def test_every_sheet_with_cells_is_read_hidden_ones_with_a_note() -> None:
    """Chart sheets and empty sheets give nothing."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["x"])
    hidden = book.create_sheet("Salinan")
    hidden.append(["y"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Kosong")
    book.create_chartsheet("Grafik")
    target = BytesIO()
    book.save(target)
    read_book = read(target.getvalue(), "a.xlsx")
    assert [grid.sheet for grid in read_book.grids] == ["Sheet", "Salinan"]
    assert [(note.rule, note.place) for note in read_book.findings] == [
        ("hidden_sheet", "a.xlsx!Salinan")
    ]


def test_formatted_empty_cells_are_trimmed() -> None:
    """A sheet that claims a million rows is as large as what it holds."""
    data = repacked(
        workbook({"DA1": [["x", 1]]}),
        {SHEET: (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')},
    )
    with pytest.raises(RecountError):
        read(data, "a.xlsx")
    data = repacked(
        workbook({"DA1": [["x", 1]]}),
        {SHEET: (b"</sheetData>", b'<row r="1048576"><c r="B1048576" s="0"/></row></sheetData>')},
    )
    assert cells(read(data, "a.xlsx")) == [("x", "1")]


@pytest.mark.parametrize(("data", "label"), [(XLS, "a.xls"), (XLSB, "a.xlsb")])
def test_older_and_binary_workbooks(data: str, label: str) -> None:
    """XLS and XLSB give the same cells, and say what cannot be seen in them."""
    book = read(zlib.decompress(base64.b64decode(data)), label)
    assert cells(book) == SMALL
    assert [note.rule for note in book.findings] == ["error_cells"]


def test_open_document() -> None:
    """Repeated rows at the end, as LibreOffice writes them, are nothing."""
    rows = (
        "<table:table-row>"
        '<table:table-cell office:value-type="string"><text:p>Palaran</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="1234"><text:p>1.234</text:p>'
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert cells(read(ods(rows), "a.ods")) == [("Palaran", "1234")]


def test_open_document_that_repeats_without_end() -> None:
    """A value repeated in every cell of the sheet is refused."""
    rows = """<table:table-row table:number-rows-repeated="1048576"><table:table-cell
 table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>
</table:table-row>"""
    with pytest.raises(RecountError):
        read(ods(rows), "a.ods")


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a"])
def test_the_content_counts_not_the_name(name: str) -> None:
    """A workbook called .csv is a workbook, and a text called .xlsx a text."""
    assert cells(read(workbook({"DA1": [["x", 1]]}), name)) == [("x", "1")]
    assert cells(read(b"x,1\n", "a.xlsx")) == [("x", "1")]


@pytest.mark.skipif(not SPREADSHEETS.is_dir(), reason="the shared data are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "rows", "some"),
    [
        ("flat_template_tps_as_text.xlsx", 100, "001"),
        ("jumlah_tps_hidden_row_unlabelled_sums.xlsx", 50, "TOTAL "),
        ("kpu_da1_feed_2014-07-18-10-AM.csv", 1000, None),
        ("semicolon_bom_trailing_columns.csv", 100, None),
    ],
)
def test_real_files(name: str, rows: int, some: str | None) -> None:
    """Files that people really made are read."""
    book = read_file(SPREADSHEETS / name, label=name)
    assert book.grids[0].cells.shape[0] > rows
    assert some is None or any(some in row for row in cells(book))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<c r="B1"', b"<c r='B1'"),
        (b'<c r="B1"', b"<c"),
        (b'<c r="B1"', b'<c\n r = "B1"'),
        (b'<c r="B1" t="e"', b"<c t='e' r='B1'"),
    ],
)
def test_xml_written_by_other_programs(before: bytes, after: bytes) -> None:
    """However the XML is written, an error cell is not blank."""
    good = workbook({"DA1": [["x", "#REF!"], ["=A1", 5]]})
    data = repacked(good, {SHEET: (before, after)})
    expected = [("x", ERROR_VALUE + "#REF!"), (NO_VALUE + "=A1", "5")]
    assert cells(read(data, "a.xlsx")) == expected


def test_long_and_wide_sheets_are_read() -> None:
    """The bounds refuse no real sheet."""
    rows = [["x"], *[[]] * 11_998, ["x"] * 40]
    book = read(workbook({"DA1": rows}), "a.xlsx")
    assert book.grids[0].cells.shape == (12_000, 41)
