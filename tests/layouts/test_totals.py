"""Totals rows: by word, by formula, by arithmetic; and the forms held against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layouts.sheets import assumed, messages, readings, rules, table

if TYPE_CHECKING:
    from recount.model import Reading

HEAD = "| kecamatan | desa | 1 | 2 |\n"
ONE = "| Palaran | Bukuan | 10 | 20 |\n| Palaran | Bantuas | 1 | 2 |\n"
TWO = "| Sambutan | Makroman | 5 | 6 |\n| Sambutan | Pulau Atas | 7 | 8 |\n"


def kept(text: str, **facts: Any) -> tuple[list[int], list[tuple[str, str]]]:  # noqa: ANN401 - fields of Grid
    [read] = readings(HEAD + text, "DB1", **facts)
    said = [(f.rule, str(f.severity)) for f in read.findings]
    return read.rows["row"].to_list(), said


@pytest.mark.parametrize(
    ("text", "rows", "said"),
    [
        # A total without a label is left out by arithmetic, and that is a warning.
        (ONE + "| Palaran | | 11 | 22 |\n" + TWO, [2, 3, 5, 6], [("totals-row", "warning")]),
        # One that does not add up is the form of its kecamatan: forms of two levels are compared.
        (ONE + "| Palaran | | 11 | 23 |\n" + TWO, [2, 3, 4, 5, 6], []),
        # Of a kecamatan, and of all: nested, neither has a label.
        (
            ONE + "| Palaran | | 11 | 22 |\n" + TWO + "| Sambutan | | 12 | 14 |\n| | | 23 | 36 |",
            [2, 3, 5, 6],
            [("totals-row", "warning")] * 3,
        ),
        # Over one row only, or in one column only, it may be chance.
        ("| Palaran | Bukuan | 10 | 20 |\n| Palaran | | 10 | 20 |\n" + TWO, [2, 3, 4, 5], []),
        (
            "| Palaran | Bukuan | 10 | 0 |\n| Palaran | Bantuas | 1 | 0 |\n| Palaran | | 11 | 0 |",
            [2, 3, 4],
            [],
        ),
        # A row that names its desa is a form, whatever it adds up to.
        (ONE + "| Palaran | Handil | 11 | 22 |\n", [2, 3, 4], [("perhaps-total", "note")]),
        # Unless that desa is called like the region above it.
        (ONE + "| Palaran | Palaran | 11 | 22 |\n", [2, 3], [("totals-row", "warning")]),
        ("| Palaran | Palaran | 11 | 22 |\n" + ONE, [2, 3, 4], []),
    ],
)
def test_totals_by_arithmetic(text: str, rows: list[int], said: list[tuple[str, str]]) -> None:
    assert kept(text) == (rows, said)


@pytest.mark.parametrize(
    ("sums", "rows"),
    [
        ({(4, 2): (2, 2, 3, 2), (4, 3): (2, 3, 3, 3)}, [2, 3]),
        ({(4, 2): (2, 2, 3, 2)}, [2, 3]),
        # A sum over the columns of its own row is no total of rows.
        ({(4, 3): (4, 1, 4, 2)}, [2, 3, 4]),
        # Neither is one over a single row, nor one that reaches the heading.
        ({(4, 2): (3, 2, 3, 2), (4, 3): (3, 3, 3, 3)}, [2, 3, 4]),
    ],
)
def test_totals_by_formula(
    sums: dict[tuple[int, int], tuple[int, int, int, int]], rows: list[int]
) -> None:
    assert kept(ONE + "| Palaran | Handil | 100 | 200 |\n", sums=sums)[0] == rows


@pytest.mark.parametrize(
    ("total", "differing"),
    [
        ("23 | 36", []),
        ("23 | 37", ["D6"]),
        ("24 | 37", ["C6", "D6"]),
        # The last part alone: then it is that part's total.
        ("23 | ", []),
        ("X | 36", []),
    ],
)
def test_the_forms_are_held_against_the_grand_total(total: str, differing: list[str]) -> None:
    [read] = readings(HEAD + ONE + TWO + f"| TOTAL | | {total} |", "DB1")
    assert [p for rule, p in rules(read) if rule == "R11"] == [f"a.csv!DB1!{d}" for d in differing]


def test_subtotals_and_the_grand_total_are_each_held_against_their_run() -> None:
    [read] = readings(
        HEAD
        + ONE
        + "| JUMLAH | | 11 | 22 |\n"
        + TWO
        + "| JUMLAH | | 12 | 15 |\n| TOTAL | | 23 | 36 |",
        "DB1",
    )
    assert [f.place for f in read.findings if f.rule == "R11"] == ["a.csv!DB1!D7"]
    [message] = [text for text in messages(read) if "own total" in text]
    assert message == (
        "Candidate 2: the file's own total is 15, the forms that it stands for (5–6) add up to 14."
    )


MERGED = """
| kecamatan | desa   | tps | 1  | 2  |
| Palaran   | Bukuan | 1   | 10 | 20 |
|           |        | 2   | 1  | 2  |
|           |        |     | 11 | 22 |
|           | Handil | 1   | 3  | 4  |
|           |        | 2   | 5  | 6  |
|           |        |     | 8  | 10 |
| JUMLAH    |        |     | 19 | 32 |
| Sambutan  | Pelita | 1   | 7  | 8  |
|           |        | 2   | 9  | 9  |
"""
NAMES = [
    (2, "Palaran", "Bukuan", "1"),
    (3, "Palaran", "Bukuan", "2"),
    (5, "Palaran", "Handil", "1"),
    (6, "Palaran", "Handil", "2"),
    (9, "Sambutan", "Pelita", "1"),
    (10, "Sambutan", "Pelita", "2"),
]


def test_merged_places_are_carried_down() -> None:
    merged = ((2, 0, 7, 0), (9, 0, 10, 0), (2, 1, 4, 1), (5, 1, 7, 1), (9, 1, 10, 1))
    [read] = readings(MERGED, "L4", merged=merged)
    assert table(read, "row", "kecamatan", "desa", "tps") == NAMES
    assert assumed(read) == []
    assert {f.rule for f in read.findings} == {"totals-row"}


def test_without_merged_cells_carrying_down_is_an_assumption() -> None:
    [read] = readings(MERGED)
    assert table(read, "row", "kecamatan", "desa", "tps") == NAMES
    assert assumed(read) == [
        "Blank cells of the column kecamatan were taken to mean the name above them.",
        "Blank cells of the column desa were taken to mean the name above them.",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Names that repeat: a blank one is a gap.
        ("| A | x | 1 | 2 |\n| A | y | 3 | 4 |\n| | z | 5 | 6 |", ["A", "A", None]),
        # Nothing above it.
        ("| | x | 1 | 2 |\n| A | y | 3 | 4 |", [None, "A"]),
        # A row that names nothing finer is not of the region above it.
        ("| A | x | 1 | 2 |\n| | y | 3 | 4 |\n| | | 5 | 6 |", ["A", "A", None]),
    ],
)
def test_when_a_blank_place_is_not_filled(text: str, names: list[str | None]) -> None:
    [read] = readings(HEAD + text)
    assert read.rows["kecamatan"].to_list() == names


def test_a_desa_is_not_carried_into_another_kecamatan() -> None:
    [read] = readings("""
        | kecamatan | desa | tps | 1 | 2 |
        | A         | x    | 1   | 1 | 2 |
        |           |      | 2   | 3 | 4 |
        | B         |      | 1   | 5 | 6 |
    """)
    assert table(read, "kecamatan", "desa") == [("A", "x"), ("A", "x"), ("B", None)]


TWO_ROWS = """
| NO | KECAMATAN | DATA PEMILIH | | | PENGGUNA HAK PILIH | | | PEROLEHAN SUARA | | |
| | | L | P | JML | L | P | JML | 1 | 2 | JUMLAH |
| 1 | Palaran | 10 | 11 | 21 | 5 | 6 | 11 | 4 | 6 | 10 |
| | | 10 | 11 | 21 | 5 | 6 | 11 | 4 | 6 | 10 |
| KETERANGAN: | angka sementara |  | | | | | | | | |
| belum diperiksa | | | | | | | | | | |
"""


def test_two_heading_rows() -> None:
    [read] = readings(TWO_ROWS)
    boxes = [f"{box}{sex}" for box in ("registered", "voters") for sex in (".m", ".f", "")]
    assert list(read.columns) == [*boxes, "candidate:1", "candidate:2"]
    assert read.rows["voters.f"].to_list()[0] == "6"
    assert [rule for rule, _ in rules(read) if rule == "footnote"] == ["footnote"] * 2


STATIONS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30)


@given(STATIONS)
def test_no_station_is_ever_dropped_by_arithmetic(figures: list[tuple[int, int]]) -> None:
    rows = "".join(f"| Palaran | {at} | {a} | {b} |\n" for at, (a, b) in enumerate(figures, 1))
    [read] = readings("| desa | tps | 1 | 2 |\n" + rows)
    assert len(read.rows) == len(figures)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 500), st.integers(1, 500)), min_size=2, max_size=6),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["JUMLAH", ""]),
)
def test_totals_are_left_out_wherever_they_stand(
    groups: list[list[tuple[int, int]]], label: str
) -> None:
    text = "| desa | tps | 1 | 2 |\n"
    for number, group in enumerate(groups):
        text += "".join(
            f"| Desa {number} | {at} | {a} | {b} |\n" for at, (a, b) in enumerate(group, 1)
        )
        text += f"| {label} | | {sum(a for a, _ in group)} | {sum(b for _, b in group)} |\n"
    [read] = readings(text)
    assert _sums(read) == [sum(figures[at] for g in groups for figures in g) for at in (0, 1)]
    assert "R11" not in {f.rule for f in read.findings}


def _sums(read: Reading) -> list[int]:
    return [sum(map(int, read.rows[f"candidate:{at}"].to_list())) for at in (1, 2)]
