"""Which list fits what files name, and which kecamatan are then still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount.lists import region_list
from recount.lists.fitting import Kabkota, Named, fitting
from recount.names import squash

if TYPE_CHECKING:
    from collections.abc import Iterable

SAMARINDA = ("Palaran", "Samarinda Ilir", "Samarinda Seberang", "Sei Kunjang", "Samarinda Ulu")


def kabkota(name: str, kecamatan: Iterable[str], *, provinsi: str = "", code: str = "") -> Kabkota:
    parts = tuple(Named("", squash(one, "kecamatan")) for one in kecamatan)
    return Kabkota(
        Named(code, squash(name, "kabkota")), Named("", squash(provinsi, "provinsi")), parts
    )


def names(code: str, version: str = "2018", *, without: int = 0) -> list[str]:
    parts = region_list(version).children[code]
    return [entry.name for entry in parts[: len(parts) - without]]


def test_what_is_missing_is_missing_inside_what_is_named() -> None:
    fit = fitting([kabkota("Kota Samarinda", SAMARINDA)])
    assert fit is not None
    assert fit.version == "2024"
    assert fit.rival is None
    assert {entry.name for [*missing] in fit.missing for entry in missing} == {
        "SAMARINDA UTARA",
        "SUNGAI PINANG",
        "SAMBUTAN",
        "SAMARINDA KOTA",
        "LOA JANAN ILIR",
    }


@pytest.mark.parametrize(
    "named",
    [
        pytest.param([kabkota("Kota Contoh", SAMARINDA)], id="no such kabupaten/kota"),
        pytest.param([kabkota("Kota Samarinda", ["Utara", "Selatan"])], id="no such kecamatan"),
        pytest.param([kabkota("Kota Samarinda", [])], id="no kecamatan at all"),
        pytest.param([], id="nothing"),
        pytest.param(
            [kabkota("Kota Samarinda", SAMARINDA, provinsi="Jawa Barat")], id="another provinsi"
        ),
        pytest.param(
            [kabkota("Kota Samarinda", SAMARINDA), kabkota("Kota Contoh", ["A"])],
            id="one of two is unknown",
        ),
        pytest.param(
            [kabkota("Kota Samarinda", SAMARINDA), kabkota("Samarinda", ["Sambutan"])],
            id="one kota under two names",
        ),
        pytest.param(
            [kabkota("Kota Samarinda", [*SAMARINDA, "Samboja", "Kuaro"])],
            id="other ones' kecamatan",
        ),
    ],
)
def test_no_list_fits(named: list[Kabkota]) -> None:
    assert fitting(named) is None


@pytest.mark.parametrize(
    ("kecamatan", "version"),
    [
        (names("64.02", "2018"), "2018"),
        (names("64.02", "2024"), "2024"),
        ([*names("64.02", "2018", without=1), "Samboja Barat"], "2024"),
    ],
)
def test_the_list_whose_kecamatan_fit_better_is_taken(kecamatan: list[str], version: str) -> None:
    fit = fitting([kabkota("Kutai Kartanegara", kecamatan)])
    assert fit is not None
    assert fit.version == version


def test_where_both_fit_the_year_decides_else_the_newer_one_and_the_other_is_named() -> None:
    named = [kabkota("Kutai Kartanegara", ["Samboja", "Loa Kulu", "Tabang"])]
    told = {year: fitting(named, year) for year in (None, 2018, 2019, 2024)}
    assert [fit and (fit.version, fit.more, fit.rival) for fit in told.values()] == [
        ("2024", 17, "2018"),
        ("2018", 15, None),
        ("2018", 15, None),
        ("2024", 17, None),
    ]


def test_the_year_goes_before_a_complete_set_but_not_before_a_name() -> None:
    complete = [kabkota("Kutai Kartanegara", names("64.02", "2018"))]
    fit = fitting(complete, 2024)
    assert fit is not None
    assert (fit.version, fit.more) == ("2024", 2)
    newer = [kabkota("Kutai Kartanegara", ["Samboja Barat", "Kota Bangun Darat", "Samboja"])]
    fit = fitting(newer, 2018)
    assert fit is not None
    assert fit.version == "2024"


def test_one_kecamatan_in_twenty_may_be_unknown_and_its_kabupaten_stays_as_it_is() -> None:
    named = [
        kabkota("Paser", [*names("64.01")[:-1], "Qqq"]),
        kabkota("Kutai Barat", names("64.07", without=1)),
    ]
    fit = fitting(named, 2018)
    assert fit is not None
    assert [len(missing) for missing in fit.missing] == [0, 1]


def test_a_slip_takes_the_place_of_what_it_is_like() -> None:
    fit = fitting([kabkota("Samarinda", [*SAMARINDA, "Sambuthan", "Samarinda Utara"])])
    assert fit is not None
    assert fit.more == 3
    [[(part, entry)]] = fit.alike
    assert (part.key, entry.name) == ("SAMBUTHAN", "SAMBUTAN")


def test_the_kecamatan_say_which_of_two_twins_is_meant() -> None:
    kota = fitting([kabkota("Bogor", ["Bogor Barat", "Bogor Timur"])])
    kabupaten = fitting([kabkota("Bogor", ["Cibinong", "Gunung Putri"])])
    assert kota is not None
    assert kabupaten is not None
    assert (kota.more, kabupaten.more) == (4, 38)
    assert fitting([kabkota("Bogor", ["Bogor Barat", "Cibinong"])]) is None


def test_codes_alone_are_enough_and_what_lies_abroad_is_left_alone() -> None:
    parts = (Named("64.72.01", ""), Named("64.72.02", ""))
    coded = Kabkota(Named("64.72", ""), Named("64", ""), parts)
    abroad = kabkota("Taiwan", ["Taipei"], provinsi="Luar Negeri")
    fit = fitting([coded, abroad])
    assert fit is not None
    assert [len(missing) for missing in fit.missing] == [8, 0]
    assert fitting([abroad]) is None
