"""What the engine does in one pass is what it would do row by row."""

from __future__ import annotations

from typing import Any

import narwhals as nw
from hypothesis import example, given
from hypothesis import strategies as st

from recount import engine
from recount.names import REWRITTEN, SQUASHED, squash
from recount.numbers import LARGEST, Unread, parse_count
from recount.regions import DOTTED, parse_code

TEXT = st.none() | st.text("ab \x1e\x1f01", max_size=3)
NUMBERS = st.text("0123456789+-_ .,eE\u0663x", max_size=12) | st.integers().map(str)


def frame(**columns: list[str | None]) -> nw.DataFrame[Any]:
    return engine.table(columns, dict.fromkeys(columns, nw.String()))


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=30))
@example([("a\x1f", "b"), ("a", "\x1fb")])
@example([("\x1e", "\x1f1"), ("\x1e0\x1e1", "1")])
def test_rows_have_one_number_exactly_where_they_are_alike(
    rows: list[tuple[str | None, str | None]],
) -> None:
    first, second = ([row[at] for row in rows] for at in (0, 1))
    run, starts = engine.run_starts(frame(a=first, b=second), ["a", "b"])
    number, distinct = engine.number_alike(starts, ["a", "b"])
    numbers = engine.gather(number, run).to_list()
    shown = [(a or "", b or "") for a, b in rows]
    assert [distinct.row(at) for at in numbers] == shown
    assert len(distinct) == len(set(shown))


@given(st.lists(st.none() | NUMBERS, min_size=1, max_size=20))
@example(["+5", "-5", " 5", "5 ", "007", "1_000", "\u0663", "", "99999999999999999999", None])
def test_only_plain_digits_are_read_by_the_engine(cells: list[str | None]) -> None:
    read, odd = engine.plain_counts(frame(box=cells), {"box": range(LARGEST + 1)})
    strange = set(odd["box"].to_list())
    for at, (text, number) in enumerate(zip(cells, read["box"].to_list(), strict=True)):
        if text is None:
            assert number is None
            assert at not in strange
        elif at in strange:
            assert number is None
        else:
            assert text.isascii()
            assert text.isdigit()
            assert number == parse_count(text)


@given(st.lists(st.none() | st.integers(0, LARGEST).map(str), min_size=1, max_size=20))
def test_plain_digits_are_never_odd(cells: list[str | None]) -> None:
    read, odd = engine.plain_counts(frame(box=cells), {"box": range(LARGEST + 1)})
    assert odd["box"].to_list() == []
    assert read["box"].to_list() == [None if text is None else int(text) for text in cells]


@given(st.lists(st.none() | st.sampled_from(["12", "007", "", "TPS 1", "JUMLAH"]), min_size=1))
def test_every_word_of_a_column_is_among_its_words(cells: list[str | None]) -> None:
    (words,) = engine.words_in(frame(name=cells), ["name"]).values()
    assert set(words.to_list()) == {text for text in cells if text and not text.isdigit()} | (
        {""} & {text for text in cells if text is not None}
    )


@given(st.text("ABKEC. ab\n", max_size=12))
def test_a_name_that_looks_squashed_is(text: str) -> None:
    column = frame(name=[text])["name"]
    if (column.str.contains(SQUASHED) & ~column.str.contains(REWRITTEN))[0]:
        assert all(squash(text, level) == text for level in ("provinsi", "kabkota", "kecamatan"))


@given(st.from_regex(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4}(\.[0-9]{3})?)?)?)?\n?"))
def test_a_code_that_looks_dotted_is_read_as_it_stands(text: str) -> None:
    if frame(code=[text])["code"].str.contains(DOTTED)[0]:
        assert parse_code(text) == text


def test_an_unread_number_stays_for_the_careful_way() -> None:
    cells: list[str | None] = ["1.234", "X", "12"]
    read, odd = engine.plain_counts(frame(box=cells), {"box": range(LARGEST + 1)})
    assert read["box"].to_list() == [None, None, 12]
    assert odd["box"].to_list() == [0, 1]
    assert isinstance(parse_count("1,2"), Unread)
