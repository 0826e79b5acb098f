"""A region, a form and a region list in; which sheets there are, and what stands in them, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.boxes import BOX_WORDS, CANDIDATE
from recount.equations import CANDIDATES
from recount.errors import RecountError
from recount.model import LEVELS
from recount.regions import code_level
from recount.template._formulas import Rule, rules_of, sexed
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.model import Box, Candidate, FormModel
    from recount.texts import Text

MOST_UNITS, MOST_SHEETS, MOST_CANDIDATES = 500, 700, 100
MEN, WOMEN, BOTH = "LK", "PR", "JUM"
_ABOVE = {
    "desa": "DESA/KELURAHAN",
    "kabkota": "KABUPATEN/KOTA",
    "provinsi": "PROVINSI",
    "kecamatan": "KECAMATAN",
}
_DETAILS = {
    "desa": "SETIAP TPS DI TINGKAT DESA/KELURAHAN",
    "kecamatan": "SETIAP DESA/KELURAHAN DI TINGKAT KECAMATAN",
    "kabkota": "SETIAP KECAMATAN DI TINGKAT KABUPATEN/KOTA",
    "provinsi": "SETIAP KABUPATEN/KOTA DI TINGKAT PROVINSI",
}
_TAKEN = ("Summary", "Ringkasan", "History")
"""Names that no form's sheet may have: the summary's in both languages, and one of Excel's own."""

UNITS = {
    "desa": "TPS",
    "kecamatan": "DESA/KELURAHAN",
    "kabkota": "KECAMATAN",
    "provinsi": "KABUPATEN/KOTA",
}
"""What the columns of a form are, as it is printed."""


class Line(NamedTuple):
    """A line of the form. `box` None: words alone. `sex`: LK, PR, JUM, or nothing."""

    number: str
    label: str
    box: str | None = None
    sex: str = ""


class Page(NamedTuple):
    """One form: its place block (label, name), and its columns; a blank name is to be typed."""

    name: str
    place: tuple[tuple[str, str], ...]
    units: tuple[str, ...]


class Plan(NamedTuple):
    """A whole template."""

    form: FormModel
    titles: tuple[str, ...]
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]


class Region(NamedTuple):
    """What a template is for: a region's code, and all regions there are, by code."""

    code: str
    names: Mapping[str, str]


def plan(
    form: FormModel, region: Region, candidates: Sequence[Candidate], title: str, blank: int | None
) -> Plan:
    """Decide what stands in the workbook.

    `title`: of the election, "" where not known. `blank`: how many columns without a name a form
    gets where the list has no units for it. Raises RecountError for what cannot be made.
    """
    if form.level not in UNITS:
        raise RecountError(
            say("For a form of a {level} there is no template.", level=form.level),
            mend=say("Name a form above the TPS, such as da1-kwk-2018."),
        )
    lines = tuple(_lines(form, candidates))
    boxes = [line.box for line in lines if line.box]
    return Plan(
        form,
        _titles(form, title),
        _pages(form, region, blank),
        lines,
        tuple(rules_of(form, boxes)),
    )


def _titles(form: FormModel, title: str) -> tuple[str, ...]:
    contest = form.title.rpartition("-")[2]
    otherwise = {
        "KWK": f"PEMILIHAN KEPALA DAERAH TAHUN {form.year}",
        "PPWP": f"PEMILU PRESIDEN DAN WAKIL PRESIDEN TAHUN {form.year}",
    }
    return (
        f"MODEL {form.title}",
        f"REKAPITULASI HASIL PENGHITUNGAN PEROLEHAN SUARA DARI {_DETAILS[form.level]}",
        title.upper() or otherwise.get(contest, f"TAHUN {form.year}"),
    )


def _nowhere(form: FormModel, region: Region) -> RecountError:
    """Say why there is nothing to make: the list knows no such region, or nothing inside it."""
    known = any(f"{code}.".startswith(f"{region.code}.") for code in region.names)
    message = (
        say("The region {code} has no {level} in the list.", code=region.code, level=form.level)
        if known
        else say("The list has no region with the code {code}.", code=region.code)
    )
    mend = say("Look the code up with: recount regions; or give a list with --regions.")
    return RecountError(message, mend=mend)


def _pages(form: FormModel, region: Region, blank: int | None) -> tuple[Page, ...]:
    level = LEVELS.index(form.level)
    forms = [code for code in region.names if _inside(code, region.code, level)]
    if not forms:
        raise _nowhere(form, region)
    if len(forms) > MOST_SHEETS:
        raise _too_many(say("sheets"), len(forms), MOST_SHEETS)
    if form.level == "desa":
        return _desa_pages(forms, region, blank)
    below = {code: _units(code, region, level + 1, blank) for code in forms}
    if bare := next((code for code, units in below.items() if not units), None):
        raise RecountError(
            say(
                "The list has no {level} in {name}.",
                level=LEVELS[level + 1],
                name=region.names[bare],
            ),
            mend=say(
                "Say how many columns each sheet needs, for example --columns 12; their names are "
                "then typed. Or give a list that has them: --regions FILE."
            ),
        )
    return _with_units(below, region)


def _desa_pages(forms: Sequence[str], region: Region, stations: int | None) -> tuple[Page, ...]:
    """Give every desa the same number of TPS: no list says how many there are."""
    if stations is None:
        raise RecountError(
            say("How many TPS each desa has is not known."),
            mend=say("Say how many columns each sheet needs: --columns 30"),
        )
    units = tuple(f"TPS {number:03d}" for number in range(1, stations + 1))
    return _with_units(dict.fromkeys(forms, units), region)


def _with_units(below: Mapping[str, tuple[str, ...]], region: Region) -> tuple[Page, ...]:
    names = _sheet_names([region.names[code] for code in below])
    return tuple(
        Page(name, _place(code, region), units)
        for name, (code, units) in zip(names, below.items(), strict=True)
    )


def _inside(code: str, region: str, level: int) -> bool:
    return code_level(code) == level and f"{code}.".startswith(f"{region}.")


def _units(code: str, region: Region, level: int, blank: int | None) -> tuple[str, ...]:
    listed = tuple(name for one, name in region.names.items() if _inside(one, code, level))
    units = listed or ("",) * (blank or 0)
    if len(units) > MOST_UNITS:
        raise _too_many(say("columns"), len(units), MOST_UNITS)
    return tuple(name.upper() for name in units)


def _too_many(what: Text, there: int, most: int) -> RecountError:
    return RecountError(
        say("{n} {what} are too many for one workbook.", n=there, what=what),
        mend=say("Make several workbooks of smaller regions; up to {most} fit.", most=most),
    )


def _place(code: str, region: Region) -> tuple[tuple[str, str], ...]:
    """Name the region and those above it, the narrowest first, as the forms do."""
    parts = code.split(".")
    codes = [".".join(parts[:at]) for at in range(len(parts), 0, -1)]
    return tuple(
        (_ABOVE[LEVELS[code_level(one)]], region.names[one].upper())
        for one in codes
        if one in region.names
    )


def _sheet_names(names: Sequence[str]) -> list[str]:
    """Make names of sheets: at most 31 signs, none that is forbidden, no two alike."""
    made = list(_TAKEN)
    for name in names:
        short = "".join(" " if sign in "[]:*?/\\" else sign for sign in name).strip("' ")[:31]
        base, at = short or "-", 1
        while short.casefold() in {other.casefold() for other in made} or not short:
            at += 1
            short = f"{base[:27]} {at}"
        made.append(short)
    return made[len(_TAKEN) :]


def _lines(form: FormModel, candidates: Sequence[Candidate]) -> list[Line]:
    lines: list[Line] = []
    by_sex = sexed(form)
    for box in form.boxes:
        label = box.label or speak(BOX_WORDS[box.id], "id")
        if box.id == CANDIDATES:
            lines.append(Line(box.number, label))
            lines += [_candidate(one) for one in candidates]
        elif box.id in by_sex:
            lines += _line_by_sex(box, label)
        else:
            lines.append(Line(box.number, label, box.id))
    return lines


def _line_by_sex(box: Box, label: str) -> list[Line]:
    return [
        Line(box.number, label, f"{box.id}.m", MEN),
        Line("", "", f"{box.id}.f", WOMEN),
        Line("", "", box.id, BOTH),
    ]


def _candidate(one: Candidate) -> Line:
    label = f"PASANGAN CALON {one.id}" if one.name in {"", one.id} else f"{one.id}. {one.name}"
    return Line(one.id, label, CANDIDATE + one.id)
