"""The table of broken and hostile inputs: the files, the command, and what must come of it.

Out come golden messages (`golden/`) and, from both, the page docs/errors.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tests.broken import making
from tests.broken.making import ELECTION, FORM, HEAD, PALARAN, REGIONS, book, rows
from tests.readers.making import workbook, zipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Content = str | bytes | Callable[[], bytes]

CANNOT, WRONG, FINE = 2, 1, 0
TICKED = True


@dataclass(frozen=True, slots=True)
class Case:
    """One broken input.

    `about`: what is broken, for the page of errors. `files`: name and content. `line`: what stands
    after `recount`, its words separated by blanks. `code`: 2 when the command cannot do its job;
    then `at` is where its message says the fault is. Otherwise the command goes on, and `finds` are
    the rules and addresses of the findings that it must list.
    """

    name: str
    about: str
    line: str
    files: dict[str, Content] = field(default_factory=dict)
    at: str = ""
    code: int = CANNOT
    finds: tuple[tuple[str, str], ...] = ()
    before: Callable[[Path], None] | None = None
    lacks: str | None = None
    stdin: bytes = b""

    @property
    def arguments(self) -> list[str]:
        """The words of the command line."""
        return self.line.split(" ") if self.line else []

    def write(self, folder: Path) -> None:
        """Write the files into a folder."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content() if callable(content) else content
            path.write_bytes(data.encode() if isinstance(data, str) else data)
        if self.before:
            self.before(folder)


def _file(name: str, about: str, file: str, content: Content, at: str | None = None) -> Case:
    """One file that cannot be read."""
    return Case(name, about, f"check {file}", {file: content}, file if at is None else at)


def _cell(
    name: str,
    about: str,
    content: Content,
    *finds: tuple[str, str],
    file: str = "da1.csv",
    code: int = WRONG,
) -> Case:
    """One file that is read, with findings."""
    return Case(name, about, f"check {file}", {file: content}, code=code, finds=finds)


def _sides(
    name: str, about: str, more: str = "", ours: str = FORM, theirs: str = FORM, at: str = ""
) -> Case:
    """Two files that are compared."""
    files: dict[str, Content] = {"ours.csv": ours, "kpu.csv": theirs}
    line = "reconcile ours.csv --online kpu.csv" + (f" {more}" if more else "")
    return Case(name, about, line, files, at)


def _election(name: str, about: str, text: Content, at: str = "recount.toml") -> Case:
    """An election's file that cannot be used."""
    files: dict[str, Content] = {"da1.csv": FORM, "recount.toml": text}
    return Case(name, about, "check da1.csv --election recount.toml", files, at)


def _listed(name: str, about: str, form: str, *finds: tuple[str, str]) -> Case:
    """One file that is held against a region list."""
    files: dict[str, Content] = {"da1.csv": form, "regions.csv": REGIONS}
    return Case(name, about, "check da1.csv --regions regions.csv", files, code=WRONG, finds=finds)


def _stranger(name: str, about: str, form: str, place: str) -> Case:
    """One file with a candidate whom the election's file does not list."""
    files: dict[str, Content] = {"da1.csv": form, "recount.toml": ELECTION}
    line = "check da1.csv --election recount.toml"
    return Case(name, about, line, files, code=WRONG, finds=(("unknown-candidate", place),))


EMPTY = [
    _file("empty", "a file of 0 bytes", "da1.csv", b""),
    _file("blanks", "a file of blanks and empty lines", "da1.csv", b" \r\n \t\r\n\r\n"),
    _file("bom-only", "a byte order mark and nothing else", "da1.csv", b"\xef\xbb\xbf"),
    _file("empty-workbook", "a workbook without a filled cell", "da1.xlsx",
          lambda: making.still(workbook({"DA1": []}))),
    _file("empty-gzip", "a gzip file of 0 bytes", "da1.csv.gz", b""),
    _file("empty-in-gzip", "a gzip file with nothing inside", "da1.csv.gz",
          lambda: making.packed("")),
    Case("empty-stdin", "nothing comes through standard input", "check -", at="-"),
]  # fmt: skip

HEADINGS = [
    _file("heading-only", "headings without a row below", "da1.csv", HEAD, "da1.csv:1"),
    _file("two-headings", "two headings of one name", "da1.csv",
          "kabkota,kecamatan,suara_1,suara_1\nKota Samarinda,Palaran,1,2\n", "da1.csv:1"),
    _file("two-spellings", "two headings that mean the same", "da1.csv",
          "kecamatan,suara_1,paslon 01\nPalaran,1,2\n", "da1.csv:1"),
    _file("no-candidate", "no column of a candidate or a box", "da1.csv",
          "kabkota,kecamatan,keterangan\nKota Samarinda,Palaran,lengkap\n", "da1.csv:1"),
    _file("no-place-column", "no column says which region a row is about", "da1.csv",
          "suara_1,suara_2\n100,200\n", "da1.csv:1"),
    _file("numbers-only", "one column of numbers", "da1.csv", "100\n200\n300\n", "da1.csv:1"),
    _file("prose", "a text that is no table", "catatan.csv",
          "Rekap kami kirim besok pagi.\nTerima kasih.\n", "catatan.csv:1"),
]  # fmt: skip

BROKEN_FILES = [
    _file("truncated-xlsx", "a workbook that was cut off on its way", "da1.xlsx",
          lambda: book(100, 300)[:-900]),
    _file("password-xlsx", "a workbook locked with a password", "da1.xlsx", making.password),
    _file("zip", "a zip archive with a table in it", "da1.xlsx",
          lambda: making.still(zipped({"da1.csv": FORM.encode()}))),
    _file("html-xls", "a web page that is called .xls", "da1.xls",
          "<html><body><table><tr><td>Palaran</td><td>100</td></tr></table></body></html>"),
    _file("pdf-csv", "a PDF that is called .csv", "da1.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    _file("photo", "a photograph of a form", "da1.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
    _file("screenshot-xlsx", "a screenshot that is called .xlsx", "da1.xlsx",
          b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    _file("noise", "bytes without any sense", "da1.xlsx", making.noise),
    _file("noise-csv", "bytes without any sense, called .csv", "da1.csv", making.noise,
          "da1.csv:4"),
    _file("truncated-gzip", "a gzip file that was cut off on its way", "da1.csv.gz",
          lambda: making.packed(FORM * 50)[:-12]),
    _file("gzip-bomb", "a small gzip file that expands to 70 MB", "da1.csv.gz", making.gzip_bomb),
    _file("zip-bomb", "a small workbook that expands to 70 MB", "da1.xlsx", making.zip_bomb),
    _file("entities", "a workbook whose XML unfolds entities within entities", "da1.xlsx",
          making.with_entities),
    _file("far-cell", "a workbook with one cell in the last corner of the sheet", "da1.xlsx",
          making.far_out),
    _file("sector-loop", "an .xls whose sectors lead back to themselves", "da1.xls",
          making.sector_loop),
    _file("nul", "NUL bytes in a CSV file", "da1.csv", FORM.replace("300", "3\0\0"), "da1.csv:3"),
    _file("utf16-no-bom", "UTF-16 without a byte order mark", "da1.csv", FORM.encode("utf-16-le"),
          "da1.csv:1"),
    _file("utf16-cut", "UTF-16 that ends in half a letter", "da1.csv",
          FORM.encode("utf-16") + b"x"),
    _file("no-encoding", "a letter that neither UTF-8 nor Windows-1252 knows", "da1.csv",
          FORM.encode().replace(b"Sambutan", b"Samb\x81tan"), "da1.csv:3"),
    _file("open-quote", "a quotation mark that is never closed", "da1.csv",
          FORM.replace("Sambutan", '"Sambutan'), "da1.csv:3"),
    _file("hostile-name", "a file name with an escape sequence and a mark that turns text around",
          "kpu\x1b[2J\u202evsc.csv", b"", "kpu\\x1b[2J\\u202evsc.csv"),
    _file("markup-name", "a file name with the marks of terminal markup", "[red]kpu.csv", b""),
]  # fmt: skip


def _folder(folder: Path) -> None:
    (folder / "forms").mkdir()


def _loop(folder: Path) -> None:
    (folder / "forms").mkdir()
    (folder / "forms" / "da1.csv").symlink_to("da1.csv")


def _loop_beside(folder: Path) -> None:
    _loop(folder)
    (folder / "forms" / "lagi").symlink_to(folder / "forms")


def _locked(folder: Path) -> None:
    (folder / "da1.csv").chmod(0)


PATHS = [
    Case("no-such-file", "a path that does not exist", "check forms/da1.csv", at="forms/da1.csv"),
    Case("no-such-pattern", "a pattern that matches nothing", "check forms/*.xlsx",
         at="forms/*.xlsx"),
    Case("empty-folder", "a folder without a file", "check forms", at="forms", before=_folder),
    Case("unreadable-folder", "a folder without a table", "check forms",
         {"forms/da1.jpg": b"\xff\xd8\xff", "forms/catatan.docx": b"PK"}, "forms"),
    Case("symlink-loop", "a link that points to itself", "check forms", at="da1.csv",
         before=_loop),
    Case("locked-file", "a file that may not be opened", "check da1.csv", {"da1.csv": FORM},
         "da1.csv", before=_locked),
    Case("empty-name", "an empty file name, as an unset variable of the shell gives",
         "check ", at=""),
    Case("stdin-twice", "both sides from standard input", "reconcile - --online -"),
    Case("online-missing-file", "the online figures are not where the command says",
         "reconcile ours.csv --online kpu.csv", {"ours.csv": FORM}, "kpu.csv"),
    Case("online-unreadable", "the online figures were saved as a web page",
         "reconcile ours.csv --online kpu.xls",
         {"ours.csv": FORM, "kpu.xls": "<html><table></table></html>"}, "kpu.xls"),
]  # fmt: skip

_LEVELLED = "kabkota,kecamatan,suara_1,suara_2\nKota Samarinda,,400,600\n"

COMPARISON = [
    _sides("nothing-in-common", "the two sides name no region alike",
           theirs=HEAD + "Kota Balikpapan,Balikpapan Utara,1,2\n"),
    _sides("other-candidates", "the two sides have no box in common",
           theirs=FORM.replace("suara_1,suara_2", "suara_3,suara_4")),
    _sides("levels-apart", "one side has whole kabupaten/kota, the other kecamatan of another one",
           ours=_LEVELLED, theirs=HEAD + "Kota Balikpapan,Balikpapan Utara,1,2\n"),
    _sides("blank-side", "one side has not a single figure", theirs=HEAD +
           "Kota Samarinda,Palaran,,\nKota Samarinda,Sambutan,,\n"),
    _sides("level-nobody-has", "--level of which neither side has a region", "--level desa"),
    _sides("level-unknown", "--level that does not exist", "--level kecamtan"),
    _sides("items-unknown", "--items that neither side has", "--items suara_9"),
    _sides("tolerance-word", "--tolerance that is no number", "--tolerance x"),
    _sides("tolerance-negative", "--tolerance below 0", "--tolerance -1"),
    _sides("tolerance-fraction", "--tolerance with a separator", "--tolerance 1.000"),
    _sides("format-unknown", "--format that does not exist", "--format exel"),
    _sides("engine-unknown", "--engine that does not exist", "--engine polar"),
    _sides("lang-unknown", "--lang that does not exist", "--lang fr"),
    Case("engine-missing", "--engine duckdb where DuckDB is not installed",
         "check da1.csv --engine duckdb", {"da1.csv": FORM}, lacks="duckdb"),
    Case("aggregate-level", "aggregate --level below the forms", "aggregate da1.csv --level tps",
         {"da1.csv": FORM}),
]  # fmt: skip

OUTPUT = [
    _sides("output-ending", "-o with an ending that is no format", "-o hasil.pdf", at="hasil.pdf"),
    _sides("output-no-folder", "-o into a folder that does not exist", "-o hasil/a.csv",
           at="hasil/a.csv"),
    _sides("output-folder", "-o onto a folder", "-o . --format csv", at="."),
    _sides("output-on-input", "-o onto a file that is read", "-o kpu.csv", at="kpu.csv"),
    Case("output-on-election", "-o onto the election's file",
         "check da1.csv --election recount.toml -o recount.toml --format csv",
         {"da1.csv": FORM, "recount.toml": ELECTION}, "recount.toml"),
]  # fmt: skip

ELECTIONS = [
    Case("election-missing", "--election that does not exist",
         "check da1.csv --election pemilu.toml", {"da1.csv": FORM}, "pemilu.toml"),
    Case("election-folder", "--election that is a folder", "check da1.csv --election forms",
         {"da1.csv": FORM}, "forms", before=_folder),
    _election("election-invalid", "an election's file that is no TOML",
              "[election]\ntitle = Pilgub Kaltim\n", "recount.toml:2"),
    _election("election-binary", "an election's file that is a workbook", lambda: book(1)),
    _election("election-key", "a key that the election's file does not know",
              ELECTION.replace('id = "pilgub"\ntitle', 'tanggal = "2018-06-27"\ntitle')),
    _election("election-type", "a number where the election's file needs a text",
              ELECTION.replace('"Pilgub Kaltim 2018"', "2018")),
    _election("election-twice", "two candidates with one number",
              ELECTION.replace('id = "2"', 'id = "01"')),
    _election("election-seats", "a contest for no seat",
              ELECTION.replace("[[contest]]\n", "[[contest]]\nseats = 0\n")),
    _election("election-form", "a kind of form that there is not",
              'form = "da1-kwk-2015"\n' + ELECTION),
    _election("election-lists", "an acronym explained, but no kind of form named",
              ELECTION + '[lists]\nDPTb = "moved"\n'),
    _election("election-meaning", "an acronym with a meaning that there is not",
              'form = "c-hasil-kwk-2024"\n' + ELECTION + '[lists]\nDPTb = "pindahan"\n'),
    _election("rule-unknown", "a rule that there is not",
              ELECTION + '[rules.R13]\nseverity = "note"\n'),
    _election("rule-severity", "a severity that there is not",
              ELECTION + '[rules.R2]\nseverity = "fatal"\n'),
    _election("rule-tolerance", "a tolerance that is neither a number nor a percentage",
              ELECTION + '[rules.R2]\ntolerance = "1 suara"\n'),
    _election("rule-tolerance-fraction", "a tolerance of half a vote",
              ELECTION + "[rules.R2]\ntolerance = 0.5\n"),
    _election("equation-wrong", "an equation with a decimal comma",
              ELECTION + '[[equations]]\nrule = "X1"\ntext = "cast <= registered * 1,02"\n'),
    _election("equation-end", "an equation that ends too early",
              ELECTION + '[[equations]]\nrule = "X1"\ntext = "cast <="\n'),
    _election("equation-box", "an equation with a box that there is not",
              ELECTION + '[[equations]]\nrule = "X1"\ntext = "cast <= pemilih * 1.02"\n'),
    _election("equation-rule", "an equation with the id of a rule that there is",
              ELECTION + '[[equations]]\nrule = "R1"\ntext = "cast <= registered"\n'),
    Case("regions-missing", "--regions that does not exist",
         "check da1.csv --regions regions.csv", {"da1.csv": FORM}, "regions.csv"),
    Case("regions-folder", "--regions that is a folder", "check da1.csv --regions forms",
         {"da1.csv": FORM}, "forms", before=_folder),
    Case("regions-no-codes", "a region list without codes",
         "check da1.csv --regions regions.csv",
         {"da1.csv": FORM, "regions.csv": "kabupaten,nama\nSamarinda,Palaran\n"}, "regions.csv"),
]  # fmt: skip

USAGE = [
    Case("no-files", "a command without files", "check"),
    Case("online-not-given", "reconcile without the online figures", "reconcile ours.csv",
         {"ours.csv": FORM}),
    Case("online-without-value", "--online without a file", "reconcile ours.csv --online",
         {"ours.csv": FORM}),
    Case("unknown-command", "a command that does not exist", "reconsile ours.csv"),
    Case("unknown-option", "an option that does not exist", "check da1.csv --levels desa",
         {"da1.csv": FORM}),
    Case("hostile-command", "a command with an escape sequence in it", "\x1b[31mcheck"),
]  # fmt: skip

NUMBERS = [
    _cell("huge", "10^30 votes", rows("1" + "0" * 30, "300"), ("unread", "da1.csv:2")),
    _cell("beyond-64-bit", "more votes than a machine's number holds",
          rows("9223372036854775808", "300"), ("unread", "da1.csv:2")),
    _cell("negative", "votes below zero", rows("-5", "300"), ("R12", "da1.csv:2")),
    _cell("fraction", "a fraction", rows('"12,5"', "300"), ("R12", "da1.csv:2")),
    _cell("fraction-beside-thousand", "“1.234” in a column with “426.5”", rows("1.234", "426.5"),
          ("unread", "da1.csv:2"), ("R12", "da1.csv:3")),
    _cell("point-zero", "“1.234” in a column with “426.0”", rows("1.234", "426.0"),
          ("unread", "da1.csv:2")),
    _cell("both-separators", "“1.234” and “1,234” in one column", rows("1.234", '"1,234"'),
          ("unread", "da1.csv:2"), ("unread", "da1.csv:3")),
    _cell("float", "the number 1.234 in a workbook, which is not the text “1.234”",
          lambda: book(1.234, 300), ("R12", "da1.xlsx!DA1!C2"), file="da1.xlsx"),
    _cell("formula", "a formula whose value was never calculated",
          lambda: book("=SUM(D2:D9)", 300), ("unread", "da1.xlsx!DA1!C2"), file="da1.xlsx"),
    _cell("error-cell", "a cell that shows #DIV/0!", making.with_error_cell,
          ("unread", "da1.xlsx!DA1!C2"), file="da1.xlsx"),
    _cell("date", "a date where a number belongs",
          lambda: book(date(2018, 6, 27), 300),
          ("unread", "da1.xlsx!DA1!C2"), file="da1.xlsx"),
    _cell("truth", "TRUE where a number belongs", lambda: book(TICKED, 300),
          ("unread", "da1.xlsx!DA1!C2"), file="da1.xlsx"),
    _cell("percent", "a percentage", rows("12%", "300"), ("unread", "da1.csv:2")),
    _cell("illegible", "digits with an X between them", rows("X 9 9", "3 0 0"),
          ("unread", "da1.csv:2"), ("unread", "da1.csv:3")),
    _cell("words", "a word where a number belongs", rows("seratus", "300"),
          ("unread", "da1.csv:2")),
    _cell("hostile-cell", "an escape sequence, terminal markup and a formula in cells of votes",
          rows("\x1b[2J", "[red]9[/red]", '"=HYPERLINK(""http://x.example"",9)"'),
          ("unread", "da1.csv:2"), ("unread", "da1.csv:3"), ("unread", "da1.csv:4")),
    _cell("long-cell", "a cell of 100,000 letters", rows("9" * 100_000 + "x", "300"),
          ("unread", "da1.csv:2")),
]  # fmt: skip

_TPS = "kabkota,kecamatan,desa,tps,suara_1,suara_2\n"
_DESA = "Kota Samarinda,Palaran,Rawa Makmur"

FORMS = [
    _cell("tps-four-digits", "a TPS number of four digits", f"{_TPS}{_DESA},1234,5,6\n",
          ("R12", "da1.csv:2"), code=FINE),
    _cell("no-contest", "a contest that is blank in one row",
          "pemilihan,kecamatan,suara_1,suara_2\nGubernur,Palaran,1,2\n,Sambutan,3,4\n",
          ("no-contest", "da1.csv:3")),
    _cell("code-station", "a TPS number that its code does not have",
          "kode,tps,suara_1,suara_2\n64.72.01.1001.004,005,5,6\n64.72.01.1001.006,006,5,6\n",
          ("code-station", "da1.csv:2")),
    _cell("tps-word", "a TPS that is a word", f"{_TPS}{_DESA},mawar,5,6\n{_DESA},2,5,6\n",
          ("station", "da1.csv:2")),
    _cell("no-place", "a row with figures that names no place", FORM + ",,70,80\n",
          ("no-place", "da1.csv:4")),
    _cell("long-row", "a row with more cells than there are headings",
          FORM + "Kota Samarinda,Samarinda Ulu,5,6,7\n", ("beyond-headings", "da1.csv:4")),
    _cell("cp1252", "letters of Windows-1252",
          FORM.replace("Palaran", "Palar\u00e1n").encode("cp1252"), ("encoding", "da1.csv"),
          code=FINE),
    Case("copies-differ", "two copies of a form that differ", "check a.csv b.csv",
         {"a.csv": FORM, "b.csv": HEAD + PALARAN.replace("200", "290")}, code=WRONG,
         finds=(("conflict", "a.csv:2 | b.csv:2"),)),
    Case("copies-majority", "three copies of a form, of which two agree", "check a.csv b.csv c.csv",
         {"a.csv": FORM, "b.csv": HEAD + PALARAN.replace("200", "290"), "c.csv": HEAD + PALARAN},
         code=FINE, finds=(("majority", "a.csv:2 | b.csv:2 | c.csv:2"),)),
    Case("same-bytes", "one file under two names", "check a.csv b.csv",
         {"a.csv": FORM, "b.csv": FORM}, code=FINE, finds=(("same-file", "a.csv | b.csv"),)),
    _cell("same-row-twice", "one region twice in a file", FORM + PALARAN,
          ("copies", "da1.csv:2 | da1.csv:4"), code=FINE),
    Case("named-twice", "one file named twice", "check da1.csv ./da1.csv", {"da1.csv": FORM},
         code=FINE, finds=(("named_twice", "da1.csv"),)),
    _cell("long-unknown-candidate", "a candidate that nobody knows, in a table of one number a row",
          "kabkota,kecamatan,paslon,suara\nKota Samarinda,Palaran,1,100\n"
          "Kota Samarinda,Palaran,0,200\nKota Samarinda,Palaran,,30\n",
          ("unknown-candidate", "da1.csv:3"), ("unknown-candidate", "da1.csv:4")),
    _stranger("stranger", "a column of a candidate that the election's file does not list",
              rows("1,9", head=HEAD.replace("suara_2", "suara_9,suara_2")), "da1.csv:1"),
    _stranger("stranger-long", "a candidate that the election's file does not list, in a table of "
              "one number a row", "kabkota,kecamatan,paslon,suara\nKota Samarinda,Palaran,1,100\n"
              "Kota Samarinda,Palaran,Budi,200\n", "da1.csv:3"),
    _cell("sums", "candidates that do not add up to the valid votes",
          "kecamatan,suara_1,suara_2,suara_sah\nPalaran,100,200,301\n", ("R1", "da1.csv:2")),
    _cell("total-row", "a row that is the total of the others",
          FORM + "Kota Samarinda,JUMLAH,400,600\n", ("totals-row", "da1.csv:4"), code=FINE),
    _cell("unused-column", "a column that nobody understands",
          FORM.replace("suara_2", "suara_2,warna").replace("200", "200,biru"),
          ("unused-column", "da1.csv:1"), code=FINE),
    Case("one-of-two", "one of two files cannot be read", "check forms",
         {"forms/a.csv": FORM, "forms/b.xlsx": b"PK\x03\x04 cut off"}, code=WRONG,
         finds=(("not-read", "b.xlsx"),)),
    _cell("cover-sheet", "a workbook with a cover sheet and hidden rows", making.with_cover,
          ("skipped_sheet", "da1.xlsx!Sampul"), ("hidden_rows", "da1.xlsx!DA1!2"),
          file="da1.xlsx", code=FINE),
    Case("other-files", "photographs among the tables", "check forms",
         {"forms/a.csv": FORM, "forms/a.jpg": b"\xff\xd8\xff"}, code=FINE,
         finds=(("skipped", "forms/a.jpg"),)),
    Case("pattern-loop", "links that go in circles, under a pattern for all folders",
         "check forms/**",
         {"forms/a.csv": FORM, "forms/lain/b.csv": HEAD + "Kota Samarinda,Sungai Pinang,5,6\n"},
         code=FINE, finds=(("skipped", "forms/lagi"), ("skipped", "forms/lagi-lagi")),
         before=lambda folder: _circles(folder / "forms")),
    Case("folder-loop", "links that go in a circle", "check forms",
         {"a.csv": FORM, "forms/a.csv": FORM}, code=WRONG,
         finds=(("not-read", "b.csv"), ("skipped", "forms/lagi")),
         before=lambda folder: _circle(folder / "forms")),
]  # fmt: skip


def _circles(folder: Path) -> None:
    (folder / "lagi").symlink_to(".", target_is_directory=True)
    (folder / "lagi-lagi").symlink_to(".", target_is_directory=True)


def _circle(folder: Path) -> None:
    (folder / "b.csv").symlink_to("b.csv")
    (folder / "lagi").symlink_to(".", target_is_directory=True)


_CODED = "kode,kabkota,kecamatan,suara_1,suara_2\n"

PLACES = [
    _listed("unknown-name", "a name that is not in the region list",
            HEAD + PALARAN + "Kota Samarinda,Bantul,5,6\n", ("unknown-name", "da1.csv:3")),
    _listed("misspelt-name", "a name that is nearly one of the list",
            HEAD + PALARAN + "Kota Samarinda,Sambtan,5,6\n", ("unknown-name", "da1.csv:3")),
    _listed("no-kabupaten", "a kecamatan whose name two kabupaten have, and no kabupaten beside it",
            "kecamatan,suara_1,suara_2\nPalaran,1,2\nLoa Kulu,5,6\n",
            ("ambiguous-name", "da1.csv:3")),
    _listed("unknown-code", "a code of no region",
            "kode,suara_1,suara_2\n64.72.01,1,2\n64.99.99,5,6\n", ("code-unknown", "da1.csv:3")),
    _listed("no-code", "a word where a code belongs",
            f"{_CODED}abc,Kota Samarinda,Palaran,1,2\n64.99.99,Kota Samarinda,Pasundan,1,2\n",
            ("no-code", "da1.csv:2"), ("unknown-name", "da1.csv:3")),
    _listed("code-name", "a code that belongs to another name",
            f"{_CODED}64.72.01,Kota Samarinda,Sambutan,1,2\n", ("code-name", "da1.csv:2")),
    _listed("hostile-place", "an escape sequence and a mark that turns text around in a name",
            HEAD + PALARAN + "Kota Samarinda,\x1b[2J\u202eevil [bold]x,5,6\n",
            ("unknown-name", "da1.csv:3")),
]  # fmt: skip

_KUTAI = "Kutai Kartanegara"
_TABLE = "level,within,alias,region\n"
_ALIASED = "check da1.csv --aliases aliases.csv"


def _aliases(name: str, about: str, table: str, at: str) -> Case:
    files: dict[str, Content] = {"da1.csv": FORM, "aliases.csv": table}
    return Case(name, about, _ALIASED, files, at)


SYSTEMS = [
    Case("bps-codes", "codes of BPS under the heading of Kemendagri's", "check da1.csv",
         {"da1.csv": "kode,kabkota,suara_1,suara_2\n6401,Paser,1,2\n6402,Kutai Barat,3,4\n"},
         code=WRONG, finds=(("code-system", "da1.csv:3"),)),
    Case("bps-codes-alone", "codes of BPS, and no names beside them", "check da1.csv",
         {"da1.csv": "kode,suara_1,suara_2\n6401,1,2\n6402,3,4\n6404,5,6\n6405,7,8\n"},
         code=WRONG, finds=(("code-system", "da1.csv:3"),)),
    Case("kpu-ids", "KPU's own ids of 2019 in place of codes", "check da1.csv",
         {"da1.csv": "kode,kabkota,kecamatan,suara_1,suara_2\n65568,Kota Samarinda,Palaran,1,2\n"},
         code=WRONG, finds=(("code-system", "da1.csv:2"),)),
    Case("no-such-region", "a name that no list of the package has", "regions Sambja --list 2018"),
    Case("no-such-list", "a list that there is not", "regions Palaran --list 2019"),
]  # fmt: skip

SPELLINGS = [
    Case("alias-of-none", "a spelling of a region that is none", _ALIASED,
         {"da1.csv": FORM, "aliases.csv": f"{_TABLE}kecamatan,64.72,Palran,64.72.99\n"},
         code=WRONG, finds=(("alias", "aliases.csv:2"),)),
    Case("alias-of-another", "a spelling that is another region's name", _ALIASED,
         {"da1.csv": FORM, "aliases.csv": f"{_TABLE}kecamatan,64.72,Sambutan,64.72.01\n"},
         code=WRONG, finds=(("alias", "aliases.csv:2"),)),
    Case("alias-used", "a spelling of the table", _ALIASED,
         {"da1.csv": f"{HEAD}{_KUTAI},Semboja,1,2\n",
          "aliases.csv": f"{_TABLE}kecamatan,64.02,Semboja,Samboja\n"},
         code=FINE, finds=(("spelling", "aliases.csv:2"),)),
    _aliases("alias-no-table", "a table of spellings without its columns", "a,b\n1,2\n",
             "aliases.csv"),
    _aliases("alias-half", "a kecamatan's spelling without its kabupaten/kota",
             f"{_TABLE}kecamatan,,Semboja,64.02.13\n", "aliases.csv:2"),
    Case("confirm-alone", "a question where nobody can answer",
         "check da1.csv --confirm --aliases aliases.csv", {"da1.csv": FORM}),
]  # fmt: skip

CHAPTERS: dict[str, list[Case]] = {
    "Files with nothing in them": EMPTY,
    "Tables without headings": HEADINGS,
    "Broken and hostile files": BROKEN_FILES,
    "Paths and folders": PATHS,
    "Two sides that cannot be compared": COMPARISON,
    "Where the result goes": OUTPUT,
    "The election and the region list": ELECTIONS,
    "The command line": USAGE,
    "Numbers": NUMBERS,
    "Forms": FORMS,
    "Places": PLACES,
    "Codes of other systems": SYSTEMS,
    "Other spellings": SPELLINGS,
}
"""The cases as the page of errors has them."""

CASES = tuple(case for cases in CHAPTERS.values() for case in cases)

NEEDS_A_USER = {"locked-file"}
"""Root may open everything."""
