"""Every broken input comes to its one message, in both languages, and to its exit code.

The command either cannot do its job - then it says so once, with a way out, and leaves nothing
behind - or it goes on, and the fault is among its findings, with its address.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest

from recount.cli import main
from tests.broken.cases import CANNOT, CASES, NEEDS_A_USER, WRONG, Case
from tests.broken.making import HEAD
from tests.cli.running import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _pytest.mark import ParameterSet

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("id", "en")
HARMFUL = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"}
ENGLISH = re.compile(
    r"\b(?:the|is|are|not|this|with|of|cannot|where|and|or|no|it|which|invalid|can't|at|to)\b",
    re.IGNORECASE,
)
"""Words that stand in nearly every English sentence and in no Indonesian one; a list of the ids of
boxes, which are the same in both, does not count."""

UNABLE = [case for case in CASES if case.code == CANNOT]
GOING_ON = [case for case in CASES if case.code != CANNOT]
AS_PROCESSES = (
    "empty",
    "truncated-xlsx",
    "hostile-name",
    "open-quote",
    "online-not-given",
)


class Answer(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


def cases(chosen: Iterable[Case], languages: tuple[str, ...] = LANGUAGES) -> list[ParameterSet]:
    """Make parameters of cases."""
    return [
        pytest.param(case, lang, id=f"{case.name}-{lang}") for case in chosen for lang in languages
    ]


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of one's own, 80 columns wide, with a place for what is temporary."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "RECOUNT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    work, spare = tmp_path / "work", tmp_path / "spare"
    work.mkdir()
    spare.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr(tempfile, "tempdir", str(spare))


@pytest.fixture
def ask(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Write a case's files and carry its command out, in this process."""

    def asked(case: Case, lang: str, *more: str) -> Answer:
        case.write(Path.cwd())
        monkeypatch.setenv("LANGUAGE", lang)
        if case.lacks:
            monkeypatch.setitem(sys.modules, case.lacks, None)
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(case.stdin)))
        before = content(Path.cwd().parent)
        capsysbinary.readouterr()
        code = main([*case.arguments, *more])
        out, err = capsysbinary.readouterr()
        assert content(Path.cwd().parent) == before, "something was written"
        return Answer(code, out.decode(), err.decode())

    return asked


def content(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder."""
    paths = sorted(folder.rglob("*"))
    return {str(p): p.read_bytes() if _is_open(p) else None for p in paths}


def _is_open(path: Path) -> bool:
    return path.is_file() and os.access(path, os.R_OK)


def compare(name: str, text: str) -> None:
    """Hold a message against its golden file; a missing one fails. `make golden` writes them."""
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("RECOUNT_WRITE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert golden.exists(), f"{golden.name} is missing: run `make golden` and read it"
    assert text == golden.read_text(encoding="utf-8")


def harmless(text: str) -> bool:
    """Whether nothing in a text moves a cursor or turns a line around."""
    return not {char for char in text if char != "\n" and unicodedata.category(char) in HARMFUL}


def in_words(finding: dict[str, str | None]) -> str:
    """Write a finding the way a message stands on the screen."""
    where = ": ".join(filter(None, (finding["severity"], finding["place"])))
    return f"{where}: {finding['message']}\n  -> {finding['mend']}\n"


def _skip_as_root(case: Case) -> None:
    if case.name in NEEDS_A_USER and (os.name == "nt" or os.geteuid() == 0):
        pytest.skip("root may open everything")


@pytest.mark.parametrize(("case", "lang"), cases(UNABLE))
def test_what_cannot_be_done_is_said_once(
    case: Case, lang: str, ask: Callable[..., Answer]
) -> None:
    _skip_as_root(case)
    code, out, err = ask(case, lang)
    compare(f"{case.name}.{lang}", err)
    assert (code, out) == (CANNOT, "")
    assert re.fullmatch(r"recount: [^\n]+\n  -> [^\n]+\n", err)
    assert err.startswith(f"recount: {case.at}: " if case.at else "recount: ")
    assert "Traceback" not in err
    assert harmless(err)
    assert lang == "en" or not ENGLISH.search(err.replace(" valid, invalid, cast,", ""))


@pytest.mark.parametrize(("case", "lang"), cases(GOING_ON))
def test_what_is_wrong_in_a_form_is_a_finding(
    case: Case, lang: str, ask: Callable[..., Answer]
) -> None:
    code, out, err = ask(case, lang, "--format", "json")
    # What a list of regions has besides is not what is wrong in a form.
    found = [one for one in json.loads(out)["findings"] if one["rule"] != "no-form"]
    compare(f"{case.name}.{lang}", "".join(map(in_words, found)))
    said = [line for line in err.splitlines() if "--regions none" not in line]
    assert (code, said) == (case.code, [])
    listed = [(finding["rule"], finding["place"]) for finding in found]
    assert [find for find in case.finds if find not in listed] == []
    assert (code == WRONG) == any(finding["severity"] == "error" for finding in found)
    assert all(finding["message"] and finding["mend"] for finding in found)
    assert lang == "en" or not ENGLISH.search("".join(map(in_words, found)))


@pytest.mark.parametrize(("case", "lang"), cases(GOING_ON, ("id",)))
def test_the_finding_stands_on_the_screen(
    case: Case, lang: str, ask: Callable[..., Answer]
) -> None:
    code, out, _ = ask(case, lang)
    shown = re.sub(r"\s", "", out)
    assert code == case.code
    assert harmless(out)
    assert all(re.sub(r"\s", "", place) in shown for _, place in case.finds)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_languages_say_it_in_their_own_words(case: Case) -> None:
    _skip_as_root(case)
    indonesian, english = (
        (GOLDEN / f"{case.name}.{lang}.txt").read_text(encoding="utf-8") for lang in LANGUAGES
    )
    assert len(indonesian.splitlines()) == len(english.splitlines())
    assert indonesian != english or not english


def test_the_table_is_long_and_has_no_name_twice() -> None:
    assert len(CASES) >= 45
    assert len({case.name for case in CASES}) == len(CASES)
    goldens = {path.name for path in GOLDEN.iterdir()}
    assert goldens <= {f"{case.name}.{lang}.txt" for case in CASES for lang in LANGUAGES}


@pytest.mark.parametrize("name", AS_PROCESSES)
def test_a_process_of_its_own_says_the_same(name: str) -> None:
    case = next(case for case in CASES if case.name == name)
    case.write(Path.cwd())
    done = subprocess.run(
        [sys.executable, "-m", "recount", *case.arguments],
        env=environment(LANGUAGE="id", PYTHONPATH=os.pathsep.join(map(os.path.abspath, sys.path))),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    golden = (GOLDEN / f"{name}.id.txt").read_bytes()
    assert (done.returncode, done.stdout, done.stderr) == (CANNOT, b"", golden)


@pytest.mark.parametrize(("lang", "words"), [("id", "Perintah:"), ("en", "Commands:")])
def test_without_arguments_there_is_help(lang: str, words: str, ask: Callable[..., Answer]) -> None:
    """Nothing was asked for, so nothing was done: exit code 2, and the help as the way out."""
    code, out, err = ask(Case("nothing", "", ""), lang)
    assert (code, out) == (CANNOT, "")
    assert words in err


HOSTILE = "\x1b[2J\u202e[bold]evil[/bold] |<b>x</b>"
LINK = '=HYPERLINK("http://evil.example","klik")'


def hostile_sides() -> tuple[str, str]:
    """Two files of two kecamatan whose names mean harm, and that differ."""
    quoted = LINK.replace('"', '""')
    ours = f'{HEAD}Kota X,{HOSTILE},100,200\nKota X,"{quoted}",300,400\n'
    return ours, ours.replace("100", "101").replace("300", "301")


def reconciled(ask: Callable[..., Answer], name: str) -> Answer:
    ours, theirs = hostile_sides()
    line = f"reconcile ours.csv --online kpu.csv --format {name}"
    return ask(Case("", "", line, {"ours.csv": ours, "kpu.csv": theirs}), "id")


@pytest.mark.parametrize("name", ["table", "csv", "markdown"])
def test_names_that_mean_harm_do_none(name: str, ask: Callable[..., Answer]) -> None:
    code, out, err = reconciled(ask, name)
    assert code == WRONG
    assert harmless(out.removeprefix("\ufeff"))
    assert harmless(err)
    shown = re.sub(r"[\s\\]", "", out)
    assert "x1b[2Ju202e[bold]evil[/bold]" in shown


def test_no_cell_of_the_csv_is_a_formula(ask: Callable[..., Answer]) -> None:
    _, out, _ = reconciled(ask, "csv")
    cells = [cell for row in csv.reader(StringIO(out.removeprefix("\ufeff"))) for cell in row]
    assert f"'{LINK}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]


def test_markdown_makes_neither_markup_nor_columns_of_names(ask: Callable[..., Answer]) -> None:
    _, out, _ = reconciled(ask, "markdown")
    assert "<b>" not in out
    assert r"\|&lt;b&gt;x&lt;/b&gt;" in out
    assert r"http\://evil.example" in out


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    ours, theirs = hostile_sides()
    Path("ours.csv").write_text(ours, encoding="utf-8")
    Path("kpu.csv").write_text(theirs, encoding="utf-8")
    target = tmp_path / "hasil.xlsx"
    assert main(["reconcile", "ours.csv", "--online", "kpu.csv", "-o", str(target)]) == WRONG
    book = openpyxl.load_workbook(target)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert LINK in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_ten_thousand_faults_are_counted_and_a_file_lists_them_all(
    ask: Callable[..., Answer],
) -> None:
    lines = "".join(f"Kota Samarinda,Kecamatan {n},{n}x,1\n" for n in range(10_000))
    case = Case("", "", "check da1.csv", {"da1.csv": HEAD + lines})
    code, out, _ = ask(case, "en")
    assert code == WRONG
    assert "10,000" in out
    assert len(out.splitlines()) < 3_000
    assert len(json.loads(ask(case, "en", "--format", "json").out)["findings"]) == 10_000
    assert main(["check", "da1.csv", "-o", "findings.csv"]) == WRONG
    listed = Path("findings.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(listed) == 10_001
    assert "da1.csv:10001" in listed[-1]
