"""What a witness types into a box, and what is read from it; parsing never guesses."""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.model import DATE, ERROR_VALUE, FRACTION, MARK, NO_VALUE, TRUTH
from recount.numbers import (
    ANY_STYLE,
    LARGEST,
    Reason,
    Style,
    Unread,
    column_style,
    parse_count,
    parse_station,
    why,
)
from recount.texts import speak

DOTS, COMMAS, NEITHER = Style(frozenset(".")), Style(frozenset(",")), Style(frozenset())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("000", 0),
        ("12", 12),
        ("0012", 12),
        (" 12 ", 12),
        ("\u00a012", 12),
        ("１２", 12),
        ("1.234", 1234),
        ("1,234", 1234),
        ("12.345.678", 12_345_678),
        ("426.0", 426),
        ("426,00", 426),
        ("1234.000", 1234),
        ("0.000", 0),
        ("1.234,00", 1234),
        ("1,234.0", 1234),
        ("2000000000", LARGEST),
        ("0" * 5000 + "7", 7),
    ],
)
def test_a_spelling_of_a_number_is_read(text: str, count: int) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize("text", [None, "", " ", "-", "--", "- - -", "–", "—", "_", "x", "X", "XXX",
                                  "X X X", ".", "NA", "n/a", "null", "NaN"])  # fmt: skip
def test_a_blank_is_not_zero(text: str | None) -> None:
    assert parse_count(text) == Unread("blank", text or "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12%", "no_number"),
        ("1,2", "fraction"),
        ("12.5", "fraction"),
        ("0.123", "fraction"),
        ("1.234,5", "fraction"),
        ("1.234,567", "separators"),
        ("1.234,000", "separators"),
        ("1.234,567.00", "no_number"),
        ("12.34.567", "no_number"),
        ("1.2345.678", "no_number"),
        ("-5", "negative"),
        ("- 5", "negative"),
        ("\u22125", "negative"),
        ("-1.234", "negative"),
        ("-426.0", "negative"),
        ("2000000001", "huge"),
        ("1" + "0" * 30, "huge"),
        ("9" * 5000, "huge"),
        ("X99", "illegible"),
        ("X 9 9", "illegible"),
        ("1 234", "illegible"),
        ("1\u00a0234", "illegible"),
        ("1'234", "no_number"),
        ("12a", "no_number"),
        ("+5", "no_number"),
        ("(5)", "no_number"),
        ("1e3", "no_number"),
        ("1_000", "no_number"),
        ("12²", "no_number"),
        ("①", "no_number"),
        ("½", "no_number"),
        ("Ⅳ", "no_number"),
        ("١٢", "no_number"),
        ("nihil", "no_number"),
        ("?", "no_number"),
        ("12 suara", "no_number"),
        ("dua belas", "no_number"),
        ("O", "no_number"),
        ("l2", "no_number"),
    ],
)
def test_whatever_is_doubtful_is_unread_and_kept(text: str, reason: str) -> None:
    assert parse_count(text) == (reason, text)


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (FRACTION, "fraction"),
        (DATE, "date"),
        (ERROR_VALUE, "error_value"),
        (NO_VALUE, "no_value"),
        (TRUTH, "truth"),
        (MARK + "?", "no_number"),
    ],
)
def test_a_marked_cell_is_no_number_even_when_it_looks_like_one(mark: str, reason: str) -> None:
    assert parse_count(mark + "1.234") == (reason, "1.234")
    assert parse_station(mark + "1") == (reason, "1")


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["12", "7"], ANY_STYLE),
        (["1.234", "987"], ANY_STYLE),
        (["1.234", "12.5"], COMMAS),
        (["1.234", "426.0"], COMMAS),
        (["1,234", "1,2"], DOTS),
        (["1.234", "1,234"], NEITHER),
        (["1.234", "1,5"], DOTS),
        (["1.234", "1.234,00"], DOTS),
        (["1,234.0", "5"], COMMAS),
        (["12.3%", "1.234"], COMMAS),
        (["-1.234"], ANY_STYLE),
        (["0.123"], COMMAS),
        ([FRACTION + "1.5", "1.234"], ANY_STYLE),
        (["１．５"], COMMAS),
        ([], ANY_STYLE),
    ],
)
def test_a_column_has_one_style(texts: list[str], style: Style) -> None:
    assert column_style(texts) == style
    assert column_style(reversed(texts)) == style


def test_a_column_decides_what_a_separator_means() -> None:
    assert parse_count("1.234", COMMAS) == ("separators", "1.234")
    assert parse_count("1.234", DOTS) == 1234
    assert parse_count("1.234,00", COMMAS) == ("separators", "1.234,00")
    assert parse_count("426.0", COMMAS) == 426


@pytest.mark.parametrize(
    ("text", "station"),
    [("001", 1), ("1", 1), ("TPS 1", 1), ("tps.01", 1), ("TPS-012", 12), ("POS 003", 3), ("1.0", 1),
     ("TPS NO. 4", 4), ("No 4", 4), ("KSK 2", 2), ("TPSLN 7", 7), ("1234", 1234)],
)  # fmt: skip
def test_a_station_is_its_number(text: str, station: int) -> None:
    assert parse_station(text) == station


@pytest.mark.parametrize(
    ("text", "reason"),
    [(None, "blank"), ("-", "blank"), ("0", "no_number"), ("000", "no_number"), ("-1", "negative"),
     ("1,000", "no_number"), ("1.5", "no_number"), ("TPS", "no_number"), ("1A", "no_number"),
     ("1 dan 2", "no_number"), ("1²", "no_number"), ("9" * 400, "huge")],
)  # fmt: skip
def test_what_is_no_station_is_unread(text: str | None, reason: str) -> None:
    read = parse_station(text)
    assert isinstance(read, Unread)
    assert read.reason == reason


def _number_of(text: str) -> str:
    """The digits of a spelling once a part of nothing but zeros behind a separator is gone."""
    plain = unicodedata.normalize("NFKC", text).strip()
    assert re.fullmatch(r"[0-9]+(?:[.,][0-9]+)*", plain)
    whole, _, last = plain.replace(",", ".").rpartition(".")
    a_group = len(last) == 3 and re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})*", whole)
    if whole and not last.strip("0") and not a_group:
        plain = whole
    return re.sub(r"[.,]", "", plain).lstrip("0") or "0"


WRITTEN = st.one_of(
    st.text(),
    st.text("0123456789.,"),
    st.text("0123456789.,-xX %²½①１２٣\u00a0"),
    st.from_regex(r"[0-9]{1,4}([.,][0-9]{1,4}){0,3}", fullmatch=True),
)
STYLES = st.sampled_from([ANY_STYLE, DOTS, COMMAS, NEITHER])


@given(WRITTEN, STYLES)
def test_parsing_never_guesses(text: str, style: Style) -> None:
    read = parse_count(text, style)
    if isinstance(read, int):
        assert 0 <= read <= LARGEST
        assert str(read) == _number_of(text)
    else:
        assert read.text == (text[2:] if text.startswith(MARK) else text)
        assert speak(why(read), "en")


@given(st.lists(WRITTEN), WRITTEN)
def test_another_cell_never_changes_a_number_only_whether_it_is_certain(
    texts: list[str], text: str
) -> None:
    alone = parse_count(text, column_style([text]))
    beside = parse_count(text, column_style([*texts, text]))
    if isinstance(alone, int) and isinstance(beside, int):
        assert alone == beside


@given(st.integers(0, LARGEST))
def test_every_count_is_read_in_every_spelling(count: int) -> None:
    grouped = f"{count:,}"
    spellings = [str(count), f"{count:09}", grouped, grouped.replace(",", "."), f"{count}.0"]
    assert [parse_count(text) for text in spellings] == [count] * 5


@given(WRITTEN)
def test_a_station_never_guesses(text: str) -> None:
    read = parse_station(text)
    if isinstance(read, int):
        digits = re.findall("[0-9]+", unicodedata.normalize("NFKC", text))
        assert int(digits[0]) == read
        assert not "".join(digits[1:]).strip("0")


def test_a_long_text_is_cut_in_the_message() -> None:
    assert len(speak(why(Unread("no_number", "a" * 1000)), "en")) < 100


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_is_said(reason: Reason) -> None:
    assert reason == "blank" or "7,5" in speak(why(Unread(reason, "7,5")), "en")
