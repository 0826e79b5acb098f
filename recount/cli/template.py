"""`recount template`: a region and a form in, a workbook to type the forms into out."""

from pathlib import Path
from typing import Annotated

import typer

from recount.cli import _options as given
from recount.cli._files import destination, refuse_inputs, write
from recount.cli._streams import tell
from recount.cli._words import Page, _
from recount.election import read_election, read_regions
from recount.errors import Exit, RecountError
from recount.forms import FORMS
from recount.lists import packaged, region_list, version_of
from recount.model import Candidate, Election, FormModel
from recount.regions import parse_code
from recount.template import MOST_CANDIDATES, MOST_UNITS, Region, plan, render
from recount.texts import say, speak

PAGE = Page(
    about=say(
        "Makes a workbook to type forms into: a sheet for each form in the official layout, names "
        "fixed, whole numbers only, with checks that say OK while one types. It reads back with "
        "recount check."
    ),
    examples=(
        (
            "recount template --region 64.72 --form db1-kwk-2018 -o samarinda.xlsx",
            say("The kecamatan of Samarinda as columns of one sheet."),
        ),
        (
            "recount template --region 64.72 --form da1-kwk-2018 --columns 12 -o da1.xlsx",
            say("A sheet for each kecamatan, with 12 columns whose names are typed."),
        ),
        (
            "recount template --region 64.72 --election recount.toml -o samarinda.xlsx",
            say("Form, candidates and title from the election's file."),
        ),
    ),
    exits=(
        ("0", say("The workbook was written.")),
        ("2", say("It could not be made: wrong usage, no such region or form.")),
        ("130", say("Interrupted.")),
    ),
)
USUAL_CANDIDATES = 2

RegionCode = Annotated[
    str,
    typer.Option(
        "--region",
        metavar=_("CODE"),
        help=_("The region whose forms are typed: its Kemendagri code, such as 64.72."),
        show_default=False,
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--form",
        metavar=_("FORM"),
        autocompletion=given.offer(tuple(FORMS)),
        help=_("The kind of form, such as da1-kwk-2018; default: what the election's file says."),
    ),
]
Candidates = Annotated[
    int | None,
    typer.Option(
        "--candidates",
        metavar="N",
        help=_("How many candidates there are; default: those of the election's file, else 2."),
    ),
]
Columns = Annotated[
    int | None,
    typer.Option(
        "--columns",
        "--desa",
        "--tps",
        metavar="N",
        help=_(
            "So many columns in each sheet where the list does not name them: desa whose names are "
            "typed, or TPS."
        ),
    ),
]
Regions = Annotated[
    str | None,
    typer.Option(
        "--regions",
        metavar=_("FILE|2018|2024"),
        help=_(
            "Where the names come from: a list of your own, down to desa, or one that comes with "
            "recount; default: the one of the form's year."
        ),
    ),
]
Output = Annotated[
    str,
    typer.Option("-o", "--output", metavar=_("FILE"), help=_("The workbook."), show_default=False),
]


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    *,
    region: RegionCode,
    output: Output,
    form: Form = None,
    election: given.Election = None,
    regions: Regions = None,
    candidates: Candidates = None,
    columns: Columns = None,
    lang: given.Lang = None,
) -> int:
    """Carry out the command; gives the exit code."""
    del lang
    target = _target(output, (election, regions))
    known = read_election(election) if election else Election("", "")
    kind = _form(form, known)
    code = parse_code(region)
    if code is None:
        raise RecountError(
            say("{option} cannot be “{value}”.", option="--region", value=region),
            mend=say("Give a Kemendagri code such as 64.72; look it up with: recount regions"),
        )
    running = _running(candidates, known)
    blank = _number("--columns", columns, MOST_UNITS)
    where = Region(code, _names(regions, kind.year))
    data = render(plan(kind, where, running, _title(known), blank), ctx.obj)
    write(data, target)
    tell([speak(say("Written: {path}", path=target), ctx.obj)])
    return Exit.AGREES


def _target(output: str, inputs: tuple[str | None, ...]) -> Path:
    target = destination(output)
    if target.suffix.lower() != ".xlsx":
        raise RecountError(
            say("The template is a workbook; its name has to end in .xlsx."),
            mend=say("Name it, for example: {name}", name=target.with_suffix(".xlsx").name),
            place=output,
        )
    refuse_inputs(target, [name for name in inputs if name])
    return target


def _form(stated: str | None, known: Election) -> FormModel:
    id_ = stated if stated is not None else known.form
    if id_ is None:
        raise RecountError(
            say("Which kind of form is to be typed is not said."),
            mend=say("Choose one with --form: {forms}.", forms=", ".join(FORMS)),
        )
    return FORMS[given.chosen("--form", id_, tuple(FORMS))]


def _running(count: int | None, known: Election) -> tuple[Candidate, ...]:
    """Give the candidates: as many as stated, with their names where the election has them."""
    of_file = known.contests[0].candidates if known.contests else ()
    wanted = _number("--candidates", count, MOST_CANDIDATES)
    if wanted is None and of_file:
        return of_file
    names = {one.id: one for one in of_file}
    numbers = map(str, range(1, (wanted or USUAL_CANDIDATES) + 1))
    return tuple(names.get(number, Candidate(number, "")) for number in numbers)


def _number(option: str, value: int | None, most: int) -> int | None:
    if value is not None and not 1 <= value <= most:
        raise RecountError(
            say("{option} cannot be “{value}”.", option=option, value=value),
            mend=say("Give a whole number from 1 to {most}.", most=most),
        )
    return value


def _names(regions: str | None, year: int) -> dict[str, str]:
    """Give the names of all regions by their codes: of a file, or of the list of that year."""
    version = packaged(regions) if regions else version_of(year)
    if version is None and regions:
        return dict(read_regions(regions))
    return {
        code: entry.name for code, entry in region_list(version or version_of(year)).entries.items()
    }


def _title(known: Election) -> str:
    contest = known.contests[0].title if known.contests else ""
    return known.title or contest
