"""What an election's file says of the law's threshold: a share, or the people of the region.

[contest.threshold]
population = 3_500_000      # law 10/2016, article 158; or: percent = 1.5
kind = "provinsi"           # or "kabkota"; default: what the contest's region is
announced = 2018-07-08      # the day on which the result was announced
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.model import LEVELS, Threshold
from recount.regions import code_level
from recount.texts import say
from recount.thresholds import PEOPLE, percent_for
from recount.toml_table import child, only_known

if TYPE_CHECKING:
    from recount.toml_table import Table

ALL = 100


def threshold(contest: Table, region: str | None) -> Threshold | None:
    """Read `[contest.threshold]`; `region`: the contest's own, as a code. None where it is not."""
    if "threshold" not in contest.values:
        return None
    table = child(contest, "threshold")
    only_known(table, "threshold")
    return Threshold(_percent(table, region), _announced(table))


def _percent(table: Table, region: str | None) -> Decimal:
    if ("percent" in table.values) == ("population" in table.values):
        raise RecountError(
            say("“{key}” needs either a percent or a population.", key=table.path),
            mend=say(
                "Give one of the two: percent = 2.0, or population = 3500000 for the shares of "
                "law 10/2016."
            ),
            place=table.label,
        )
    if "percent" in table.values:
        return _share(table)
    population = table.values["population"]
    if not isinstance(population, int) or isinstance(population, bool) or population < 1:
        raise table.wrong(say("a whole number from 1"), "population")
    return percent_for(_kind(table, region), population)


def _share(table: Table) -> Decimal:
    value = table.values["percent"]
    written = str(value).strip().removesuffix("%").rstrip().replace(",", ".")
    try:
        share = Decimal(written) if not isinstance(value, bool) else Decimal(-1)
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= ALL:
        raise table.wrong(say("a percentage from 0 to 100, such as 1.5"), "percent")
    return share


def _kind(table: Table, region: str | None) -> str:
    usual = LEVELS[code_level(region)] if region else None
    kind = table.values.get("kind", usual)
    if kind not in PEOPLE:
        wanted = say('"provinsi" or "kabkota": the law has other shares for the two')
        raise table.wrong(wanted, "kind")
    return str(kind)


def _announced(table: Table) -> date | None:
    value = table.values.get("announced")
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as fault:
        raise table.wrong(say("a date, such as 2018-07-08"), "announced") from fault
