"""What a sheet or a file is called in, the places that this names for all rows of a table out.

A title line wins over the sheet's name, that over the cover's, and the file's name comes last;
whoever is overruled is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recount.layouts._file_name import places_in
from recount.layouts._short import short
from recount.layouts._titles import NO_NAMES, leading, unnumbered, whole_name
from recount.model import LEVELS, NAMED_LEVELS, Finding
from recount.names import squash
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.layouts._page import Page
    from recount.layouts._titles import Context
    from recount.model import Grid

_COPY = re.compile(r"\s*(?:copy of|salinan dari|salinan|copy)\s+(.*)", re.IGNORECASE)
_SECOND = re.compile(r"(.*?)\s*\([0-9]{1,2}\)\s*")
_WORD = re.compile(r"[^\W_]+")


class Settled(NamedTuple):
    """Places above the rows of a table, and what has to be said about them."""

    places: dict[str, str]
    findings: list[Finding]
    assumptions: list[Text]


def settle(page: Page, context: Context, finest: str, own: Iterable[str]) -> Settled:
    """Find the places above the rows of a table, whose finest level is `finest`.

    `own`: the levels that the rows name themselves; nothing is added to those.
    """
    own = set(own)
    above = [level for level in NAMED_LEVELS if LEVELS.index(level) < LEVELS.index(finest)]
    open_ = [level for level in above if level not in own]
    places = {level: name for level, name in context.places.items() if level in above}
    settled = Settled(places, [], [])
    if (named := _of_sheet(page.grid.sheet)) and above:
        level = named.level or above[-1]
        if level in open_:
            _by_sheet(page, context, _Named(level, named.name, said=named.said), settled)
    for level in open_:
        if level in page.cover:
            places.setdefault(level, page.cover[level])
    for level in own & places.keys():
        del places[level]
    _by_file(page, context, above, own, settled)
    return settled


def place_of_all(
    places: Mapping[str, str], own: Iterable[str], finest: str
) -> dict[str, str] | None:
    """The region that holds all rows of a table: the one right above them, if all share it.

    `own`: the levels that the rows name themselves, `finest` among them.
    """
    above = LEVELS[max(LEVELS.index(finest) - 1, 0)]
    return dict(places) if above in places and above not in own else None


def _by_sheet(page: Page, context: Context, named: _Named, settled: Settled) -> None:
    """Take the sheet's name for a place, or hold it against the one that the title names."""
    level, places = named.level or "", settled.places
    if level not in places:
        if named.said or level in {"desa", "kecamatan"}:
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


def _by_file(
    page: Page, context: Context, above: list[str], own: set[str], settled: Settled
) -> None:
    """Take places that nothing else names from the file's name, unless it says another one."""
    nothing_named = not own & set(above) and above[-1:] and above[-1] not in settled.places
    told = places_in(page.grid.label, tuple(above) if nothing_named else ())
    known = {level: name for level, name in told.items() if level in settled.places}
    for level, name in known.items():
        if not _same(name, level, {level: settled.places[level]}):
            where = context.at.get(level, (1, None))
            settled.findings.append(
                Finding(
                    "file-name",
                    "warning",
                    say("The file's name says the {level} “{named}”, the sheet “{name}”; the "
                        "sheet counts.",
                        level=level, named=short(name), name=short(settled.places[level])),
                    say("Compare them with the form, and correct the one that is wrong."),
                    page.grid.place(*where),
                )
            )  # fmt: skip
            return
    open_ = [level for level in above if level not in own and level not in known]
    missing = {level: told[level] for level in open_ if level in told}
    if missing:
        settled.places.update(missing)
        names = ", ".join(f"{level} {name}" for level, name in missing.items())
        settled.assumptions.append(say("Taken from the file's name: {places}.", places=names))


class _Named(NamedTuple):
    """The place after which a sheet is called; `said`: its name says itself of which level."""

    level: str | None
    name: str
    said: bool = False


def _of_sheet(sheet: str | None) -> _Named | None:
    """Read a sheet's name as that of a place; None where it is called after something else."""
    if sheet is None:
        return None
    copy = _COPY.fullmatch(sheet)
    plain = (copy[1] if copy else sheet).strip()
    second = _SECOND.fullmatch(plain)
    plain = second[1] if second else plain
    if found := leading(plain):
        return _Named(found[0], whole_name(plain.split()[0], found[1], found[0]), said=True)
    name = unnumbered(plain)
    words = {word.upper() for word in _WORD.findall(name)}
    if not words or words & NO_NAMES or any(not word.isalpha() for word in words):
        return None
    return _Named(None, name) if max(map(len, words)) > 2 else None  # noqa: PLR2004 - abbreviations


def copied(grid: Grid) -> Finding | None:
    """Say that a sheet calls itself a copy."""
    if grid.sheet is None or not (_COPY.fullmatch(grid.sheet) or _SECOND.fullmatch(grid.sheet)):
        return None
    return Finding(
        "copied-sheet",
        "warning",
        say("The sheet is called “{sheet}”: it may be a copy of another one.",
            sheet=short(grid.sheet)),
        say("If it is a copy, delete it: equal copies count once, others are a conflict."),
        place=f"{grid.label}!{grid.sheet}",
    )  # fmt: skip


def places_alike(name: str, others: Iterable[str]) -> bool:
    """Whether a name is that of one of the regions above."""
    plain = {_plain(name, level) for level in NAMED_LEVELS}
    return any(_plain(other, level) in plain for other in others for level in NAMED_LEVELS)
