"""The election's file and the region list: what is read, and every way in which it may be wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from recount.election import (
    UNNAMED,
    known_candidates,
    read_election,
    read_regions,
    unknown_election,
)
from recount.errors import RecountError
from recount.forms import FORMS
from recount.model import Candidate, Contest, Election, RuleSetting, Tolerance
from recount.texts import speak

REGIONS = Path(__file__).parents[2] / "shared" / "data" / "regions"

WHOLE = """
[election]
id = "pilgub-kaltim-2018"
title = "Pilgub Kaltim 2018"

[[contest]]
id = "pilgub"
title = "Gubernur"
region = "64"
seats = 1

[[contest.candidate]]
id = 3
name = "Isran Noor - Hadi Mulyadi"
aliases = ["Isran-Hadi"]

[[contest.candidate]]
id = "04"
name = "Rusmadi - Safaruddin"
"""


def written(folder: Path, text: str, name: str = "recount.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_file(tmp_path: Path) -> None:
    candidates = (
        Candidate("3", "Isran Noor - Hadi Mulyadi", ("Isran-Hadi",)),
        Candidate("4", "Rusmadi - Safaruddin"),
    )
    assert read_election(written(tmp_path, WHOLE)) == Election(
        "pilgub-kaltim-2018",
        "Pilgub Kaltim 2018",
        (Contest("pilgub", "Gubernur", candidates, 1, "64"),),
    )


def test_nothing_is_required(tmp_path: Path) -> None:
    assert read_election(written(tmp_path, "")) == unknown_election()
    assert unknown_election().contests == (Contest(UNNAMED, ""),)


def test_a_mark_of_the_encoding_and_short_forms_are_fine(tmp_path: Path) -> None:
    text = '\ufeff[[contest]]\nid = "a"\nregion = 64\n[[contest.candidate]]\nid = 1\n'
    election = read_election(written(tmp_path, text))
    assert election.contests == (Contest("a", "a", (Candidate("1", "1"),), 1, "64"),)


RULES = """
form = "da1-kwk-2018"

[lists]
DPTb = "moved"

[rules.R2]
severity = "warning"
tolerance = 2

[rules.R7]
tolerance = "0,5 %"

[[equations]]
rule = "X1"
text = "cast <= registered * 1.02"
severity = "warning"

[[equations]]
rule = "rumah-sakit"
text = "voters == voters_dpt"
tolerance = "1%"
message = "Here {all} come from one list."
mend = "Ask."
"""


def test_forms_rules_and_equations(tmp_path: Path) -> None:
    election = read_election(written(tmp_path, RULES))
    assert election.form == "da1-kwk-2018"
    assert election.lists == (("DPTB", "moved"),)
    assert election.rules == {
        "R2": RuleSetting("warning", Tolerance(Decimal(2))),
        "R7": RuleSetting(None, Tolerance(Decimal("0.5"), percent=True)),
    }
    first, second = election.equations
    assert (first.rule, first.text, first.severity) == (
        "X1",
        "cast <= registered * 1.02",
        "warning",
    )
    assert (first.tolerance, first.message) == (None, None)
    assert (second.rule, second.severity) == ("rumah-sakit", "error")
    assert second.tolerance == Tolerance(Decimal(1), percent=True)
    assert second.message is not None
    assert speak(second.message, "id") == "Here {all} come from one list."
    assert speak(second.mend, "id") == "Ask."


@pytest.mark.parametrize("text", ['form = "c1-ppwp-2019"', '[election]\nform = "c1-ppwp-2019"'])
def test_the_form_stands_at_the_top_or_under_election(tmp_path: Path, text: str) -> None:
    assert read_election(written(tmp_path, text)).form == "c1-ppwp-2019"


def test_every_kind_of_form_may_be_named(tmp_path: Path) -> None:
    for form in FORMS:
        assert read_election(written(tmp_path, f'form = "{form}"')).form == form


CONTEST = '[[contest]]\nid = "a"\n'
EQUATION = "[[equations]]\nrule = 'X1'\ntext = 'cast == valid'\n"
TOLERANCE = 'a whole number from 0, or a percentage as text, such as "1%" or "0.5%"'
OWN_ID = 'an id of its own, such as "X1"; R1 to R12 are taken'
CANDIDATE = CONTEST + "[[contest.candidate]]\n"
NUMBER = 'the number on the ballot, such as "1"'


def needs(key: str, wanted: str) -> str:
    return f"The key “{key}” needs {wanted}."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("votes = 1", "The key “votes” is not known."),
        ("[election]\nname = 'x'", "The key “election.name” is not known."),
        (CONTEST + "winner = 1", "The key “contest[1].winner” is not known."),
        (CANDIDATE + "id = 1\nnr = 1", "The key “contest[1].candidate[1].nr” is not known."),
        ("election = 1", needs("election", "a table")),
        ("[election]\ntitle = 1", needs("election.title", "a text in quotation marks")),
        ("[election]\nid = 1", needs("election.id", "a text in quotation marks")),
        ("[contest]\nid = 'a'", needs("contest", "a list of tables, each headed [[...]]")),
        ("contest = [1]", needs("contest[1]", "a table")),
        ("[[contest]]", needs("contest[1].id", "a text in quotation marks")),
        ("[[contest]]\nid = ' '", needs("contest[1].id", "a text in quotation marks")),
        (CONTEST + "title = 1", needs("contest[1].title", "a text in quotation marks")),
        (CONTEST + "seats = 0", needs("contest[1].seats", "a whole number from 1")),
        (CONTEST + "seats = true", needs("contest[1].seats", "a whole number from 1")),
        (CONTEST + "seats = '1'", needs("contest[1].seats", "a whole number from 1")),
        (CONTEST + "region = 64.1",
         needs("contest[1].region", 'a Kemendagri code as text, such as "64"')),
        (CONTEST + "region = 'Kaltim'",
         needs("contest[1].region", 'a Kemendagri code as text, such as "64"')),
        (CONTEST + "candidate = 1",
         needs("contest[1].candidate", "a list of tables, each headed [[...]]")),
        (CONTEST + "candidate = ['x']", needs("contest[1].candidate[1]", "a table")),
        (CANDIDATE, needs("contest[1].candidate[1].id", NUMBER)),
        (CANDIDATE + "id = true", needs("contest[1].candidate[1].id", NUMBER)),
        (CANDIDATE + "id = 0", needs("contest[1].candidate[1].id", NUMBER)),
        (CANDIDATE + "id = -1", needs("contest[1].candidate[1].id", NUMBER)),
        (CANDIDATE + "id = 1.0", needs("contest[1].candidate[1].id", NUMBER)),
        (CANDIDATE + "id = ' '", needs("contest[1].candidate[1].id", NUMBER)),
        (CANDIDATE + "id = 1\nname = 2",
         needs("contest[1].candidate[1].name", "a text in quotation marks")),
        (CANDIDATE + "id = 1\naliases = 'x'",
         needs("contest[1].candidate[1].aliases", "a list of names")),
        (CANDIDATE + "id = 1\naliases = [1]",
         needs("contest[1].candidate[1].aliases", "a list of names")),
        (CONTEST + CONTEST, "“a” occurs more than once as contest.id."),
        (CONTEST + "[[contest]]\nid = 'A'", "“a” occurs more than once as contest.id."),
        (CANDIDATE + "id = 1\n[[contest.candidate]]\nid = '01'",
         "“1” occurs more than once as contest[1].candidate.id."),
        ("form = 'da1'", "“da1” under “form” is no kind of form."),
        ("[election]\nform = 'da1'", "“da1” under “election.form” is no kind of form."),
        ("form = 1", needs("form", "a text in quotation marks")),
        ("lists = 1", needs("lists", "a table")),
        ("[lists]\nDPTb = 'moved'",
         "“lists” says what DPTb means on a form, but no form is named."),
        ("form = 'c1-kwk-2018'\n[lists]\nKTP = 'moved'", "The key “lists.KTP” is not known."),
        ("form = 'c1-kwk-2018'\n[lists]\nDPTb = 'x'",
         needs("lists.DPTb", 'one of "moved", "id_card"')),
        ("rules = 1", needs("rules", "a table")),
        ("rules.R2 = 1", needs("rules.R2", "a table")),
        ("[rules.R0]", "The key “rules.R0” is not known."),
        ("[rules.X1]\n" + EQUATION, "The key “rules.X1” is not known."),
        ("[rules.R2]\nmend = 'x'", "The key “rules.R2.mend” is not known."),
        ("[rules.R12]\ntolerance = 1", "The key “rules.R12.tolerance” is not known."),
        ("[rules.R2]\nseverity = 'grave'",
         needs("rules.R2.severity", 'one of "error", "warning", "note"')),
        ("[rules.R2]\nseverity = true",
         needs("rules.R2.severity", 'one of "error", "warning", "note"')),
        *(
            (f"[rules.R2]\ntolerance = {value}", needs("rules.R2.tolerance", TOLERANCE))
            for value in ("-1", "1.5", "true", "'-1%'", "'1.005%'", "'101%'", "''", "[1]", "1e3")
        ),
        ("equations = 1", needs("equations", "a list of tables, each headed [[...]]")),
        ("[[equations]]", needs("equations[1].rule", "a text in quotation marks")),
        ("[[equations]]\nrule = 'X1'", needs("equations[1].text", "a text in quotation marks")),
        ("[[equations]]\nrule = 'R12'", needs("equations[1].rule", OWN_ID)),
        ("[[equations]]\nrule = '1 x'", needs("equations[1].rule", OWN_ID)),
        (EQUATION + "severity = 'x'",
         needs("equations[1].severity", 'one of "error", "warning", "note"')),
        (EQUATION + "tolerance = 'x'", needs("equations[1].tolerance", TOLERANCE)),
        (EQUATION + "message = 1", needs("equations[1].message", "a text in quotation marks")),
        (EQUATION + EQUATION, "“X1” occurs more than once as equations.rule."),
        (EQUATION.replace("valid", "sah"),
         "The key “equations[1].text” is wrong at character 9 of “cast == sah”: “sah” is no box."),
        (CANDIDATE + "id = 1\nname = 'X Y'\n[[contest.candidate]]\nid = 2\naliases = ['x-y']",
         "“x-y” occurs more than once as contest[1].candidate.name."),
    ],
)  # fmt: skip
def test_every_fault_names_its_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RecountError) as caught:
        read_election(written(tmp_path, text))
    assert speak(caught.value.message, "en").startswith(message)
    assert caught.value.place == "recount.toml"
    assert speak(caught.value.mend, "en")


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(RecountError) as caught:
        read_election(tmp_path / "none.toml")
    assert "cannot be opened" in speak(caught.value.message, "en")
    with pytest.raises(RecountError):
        read_election(tmp_path)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "recount.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecountError) as caught:
        read_election(path)
    assert speak(caught.value.message, "en") == "The election file is no text in UTF-8."


@pytest.mark.parametrize(("text", "place"), [("x = 1\ny = Pilgub", ":2"), ("x = [", "")])
def test_a_file_that_is_no_toml_names_the_line(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(RecountError) as caught:
        read_election(written(tmp_path, text))
    assert speak(caught.value.message, "en") == "This is no valid TOML."
    assert str(caught.value.place).startswith(f"recount.toml{place}")


def test_the_empty_box_has_several_names() -> None:
    contest = Contest("a", "", (Candidate("1", "Rudy - Seno"), Candidate("2", "Kolom Kosong")))
    known = known_candidates(Election("", "", (contest,)))
    assert {known[name] for name in ("2", "kolom-kosong", "kotak-kosong")} == {"2"}
    assert known["1"] == known["rudy-seno"] == "1"


def test_the_known_names_of_candidates() -> None:
    first = Contest("a", "", (Candidate("1", "Isran - Hadi", ("Isran",)), Candidate("2", "Jaang")))
    second = Contest("b", "", (Candidate("1", "Jaang"), Candidate("2", "???")))
    assert known_candidates(Election("", "", (first, second))) == {
        "1": "1",
        "2": "2",
        "isran-hadi": "1",
        "isran": "1",
    }


LIST = "kode_induk,kode,tingkat,nama\n,64,provinsi,KALTIM\n64,6472,kota,KOTA SAMARINDA\n"


def test_a_region_list(tmp_path: Path) -> None:
    path = written(
        tmp_path, f"Daftar wilayah 2018,,,\n\n{LIST},64.72,,KOTA SAMARINDA\n", "list.csv"
    )
    assert read_regions(path) == [("64", "KALTIM"), ("64.72", "KOTA SAMARINDA")]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("a,b\n1,2\n", "The region list has no rows with a code and a name.", "list.csv"),
        ("kode,nama\n", "The region list has no rows with a code and a name.", "list.csv"),
        (
            LIST + ",0..,,CINTAPURI\n",
            "This row of the region list needs a code and a name.",
            "list.csv:4",
        ),
        (LIST + ",64.71,,\n", "This row of the region list needs a code and a name.", "list.csv:4"),
        (
            LIST + ",64,,JABAR\n",
            "The code 64 stands beside two names, “KALTIM” and “JABAR”.",
            "list.csv:4",
        ),
    ],
)
def test_every_fault_of_a_region_list_names_its_row(
    tmp_path: Path, text: str, message: str, place: str
) -> None:
    with pytest.raises(RecountError) as caught:
        read_regions(written(tmp_path, text, "list.csv"))
    assert speak(caught.value.message, "en") == message
    assert caught.value.place == place


@pytest.mark.skipif(not REGIONS.is_dir(), reason="the lists of real regions are not here")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("kaltim_2018.csv", 114),
        ("kaltim_2024.csv", 116),
        ("indonesia_2018_to_kecamatan.csv", 7749),
        ("indonesia_2024_to_kecamatan.csv", 8087),
    ],
)
def test_the_real_lists(name: str, count: int) -> None:
    assert len(read_regions(REGIONS / name)) == count
