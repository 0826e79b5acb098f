"""A `recount.toml` in, an `Election` out; and a region list in, its codes and names out."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recount.boxes import EMPTY_BOX
from recount.election_rules import form_id, own_equations, own_lists, rule_settings
from recount.election_thresholds import threshold
from recount.errors import RecountError
from recount.heading_words import EMPTY
from recount.headings import meaning, slug
from recount.model import Candidate, Contest, Election
from recount.readers import read
from recount.regions import parse_code
from recount.texts import say
from recount.toml_table import Table, child, distinct, only_known, tables, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.model import Grid

UNNAMED = "pilihan"
"""The id of the one contest where nothing names it."""


def unknown_election() -> Election:
    """What is known when no election's file is given: one contest without a name."""
    return Election("", "", (Contest(UNNAMED, ""),))


def read_election(path: str | Path) -> Election:
    """Read `recount.toml`. Raises RecountError with the path of the key that is wrong."""
    whole = Table(_load(Path(path)), "", Path(path).name)
    only_known(whole, "")
    about = child(whole, "election")
    form = form_id(whole, about)
    only_known(about, "election")
    contests = tuple(_contest(table) for table in tables(whole, "contest"))
    distinct(whole, "contest.id", [slug(contest.id) for contest in contests])
    return Election(
        text_of(about, "id", ""),
        text_of(about, "title", ""),
        contests or unknown_election().contests,
        form,
        own_lists(whole, form),
        rule_settings(whole),
        own_equations(whole),
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        # Numbers with a point stay as they are written: 1.1 is not a binary fraction here.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as fault:
        raise RecountError(
            say("The election file {path} cannot be opened.", path=str(path)),
            mend=say("Check the path, and that the file may be read."),
            place=str(path),
        ) from fault
    except UnicodeDecodeError as fault:
        raise RecountError(
            say("The election file is no text in UTF-8."),
            mend=say("Save it as text in UTF-8, or name the right file."),
            place=path.name,
        ) from fault
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"line ([0-9]+)", str(fault))
        raise RecountError(
            say("This is no valid TOML."),
            mend=say("Mend the line, or compare the file with the one in sample_data."),
            place=f"{path.name}:{line[1]}" if line else path.name,
        ) from fault


def _contest(table: Table) -> Contest:
    only_known(table, "contest")
    region = table.values.get("region")
    code = parse_code(str(region)) if region is not None else None
    if region is not None and code is None:
        raise table.wrong(say('a Kemendagri code as text, such as "64"'), "region")
    seats = table.values.get("seats", 1)
    if not isinstance(seats, int) or isinstance(seats, bool) or seats < 1:
        raise table.wrong(say("a whole number from 1"), "seats")
    id_ = text_of(table, "id")
    if not slug(id_):
        raise table.wrong(say("a text in quotation marks"), "id")
    candidates = tuple(_candidate(entry) for entry in tables(table, "candidate"))
    distinct(table, "candidate.id", [candidate.id for candidate in candidates])
    names = (sorted({slug(name) for name in (c.name, *c.aliases)}) for c in candidates)
    distinct(table, "candidate.name", [name for own in names for name in own])
    limit = threshold(table, code)
    return Contest(id_, text_of(table, "title", id_), candidates, seats, code, limit)


def _candidate(table: Table) -> Candidate:
    only_known(table, "candidate")
    id_ = table.values.get("id")
    id_ = str(id_) if isinstance(id_, int) and not isinstance(id_, bool) else id_
    short = id_.strip().lstrip("0") if isinstance(id_, str) else ""
    if not short or not slug(short) or short.startswith("-"):
        raise table.wrong(say('the number on the ballot, such as "1"'), "id")
    aliases = table.values.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise table.wrong(say("a list of names"), "aliases")
    return Candidate(short, text_of(table, "name", short), tuple(aliases))


def beside(election: str | Path | None, name: str) -> Path | None:
    """A file of a project, beside its recount.toml; None where there is none."""
    path = Path(election).with_name(name) if election is not None else None
    return path if path is not None and path.exists() else None


def known_candidates(election: Election) -> dict[str, str]:
    """Candidates' numbers, names and aliases, as they are compared, with their numbers.

    A name that two contests give different numbers is left out: a heading could not tell which.
    """
    known: dict[str, str] = {}
    doubtful: set[str] = set()
    for contest in election.contests:
        for candidate in contest.candidates:
            for name in _names(candidate):
                key = slug(name)
                if known.setdefault(key, candidate.id) != candidate.id:
                    doubtful.add(key)
    return {key: id_ for key, id_ in known.items() if key and key not in doubtful}


def _names(candidate: Candidate) -> tuple[str, ...]:
    """Everything that a heading may call a candidate; the empty box has several names."""
    names = (candidate.id, candidate.name, *candidate.aliases)
    empty = any((said := meaning(name)) and said.role == EMPTY_BOX for name in names)
    return (*names, *sorted(EMPTY)) if empty else names


def read_regions(path: str | Path) -> list[tuple[str, str]]:
    """Read a region list: a table with the columns `code` (or `kode`) and `name` (or `nama`).

    Out: (code as written, name), each region once. Raises RecountError when there is no such table,
    when a row has a name without a code or the reverse, and when a code has two names.
    """
    book = read(path, label=Path(path).name)
    for grid in book.grids:
        columns = _list_columns(grid)
        if columns is not None and (rows := list(_listed(grid, *columns))):
            return rows
    raise RecountError(
        say("The region list has no rows with a code and a name."),
        mend=say("Give a table with the columns kode and nama; codes such as 64.72.01."),
        place=book.label,
    )


def _list_columns(grid: Grid) -> tuple[int, int, int] | None:
    """Where the heading stands, and the columns of the codes and the names."""
    for at, cells in enumerate(grid.head):
        roles = {found.role: i for i, cell in enumerate(cells) if cell and (found := meaning(cell))}
        if "code" in roles and "name" in roles:
            return at, roles["code"], roles["name"]
    return None


def _listed(grid: Grid, at: int, code: int, name: int) -> Iterator[tuple[str, str]]:
    body = grid.cells.tail(len(grid.cells) - at - 1)
    known: dict[str, str] = {}
    for row, written, own in zip(body["row"], body[f"c{code}"], body[f"c{name}"], strict=True):
        parsed = parse_code(written) if written else None
        if own is None and parsed is None:
            continue
        if own is None or parsed is None:
            raise RecountError(
                say("This row of the region list needs a code and a name."),
                mend=say("Give both, with codes such as 64.72.01, or delete the row."),
                place=grid.place(row),
            )
        if parsed not in known:
            known[parsed] = own
            yield parsed, own
        elif known[parsed] != own:
            raise RecountError(
                say(
                    "The code {code} stands beside two names, “{first}” and “{second}”.",
                    code=parsed,
                    first=known[parsed],
                    second=own,
                ),
                mend=say("Correct the region list: each region has a code of its own."),
                place=grid.place(row),
            )
