"""Random forms: what the check finds is what plain Python finds, rule by rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount import api
from recount.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEXES = ("", ".m", ".f")
LISTS = ("dpt", "moved", "id_card")
SEXED = [
    *(f"{line}_{name}" for line in ("registered", "voters") for name in LISTS),
    "registered",
    "voters",
    "disabled_voters",
]
BALLOTS = ["ballots_received", "ballots_used", "ballots_spoiled", "ballots_unused"]
CANDIDATES = ["candidate:1", "candidate:2", "candidate:empty"]
BOXES = [
    *CANDIDATES,
    "valid",
    "invalid",
    "cast",
    *BALLOTS,
    *(f"{box}{sex}" for box in SEXED for sex in SEXES),
]

Form = dict[str, int | None]
Broken = tuple[str, str]


class Kind(NamedTuple):
    """What differs between the elections."""

    form: str | None
    ballots: str
    reserve: int | None

    @property
    def has_registered(self) -> bool:
        return "2024" not in (self.form or "")


KINDS = [
    Kind(None, "warning", None),
    Kind("da1-kwk-2018", "error", 25),
    Kind("db1-ppwp-2019", "error", 20),
    Kind("d-hasil-kecamatan-ppwp-2024", "warning", 20),
    Kind("d-hasil-prov-kwk-2024", "warning", 25),
]


class Read:
    """A form in the hands of plain Python; a sum with a blank in it is None."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def added(self, *boxes: str) -> int | None:
        figures = [self.form[box] for box in boxes]
        return None if None in figures else sum(figure or 0 for figure in figures)

    def differ(self, left: tuple[str, ...], right: str) -> bool:
        first, second = self.added(*left), self.form[right]
        return first is not None and second is not None and first != second

    def exceeds(self, left: str, right: str) -> bool:
        first, second = self.form[left], self.form[right]
        return first is not None and second is not None and first > second


def reference(form: Form, kind: Kind) -> Iterator[Broken]:
    read = Read(form)
    if read.differ(tuple(CANDIDATES), "valid"):
        yield "R1", "error"
    if read.differ(("valid", "invalid"), "cast"):
        yield "R2", "error"
    for box in SEXED:
        if read.differ((f"{box}.m", f"{box}.f"), box):
            yield "R3", "error"
    for sex in SEXES:
        if read.differ(tuple(f"voters_{name}{sex}" for name in LISTS), f"voters{sex}"):
            yield "R4", "error"
        parts = tuple(f"registered_{name}{sex}" for name in LISTS)
        if kind.has_registered and read.differ(parts, f"registered{sex}"):
            yield "R5", "error"
    if read.differ(("ballots_used", "ballots_spoiled", "ballots_unused"), "ballots_received"):
        yield "R6", kind.ballots
    yield from _limits(read, kind)


def _limits(read: Read, kind: Kind) -> Iterator[Broken]:
    pairs: list[tuple[tuple[str, ...], str]] = [(("cast",), "voters"), (("ballots_used",), "cast")]
    if read.form["cast"] is None:
        pairs = [(("ballots_used",), "voters"), (("valid", "invalid"), "voters")]
    for left, right in pairs:
        if read.differ(left, right):
            yield "R7", "warning"
    for sex in SEXES:
        for name in LISTS:
            if read.exceeds(f"voters_{name}{sex}", f"registered_{name}{sex}"):
                yield "R8", "warning"
        if read.exceeds(f"disabled_voters{sex}", f"voters{sex}"):
            yield "R10", "warning"
    received, dpt = read.form["ballots_received"], read.form["registered_dpt"]
    if kind.reserve is not None and received is not None and dpt is not None:
        expected = dpt * (1000 + kind.reserve)
        if abs(received * 1000 - expected) * 100 > expected:
            yield "R9", "note"


def found(forms: list[Form], kind: Kind, folder: Path) -> list[Counter[Broken]]:
    columns: dict[str, list[str | None]] = {
        "kecamatan": [f"K{number}" for number in range(len(forms))]
    }
    columns |= {box: [text(form[box]) for form in forms] for box in BOXES}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    options = {}
    if kind.form:
        options = {"election": folder / f"{kind.form}.toml"}
        options["election"].write_text(f'form = "{kind.form}"\n')
    counted = [Counter[Broken]() for _ in forms]
    for one in api.check(frame, **options).findings:
        row = int((one.place or "").rpartition(":")[2])
        counted[row - 2][one.rule, one.severity] += 1
    return counted


def text(figure: int | None) -> str | None:
    return None if figure is None else str(figure)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elections")


FIGURE = st.none() | st.integers(0, 3) | st.sampled_from([98, 100, 102, 103, 104])
FORM = st.fixed_dictionaries(dict.fromkeys(BOXES, FIGURE))


@settings(max_examples=40, deadline=None)
@given(forms=st.lists(FORM, min_size=1, max_size=12), kind=st.sampled_from(KINDS))
def test_the_check_finds_what_plain_python_finds(
    forms: list[Form], kind: Kind, folder: Path
) -> None:
    expected = [Counter(reference(form, kind)) for form in forms]
    assert found(forms, kind, folder) == expected


def test_every_kind_of_form_is_one_of_these() -> None:
    elections = {"-".join((kind.form or "").split("-")[-2:]) for kind in KINDS if kind.form}
    assert elections == {"-".join(form.split("-")[-2:]) for form in FORMS}
