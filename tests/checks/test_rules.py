"""R1 to R12 as a witness would break them, on each kind of form, and as a project changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import api
from recount.texts import speak

if TYPE_CHECKING:
    from pathlib import Path

    from recount.model import Finding

KWK_2018 = 'form = "da1-kwk-2018"\n'
PPWP_2019 = 'form = "c1-ppwp-2019"\n'
PPWP_2024 = 'form = "c-hasil-ppwp-2024"\n'
KWK_2024 = 'form = "d-hasil-kecamatan-kwk-2024"\n'


def found(path: Path, heading: str, row: str, toml: str = "") -> list[Finding]:
    """Check one row below a heading; what is said of it by the rules."""
    place = "kabupaten,kecamatan,desa,tps" if row.count(",") > heading.count(",") + 1 else ""
    table = path / "a.csv"
    table.write_text(f"{place or 'kecamatan'},{heading}\n{row}\n")
    options = {}
    if toml:
        (path / "recount.toml").write_text(toml)
        options = {"election": path / "recount.toml"}
    said = api.check(table, **options).findings
    return [one for one in said if one.rule[0] in "RX" and one.rule[1:].isdigit()]


def rules(path: Path, heading: str, row: str, toml: str = "") -> list[tuple[str, str]]:
    return [(one.rule, one.severity) for one in found(path, heading, row, toml)]


BALLOTS = "surat suara diterima,surat suara digunakan,surat suara rusak,surat suara tidak terpakai"
PARTS = "voters_dpt,voters_moved,voters_id_card,voters"
LISTED = "registered_dpt,registered_moved,registered_id_card,registered"
LISTS = "voters_dpt,registered_dpt,voters_moved,registered_moved,voters_id_card,registered_id_card"


@pytest.mark.parametrize(
    ("heading", "row", "expected"),
    [
        (PARTS, "A,10,2,3,15", []),
        (PARTS, "A,10,2,3,16", [("R4", "error")]),
        # A blank list is not taken for an empty one.
        (PARTS, "A,10,2,,16", []),
        ("voters_dpt.m,voters_moved.m,voters_id_card.m,voters.m", "A,1,2,3,7", [("R4", "error")]),
        (LISTED, "A,10,2,3,16", [("R5", "error")]),
        (LISTED, "A,10,2,3,15", []),
        ("dpt lk,dpt pr,dpt", "A,4,5,10", [("R3", "error")]),
        ("dpt lk,dpt pr,dpt", "A,4,5,9", []),
        ("dpt lk,dpt pr,dpt", "A,4,,10", []),
        (BALLOTS, "A,110,100,2,8", []),
        (BALLOTS, "A,111,100,2,8", [("R6", "warning")]),
        ("surat suara digunakan,cast,voters", "A,9,9,9", []),
        ("surat suara digunakan,cast,voters", "A,8,9,9", [("R7", "warning")]),
        ("surat suara digunakan,cast,voters", "A,9,9,8", [("R7", "warning")]),
        # Without the votes cast, what there is of it is compared.
        ("surat suara digunakan,voters", "A,9,8", [("R7", "warning")]),
        ("suara sah,tidak sah,voters", "A,5,4,8", [("R7", "warning")]),
        ("suara sah,tidak sah,voters,cast", "A,5,4,8,", [("R7", "warning")]),
        (LISTS, "A,9,9,1,1,2,2", []),
        (LISTS, "A,10,9,1,1,2,2", [("R8", "warning")]),
        (LISTS, "A,9,9,2,1,3,2", [("R8", "warning")] * 2),
        # More users than the permanent list holds is no fault: others come on top.
        ("voters,registered_dpt", "A,103,100", []),
        ("disabled_voters,voters", "A,10,9", [("R10", "warning")]),
        ("disabled_voters.f,voters.f,disabled_voters,voters", "A,3,2,3,9", [("R10", "warning")]),
        # The reserve's percentage is only known with the form.
        ("surat suara diterima,dpt", "A,900,100", []),
    ],
)
def test_where_no_form_is_known(
    tmp_path: Path, heading: str, row: str, expected: list[tuple[str, str]]
) -> None:
    assert rules(tmp_path, heading, row) == expected


@pytest.mark.parametrize(
    ("toml", "severity"),
    [(KWK_2018, "error"), (PPWP_2019, "error"), (PPWP_2024, "warning"), (KWK_2024, "warning")],
)
def test_the_sum_of_the_ballots_is_as_grave_as_the_form_prints_it(
    tmp_path: Path, toml: str, severity: str
) -> None:
    assert rules(tmp_path, BALLOTS, "A,111,100,2,8", toml) == [("R6", severity)]


@pytest.mark.parametrize(
    ("toml", "row", "expected"),
    [
        # 2.5 % of 1,000 and 2 % of 1,000; 1 % of what is expected is left for the rounding.
        (KWK_2018, "A,1025,1000", []),
        (KWK_2018, "A,1035,1000", []),
        (KWK_2018, "A,1036,1000", [("R9", "note")]),
        (KWK_2018, "A,1014,1000", [("R9", "note")]),
        (KWK_2024, "A,1025,1000", []),
        ('form = "da1-ppwp-2019"\n', "A,1020,1000", []),
        ('form = "da1-ppwp-2019"\n', "A,1031,1000", [("R9", "note")]),
        # At a TPS the reserve is rounded up: 2 % of 260 is 5.2.
        (PPWP_2019, "B,A,D,1,266,260", []),
        (PPWP_2019, "B,A,D,1,267,260", [("R9", "note")]),
        (PPWP_2024, "B,A,D,1,264,260", [("R9", "note")]),
    ],
)
def test_the_reserve_is_the_form_s(
    tmp_path: Path, toml: str, row: str, expected: list[tuple[str, str]]
) -> None:
    assert rules(tmp_path, "surat suara diterima,dpt", row, toml) == expected


def test_an_acronym_is_a_box_under_the_form(tmp_path: Path) -> None:
    heading = "pengguna DPT,pengguna DPTb,pengguna DPPh,voters,DPTb"
    (said,) = found(tmp_path, heading, "A,10,2,3,15,1", KWK_2018)
    assert speak(said.message, "en") == (
        "Voters who voted, identity card: 2; that is more than Registered voters, identity card: 1."
    )
    assert rules(tmp_path, heading, "A,10,2,3,16,9", KWK_2018) == [("R4", "error")]
    assert rules(tmp_path, heading, "A,10,2,3,16,1") == []


def test_the_form_of_the_title_lines_goes_before_that_of_the_file(tmp_path: Path) -> None:
    table = tmp_path / "da1.csv"
    body = f"kecamatan,1,2,{BALLOTS}\nA,1,2,111,100,2,8\n"
    (tmp_path / "recount.toml").write_text(PPWP_2024)
    for title, severity in (("MODEL DA1-KWK\n", "error"), ("", "warning")):
        table.write_text(title + body)
        said = api.check(table, election=tmp_path / "recount.toml").findings
        assert [(one.rule, one.severity) for one in said] == [("R6", severity)]


SUMS = "suara_1,suara_2,suara sah"


@pytest.mark.parametrize(
    ("toml", "row", "expected"),
    [
        ("", "A,10,20,31", [("R1", "error")]),
        ('[rules.R1]\nseverity = "note"\n', "A,10,20,31", [("R1", "note")]),
        ("[rules.R1]\ntolerance = 1\n", "A,10,20,31", []),
        ("[rules.R1]\ntolerance = 1\n", "A,10,20,32", [("R1", "error")]),
        ('[rules.R1]\ntolerance = "10%"\n', "A,10,20,33", []),
        ('[rules.R1]\ntolerance = "10 %"\n', "A,10,20,34", [("R1", "error")]),
        ('[rules.R1]\ntolerance = "0,5%"\nseverity = "warning"', "A,10,20,31", [("R1", "warning")]),
        ("[rules.R2]\ntolerance = 9\n", "A,10,20,31", [("R1", "error")]),
        ('[[equations]]\nrule = "X1"\ntext = "valid <= 30"\n', "A,10,20,30", []),
        (
            '[[equations]]\nrule = "X1"\ntext = "valid <= 29"\nseverity = "warning"\n',
            "A,10,20,30",
            [("X1", "warning")],
        ),
        (
            '[[equations]]\nrule = "X1"\ntext = "candidate:1 >= candidate:2"\ntolerance = "40%"\n',
            "A,10,20,30",
            [("X1", "error")],
        ),
        # An equation with a box that no form has is not applied, and that is said.
        ('[[equations]]\nrule = "X1"\ntext = "cast <= 1"\n', "A,10,20,30", [("X1", "note")]),
        ('[[equations]]\nrule = "X1"\ntext = "valid <= 1"\n', "A,10,20,", []),
    ],
)
def test_a_project_changes_rules_and_adds_its_own(
    tmp_path: Path, toml: str, row: str, expected: list[tuple[str, str]]
) -> None:
    assert rules(tmp_path, SUMS, row, toml) == expected


def test_a_project_s_own_words(tmp_path: Path) -> None:
    toml = (
        '[[equations]]\nrule = "X1"\ntext = "valid <= 1"\nmessage = "Terlalu {banyak}"\nmend = "X"'
    )
    (said,) = found(tmp_path, SUMS, "A,10,20,30", toml)
    assert (speak(said.message, "en"), speak(said.mend, "id")) == ("Terlalu {banyak}", "X")


def test_a_broken_equation_says_both_sides(tmp_path: Path) -> None:
    toml = '[[equations]]\nrule = "X1"\ntext = "candidate:2 + 1 == valid * 1.05"\n'
    (said,) = found(tmp_path, SUMS, "A,10,20,30", toml)
    assert speak(said.message, "en") == "Candidate 2 + 1: 21, but Valid votes × 1.05: 31.5."
    assert speak(said.message, "id").endswith("× 1,05: 31,5.")
    assert said.place == "a.csv:2"


@pytest.mark.parametrize(
    ("toml", "row", "expected"),
    [
        ("", "B,A,D,1,999,20", []),
        ("", "B,A,D,1,1000,20", [("R12", "warning")]),
        (PPWP_2019, "B,A,D,1,1000,20", [("R12", "error")]),
        ('[rules.R12]\nseverity = "note"\n', "B,A,D,1,1000,20", [("R12", "note")]),
        ('[rules.R12]\nseverity = "note"\n', "B,A,D,1,-5,20", [("R12", "note")]),
        ("", "A,1000,20", []),
    ],
)
def test_a_figure_of_a_tps_has_three_digits(
    tmp_path: Path, toml: str, row: str, expected: list[tuple[str, str]]
) -> None:
    assert rules(tmp_path, "suara_1,suara_2", row, toml) == expected


@pytest.mark.parametrize(
    ("toml", "severity"),
    [
        ("", "error"),
        ('[rules.R11]\nseverity = "note"\n', "note"),
        ("[rules.R11]\ntolerance = 1\n", None),
        ('[rules.R11]\ntolerance = "1%"\n', "error"),
        ('[rules.R11]\ntolerance = "4%"\n', None),
    ],
)
def test_the_form_above_may_be_off_as_far_as_a_project_says(
    tmp_path: Path, toml: str, severity: str | None
) -> None:
    table = tmp_path / "a.csv"
    table.write_text("kabupaten,kecamatan,tps,suara_1\nP,A,1,10\nP,A,2,20\nP,A,,29\n")
    (tmp_path / "recount.toml").write_text(toml)
    said = api.check(table, election=tmp_path / "recount.toml").findings
    assert [one.severity for one in said if one.rule == "R11"] == ([severity] if severity else [])


def test_the_rules_hold_for_the_online_figures_too(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(f"kecamatan,{SUMS}\nA,10,20,31\n")
    said = api.reconcile(table, table).findings
    assert [(one.rule, one.side) for one in said] == [("R1", "ours"), ("R1", "theirs")]
