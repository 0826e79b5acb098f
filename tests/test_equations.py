"""The language of equations: what it reads, what it refuses, and that its sums are exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.boxes import BOX_WORDS
from recount.equation_text import parse
from recount.equations import Comparison, broken, shown
from recount.errors import RecountError
from recount.model import Tolerance
from recount.texts import speak

if TYPE_CHECKING:
    from collections.abc import Mapping

BOXES = ("registered", "voters", "valid", "invalid", "cast", "voters.m", "candidate:1")


def breaks(
    text: str, boxes: Mapping[str, int | None], tolerance: Tolerance | None = None
) -> bool | None:
    """Whether one form breaks an equation; None where it is not applied."""
    comparison = parse(text).of([box for box in boxes if box.startswith("candidate:")])
    data = {box: pl.Series([boxes.get(box)], dtype=pl.Int64) for box in comparison.boxes}
    frame = nw.from_native(pl.DataFrame(data), eager_only=True)
    answer = frame.select(broken=broken(comparison, tolerance))["broken"][0]
    return None if answer is None else bool(answer)


@pytest.mark.parametrize(
    ("text", "boxes", "answer"),
    [
        ("valid + invalid == cast", {"valid": 30, "invalid": 2, "cast": 32}, False),
        ("valid + invalid == cast", {"valid": 30, "invalid": 2, "cast": 31}, True),
        ("valid+invalid==cast", {"valid": 30, "invalid": None, "cast": 31}, None),
        ("candidates == valid", {"candidate:1": 3, "candidate:2": 4, "valid": 7}, False),
        ("candidates == valid", {"candidate:1": 3, "candidate:2": None, "valid": 7}, None),
        ("candidate:1 >= candidate:2", {"candidate:1": 3, "candidate:2": 4}, True),
        ("voters.m <= voters - voters.f", {"voters": 9, "voters.m": 5, "voters.f": 4}, False),
        # On the very edge: binary fractions make 100 * 1.1 more than 110.
        ("cast <= registered * 1.1", {"cast": 110, "registered": 100}, False),
        ("cast >= registered * 1.1", {"cast": 110, "registered": 100}, False),
        ("cast == registered * 1.1", {"cast": 110, "registered": 100}, False),
        ("cast <= registered * 1.02", {"cast": 307, "registered": 300}, True),
        ("cast <= registered * 1.02", {"cast": 306, "registered": 300}, False),
        ("cast <= 0.1 + 0.2 * registered", {"cast": 60, "registered": 300}, False),
        ("2 * (cast - 3) == registered", {"cast": 10, "registered": 14}, False),
        ("-cast == -5", {"cast": 5}, False),
        ("cast <= 2000000000", {"cast": 2_000_000_000}, False),
        # A box that cancels out must be filled in all the same.
        ("cast - cast + valid == 3", {"cast": None, "valid": 3}, None),
    ],
)
def test_one_form(text: str, boxes: Mapping[str, int | None], answer: bool | None) -> None:  # noqa: FBT001 - what a case expects
    assert breaks(text, boxes) is answer


@pytest.mark.parametrize(
    ("text", "tolerance", "cast", "answer"),
    [
        ("cast == valid", "2", 102, False),
        ("cast == valid", "2", 103, True),
        ("cast == valid", "2", 98, False),
        ("cast == valid", "2", 97, True),
        ("cast <= valid", "2", 102, False),
        ("cast <= valid", "2", 103, True),
        ("cast <= valid", "2", 1, False),
        ("cast >= valid", "2", 98, False),
        ("cast >= valid", "2", 97, True),
        # A percentage is one of what stands on the right.
        ("cast == valid", "2%", 102, False),
        ("cast == valid", "2%", 103, True),
        ("valid == cast", "2%", 98, True),
        ("cast == valid", "0.5%", 101, True),
        ("cast == valid", "0.5%", 100, False),
        ("cast == valid", "0", 101, True),
    ],
)
def test_a_tolerance(text: str, tolerance: str, cast: int, answer: bool) -> None:  # noqa: FBT001 - what a case expects
    amount = Tolerance(Decimal(tolerance.rstrip("%")), percent=tolerance.endswith("%"))
    assert breaks(text, {"cast": cast, "valid": 100}, amount) is answer


@pytest.mark.parametrize(
    ("text", "at", "reason"),
    [
        ("cast = valid", 6, "“=” has no meaning here"),
        ("cast < valid", 6, "“<” has no meaning here"),
        ("cast <= registered * 1,02", 23, "“,” has no meaning here"),
        ("cast <= registered * 2%", 23, "“%” has no meaning here"),
        ("cast / 2 == valid", 6, "“/” has no meaning here"),
        ("cast == valid == voters", 15, "“==” stands where the end, or one of + - * is expected"),
        ("cast == valid)", 14, "“)” stands where the end, or one of + - * is expected"),
        ("cast 3 == valid", 6, "“3” stands where one of == <= >= is expected"),
        ("cast ** 2 == 1", 7, "“*” stands where a box or a number is expected"),
        ("cast", 5, "it ends where one of == <= >= is missing"),
        ("", 1, "it ends where a box or a number is missing"),
        ("cast == (valid", 15, "it ends where a closing parenthesis is missing"),
        ("cast * valid == 3", 6, "two boxes cannot be multiplied"),
        ("1 == 2 - 1", 1, "it names no box"),
        ("cast <= valid * 1.0000000001", 1, "its numbers are too long"),
        ("cast <= " + "9" * 30, 1, "its numbers are too long"),
        ("(" * 50 + "cast" + ")" * 50 + " == 1", 1, "it is too long"),
        ("cast == 1" + " + 1" * 200, 1, "it is too long"),
    ],
)
def test_a_wrong_text_says_where_and_why(text: str, at: int, reason: str) -> None:
    with pytest.raises(RecountError) as caught:
        parse(text)
    message = speak(caught.value.message, "en")
    assert message.startswith(f"at character {at} of “")
    assert message.endswith(f": {reason}.")
    assert speak(caught.value.mend, "id") != speak(caught.value.mend, "en")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cast == suara", "suara"),
        ("valid.m == 3", "valid.m"),
        ("voters.x == 3", "voters.x"),
        ("Cast == valid", "Cast"),
        ("__import__ == 1", "__import__"),
    ],
)
def test_a_name_that_is_no_box(text: str, name: str) -> None:
    with pytest.raises(RecountError) as caught:
        parse(text)
    assert f"“{name}” is no box" in speak(caught.value.message, "en")
    assert all(box in speak(caught.value.mend, "en") for box in BOX_WORDS)


@given(st.text(max_size=40) | st.text(alphabet="cast valid().*+-=<>1,", max_size=40))
def test_any_text_is_an_equation_or_says_what_is_wrong(text: str) -> None:
    try:
        told = parse(text).boxes
    except RecountError as fault:
        told = (speak(fault.message, "en"), speak(fault.mend, "id"))
    assert told
    assert all(told)


FACTORS = st.decimals(min_value=0, max_value=3, places=2).map(str)
TERMS = st.tuples(st.sampled_from("+-"), FACTORS, st.sampled_from(BOXES))
FIGURES = st.dictionaries(
    st.sampled_from(BOXES), st.none() | st.integers(0, 30) | st.integers(0, 2_000_000_000)
)


def told(terms: list[tuple[str, str, str]]) -> str:
    return " ".join(f"{sign} {factor} * {box}" for sign, factor, box in terms)


def sum_of(terms: list[tuple[str, str, str]], boxes: Mapping[str, int]) -> Fraction:
    signs = {"+": 1, "-": -1}
    parts = (signs[sign] * Fraction(factor) * boxes[box] for sign, factor, box in terms)
    return sum(parts, Fraction(0))


@given(
    left=st.lists(TERMS, min_size=1, max_size=3),
    sign=st.sampled_from(["==", "<=", ">="]),
    right=st.lists(TERMS, min_size=1, max_size=3),
    boxes=FIGURES,
    tolerance=st.none()
    | st.builds(Tolerance, st.integers(0, 50).map(Decimal), st.booleans())
    | st.builds(Tolerance, st.decimals(min_value=0, max_value=3, places=2), st.just(value=True)),
)
def test_it_agrees_with_fractions(
    left: list[tuple[str, str, str]],
    sign: str,
    right: list[tuple[str, str, str]],
    boxes: dict[str, int | None],
    tolerance: Tolerance | None,
) -> None:
    text = f"0 {told(left)} {sign} 0 {told(right)}"
    named = {box for _, _, box in (*left, *right)}
    figures = {box: figure for box in named if (figure := boxes.get(box)) is not None}
    if figures.keys() != named:
        assert breaks(text, boxes, tolerance) is None
        return
    first, second = sum_of(left, figures), sum_of(right, figures)
    allowed = Fraction(0)
    if tolerance:
        whole = abs(second) / 100 if tolerance.percent else Fraction(1)
        allowed = Fraction(tolerance.amount) * whole
    holds = {
        "==": abs(first - second) <= allowed,
        "<=": first <= second + allowed,
        ">=": first >= second - allowed,
    }
    assert breaks(text, boxes, tolerance) is not holds[sign]
    comparison = parse(text)
    assert (comparison.left.value(figures), comparison.right.value(figures)) == (first, second)


def test_the_boxes_of_candidates_take_their_place() -> None:
    comparison = parse("candidates * 2 == valid").of(["candidate:1", "candidate:empty"])
    assert isinstance(comparison, Comparison)
    assert comparison.left.terms == {"candidate:1": 2, "candidate:empty": 2}


@pytest.mark.parametrize(("value", "text"), [("306.51", "306.51"), ("1234.5", "1,234.5")])
def test_a_value_is_shown_with_its_decimals(value: str, text: str) -> None:
    assert f"{shown(Fraction(value)):,}" == text
    assert shown(Fraction(7)) == 7
