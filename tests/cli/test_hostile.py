"""Names made to do harm, through the command itself: in every format they stay text.

Each stands on both sides as the name of a kecamatan and of a candidate, over a column that is not
known, in the election's title, and, as far as a file system or a workbook lets it, as the name of a
file and of a sheet.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import openpyxl
import pytest
from markdown_it import MarkdownIt
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from recount.cli import main
from tests.cli.running import on_a_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markdown_it.token import Token
    from openpyxl.workbook import Workbook as Workbook_


NAMES = {
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "formula": "=cmd|'/c calc'!A1",
    "plus": "+1",
    "minus": "-2",
    "at": "@SUM(A1:A9)",
    "tab": "Tab\t=1+1",
    "return": "Kembali\r=1+1",
    "two lines": "Baris\n# judul\n=1+1",
    "separators": "Koma;=1+1,=2+2",
    "quoted": 'Petik";"=1+1',
    "right to left": "Palu\u202eulaP",
    "isolates": "\u2067Asing\u2069 \u200fUlu",
    "zero width": "No\u200bl\ufeff Ulu",
    "escape": "\x1b[31mLayar\x1b[0m\x1b]0;title\x07",
    "c1": "Sandi\x9b31m",
    "link": "[Tautan](javascript:alert(1))",
    "picture": "![Gambar](http://evil.example/x.png)",
    "bare link": "http://evil.example www.evil.example",
    "pipe": "Pipa | Ulu || x",
    "backticks": "`Tik` ``Ulu`` ```x",
    "markup": "**Tebal** _Ulu_ ~~x~~ # y",
    "entity": "&lt;b&gt; &#60;",
    "rich": "[bold red]Merah[/] :warning:",
    "braces": "{Kurung} {0} %s $HOME",
    "coded": "_x003D_1+1 _x000D_",
    "long": "Panjang " * 5_000,
}
ACTING = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}
OFFERED = ("=", "+", "-", "@")


def acting(text: str) -> set[str]:
    """Give the characters in a text that would move a cursor or turn a line around."""
    return {char for char in text if char != "\n" and unicodedata.category(char) in ACTING}


def as_file(name: str) -> str:
    return re.sub(r"[/\0]", "", name)[:60].strip() or "x"


def as_sheet(name: str) -> str:
    kept = "".join(char for char in name if char not in "[]:*?/\\" and not acting(char))
    return kept[:31].strip("' ") or "x"


def shown(text: str) -> str:
    """Give a name as every format for the eye writes it, its blanks made one."""
    spelled = (char if not acting(char) and char != "\n" else _spelled(ord(char)) for char in text)
    return " ".join("".join(spelled).split())


def _spelled(code: int) -> str:
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def rows(names: Sequence[str], votes: int) -> list[list[str | int]]:
    """A table of one side: every name as a region, over a candidate, over an unknown column."""
    candidates = [f"{at}. {name}" for at, name in enumerate(NAMES.values(), start=1)]
    unknown = [name for name in names if any(char.isalpha() for char in name)]
    figures = [*[votes] * len(candidates), *[7] * len(unknown)]
    own: list[list[str | int]] = [["Kota Contoh", name, *figures] for name in names]
    return [["kabkota", "kecamatan", *candidates, *unknown], *own]


def write(path: Path, name: str, table: list[list[str | int]]) -> None:
    """Write a table as a workbook where one can hold the name, else as CSV."""
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(table)
        return
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(as_sheet(name))
        for at, row in enumerate(table):
            sheet.write_row(at, 0, row)


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Make both sides and the election: of ours a file for each name."""
    folder = tmp_path_factory.mktemp("hostile")
    ours, theirs = folder / "ours", folder / f"{as_file(NAMES['link'])}.csv"
    ours.mkdir()
    for key, name in NAMES.items():
        kind = "csv" if acting(name) or key == "long" else "xlsx"
        write(ours / f"{as_file(name)}.{kind}", name, rows([name], 200))
    write(theirs, "", rows(list(NAMES.values()), 190))
    election = folder / "recount.toml"
    title = " ".join(name for key, name in NAMES.items() if key != "long")
    election.write_text(f"[election]\nid = 'e'\ntitle = {json.dumps(title)}\n", encoding="utf-8")
    return [str(ours), "--online", str(theirs), "--election", str(election)]


@pytest.fixture(scope="module")
def written(job: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ask once for every format; both languages, for the separators of CSV differ."""
    folder = tmp_path_factory.mktemp("written")
    for name in ("en.json", "en.csv", "id.csv", "en.xlsx", "en.md", "en.txt"):
        where = ["-o", str(folder / name), "--items", "candidates"]
        code = main(["--lang", name[:2], "reconcile", *job, *where])
        assert code == 1, name
    return folder


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return NAMES[request.param]


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


@pytest.mark.parametrize("file", ["en.json", "en.csv", "id.csv", "en.md", "en.txt"])
def test_nothing_in_a_file_acts(written: Path, file: str) -> None:
    assert acting(text_of(written / file)) == set()


def test_json_keeps_the_name(written: Path, name: str) -> None:
    document = json.loads(text_of(written / "en.json"))
    read = {" ".join(one["name"].split()) for one in document["comparisons"]}
    assert " ".join(name.split()) in read
    assert name[:40] in document["election"]["title"] or len(name) > 10_000


@pytest.mark.parametrize(("file", "separator"), [("id.csv", ";"), ("en.csv", ",")])
def test_csv_has_it_as_one_cell(written: Path, name: str, file: str, separator: str) -> None:
    held = csv.DictReader(io.StringIO(text_of(written / file)), delimiter=separator)
    wanted = plain(name)
    found = [row for row in held if " ".join(row["name"].replace("'", "").split()) == wanted]
    assert found
    assert {row["difference"] for row in found} == {"10"}


def plain(name: str) -> str:
    return " ".join(shown(name).replace("'", "").split())


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("file", ["en.csv", "id.csv"])
def test_csv_opens_no_formula_whatever_the_separator(
    written: Path, file: str, separator: str
) -> None:
    for line in csv.reader(io.StringIO(text_of(written / file)), delimiter=separator):
        bad = [cell for cell in line if cell.startswith(OFFERED)]
        assert all(re.fullmatch(r"-\d+", cell) for cell in bad), bad


def test_a_workbook_has_it_as_a_text(written: Path, name: str) -> None:
    sheet = book(written)["Discrepancies kecamatan"]
    regions = {
        " ".join(str(row[1]).replace("_x005F_", "_").split())[:30_000]
        for row in sheet.iter_rows(values_only=True)
    }
    assert shown(name)[:30_000] in regions


def test_a_workbook_has_neither_formulas_nor_links(written: Path) -> None:
    with zipfile.ZipFile(written / "en.xlsx") as parts:
        for part in parts.namelist():
            data = parts.read(part)
            assert b"<f>" not in data, part
            assert b"hyperlink" not in data, part
            assert b"External" not in data, part
    cells = [cell for sheet in book(written) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert acting("".join(str(cell.value) for cell in cells)) == set()
    assert all(len(title) <= 31 for title in book(written).sheetnames)


@cache
def book(folder: Path) -> Workbook_:
    return openpyxl.load_workbook(folder / "en.xlsx")


@cache
def tokens(folder: Path) -> list[Token]:
    """Read the Markdown as a reader of articles would."""
    return (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text_of(folder / "en.md"))
    )


def test_markdown_has_it_as_one_cell(written: Path, name: str) -> None:
    said = [token.children for token in tokens(written) if token.children]
    cells = {" ".join("".join(part.content for part in parts).split()) for parts in said}
    assert shown(name) in cells


def test_markdown_has_no_markup_but_its_own(written: Path) -> None:
    every = tokens(written)
    inline = {child.type for token in every for child in token.children or ()}
    own = {"text", "strong_open", "strong_close", "em_open", "em_close", "softbreak"}
    assert inline - own <= {"text_special"}
    blocks = {token.type for token in every}
    assert not blocks & {"html_block", "code_block", "fence", "heading_open", "hr"}
    cells: list[int] = []
    for token in every:
        if token.type == "table_open":
            cells = []
        elif token.type == "tr_open":
            cells.append(0)
        elif token.type in {"td_open", "th_open"}:
            cells[-1] += 1
        elif token.type == "table_close":
            assert len(set(cells)) == 1


def test_the_screen_has_it(written: Path, name: str) -> None:
    letters = "".join(shown(name).split())
    held = "".join(text_of(written / "en.txt").split())
    assert letters[:20] in held or name == NAMES["long"], "a long one may come too late in the list"


def test_a_terminal_gets_colours_and_nothing_else(job: list[str]) -> None:
    done = on_a_terminal("reconcile", *job, columns=200)
    bare = re.sub(r"\x1b\[[0-9;]*m|\r", "", done.out)
    assert acting(bare) == set()
    assert "\x1b[" in done.out


@pytest.mark.parametrize("command", ["check", "aggregate"])
@pytest.mark.parametrize("ending", ["txt", "csv", "json", "xlsx", "md"])
def test_the_other_commands_take_them_too(
    job: list[str], tmp_path: Path, command: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"r.{ending}"
    assert main([command, job[0], "--election", job[-1], "-o", str(target)]) in {0, 1}
    assert acting(capsys.readouterr().err) == set()
    if ending != "xlsx":
        assert acting(text_of(target)) == set()
    if ending == "csv":
        cells = [cell for line in csv.reader(io.StringIO(text_of(target))) for cell in line]
        assert not [c for c in cells if c.startswith(OFFERED) and not re.fullmatch(r"-\d+", c)]
