"""Title lines above a table in; the places that they name and the form's kind out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from recount import forms
from recount.headings import meaning
from recount.layouts._likely import may_place
from recount.layouts._page import stray
from recount.model import LEVELS, MARK, Finding
from recount.names import squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.layouts._page import Line, Page
    from recount.model import FormModel, Grid

_LABELLED = re.compile(r"([^:=]{2,60}?)\s*[:=]+\s*(.*)", re.DOTALL)
_LEADING = re.compile(
    r"(PROVINSI|PROPINSI|KABUPATEN|KAB|KOTA|KECAMATAN|KEC|DISTRIK|DESA|KELURAHAN|KEL|TPS)\b"
    r"[ ._]+(\S.*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"[0-9]{1,10}[-_. ]+(?=[^\W\d_])")
_MOST_WORDS = 5
NO_NAMES = frozenset(
    word
    for line in (
        "SHEET LEMBAR DATA REKAP REKAPITULASI HASIL FORM FORMULIR MODEL KWK PPWP PWP TPS DESA",
        "KELURAHAN KECAMATAN KABUPATEN KOTA PROVINSI SUARA SAKSI INPUT TEMPLATE COVER SAMPUL TOTAL",
        "JUMLAH RINGKASAN SUMMARY HALAMAN PAGE TABEL TABLE ISI LAMPIRAN PILKADA PILGUB PEMILU",
        "HITUNG FINAL NEW DAFTAR PETUNJUK DA DB DC DAA WORKSHEET FEUIL TABELLE DATABASE CEK CHECK",
        "PEROLEHAN SEMUA SE DI DAN",
    )
    for word in line.split()
)
"""With one of these words a line or a sheet is not called after a place."""


class Context(NamedTuple):
    """What is known of a table from around it.

    `places`: level -> name as the title lines write it. `at`: level -> the cell (row as shown,
    column) that names it. `form`: by the title lines, else by the election's file.
    """

    form: FormModel | None
    places: dict[str, str]
    at: dict[str, tuple[int, int]]


def around(page: Page, above: Sequence[Line]) -> Context:
    """Read the lines above a table."""
    texts = [text for line in above for _, text in line.filled() if not text.startswith(MARK)]
    form = forms.of_sheet(texts, page.form)
    places: dict[str, str] = {}
    at: dict[str, tuple[int, int]] = {}
    for line in above:
        for level, name, column in named_places(line):
            places[level] = name
            at[level] = (line.row, column)
    return Context(form, places, at)


def named_places(line: Line) -> Iterator[tuple[str, str, int]]:
    """The places that one line names: (level, name, column of the cell with the name)."""
    cells = [(at, text.strip()) for at, text in line.filled() if not text.startswith(MARK)]
    after = [*cells[1:], (-1, "")]
    for index, (at, text) in enumerate(cells):
        labelled = _LABELLED.fullmatch(text)
        role = _level(labelled[1] if labelled else text)
        name, column = (labelled[2], at) if labelled else ("", -1)
        if role and not name:
            following = [cell for cell in after[index:] if cell[1].strip(" :=.")]
            column, name = following[0] if following else (-1, "")
            name = name.lstrip(" :=")
            if _level(name):
                continue
        if role is None and len(cells) == 1 and (found := leading(text)):
            role, name, column = *found, at
        if role and name.strip(" ._-…"):
            yield role, whole_name(labelled[1] if labelled else text, name, role), column


@lru_cache(maxsize=2**10)
def _level(label: str) -> str | None:
    understood = meaning(label.strip(" *).:(")) if may_place(label) else None
    role = understood.role if understood else ""
    return role if role in LEVELS[1:] else None


def leading(text: str) -> tuple[str, str] | None:
    """Understand a line such as `KECAMATAN SAMARINDA ULU`."""
    found = _LEADING.fullmatch(text)
    if found is None or ":" in text:
        return None
    role = _level(found[1])
    # Letter-spaced words are joined first.
    if role is None or len(squash(found[2], role).split()) >= _MOST_WORDS:
        return None
    words = {word.upper() for word in _WORD.findall(found[2])}
    return None if words & NO_NAMES else (role, found[2])


def whole_name(label: str, name: str, role: str) -> str:
    """A kabupaten or kota keeps its word: it is part of the name."""
    words = {word.upper() for word in _WORD.findall(label)}
    sorts = words & {"KABUPATEN", "KAB", "KOTA"}
    if role != "kabkota" or len(sorts) != 1 or squash(name, role).startswith(("KAB ", "KOTA ")):
        return name.strip()
    return f"{'KOTA' if 'KOTA' in sorts else 'KAB.'} {name.strip()}"


def loose(grid: Grid, above: Iterable[Line], context: Context) -> list[Finding]:
    """Say which figures above a table name no place: they belong to nobody."""
    used = set(context.at.values())
    rows = [
        (line.row, [(at, t) for at, t in line.filled() if _is_loose(t, (line.row, at), used)])
        for line in above
    ]
    return [stray(grid, row, cells) for row, cells in rows if cells]


def _is_loose(text: str, at: tuple[int, int], used: set[tuple[int, int]]) -> bool:
    return at not in used and (text.startswith(MARK) or text.strip().isdigit())


def unnumbered(name: str) -> str:
    """A name without the number or code before it: `01-pintu-rime-gayo`, `2001-blang-rakal`."""
    found = _NUMBERED.match(name)
    return name[found.end() :] if found else name


def cover_of(sheets: Iterable[Sequence[Line]]) -> dict[str, str]:
    """The places that the sheets without a table name; of two different names, none."""
    named: dict[str, set[str]] = {}
    for sheet in sheets:
        for line in sheet:
            for level, name, _ in named_places(line):
                named.setdefault(level, set()).add(name)
    return {level: names.pop() for level, names in named.items() if len(names) == 1}
