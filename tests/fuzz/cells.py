"""A figure of a real workbook is overwritten: it is read as such, or a finding names its cell."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, NamedTuple

import openpyxl

from recount import api
from recount.errors import RecountError
from recount.material import read_material
from recount.options import Options

if TYPE_CHECKING:
    from pathlib import Path

    from recount.model import Finding

VALUES: tuple[bool | int | float | str, ...] = (
    *(0, 7, 12, 345, 99999, 2_000_000_001, -3),
    *(1.234, 12.5, 426.0, 1e300, True),
    *(
        "7",
        " 12 ",
        "1.234",
        "1,234",
        "426.0",
        "12,5",
        "1 2",
        "O5",
        "l2",
        "X",
        "X 9 9",
        "-",
        "nihil",
    ),
    *("n/a", "'12", "12 suara", "=1+1", "\u0661\u0662", "½", "١٢", "JUMLAH", "1.234.567", "3e2"),
)
_PLAIN = re.compile(r"0*([0-9]{1,9})(?:[.,]0+)?")
_GROUPED = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*")
_BLANK = re.compile(r"[-Xx. ]*|n/a", re.IGNORECASE)


class Change(NamedTuple):
    """Which cell was overwritten, and by what."""

    place: str
    value: bool | float | str


def change(source: Path, target: Path, figures: dict[str, int], seed: int) -> Change:
    """Overwrite one of the figures of a workbook; `figures`: what is read of it, by address."""
    rng = random.Random(seed)  # noqa: S311 - noise, no secret
    place = rng.choice(sorted(figures))
    value = rng.choice(VALUES)
    _, sheet, cell = place.rsplit("!", 2)
    # Formulas would lose their values.
    book = openpyxl.load_workbook(source, data_only=True)
    book[sheet][cell] = value
    if isinstance(value, str):
        book[sheet][cell].data_type = "s"
    book.save(target)
    return Change(place, value)


def figures_of(path: Path) -> tuple[dict[str, int], list[Finding]]:
    """Every figure that is read of a file by its address, and all that is said."""
    material = read_material([("ours", [str(path)])], Options())
    (tally,) = material.tallies
    found: dict[str, int] = {}
    for frame in tally.frames.values():
        for row in frame.iter_rows(named=True):
            for box in tally.boxes:
                if row[box] is not None:
                    line = row.get(f"row {box}") or row["row"]
                    found[tally.sheets[row["sheet"]].place(line, box)] = row[box]
    return found, [*api.check_with([str(path)], Options()).findings]


def lost(path: Path, changed: Change, before: dict[str, int]) -> str | None:
    """Say what was lost; None when the cell and all others are accounted for."""
    try:
        figures, findings = figures_of(path)
    except RecountError as refused:
        return f"refused for one cell: {refused.message}"
    _, sheet, cell = changed.place.rsplit("!", 2)
    row = re.sub("[A-Z]", "", cell)
    said = {part for f in findings if f.place for part in f.place.split(" | ")}
    ours = f"{path.name}!{sheet}!"
    spoken = bool({ours + cell, ours + row, ours + re.sub("[0-9]", "", cell)} & said)
    values = meant(changed.value)
    if figures.get(ours + cell) not in values and not spoken:
        return f"{changed}: read as {figures.get(ours + cell)}, and nothing is said"
    rest = {at.partition("!")[2]: n for at, n in before.items() if at != changed.place}
    now = {at.partition("!")[2]: n for at, n in figures.items()}
    gone = [at for at, n in rest.items() if now.get(at) != n]
    told = [at for at in gone if f"{path.name}!{at}" in said]
    if len(gone) > len(told) and not spoken:
        return f"{changed}: other cells changed: {gone[:5]}"
    return None


def meant(value: float | str) -> set[int | None]:
    """What a cell may be read as without a word; a number with a doubtful separator only so."""
    if isinstance(value, bool):
        return set()
    if isinstance(value, int | float):
        return {int(value)} if value == int(value) and 0 <= value <= 2e9 else set()
    text = str(value).strip()
    if _BLANK.fullmatch(text):
        return {None}
    if found := _PLAIN.fullmatch(text):
        return {int(found[1])}
    return {int(re.sub("[.,]", "", text))} if _GROUPED.fullmatch(text) else digits(text)


def digits(text: str) -> set[int | None]:
    """Digits of other scripts are digits."""
    return {int(text)} if text.isdecimal() else set()
