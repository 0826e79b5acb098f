"""The main job against the same thing in plain dictionaries, over small made-up elections."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from recount import RecountError, api
from recount.options import Options
from tests.model_election import LEVELS, Form, Model, Row, Side, race

if TYPE_CHECKING:
    from recount.result import Result
    from tests.model_election import Path

QUICK = [Phase.explicit, Phase.reuse, Phase.generate]

BOTH = ("candidate:1", "candidate:2")
HEADINGS = {"candidate:1": "suara_1", "candidate:2": "suara_2"}
KEYS = st.tuples(
    st.sampled_from(["Paser", "Berau"]),
    st.sampled_from(["Long Ikis", "Sambaliung"]),
    st.sampled_from(["001", "002", "003"]),
)
COUNT = st.one_of(st.none(), st.integers(0, 9))
DEPTHS = st.sampled_from([(3,), (3,), (2,), (1,), (2, 3), (1, 3), (1, 2), (1, 2, 3)])


@st.composite
def sides(draw: st.DrawFn) -> Side:
    """Forms of one to three levels, copies among them; now and then a candidate is not known."""
    depths = draw(DEPTHS)
    items = draw(st.sampled_from([BOTH, BOTH, BOTH, BOTH[:1]]))
    path = st.tuples(KEYS, st.sampled_from(depths)).map(lambda one: one[0][: one[1]])
    form = st.tuples(path, st.tuples(*[COUNT] * len(items)))
    drawn = draw(st.lists(form, min_size=1, max_size=14))
    return Side([Form(p, dict(zip(items, figures, strict=True))) for p, figures in drawn], items)


def frame(side: Side) -> pl.DataFrame:
    """Write a side as a witness would: a column for each level, blank where a form is higher."""
    rows = [
        [*form.path, *[None] * (3 - len(form.path)), *(form.figures[item] for item in side.items)]
        for form in side.copies
    ]
    schema = dict.fromkeys(["kabupaten", "kecamatan", "tps"], pl.String())
    columns = {**schema, **dict.fromkeys([HEADINGS[item] for item in side.items], pl.Int64())}
    return pl.DataFrame(rows, schema=columns, orient="row")


def found(result: Result) -> dict[tuple[Path, str], Row]:
    rows = pl.DataFrame(result.comparisons.to_native()).to_dicts()
    named = {}
    for row in rows:
        key = tuple(row["region"].split("/"))
        assert LEVELS[len(key)] == row["level"]
        named[key, row["item"]] = Row(
            row["ours"],
            row["theirs"],
            row["status"],
            (row["ours_read"], row["ours_expected"]),
            (row["theirs_read"], row["theirs_expected"]),
        )
    assert len(named) == len(rows)
    return named


def expected(model: Model) -> dict[tuple[Path, str], Row]:
    return {(tuple(map(str.upper, path)), item): row for (path, item), row in model.rows().items()}


def has_two_figures(row: Row) -> bool:
    return row.ours is not None and row.theirs is not None and row.status != "conflict"


def stations(*rows: tuple[str, int | None, int | None]) -> Side:
    forms = [Form(tuple(p.split("/")), dict(zip(BOTH, n, strict=True))) for p, *n in rows]
    return Side(forms, BOTH)


@given(sides(), sides(), st.sampled_from([0, 0, 2]))
@example(  # a form of ours for a whole kecamatan, of which they have the stations
    stations(("Paser/Long Ikis", 5, 6), ("Paser/Sambaliung/001", 1, 2)),
    stations(("Paser/Long Ikis/001", 5, 5), ("Paser/Sambaliung/001", 1, 2)),
    0,
)
@example(  # a form of theirs for a kecamatan, of which they have but half of the stations' figures
    stations(("Paser/Long Ikis", 5, 6), ("Paser/Sambaliung", 1, 2)),
    stations(("Paser/Long Ikis", 9, 9), ("Paser/Long Ikis/001", 4, None), ("Berau", 3, 3)),
    0,
)
@settings(max_examples=25, deadline=None, phases=QUICK)
def test_it_is_what_the_model_says(ours: Side, theirs: Side, tolerance: int) -> None:
    model = Model(ours, theirs, tolerance)
    rows = expected(model)
    statuses = Counter(row.status for row in rows.values())
    options = Options(everything=True, regions="none", tolerance=tolerance)
    if not any(map(has_two_figures, rows.values())) and not statuses["conflict"]:
        with pytest.raises(RecountError):
            api.reconcile_with(frame(ours), frame(theirs), options)
        return
    result = api.reconcile_with(frame(ours), frame(theirs), options)
    assert found(result) == rows
    assert {name: n for name, n in result.summary.items() if n and name != "compared"} == statuses
    assert result.summary["compared"] == sum(map(has_two_figures, rows.values()))
    standing, by_hand = result.outcome[0], race(model)
    for name in ("ours", "theirs", "corrected"):
        side = getattr(standing, name)
        votes = {f"candidate:{one.candidate}": one.votes for one in side.ranking}
        assert side.units == by_hand.units[name]
        assert all(by_hand.votes[name][item] == n for item, n in votes.items())
        assert bool(votes) == bool(side.units)
