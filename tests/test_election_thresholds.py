"""`[contest.threshold]` in an election's file: what is taken, and what is refused by its key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from recount.election import read_election
from recount.errors import RecountError
from recount.model import Threshold
from recount.texts import speak

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, keys: str, region: str = "64") -> Threshold | None:
    text = f'[[contest]]\nid = "pilgub"\nregion = "{region}"\n[contest.threshold]\n{keys}\n'
    (path / "recount.toml").write_text(text)
    return read_election(path / "recount.toml").contests[0].threshold


@pytest.mark.parametrize(
    ("keys", "region", "percent", "announced"),
    [
        ("percent = 2.0", "64", "2.0", None),
        ("percent = 1", "64", "1", None),
        ('percent = "0,5 %"', "64", "0.5", None),
        ("population = 3_500_000", "64", "1.5", None),
        ("population = 800_000", "64.72", "1.0", None),
        ('population = 800_000\nkind = "provinsi"', "64.72", "2.0", None),
        ("percent = 2.0\nannounced = 2018-07-08", "64", "2.0", date(2018, 7, 8)),
        ('percent = 2.0\nannounced = "2018-07-08"', "64", "2.0", date(2018, 7, 8)),
        ("percent = 2.0\nannounced = 2018-07-08T21:00:00+08:00", "64", "2.0", date(2018, 7, 8)),
    ],
)
def test_what_is_taken(
    tmp_path: Path, keys: str, region: str, percent: str, announced: date | None
) -> None:
    assert read(tmp_path, keys, region) == Threshold(Decimal(percent), announced)


@pytest.mark.parametrize(
    ("keys", "region", "said"),
    [
        ("announced = 2018-07-08", "64", "contest[1].threshold” needs either"),
        ("percent = 2\npopulation = 5", "64", "needs either a percent or a population"),
        ("percent = 101", "64", "contest[1].threshold.percent"),
        ("percent = true", "64", "contest[1].threshold.percent"),
        ('percent = "two"', "64", "contest[1].threshold.percent"),
        ("population = 0", "64", "contest[1].threshold.population"),
        ("population = 5", "64.72.01", "contest[1].threshold.kind"),
        ('percent = 2\nannounced = "8 July"', "64", "contest[1].threshold.announced"),
        ("percent = 2\nannounced = 2018", "64", "contest[1].threshold.announced"),
        ("percent = 2\npeople = 5", "64", "contest[1].threshold.people"),
    ],
)
def test_what_is_refused(tmp_path: Path, keys: str, region: str, said: str) -> None:
    with pytest.raises(RecountError) as fault:
        read(tmp_path, keys, region)
    assert said in speak(fault.value.message, "en")


def test_without_it_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "recount.toml").write_text('[[contest]]\nid = "pilgub"\n')
    assert read_election(tmp_path / "recount.toml").contests[0].threshold is None
