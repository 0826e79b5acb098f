"""What stands around a table in: title lines, the sheet's name, the file's name. Places out.

A title line that names a place wins over the sheet's name, that over the cover's, and the file's
name comes last; whoever is overruled is told.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from recount import forms
from recount.headings import meaning
from recount.layouts._page import stray
from recount.layouts._said import short
from recount.model import LEVELS, MARK, NAMED_LEVELS, Finding
from recount.names import squash
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recount.layouts._page import Line, Page
    from recount.model import FormModel, Grid

_LABELLED = re.compile(r"([^:=]{2,60}?)\s*[:=]+\s*(.*)", re.DOTALL)
_LEADING = re.compile(
    r"(PROVINSI|PROPINSI|KABUPATEN|KAB|KOTA|KECAMATAN|KEC|DISTRIK|DESA|KELURAHAN|KEL|TPS)\b"
    r"[ ._]+(\S.*)",
    re.IGNORECASE,
)
_COPY = re.compile(r"\s*(?:copy of|salinan dari|salinan|copy)\s+(.*)", re.IGNORECASE)
_SECOND = re.compile(r"(.*?)\s*\([0-9]{1,2}\)\s*")
_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"[0-9]{1,10}[-_. ]+(?=[^\W\d_])")
_MOST_WORDS = 5
_NO_NAMES = frozenset(
    [
        "SHEET",
        "LEMBAR",
        "DATA",
        "REKAP",
        "REKAPITULASI",
        "HASIL",
        "FORM",
        "FORMULIR",
        "MODEL",
        "KWK",
        "PPWP",
        "PWP",
        "TPS",
        "DESA",
        "KELURAHAN",
        "KECAMATAN",
        "KABUPATEN",
        "KOTA",
        "PROVINSI",
        "SUARA",
        "SAKSI",
        "INPUT",
        "TEMPLATE",
        "COVER",
        "SAMPUL",
        "TOTAL",
        "JUMLAH",
        "RINGKASAN",
        "SUMMARY",
        "HALAMAN",
        "PAGE",
        "TABEL",
        "TABLE",
        "ISI",
        "LAMPIRAN",
        "PILKADA",
        "PILGUB",
        "PEMILU",
        "HITUNG",
        "FINAL",
        "NEW",
        "DAFTAR",
        "PETUNJUK",
        "DA",
        "DB",
        "DC",
        "DAA",
        "WORKSHEET",
        "FEUIL",
        "TABELLE",
        "DATABASE",
        "CEK",
        "CHECK",
        "PEROLEHAN",
        "SEMUA",
        "SE",
        "DI",
        "DAN",
    ]
)
"""A sheet that is called so is not called after a place."""


class Context(NamedTuple):
    """What is known of a table from around it.

    `places`: level -> name as the title lines write it. `at`: level -> the cell (row as shown,
    column) that names it. `form`: by the title lines, else by the election's file.
    """

    form: FormModel | None
    places: dict[str, str]
    at: dict[str, tuple[int, int]]


class Settled(NamedTuple):
    """Places above the rows of a table, and what has to be said about them."""

    places: dict[str, str]
    findings: list[Finding]
    assumptions: list[Text]


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
        if role is None and len(cells) == 1 and (found := _leading(text)):
            role, name, column = *found, at
        if role and name.strip(" ._-…"):
            yield role, _whole(labelled[1] if labelled else text, name, role), column


@lru_cache(maxsize=2**10)
def _level(label: str) -> str | None:
    understood = meaning(label.strip(" *).:("))
    role = understood.role if understood else ""
    return role if role in LEVELS[1:] else None


def _leading(text: str) -> tuple[str, str] | None:
    """Understand a line such as `KECAMATAN SAMARINDA ULU`."""
    found = _LEADING.fullmatch(text)
    if found is None or len(text.split()) > _MOST_WORDS or ":" in text:
        return None
    role = _level(found[1])
    words = {word.upper() for word in _WORD.findall(found[2])}
    return (role, found[2]) if role and not words & _NO_NAMES else None


def _whole(label: str, name: str, role: str) -> str:
    """A kabupaten or kota keeps its word: it is part of the name."""
    words = {word.upper() for word in _WORD.findall(label)}
    sorts = words & {"KABUPATEN", "KAB", "KOTA"}
    if role != "kabkota" or len(sorts) != 1 or squash(name, role).startswith(("KAB ", "KOTA ")):
        return name.strip()
    return f"{'KOTA' if 'KOTA' in sorts else 'KAB.'} {name.strip()}"


def copied(grid: Grid) -> Finding | None:
    """Say that a sheet calls itself a copy."""
    if grid.sheet is None or not (_COPY.fullmatch(grid.sheet) or _SECOND.fullmatch(grid.sheet)):
        return None
    return Finding(
        "copied-sheet",
        "warning",
        say("The sheet is called “{sheet}”: it may be a copy of another one.",
            sheet=short(grid.sheet)),
        say("If it is a copy, delete it; equal copies of a form count once, others are a conflict."),
        f"{grid.label}!{grid.sheet}",
    )  # fmt: skip


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


class _Named(NamedTuple):
    level: str | None
    name: str


def _of_sheet(sheet: str | None) -> _Named | None:
    """The place after which a sheet is called; `level` where its name says of which level."""
    if sheet is None:
        return None
    copy = _COPY.fullmatch(sheet)
    plain = (copy[1] if copy else sheet).strip()
    second = _SECOND.fullmatch(plain)
    plain = second[1] if second else plain
    if found := _leading(plain):
        return _Named(found[0], _whole(plain.split()[0], found[1], found[0]))
    name = unnumbered(plain)
    words = {word.upper() for word in _WORD.findall(name)}
    if not words or words & _NO_NAMES or any(not word.isalpha() for word in words):
        return None
    return _Named(None, name) if max(map(len, words)) > 2 else None  # noqa: PLR2004 - abbreviations


def unnumbered(name: str) -> str:
    """A name without the number or code before it: `01-pintu-rime-gayo`, `2001-blang-rakal`."""
    found = _NUMBERED.match(name)
    return name[found.end() :] if found else name


def _of_file(label: str, above: Sequence[str]) -> dict[str, str]:
    """The places that a file is called after: `JAWA BARAT_BOGOR_CIBINONG_CIBINONG.csv`.

    `above`: the levels that may be named, from the top. Each part says its level itself, or there
    are as many parts as levels and all are in capitals.
    """
    stem = PurePath(label).name.split(".")[0]
    parts = [part.strip() for part in re.split(r"_| - ", stem)]
    told = {
        found[0]: _whole(p.split()[0], found[1], found[0]) for p in parts if (found := _leading(p))
    }
    if told and len(told) == len(parts):
        return told
    words = [_WORD.findall(part) for part in parts]
    plain = all(ws and all(w.isalpha() and w.isupper() for w in ws) for ws in words)
    if not plain or len(parts) != len(above) or len(parts) < 2:  # noqa: PLR2004 - one may be anything
        return {}
    return dict(zip(above, parts, strict=True))


def settle(page: Page, context: Context, finest: str, own: Iterable[str]) -> Settled:
    """Find the places above the rows of a table, whose finest level is `finest`.

    `own`: the levels that the rows name themselves; nothing is added to those.
    """
    own = set(own)
    above = [level for level in NAMED_LEVELS if LEVELS.index(level) < LEVELS.index(finest)]
    places = {level: context.places[level] for level in above if level in context.places}
    settled = Settled({}, [], [])
    _by_sheet(page, context, places, above, own, settled)
    for level in above:
        if level not in places and level not in own and level in page.cover:
            places[level] = page.cover[level]
    if above and own <= {finest} and above[-1] not in places and finest == LEVELS[-1]:
        _by_file(page, places, above, settled)
    settled.places.update({level: name for level, name in places.items() if level not in own})
    return settled


def _by_sheet(
    page: Page,
    context: Context,
    places: dict[str, str],
    above: list[str],
    own: set[str],
    settled: Settled,
) -> None:
    """Take the sheet's name for the place just above the rows, or hold it against the title."""
    named = _of_sheet(page.grid.sheet)
    if named is None or not above:
        return
    level = named.level or above[-1]
    if level not in above or level in own:
        return
    if level not in places:
        if named.level or level in {"desa", "kecamatan"}:
            places[level] = named.name
            settled.assumptions.append(
                say("The sheet's name “{name}” was taken as the {level}.",
                    name=short(named.name), level=level)
            )  # fmt: skip
    elif not _same(named.name, level, places):
        settled.findings.append(
            Finding(
                "sheet-name",
                "warning",
                say("The sheet is called “{sheet}”, its title names the {level} “{name}”; the "
                    "title counts.",
                    sheet=short(named.name), level=level, name=short(places[level])),
                say("Compare them with the form, and correct the one that is wrong."),
                page.grid.place(*context.at[level]),
            )
        )  # fmt: skip


def _same(name: str, level: str, places: Mapping[str, str]) -> bool:
    """Whether a sheet is called after one of the places in its title."""
    plain = _plain(name, level)
    others = [_plain(place, at) for at, place in places.items()]
    return any(plain and (plain in other or other in plain) for other in others)


def _plain(name: str, level: str) -> str:
    return squash(name, level).replace(" ", "")


def _by_file(page: Page, places: dict[str, str], above: list[str], settled: Settled) -> None:
    told = _of_file(page.grid.label, above)
    missing = {level: name for level, name in told.items() if level not in places}
    if missing and missing.keys() <= set(above):
        places.update(missing)
        names = ", ".join(f"{level} {name}" for level, name in missing.items())
        settled.assumptions.append(say("Taken from the file's name: {places}.", places=names))


def cover_of(sheets: Iterable[Sequence[Line]]) -> dict[str, str]:
    """The places that the sheets without a table name; of two different names, none."""
    named: dict[str, set[str]] = {}
    for sheet in sheets:
        for line in sheet:
            for level, name, _ in named_places(line):
                named.setdefault(level, set()).add(name)
    return {level: names.pop() for level, names in named.items() if len(names) == 1}


def places_alike(name: str, others: Iterable[str]) -> bool:
    """Whether a name is that of one of the regions above."""
    plain = {_plain(name, level) for level in NAMED_LEVELS}
    return any(_plain(other, level) in plain for other in others for level in NAMED_LEVELS)
