"""What could still change the result, in plain sentences and short lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from recount.model import Collect, Favour, Flip, Pair, Rest, Standing, Votes, Within
from recount.report import RENDERERS, Look, build
from recount.showing import Asked, Hidden, least_difference
from recount.wanted_region import Wanted
from tests.report import samples

if TYPE_CHECKING:
    from recount.model import Outcome
    from recount.result import Result

PAIR = Pair("2", "1", 68_773, -224_400, -293_173)
MISSING = Rest(12, 5_400, 3_200)
ABOVE = Standing(102, (Votes("1", 1_094_900), Votes("2", 870_500)), 224_400, (("kabkota", 2),))
LAW = Within(Decimal("1.5"), 28_465, 68_773, within=False)


def result(**fields: object) -> Result:
    outcome: Outcome = replace(samples.outcome(), **fields)  # type: ignore[arg-type]
    return replace(samples.small(), outcome=(outcome,))


def screen(found: Result, lang: str = "en") -> str:
    return RENDERERS["table"](build(found, lang), Look(400)).decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"certain": True, "rest": MISSING, "bound": "registered"},
            [
                (
                    "Certain: whatever the 12 kecamatan without our form hold, 1 Joko Widodo - "
                    "Ma'ruf Amin stays ahead. At most 5,400 ballots can be in them."
                ),
                "Ballots in them: at most their registered voters and 3 percent more",
            ],
        ),
        (
            {"certain": True, "rest": Rest()},
            ["We hold a whole form of every kecamatan that is known here"],
        ),
        (
            {"certain": True, "rest": Rest(), "corrected": ABOVE},
            ["a whole form of every kecamatan that is known here, or of the region above it:"],
        ),
        (
            {
                "certain": False,
                "rest": MISSING._replace(raised=3),
                "bound": "ballots_received",
                "units_that_could_flip": 1_234,
            },
            [
                "Not certain yet: of 12 kecamatan we hold no whole form.",
                "for another candidate, 1,234 of them would be enough to change the result.",
                "at most the ballots they received",
                "In 3 of them more are shown online than that",
            ],
        ),
        (
            {"rest": Rest(12, None, 3_200), "bound": "ballots"},
            ["online they show 3,200 ballots, and the lead is 224,400. How many ballots can be"],
        ),
        (
            {"rest": Rest(0, None, 0, 7)},
            ["Neither side has anything of 7 regions on the list"],
        ),
        (
            {"pairs": (PAIR._replace(regions_for=21, regions_against=12, p=0.16),)},
            ["lean to neither side: in 21 kecamatan online is better for 2 Prabowo than"],
        ),
        (
            {"pairs": (PAIR._replace(regions_for=5, regions_against=0, p=0.0625),)},
            ["Too few differ to tell whether the differences lean to one side: in 5 kecamatan"],
        ),
        (
            {"pairs": (PAIR._replace(regions_for=0, regions_against=6, p=0.03125),)},
            ["The differences lean to one side: in 0 kecamatan"],
        ),
        (
            {"pairs": (PAIR._replace(regions_for=21, regions_against=2, p=0.0001),)},
            ["The differences lean to one side: in 21 kecamatan", "It is no accusation."],
        ),
        (
            {"flips": (Flip("kabkota", "64.72", "KOTA SAMARINDA", "1", "2"),) * 2},
            ["With our figures another candidate leads in 2 kabupaten/kota."],
        ),
        (
            {"threshold": LAW},
            [
                (
                    "The margin online, 68,773 votes, is outside the law's threshold: only up to "
                    "1.5 percent of the valid votes (28,465)"
                ),
            ],
        ),
        (
            {"threshold": LAW._replace(within=True, last_day=date(2018, 7, 11), days_left=2)},
            [
                "is inside the law's threshold",
                "With our figures, 224,400 votes, it would be outside.",
                "Last day to file: 11 July 2018, days left: 2 (three working days",
                "public holidays are not known here",
            ],
        ),
        (
            {"threshold": LAW._replace(last_day=date(2018, 7, 11), days_left=0)},
            ["Today is the last day to file: 11 July 2018"],
        ),
        (
            {"threshold": LAW._replace(last_day=date(2018, 7, 11), days_left=-3)},
            ["The last day to file was 11 July 2018"],
        ),
        (
            {"threshold": LAW._replace(last_day=date(2018, 7, 11))},
            ["Last day to file: 11 July 2018 (three"],
        ),
    ],
)
def test_sentences(fields: dict[str, object], said: list[str]) -> None:
    text = screen(result(**fields))
    for sentence in said:
        assert sentence in text


def test_regions_whose_own_form_stands_are_counted_apart() -> None:
    text = screen(result(corrected=ABOVE, ours=replace(ABOVE, units=2)))
    rows = [line.split() for line in text.splitlines()]
    assert ["Kecamatan", "0", "101", "100"] in rows
    assert ["Kabupaten/kota", "2", "0", "2"] in rows
    assert "votes in our forms (2 kabupaten/kota), 68,773 votes online (101 kecamatan)" in text


def test_in_indonesian_numbers_and_dates_are_written_as_there() -> None:
    law = LAW._replace(last_day=date(2018, 7, 11), days_left=2)
    text = screen(result(threshold=law), "id")
    assert "paling banyak 1,5 persen dari suara sah (28.465)" in text
    assert "Hari terakhir mengajukan permohonan: 11 Juli 2018, sisa hari: 2" in text


def test_where_nothing_is_known_nothing_is_said() -> None:
    text = screen(samples.small())
    for word in ("certain", "threshold", "lean", "collect"):
        assert word not in text


COLLECT = tuple(Collect(f"64.72.{n:02}", f"KEC {n}", 900 - n, "KOTA SAMARINDA") for n in range(9))


def test_the_first_forms_to_collect_are_listed_and_the_rest_counted() -> None:
    text = screen(result(first_to_collect=COLLECT, rest=MISSING))
    assert "Forms to collect first: 9 (the first 5; all of them with: -o result.xlsx)" in text
    assert [n for n in range(9) if f"64.72.0{n} " in text] == [0, 1, 2, 3, 4]
    few = screen(result(first_to_collect=COLLECT[:2], rest=MISSING))
    assert "Forms to collect first: 2\n" in few
    # What cannot change anything any more need not be collected first.
    assert "collect first" not in screen(result(first_to_collect=COLLECT, certain=True))


def test_margins_are_listed_where_there_are_several() -> None:
    several = (PAIR, PAIR._replace(loser="3"))
    assert "\nMargins\n" in screen(result(pairs=several))
    assert "\nMargins\n" not in screen(result(pairs=(PAIR,)))


def test_a_workbook_has_all_of_it() -> None:
    flips = (Flip("tps", "64.72.01.1001.001", "TPS 001", "1", None, "PALARAN", 31),)
    favours = (Favour("1", 21, 12, 0.16275), Favour("2", 0, 90, 1e-20))
    found = result(first_to_collect=COLLECT, pairs=(PAIR,), flips=flips, favours=favours)
    book = openpyxl.load_workbook(BytesIO(RENDERERS["xlsx"](build(found, "en"))))
    assert len(list(book["To collect first"].values)) == 1 + len(COLLECT)
    assert list(book["To collect first"].values)[1] == ("KEC 0", "KOTA SAMARINDA", "64.72.00", 900)
    assert list(book["Changed leaders"].values)[1] == (
        *("TPS", "TPS 001", "PALARAN", "64.72.01.1001.001"),
        *("1 Joko Widodo - Ma'ruf Amin", "level", 31),
    )
    assert [row[3] for row in book["Whom differences favour"].values][1:] == ["0.163", "0.001"]
    assert list(book["Margins"].values)[1][2:5] == (68_773, -224_400, -293_173)


def test_what_was_not_asked_for_is_said_and_still_counted() -> None:
    plain = samples.small()
    asked = Asked(Wanted("64.72", "Kota Samarinda"), "candidate:1", least_difference("10"), 3)
    kept = plain.comparisons.head(2)
    hidden = Hidden(asked, plain.comparisons, 31, {("p", "kecamatan"): 29}, "10")
    found = replace(plain, comparisons=kept, hidden=hidden)
    for output in ("table", "markdown"):
        text = RENDERERS[output](build(found, "en"), Look(400)).decode()
        assert "Kota Samarinda (64.72) and what lies in it; the votes of 1 Joko" in text
        assert "differences of at least 10; of each level the first 3" in text
        assert "Not shown for that: 29 kecamatan, with 31 rows; all of it is counted." in text
    # The title of a level counts all of it, shown or not.
    every = [line for line in screen(plain).splitlines() if line.startswith("103 kecamatan:")]
    assert every
    assert every[0] in screen(found)
    assert "Not shown for that" in "\n".join(build(found, "en").notes)
