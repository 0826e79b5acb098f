"""What a reader asked to see: a region, a candidate, large differences, the first few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount import api
from recount.errors import RecountError
from recount.options import Options
from recount.texts import speak

if TYPE_CHECKING:
    from pathlib import Path

    from recount.result import Result

REGIONS = (
    "kode,nama\n64,KALTIM\n64.72,KOTA SAMARINDA\n64.72.01,PALARAN\n64.72.02,SAMARINDA ULU\n"
    "64.02,KUTAI KARTANEGARA\n64.02.05,PALARAN\n64.02.06,SEBULU\n"
)
HEAD = "kode,suara_1,suara_2\n"
THEIRS = "64.72.01,100,50\n64.72.02,200,90\n64.02.05,300,10\n64.02.06,400,20\n"
OURS = "64.72.01,110,50\n64.72.02,200,89\n64.02.05,250,10\n64.02.06,400,\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "list.csv").write_text(REGIONS)
    (tmp_path / "ours.csv").write_text(HEAD + OURS)
    (tmp_path / "kpu.csv").write_text(HEAD + THEIRS)
    return tmp_path / "ours.csv", tmp_path / "kpu.csv"


def result(files: tuple[Path, Path], **options: object) -> Result:
    listed = files[0].with_name("list.csv")
    regions = listed if listed.exists() else "none"
    return api.reconcile_with(*files, Options(regions=regions, **options))  # type: ignore[arg-type]


def shown(found: Result) -> list[tuple[str, str]]:
    rows = found.comparisons.select("region", "item").iter_rows()
    return [(region, item.removeprefix("candidate:")) for region, item in rows]


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        (
            {"only": "Kota Samarinda", "candidate": "1"},
            [("64.72", "1"), ("64.72.01", "1")],
        ),
        ({"only": "64.72", "candidate": "02"}, [("64.72", "2"), ("64.72.02", "2")]),
        ({"only": "samarinda"}, "64.72"),
        ({"only": "Sebulu"}, [("64.02.06", "2")]),
        (
            {"levels": ("kecamatan",), "min_difference": "10"},
            [("64.02.05", "1"), ("64.72.01", "1")],
        ),
        ({"levels": ("kecamatan",), "min_difference": "11"}, [("64.02.05", "1")]),
        # 50 of 300, 10 of 110, 1 of 90.
        ({"levels": ("kecamatan",), "min_difference": "10%"}, [("64.02.05", "1")]),
        ({"levels": ("kecamatan",), "min_difference": "16,7 %"}, []),
        ({"levels": ("kecamatan",), "min_difference": "1.2%"}, "min"),
        ({"levels": ("kecamatan",), "top": 1}, [("64.02.05", "1")]),
        ({"levels": ("kecamatan",), "top": 2, "everything": True}, "top"),
    ],
)
def test_what_is_shown(
    files: tuple[Path, Path], options: dict[str, Any], rows: list[tuple[str, str]] | str
) -> None:
    found = shown(result(files, **options))
    wanted = {
        "64.72": [("64.72", "1"), ("64.72", "2"), ("64.72.01", "1"), ("64.72.02", "2")],
        "min": [("64.02.05", "1"), ("64.72.01", "1")],
        "top": [(at, n) for at in ("64.02.05", "64.72.01") for n in "12"],
    }
    assert found == (wanted[rows] if isinstance(rows, str) else rows)


@pytest.mark.parametrize(
    "options",
    [{"only": "64.72"}, {"candidate": "1"}, {"min_difference": "5"}, {"top": 1}],
)
@pytest.mark.parametrize("everything", [False, True])
def test_what_is_counted_stays_the_same(
    files: tuple[Path, Path], options: dict[str, Any], everything: object
) -> None:
    whole = result(files, everything=everything)
    part = result(files, everything=everything, **options)
    assert part.summary == whole.summary
    assert part.coverage == whole.coverage
    assert part.outcome[0].pairs == whole.outcome[0].pairs
    assert part.hidden is not None
    assert part.hidden.rows == len(whole.comparisons) - len(part.comparisons)
    assert list(part.hidden.before.iter_rows()) == list(whole.comparisons.iter_rows())
    assert whole.hidden is None


def test_how_many_regions_are_left(files: tuple[Path, Path]) -> None:
    found = result(files, top=1)
    assert found.hidden is not None
    assert found.hidden.left == {("pilihan", "kabkota"): 1, ("pilihan", "kecamatan"): 3}


@pytest.mark.parametrize(
    ("options", "said", "mend"),
    [
        # Two kecamatan have that name: nobody guesses.
        ({"only": "Palaran"}, "several regions are called “Palaran”", "64.02.05 (PALARAN, KUTAI"),
        ({"only": "Samarind"}, "no region here is “Samarind”", "64.72 (KOTA SAMARINDA"),
        ({"only": "Seb"}, "no region here is “Seb”", "64.02.06 (SEBULU, KUTAI KARTANEGARA)"),
        ({"only": "64.99"}, "no region here is “64.99”", "a code such as"),
        ({"only": "?"}, "no region here is “?”", "a code such as"),
        ({"candidate": "3"}, "--candidate cannot be “3”", "Choose one of: 1, 2."),
        ({"min_difference": "few"}, "--min-difference cannot be “few”", "such as 10"),
        ({"min_difference": "1.5"}, "--min-difference cannot be “1.5”", "such as 10"),
        ({"min_difference": "-1"}, "--min-difference cannot be “-1”", "such as 10"),
        ({"top": 0}, "--top cannot be “0”", "from 1"),
    ],
)
def test_what_cannot_be_asked_for(
    files: tuple[Path, Path], options: dict[str, Any], said: str, mend: str
) -> None:
    with pytest.raises(RecountError) as fault:
        result(files, **options)
    assert said in speak(fault.value.message, "en")
    assert fault.value.mend is not None
    assert mend in speak(fault.value.mend, "en")


def test_a_name_that_lies_in_its_like_is_the_larger_one(tmp_path: Path) -> None:
    rows = "kabupaten,kecamatan,desa,suara_1\nP,Palaran,Palaran,5\nP,Palaran,Bukuan,6\n"
    (tmp_path / "a.csv").write_text(rows)
    (tmp_path / "b.csv").write_text(rows.replace("5\n", "7\n"))
    found = result((tmp_path / "a.csv", tmp_path / "b.csv"), only="palaran")
    assert [region for region, _ in shown(found)] == ["P/PALARAN", "P/PALARAN/PALARAN"]
    one = result((tmp_path / "a.csv", tmp_path / "b.csv"), only="P/PALARAN/PALARAN")
    assert [region for region, _ in shown(one)] == ["P/PALARAN/PALARAN"]


def test_a_station_by_its_code(tmp_path: Path) -> None:
    rows = "kode,tps,suara_1\n64.72.01.1001,1,5\n64.72.01.1001,2,6\n"
    (tmp_path / "a.csv").write_text(rows)
    (tmp_path / "b.csv").write_text(rows.replace("5\n", "7\n"))
    found = result((tmp_path / "a.csv", tmp_path / "b.csv"), only="64.72.01.1001.001")
    assert shown(found) == [("64.72.01.1001.001", "1")]


NUMBERS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=6)


@given(NUMBERS, st.integers(1, 4), st.integers(0, 5))
@settings(max_examples=10, deadline=None)
def test_the_first_of_the_list_and_no_others(
    drawn: list[tuple[int, int]], top: int, least: int
) -> None:
    names = [f"K{at}" for at in range(len(drawn))]
    ours, theirs = (
        pl.DataFrame({"kecamatan": names, "suara_1": [one[at] for one in drawn]}) for at in (0, 1)
    )
    options = {"regions": "none", "levels": ("kecamatan",), "everything": True}
    whole = api.reconcile_with(ours, theirs, Options(**options))  # type: ignore[arg-type]
    wanted = Options(**options, top=top, min_difference=str(least))  # type: ignore[arg-type]
    part = api.reconcile_with(ours, theirs, wanted)
    large = [row for row in whole.comparisons.iter_rows() if abs(row[10]) >= least]
    assert list(part.comparisons.iter_rows()) == large[:top]
