"""The path of one region's figures: its code or name, files, and perhaps the online figures in."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.aggregate import TPS, ancestors
from recount.chain import changed, paths
from recount.chaining import sources_of
from recount.errors import RecountError
from recount.intake import box_order
from recount.material import read_material
from recount.model import LEVELS, Named
from recount.moved import moved
from recount.names import squash
from recount.recap import recap_figures
from recount.receipt import counted
from recount.regions import SPAN, parse_code, unit_number
from recount.result import BETWEEN_FORMS, VERSION, Path, Traced
from recount.texts import Several, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.engine import Frame
    from recount.material import Material
    from recount.model import Finding, Side
    from recount.moved import Moved
    from recount.options import Options
    from recount.regions import Regions

_STATION = re.compile(r"\s*(?:TPS\s*)?([0-9]{1,3})\s*", re.IGNORECASE)
_WORDS = {
    **dict.fromkeys(("PROVINSI", "PROV"), "provinsi"),
    **dict.fromkeys(("KABUPATEN", "KAB", "KOTA"), "kabkota"),
    **dict.fromkeys(("KECAMATAN", "KEC", "DISTRIK"), "kecamatan"),
    **dict.fromkeys(("DESA", "KELURAHAN", "KEL"), "desa"),
}
"""What a region's name may begin with, to say of which level it is."""

OFFERED = 5
"""So many names are offered where a region is not known."""
ALIKE = 0.6
"""How much like it they are, by difflib's measure."""


def trace_with(region: str, ours: Any, theirs: Any | None, options: Options) -> Traced:  # noqa: ANN401 - paths or any frame
    """Follow the figures of one region from form to form, and to the online figures where given.

    `region`: its code, its name, or a path such as `64.72.01.1001/004`. Raises RecountError where
    no file names it, several regions are called so, or no form of ours says anything of it.
    """
    sides: list[tuple[Side, Any]] = [("ours", ours)]
    sides += [("theirs", theirs)] if theirs else []
    read_ = read_material(sides, options)
    unit = find(region, read_.regions)
    node, station = divmod(unit, SPAN)
    nodes = read_.regions.nodes
    level = TPS if station else nodes.level[node]
    told = [*read_.findings]
    inside: list[Moved] = []
    found = tuple(_paths(read_, (level, unit), options, told, inside))
    printed = read_.regions.printed(unit)
    if not found:
        raise _nothing(printed, read_)
    above = [*read_.regions.chain(node), *([node] if station else [])]
    return Traced(
        VERSION,
        read_.election,
        counted(read_.inputs, read_.findings),
        Named(printed, f"TPS {station - 1:03d}" if station else nodes.name[node]),
        LEVELS[level],
        tuple(Named(nodes.region[at], nodes.name[at]) for at in above),
        found,
        tuple(one for one in told if _about(one, printed)),
        read_.assumptions,
        tuple(inside),
    )


def _about(finding: Finding, printed: str) -> bool:
    """Whether a finding is about a region, or about forms of what lies inside it."""
    region = finding.region or ""
    inside = region.startswith((f"{printed}.", f"{printed}/"))
    return region == printed or (inside and finding.rule in BETWEEN_FORMS)


def _paths(
    material: Material,
    asked_for: tuple[int, int],
    options: Options,
    told: list[Finding],
    inside: list[Moved],
) -> Iterator[Path]:
    """Follow every box of every contest of ours.

    What is found on the way is added to `told`, what changes inside the region to `inside`.
    """
    level, unit = asked_for
    up = ancestors(material.regions)
    schema = {"level": nw.Int8(), "unit": nw.Int64()}
    asked = engine.table({"level": [level], "unit": [unit]}, schema)
    for contest in material.tallies[0].frames:
        both = [tally for tally in material.tallies if contest in tally.frames]
        chosen = [material.chosen_of(tally, contest, options) for tally in both]
        told += [finding for one in chosen for finding in one.findings]
        sources = sources_of(material, contest, up, chosen)
        sources = sources._replace(recap=_recap(material, contest, level, up, options))
        items = sorted({box for tally in both for box in tally.used(contest)}, key=box_order)
        links = paths(sources, items, asked)
        if level < TPS:
            change = moved(sources, items, options.tolerance, contest, unit // SPAN)
            inside += [change] if change else []
        for item in items:
            if its := links.get((level, unit, item)):
                at = changed(its, options.tolerance)
                yield Path(contest, item, tuple(its), *(at or ()))


def _recap(
    material: Material, contest: str, level: int, up: Frame, options: Options
) -> Frame | None:
    if material.recap is None or contest not in material.recap.frames:
        return None
    forms = material.chosen_of(material.recap, contest, options).forms
    return recap_figures(forms, up, material.regions, [level])


def find(text: str, regions: Regions) -> int:
    """The unit that a text names: a code, a name, or one of them with a TPS behind a slash.

    What the region lies in may stand before it (`Laham/Long Gelawang`), and its level
    (`kecamatan Laham`). Raises RecountError where it is none, or the name of several.
    """
    code = parse_code(text)
    if code is not None and code.count(".") == TPS - 1:
        return unit_number(_node(code.rpartition(".")[0], regions), int(code[-3:]))
    head, _, tail = text.rpartition("/")
    station = _STATION.fullmatch(tail)
    if head and station:
        return unit_number(_node(head, regions), int(station[1]))
    return unit_number(_node(text, regions), -1)


def _node(text: str, regions: Regions) -> int:
    code = parse_code(text)
    if code is not None and code in regions.by_code:
        return regions.by_code[code]
    paths_ = regions.nodes.region
    named = [at for at in range(1, len(paths_)) if paths_[at].upper() == _plain(text)]
    named = named or _named(text, regions)
    if len(named) == 1:
        return named[0]
    if named:
        raise _several(text, named, regions)
    raise _unknown(text, regions)


def _named(text: str, regions: Regions) -> list[int]:
    """The regions of a name, and of the level and inside the regions that stand before it."""
    *above, own = [_plain(part) for part in text.split("/")]
    nodes = regions.nodes
    found = [at for at in range(1, len(nodes)) if own in _names(nodes.name[at])]
    word, _, rest = own.partition(" ")
    if not found and word.rstrip(".") in _WORDS:
        level = LEVELS.index(_WORDS[word.rstrip(".")])
        found = [at for at in regions.at_level(level) if rest in _names(nodes.name[at])]
    for name in above:
        found = [
            at for at in found if any(name in _names(nodes.name[up]) for up in regions.above(at))
        ]
    return found


def _names(name: str) -> set[str]:
    """How a region may be called: as it is written, and without what does not matter."""
    return {_plain(name), squash(name, ""), squash(name, "kabkota")}


def _plain(text: str) -> str:
    return " ".join(text.upper().split())


def _several(text: str, named: list[int], regions: Regions) -> RecountError:
    shown = tuple(_called(at, regions) for at in named[:OFFERED])
    return RecountError(
        say("{count} regions are called “{text}”.", count=len(named), text=text),
        mend=say("Give the code or the level of one: {regions}.", regions=Several(shown)),
    )


def _unknown(text: str, regions: Regions) -> RecountError:
    known: dict[str, int] = {}
    for at in range(1, len(regions.nodes)):
        known.setdefault(_plain(regions.nodes.name[at]), at)
        known.setdefault(regions.nodes.region[at].upper(), at)
    near = difflib.get_close_matches(_plain(text), list(known), OFFERED, ALIKE)
    message = say("No file names a region “{text}”.", text=text)
    if not near:
        mend = say("Give its code as the files have it, such as 64.72.01, or its name.")
        return RecountError(message, mend=mend)
    shown = tuple(dict.fromkeys(_called(known[one], regions) for one in near))
    return RecountError(message, mend=say("Alike: {names}.", names=Several(shown)))


def _called(node: int, regions: Regions) -> str:
    """A region's level, its name and its code, or its path where it has none."""
    region, name = regions.nodes.region[node], regions.nodes.name[node]
    shown = region if "/" in region or region == name else f"{name} ({region})"
    return f"{LEVELS[regions.nodes.level[node]]} {shown}"


def _nothing(printed: str, material: Material) -> RecountError:
    held = sum(len(forms) for forms in material.tallies[0].frames.values())
    return RecountError(
        say("None of our {count} forms says anything of {region}.", count=held, region=printed),
        mend=say("Give the forms of its parts, its own, or the form above it."),
    )
