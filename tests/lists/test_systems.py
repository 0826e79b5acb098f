"""Of which system codes are: by the names beside them, else by what each system has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.lists import Entry, region_list
from recount.lists.systems import Beside, strange_system
from recount.names import squash

LEVELS = {2: "kabkota", 3: "kecamatan"}


def beside(*rows: tuple[str, str], level: int = 2) -> list[Beside]:
    """Codes, each with the name of its region at a level."""
    pairs = []
    for code, name in rows:
        keys = ["", "", ""]
        keys[level - 1] = squash(name, LEVELS[level])
        pairs.append(Beside(code, tuple(keys)))
    return pairs


KALTIM = [entry for entry in region_list("2018").at_level(2) if entry.bps]
BPS = [(entry.bps, entry.name) for entry in KALTIM]
OWN = [(entry.code.replace(".", ""), entry.name) for entry in KALTIM]
KECAMATAN = [entry for entry in region_list("2018").at_level(3) if entry.bps]


@pytest.mark.parametrize(
    ("pairs", "system"),
    [
        (beside(*OWN), None),
        (beside(*BPS), "bps"),
        (beside(("6402", "Kutai Barat")), "bps"),
        (beside(("6402", "Kutai Kartanegara")), None),
        (beside(("6472", "Kota Samarinda")), None),
        (beside(("64.02", "Kutai Barat"), ("64.03", "Kutai Kartanegara")), "bps"),
        (beside(*((entry.bps, entry.name) for entry in KECAMATAN), level=3), "bps"),
        (beside(*((entry.kpu, entry.name) for entry in KECAMATAN), level=3), "kpu-2019"),
        (
            beside(*((e.kpu, e.name) for e in region_list("2024").children["64.72"]), level=3),
            "kpu-2024",
        ),
        (beside(*((f"{e.code}.1001", e.name) for e in KECAMATAN), level=3), None),
        (beside(*((f"{e.code.replace('.', '')}1001", e.name) for e in KECAMATAN), level=3), None),
        (beside(*((f"{entry.bps}001", entry.name) for entry in KECAMATAN), level=3), "bps"),
        # Without names: only what one system has and the other has not.
        ([Beside(entry.bps, ("", "", "")) for entry in KALTIM], "bps"),
        ([Beside(entry.code, ("", "", "")) for entry in KALTIM], None),
        ([Beside("6402", ("", "", "")), Beside("6403", ("", "", ""))], None),
        ([Beside("6404", ("", "", ""))], "bps"),
        # BPS counts the kabupaten of Aceh in another order; its list is not at hand.
        (beside(("1101", "Simeulue"), ("1102", "Aceh Singkil"), ("1103", "Aceh Selatan")), "other"),
        (beside(("1101", "Simeulue"), ("1102", "Aceh Singkil")), None),
        (
            beside(
                ("11.01.01", "Kluet Utara"),
                ("11.01.02", "Bakongan"),
                ("11.01.05", "Pasie Raja"),
                level=3,
            ),
            "other",
        ),
        (beside(*OWN[:5], ("6411", "Kutai Barat"), ("6471", "Kutai Timur")), None),
        # Of no system at all, or of regions nobody has heard of.
        (beside(("abc", "Paser"), ("x", "Berau")), None),
        (beside(("7799", "Negeri Contoh")), None),
        (beside(("6402", "Negeri Contoh")), None),
        ([], None),
    ],
)
def test_of_which_system_codes_are(pairs: list[Beside], system: str | None) -> None:
    found = strange_system(pairs)
    assert (found and found.system) == system


def test_a_code_is_shown_that_means_two_regions() -> None:
    found = strange_system(beside(*BPS))
    assert found is not None
    assert found.here is not None
    assert found.there.code != found.here.code
    assert found.there.bps == found.code


@given(st.lists(st.sampled_from(region_list("2024").at_level(3)), min_size=1, max_size=80))
def test_codes_of_kemendagri_are_never_taken_for_others(entries: list[Entry]) -> None:
    rows = [(entry.code, entry.name) for entry in entries]
    assert strange_system(beside(*rows, level=3)) is None
    assert strange_system([Beside(code, ("", "", "")) for code, _ in rows]) is None
